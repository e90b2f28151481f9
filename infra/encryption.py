"""The organisation's own key, or none when it leaves encryption at rest to AWS."""

from collections.abc import Sequence

from aws_cdk import ArnFormat, Aws, RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

# What reading and writing encrypted table items asks of the caller, without wildcards.
_USE = (
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)


class Encryption(Construct):
    """One customer-managed key for tables, logs and alarms: $1 a month for each yearly version of it."""

    def __init__(self, scope: Construct, id_: str, *, customer_key: bool, local: bool) -> None:
        super().__init__(scope, id_)
        self._local = local
        self.key: kms.Key | None = None
        if not customer_key:
            return
        self.key = kms.Key(
            self,
            "Key",
            description="Hearthline: people, appointments, rooms, audit and logs",
            enable_key_rotation=True,
            # Whoever deletes the key deletes the records, so the key outlives the stack as the tables do.
            removal_policy=RemovalPolicy.RETAIN,
        )
        self.key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="LogGroupsOfThisAccount",
                principals=[iam.ServicePrincipal(f"logs.{Aws.REGION}.{Aws.URL_SUFFIX}")],
                actions=["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
                resources=["*"],
                conditions={
                    "ArnLike": {
                        "kms:EncryptionContext:aws:logs:arn": Stack.of(self).format_arn(
                            service="logs",
                            resource="log-group",
                            resource_name="*",
                            arn_format=ArnFormat.COLON_RESOURCE_NAME,
                        )
                    }
                },
            )
        )

    def allow_use(self, grantee: iam.IGrantable) -> None:
        """Let `grantee` read and write table items under the key, through DynamoDB and no other way."""
        if self.key is None:
            return
        grantee.grant_principal.add_to_principal_policy(
            iam.PolicyStatement(
                actions=list(_USE),
                resources=[self.key.key_arn],
                conditions={"StringEquals": {"kms:ViaService": f"dynamodb.{Aws.REGION}.{Aws.URL_SUFFIX}"}},
            )
        )

    def allow_sealing(self, grantee: iam.IGrantable, actions: Sequence[str], purpose: str) -> None:
        """Let `grantee` seal or open (`kms:Encrypt`, `kms:Decrypt`) what is sealed for one purpose, by KMS itself."""
        if self.key is None:
            raise ValueError("only the organisation's own key seals")
        grantee.grant_principal.add_to_principal_policy(
            iam.PolicyStatement(
                actions=list(actions),
                resources=[self.key.key_arn],
                # The emulator seals with a context, but knows it in no condition.
                conditions=None if self._local else {"StringEquals": {"kms:EncryptionContext:purpose": purpose}},
            )
        )

    def allow_alarms(self) -> None:
        """Let CloudWatch publish its alarms to a topic under the key."""
        if self.key is None:
            return
        self.key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="Alarms",
                principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                actions=["kms:Decrypt", "kms:GenerateDataKey*"],
                resources=["*"],
                conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
            )
        )
