"""Taking part by phone: a number of the organisation's leads to a function, and counselors can call clients from it.

There only where `phone` is set, and never on a laptop, whose emulator has no telephone. The number itself is ordered by
hand (docs/phone.md): it belongs to the organisation and outlives the stack.
"""

from aws_cdk import Aws, CustomResource, Duration, Stack
from aws_cdk import aws_chime as chime
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.encryption import Encryption
from infra.logs import Logs
from infra.reasons import accept
from infra.settings import Phone as PhoneSetting
from infra.settings import Settings
from infra.tables import Tables
from infra.worker import Worker

# The service waits five seconds, asks again, and hangs up after twenty:
# https://docs.aws.amazon.com/chime-sdk/latest/dg/timeouts.html
_A_CALLER_WAITS = Duration.seconds(15)
_RULES = ("chime:CreateSipRule", "chime:DeleteSipRule", "chime:ListSipRules", "chime:UpdateSipRule")
_WHY_ANY = {"AwsSolutions-IAM5[Resource::*]": "X-Ray and the SIP rules of Amazon Chime SDK Voice know no resource."}
_WHY_ANY_CALL = {
    "AwsSolutions-IAM5[Resource::*]": "X-Ray knows no resource, and Chime SDK Voice is not documented to know one when "
    "it places a call; the function's code names its own SIP media application."
}


class Phone(Construct):
    """The SIP media application, its function, and the rule by which the number leads to it."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        code: lambda_.Code,
        setting: PhoneSetting,
        settings: Settings,
        tables: Tables,
        encryption: Encryption,
        live_endpoint: str,
        logs: Logs,
    ) -> None:
        super().__init__(scope, id_)
        if encryption.key is None:
            raise ValueError("a phone needs the organisation's own key")
        self._setting = setting
        self._encryption = encryption
        self._key_arn = encryption.key.key_arn
        self.worker = Worker(
            self,
            "Phone",
            code=code,
            package="phone",
            environment={
                "PEOPLE_TABLE": tables.people.table_name,
                "APPOINTMENTS_TABLE": tables.appointments.table_name,
                "ROOMS_TABLE": tables.rooms.table_name,
                "LIVE_ENDPOINT": live_endpoint,
                "PHONE_KEY": self._key_arn,
                "PHONE_LANGUAGES": ",".join(settings.languages),
            },
            timeout=_A_CALLER_WAITS,
            logs=logs,
        )
        self.worker.add_permission(
            "Calls",
            principal=iam.ServicePrincipal("voiceconnector.chime.amazonaws.com"),
            source_account=Aws.ACCOUNT_ID,
        )
        self._application = chime.CfnSipMediaApplication(
            self,
            "Application",
            aws_region=Aws.REGION,
            name=f"{Stack.of(self).stack_name}-phone",
            endpoints=[
                chime.CfnSipMediaApplication.SipMediaApplicationEndpointProperty(lambda_arn=self.worker.function_arn)
            ],
        )
        self._lead_the_number(code, logs)

    def allow_dialling_in(self, worker: Worker) -> None:
        """Let `worker` make codes, show them again, and keep numbers, which it cannot read."""
        self._tell(worker)
        self._encryption.allow_sealing(worker, ("kms:Decrypt", "kms:Encrypt"), "phone-code")
        self._encryption.allow_sealing(worker, ("kms:Encrypt",), "phone-number")

    def allow_calling(self, worker: Worker) -> None:
        """Let `worker` read numbers and call them."""
        self._tell(worker)
        self._encryption.allow_sealing(worker, ("kms:Decrypt",), "phone-number")
        worker.may(("chime:CreateSipMediaApplicationCall",), on="*")
        accept(worker, _WHY_ANY_CALL)

    def _tell(self, worker: Worker) -> None:
        told = {
            "PHONE_NUMBER": self._setting.number,
            "PHONE_APPLICATION": self._application.attr_sip_media_application_id,
            "PHONE_KEY": self._key_arn,
            "PHONE_COUNTRIES": ",".join(self._setting.call_out_countries),
        }
        for name, value in told.items():
            worker.add_environment(name, value)

    def _lead_the_number(self, code: lambda_.Code, logs: Logs) -> None:
        ruler = Worker(
            self,
            "PhoneRule",
            code=code,
            package="phone_rule",
            environment={},
            timeout=Duration.minutes(1),
            logs=logs,
        )
        ruler.may(_RULES, on="*")
        accept(ruler, _WHY_ANY)
        rule = CustomResource(
            self,
            "Rule",
            service_token=ruler.function_arn,
            resource_type="Custom::SipRule",
            properties={
                "Number": self._setting.number,
                "Application": self._application.attr_sip_media_application_id,
                "Region": Aws.REGION,
                "Name": f"{Stack.of(self).stack_name}-phone",
            },
        )
        rule.node.add_dependency(ruler.role)
