"""The four tables. Everything the service knows about people is here and nowhere else."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from infra.encryption import Encryption


class Tables(Construct):
    """people, appointments, rooms and audit: on demand, recoverable to any second of 35 days, kept for good."""

    def __init__(self, scope: Construct, id_: str, *, encryption: Encryption) -> None:
        super().__init__(scope, id_)
        self.people = self._table("People", encryption)
        # The table is the outbox: `changes` reads from its stream what else must happen.
        self.appointments = self._table("Appointments", encryption, stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES)
        self.rooms = self._table("Rooms", encryption)
        self.audit = self._table("Audit", encryption)

    def _table(
        self, id_: str, encryption: Encryption, *, stream: dynamodb.StreamViewType | None = None
    ) -> dynamodb.TableV2:
        return dynamodb.TableV2(
            self,
            id_,
            partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="sk", type=dynamodb.AttributeType.STRING),
            billing=dynamodb.Billing.on_demand(),
            time_to_live_attribute="expires_at",
            encryption=(
                dynamodb.TableEncryptionV2.customer_managed_key(encryption.key)
                if encryption.key
                else dynamodb.TableEncryptionV2.dynamo_owned_key()
            ),
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            deletion_protection=True,
            removal_policy=RemovalPolicy.RETAIN,
            dynamo_stream=stream,
        )
