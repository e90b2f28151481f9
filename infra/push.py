"""Web push: the key pair that signs messages, made once at deployment, and who has which half of it."""

from aws_cdk import CustomResource, Duration, Stack
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.layer import Layer
from infra.logs import Logs
from infra.worker import Worker


class Push(Construct):
    """The key, in SSM. Browsers subscribe for its public half; only who sends reads the private one."""

    def __init__(
        self, scope: Construct, id_: str, *, code: lambda_.Code, layer: Layer, contact: str, receiver: str, logs: Logs
    ) -> None:
        """`contact` is where the people who run push services can reach the organisation.

        `receiver` is one more service that may be sent to, on a laptop: where its messages can be read. Else empty.
        """
        super().__init__(scope, id_)
        self._receiver = receiver
        self._contact = contact
        self._parameter = f"/{Stack.of(self).stack_name}/push-key"
        # SSM's own key, alias/aws/ssm, lets every role of the account decrypt what it may read: no grant for that.
        self._parameter_arn = Stack.of(self).format_arn(
            service="ssm", resource="parameter", resource_name=self._parameter.removeprefix("/")
        )
        self._public = self._made_once(code, layer, logs)

    def allow_subscribing(self, worker: Worker) -> None:
        """Tell `worker` the public half, which browsers subscribe for."""
        worker.add_environment("PUSH_PUBLIC_KEY", self._public)
        self._tell(worker)

    def allow_sending(self, worker: Worker) -> None:
        """Let `worker` sign messages. It has to carry the layer."""
        worker.add_environment("PUSH_KEY_PARAMETER", self._parameter)
        worker.add_environment("PUSH_CONTACT", self._contact)
        worker.may(("ssm:GetParameter",), on=self._parameter_arn)
        self._tell(worker)

    def _tell(self, worker: Worker) -> None:
        if self._receiver:
            worker.add_environment("PUSH_RECEIVER", self._receiver)

    def _made_once(self, code: lambda_.Code, layer: Layer, logs: Logs) -> str:
        maker = Worker(
            self,
            "PushKeys",
            code=code,
            package="push_keys",
            environment={},
            timeout=Duration.minutes(1),
            logs=logs,
            layers=[layer],
        )
        maker.may(("ssm:GetParameter", "ssm:PutParameter"), on=self._parameter_arn)
        key = CustomResource(
            self,
            "Key",
            service_token=maker.function_arn,
            resource_type="Custom::PushKey",
            properties={"Parameter": self._parameter},
        )
        key.node.add_dependency(maker.role)
        return key.get_att_string("PublicKey")
