"""The built site, put into its bucket while the stack is deployed."""

from collections.abc import Mapping
from pathlib import Path

from aws_cdk import DefaultStackSynthesizer, Stack, Token
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_s3_deployment as s3_deployment
from constructs import Construct

from infra.logs import Logs
from infra.reasons import accept
from infra.upload_rules import ALWAYS_ASK, HASHED, IMMUTABLE


class SiteUpload(Construct):
    """Puts the site built in directory `built` into `bucket`, with `config.json` made of `config`."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        bucket: s3.Bucket,
        built: Path,
        config: Mapping[str, object],
        logs: Logs,
    ) -> None:
        super().__init__(scope, id_)
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        log_group = logs.group("Upload")
        log_group.grant_write(role)
        asset = s3_deployment.Source.asset(str(built))
        hashed = s3_deployment.BucketDeployment(
            self,
            "Hashed",
            destination_bucket=bucket,
            sources=[asset],
            exclude=["*"],
            include=[HASHED],
            cache_control=[s3_deployment.CacheControl.from_string(IMMUTABLE)],
            prune=False,  # a page opened before the update still asks for the old names
            role=role,
            log_group=log_group,
        )
        pages = s3_deployment.BucketDeployment(
            self,
            "Pages",
            destination_bucket=bucket,
            sources=[asset, s3_deployment.Source.json_data("config.json", dict(config))],
            exclude=[HASHED],
            cache_control=[s3_deployment.CacheControl.from_string(ALWAYS_ASK)],
            role=role,
            log_group=log_group,
        )
        # The new index.html must not be there before what it asks for.
        pages.node.add_dependency(hashed)
        _accept_uploader(Stack.of(self), role, bucket)


def _accept_uploader(stack: Stack, role: iam.Role, bucket: s3.Bucket) -> None:
    """CDK brings the function that copies the site; it runs while deploying, and holds nothing but public files."""
    ours = "CDK's own function, which runs only during a deployment and copies public files."
    account = "<AWS::AccountId>" if Token.is_unresolved(stack.account) else stack.account
    staging = (
        f"arn:<AWS::Partition>:s3:::cdk-{DefaultStackSynthesizer.DEFAULT_QUALIFIER}-assets-{account}-{stack.region}/*"
    )
    files = f"<{stack.get_logical_id(bucket.node.default_child)}.Arn>/*"
    accept(
        role,
        {
            "HIPAA.Security-IAMNoInlinePolicy": "The policy belongs to this role alone and goes with it.",
            "AwsSolutions-IAM5[Action::s3:GetBucket*]": ours,
            "AwsSolutions-IAM5[Action::s3:GetObject*]": ours,
            "AwsSolutions-IAM5[Action::s3:List*]": ours,
            "AwsSolutions-IAM5[Action::s3:Abort*]": ours,
            "AwsSolutions-IAM5[Action::s3:DeleteObject*]": ours,
            f"AwsSolutions-IAM5[Resource::{staging}]": ours,
            f"AwsSolutions-IAM5[Resource::{files}]": ours,
        },
    )
    for child in stack.node.children:
        if child.node.id.startswith("Custom::CDKBucketDeployment"):
            accept(
                child,
                {
                    "AwsSolutions-L1": ours,
                    "HIPAA.Security-LambdaInsideVPC": ours,
                    "HIPAA.Security-LambdaConcurrency": ours,
                    "HIPAA.Security-LambdaDLQ": ours,
                },
            )
