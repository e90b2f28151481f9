"""One function of ours: the same code for all, its own handler, role, log group and the few variables it needs.

Some carry the layer besides (`infra/layer.py`). Those that answer people do not: it would make them start later.
"""

from collections.abc import Mapping, Sequence

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.logs import Logs
from infra.reasons import accept

_FINDINGS = {
    "HIPAA.Security-LambdaInsideVPC": "The function calls only AWS APIs, over TLS and under its own role; a VPC would "
    "add a NAT's monthly bill and protect nothing.",
    "HIPAA.Security-LambdaConcurrency": "A reservation fails in new accounts, whose limit is 10; the stages' throttles "
    "bound the load.",
    "HIPAA.Security-IAMNoInlinePolicy": "The policy belongs to this role alone and goes with it; a shared managed "
    "policy is how one function comes to hold another's permissions.",
    "AwsSolutions-IAM5[Resource::*]": "X-Ray's PutTraceSegments and PutTelemetryRecords know no resource.",
}
_WHY_THIS_RUNTIME = (
    "Python 3.13 starts sooner than 3.14, measured, and Lambda supports it until 2029; somebody in need waits for it."
)
_WHY_DESTINATION = (
    "It has an on-failure destination, which keeps the reason of the failure beside the event; a queue does not."
)
_WHY_NO_QUEUE = (
    "Called synchronously, by API Gateway, from a stream or from a queue: the caller sees the failure, and stream and "
    "queue have their own queues for what keeps failing."
)


class Worker(lambda_.Function):
    """A Lambda function on arm64 with X-Ray's active tracing and a role that begins with nothing but its own log."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        code: lambda_.Code,
        package: str,
        environment: Mapping[str, str],
        timeout: Duration,
        logs: Logs,
        failures: sqs.IQueue | None = None,
        layers: Sequence[lambda_.ILayerVersion] = (),
    ) -> None:
        log_group = logs.group(id_)
        role = iam.Role(scope, f"{id_}Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        super().__init__(
            scope,
            id_,
            code=code,
            layers=list(layers),
            handler=f"functions.{package}.app.handler",
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.ARM_64,
            memory_size=512,
            timeout=timeout,
            tracing=lambda_.Tracing.ACTIVE,
            log_group=log_group,
            role=role,
            on_failure=destinations.SqsDestination(failures) if failures else None,
            retry_attempts=2 if failures else None,
            environment={
                "POWERTOOLS_SERVICE_NAME": package,
                "POWERTOOLS_METRICS_NAMESPACE": "Hearthline",
                "LOG_LEVEL": "INFO",
                **environment,
            },
        )
        log_group.grant_write(role)
        for construct in (role, self):
            accept(construct, _FINDINGS)
        accept(
            self,
            {
                "AwsSolutions-L1": _WHY_THIS_RUNTIME,
                "HIPAA.Security-LambdaDLQ": _WHY_DESTINATION if failures else _WHY_NO_QUEUE,
            },
        )

    def may(self, actions: Sequence[str], on: str) -> None:
        """Allow `actions` on the resource with ARN `on`."""
        self.add_to_role_policy(iam.PolicyStatement(actions=list(actions), resources=[on]))
