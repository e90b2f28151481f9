"""The channels by which notices reach people outside of the app by an address of theirs: e-mail, text messages.

Each is there only where the organisation has set it up and has a key of its own: addresses are sealed with it. On a
laptop there is e-mail, into a mailbox that developers read, and no telephone.
"""

from aws_cdk import ArnFormat, Stack
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.encryption import Encryption
from infra.logs import Logs
from infra.mail import Mail
from infra.reasons import accept
from infra.settings import Laptop, Settings
from infra.tables import Tables
from infra.worker import Worker

# The emulator takes mails from whomever; nothing leaves the machine.
LAPTOP_SENDER = "hearth@laptop.example"
_WHY_ANY_NUMBER = "The organisation names its number, pool or sender id in its settings; the account holds no others."


def sender_of(settings: Settings, laptop: Laptop | None) -> str | None:
    """The address mails come from, or None where there is no e-mail."""
    if settings.encryption != "customer":
        return None
    return settings.sender_email or (LAPTOP_SENDER if laptop else None)


def channels_of(settings: Settings, laptop: Laptop | None) -> list[str]:
    """The channels there are, as the site is told of them."""
    sms = settings.sms is not None and laptop is None
    return [*(["email"] if sender_of(settings, laptop) else []), *(["sms"] if sms else [])]


class Channels(Construct):
    """Lets functions take addresses and send to them, and tells them how."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        settings: Settings,
        laptop: Laptop | None,
        site_address: str,
        code: lambda_.Code,
        tables: Tables,
        encryption: Encryption,
        logs: Logs,
        failures: sqs.IQueue,
    ) -> None:
        super().__init__(scope, id_)
        self._there = channels_of(settings, laptop)
        self._sms = settings.sms if laptop is None else None
        self._site_address = site_address
        self._encryption = encryption
        sender = sender_of(settings, laptop)
        self.mail = (
            Mail(
                self,
                "Mail",
                sender=sender,
                code=code,
                tables=tables,
                logs=logs,
                failures=failures,
                local=laptop is not None,
            )
            if sender
            else None
        )

    def allow_giving(self, worker: Worker, remind: Worker) -> None:
        """Let `worker` seal addresses, which it cannot open again, and have `remind` send codes to them."""
        if not self._there:
            return
        worker.add_environment("CHANNELS", ",".join(self._there))
        worker.add_environment("REMIND_FUNCTION_ARN", remind.function_arn)
        self._tell(worker)
        worker.may(("lambda:InvokeFunction",), on=remind.function_arn)
        for channel in self._there:
            self._encryption.allow_sealing(worker, ("kms:Encrypt",), f"{channel}-address")

    def allow_sending(self, worker: Worker) -> None:
        """Let `worker` open addresses and send to them."""
        if not self._there:
            return
        self._tell(worker)
        worker.add_environment("SITE_ADDRESS", self._site_address)
        for channel in self._there:
            self._encryption.allow_sealing(worker, ("kms:Decrypt",), f"{channel}-address")
        if self.mail:
            self.mail.allow_sending(worker)
        if self._sms:
            worker.add_environment("SMS_ORIGINATION", self._sms.origination)
            for kind in ("phone-number", "pool", "sender-id"):
                self._allow_texts(worker, kind)

    def _allow_texts(self, worker: Worker, kind: str) -> None:
        stack = Stack.of(self)
        arn = stack.format_arn(
            service="sms-voice", resource=kind, resource_name="*", arn_format=ArnFormat.SLASH_RESOURCE_NAME
        )
        worker.may(("sms-voice:SendTextMessage",), on=arn)
        parts = stack.resolve(arn)["Fn::Join"][1]
        named = "".join(part if isinstance(part, str) else f"<{part['Ref']}>" for part in parts)
        if worker.role:
            accept(worker.role, {f"AwsSolutions-IAM5[Resource::{named}]": _WHY_ANY_NUMBER})

    def _tell(self, worker: Worker) -> None:
        if self._encryption.key is None:
            raise ValueError("addresses need the organisation's own key")
        worker.add_environment("ADDRESS_KEY", self._encryption.key.key_arn)
        worker.add_environment("SMS_COUNTRIES", ",".join(self._sms.countries) if self._sms else "")
