"""Log groups: kept as long as the organisation says, under its key, gone with the stack (they hold no person)."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.encryption import Encryption
from infra.reasons import accept


class Logs(Construct):
    """Makes the log groups of the stack, alike."""

    def __init__(self, scope: Construct, id_: str, *, encryption: Encryption, days: int) -> None:
        super().__init__(scope, id_)
        self._encryption = encryption
        self._days = days

    def group(self, id_: str) -> logs.LogGroup:
        """A log group named `id_` within the stack."""
        group = logs.LogGroup(
            self,
            id_,
            encryption_key=self._encryption.key,
            retention=_RETENTION[self._days],
            removal_policy=RemovalPolicy.DESTROY,
        )
        if self._encryption.key is None:
            accept(
                group,
                {
                    "HIPAA.Security-CloudWatchLogGroupEncrypted": "The organisation chose encryption by AWS, which "
                    "CloudWatch Logs always applies; the setting encryption=customer uses its own key."
                },
            )
        return group


# CDK names the allowed periods; the number is all our setting knows.
_RETENTION = {
    1: logs.RetentionDays.ONE_DAY,
    3: logs.RetentionDays.THREE_DAYS,
    5: logs.RetentionDays.FIVE_DAYS,
    7: logs.RetentionDays.ONE_WEEK,
    14: logs.RetentionDays.TWO_WEEKS,
    30: logs.RetentionDays.ONE_MONTH,
    60: logs.RetentionDays.TWO_MONTHS,
    90: logs.RetentionDays.THREE_MONTHS,
    120: logs.RetentionDays.FOUR_MONTHS,
    150: logs.RetentionDays.FIVE_MONTHS,
    180: logs.RetentionDays.SIX_MONTHS,
    365: logs.RetentionDays.ONE_YEAR,
    400: logs.RetentionDays.THIRTEEN_MONTHS,
    545: logs.RetentionDays.EIGHTEEN_MONTHS,
    731: logs.RetentionDays.TWO_YEARS,
    1096: logs.RetentionDays.THREE_YEARS,
    1827: logs.RetentionDays.FIVE_YEARS,
    2192: logs.RetentionDays.SIX_YEARS,
    2557: logs.RetentionDays.SEVEN_YEARS,
    2922: logs.RetentionDays.EIGHT_YEARS,
    3288: logs.RetentionDays.NINE_YEARS,
    3653: logs.RetentionDays.TEN_YEARS,
}
