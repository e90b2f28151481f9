"""Amazon SES, End User Messaging, and Lambda as far as it wakes `remind`: real clients, answered here by something at
least as strict as AWS. What was sent can be read; nothing leaves the process."""

import base64
import email
import email.policy
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any, NamedTuple

import boto3

from tests.support.service_model import AwsWouldRefuse, Guard
from tests.support.telephony import Telephony

SENDER = "care@lighthouse.example"
SET = "Hearthline-mail"
ORIGINATION = "+12065550100"
REMIND = "arn:aws:lambda:us-east-1:123456789012:function:Hearthline-Remind"
SITE = "https://site.example"

_TAG = re.compile(r"[A-Za-z0-9_.@-]{1,256}")


class _Http(NamedTuple):
    status_code: int


class Mail(NamedTuple):
    """One mail as it was sent."""

    to: str
    message: EmailMessage
    tags: dict[str, str]
    raw: bytes

    @property
    def plain(self) -> str:
        """Its plain words."""
        body = self.message.get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    @property
    def token(self) -> str:
        """What its unsubscribe link ends in."""
        return str(self.message["List-Unsubscribe"]).strip("<>").rsplit("/", 1)[1]


class Text(NamedTuple):
    """One text message as it was sent."""

    to: str
    words: str


@dataclass
class PostOffice:
    """Takes mails, text messages and errands.

    `failing` is an error's code, status and more while it is set; `silent` is an exception that the next call ends in
    after it took effect, as when an answer is lost.
    """

    guard: Guard = field(default_factory=Guard)
    mails: list[Mail] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    errands: list[dict[str, Any]] = field(default_factory=list)
    opted_out: set[str] = field(default_factory=set)
    failing: tuple[str, int] | None = None
    unreached: Exception | None = None
    silent: Exception | None = None
    _telephony: Telephony = field(default_factory=Telephony)

    def __post_init__(self) -> None:
        self._telephony.guard = self.guard

    def kms(self) -> Any:
        """A client of KMS."""
        return self._telephony.kms()

    def ses(self) -> Any:
        """A client of SES."""
        return self._client("sesv2", self._mail)

    def sms(self) -> Any:
        """A client of End User Messaging."""
        return self._client("pinpoint-sms-voice-v2", self._text)

    def functions(self) -> Any:
        """A client of Lambda."""
        return self._client("lambda", self._wake)

    def _client(self, service: str, answered_by: Callable[[Any, dict[str, Any]], dict[str, Any]]) -> Any:
        made = boto3.client(service, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
        self.guard.watch(made)

        def answer(model: Any, params: dict[str, Any], **_: Any) -> tuple[_Http, dict[str, Any]]:
            if self.unreached:
                raise self.unreached
            if self.failing:
                return _refused(*self.failing)
            answered = answered_by(model, params)
            if self.silent:
                raise self.silent
            return _Http(answered.get("ResponseMetadata", {}).get("HTTPStatusCode", 200)), answered

        made.meta.events.register_last("before-call", answer)
        return made

    def _mail(self, model: Any, params: dict[str, Any]) -> dict[str, Any]:
        asked = json.loads(params["body"])
        sender = parseaddr(asked["FromEmailAddress"])[1]
        if model.name != "SendEmail" or sender != SENDER or asked["ConfigurationSetName"] != SET:
            raise AwsWouldRefuse(f"{model.name}: the role does not allow it")
        if not asked["FromEmailAddress"].isascii():
            raise AwsWouldRefuse("names that are not ASCII are MIME encoded words")
        tags = {tag["Name"]: tag["Value"] for tag in asked["EmailTags"]}
        if not all(_TAG.fullmatch(part) for pair in tags.items() for part in pair):
            raise AwsWouldRefuse("a tag is of letters, digits, - _ . @")
        raw = base64.b64decode(asked["Content"]["Raw"]["Data"])
        if any(len(line) > 998 for line in raw.split(b"\r\n")) or b"\n" in raw.replace(b"\r\n", b""):
            raise AwsWouldRefuse("RFC 5322: lines of at most 998 characters that end in CRLF")
        (to,) = asked["Destination"]["ToAddresses"]
        message = email.message_from_bytes(raw, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        if message.defects or [part.defects for part in message.walk() if part.defects]:
            raise AwsWouldRefuse("the message is not well formed")
        self.mails.append(Mail(to, message, tags, raw))
        return {"MessageId": f"0100-{len(self.mails)}"}

    def _text(self, model: Any, params: dict[str, Any]) -> dict[str, Any]:
        asked = json.loads(params["body"])
        if model.name != "SendTextMessage" or asked["OriginationIdentity"] != ORIGINATION:
            raise AwsWouldRefuse(f"{model.name}: the role does not allow it")
        if asked["MessageType"] != "TRANSACTIONAL":
            raise AwsWouldRefuse("the number is registered for transactional messages")
        if asked["DestinationPhoneNumber"] in self.opted_out:
            return _refused("ConflictException", 400, Reason="DESTINATION_PHONE_NUMBER_OPTED_OUT")[1]
        self.texts.append(Text(asked["DestinationPhoneNumber"], asked["MessageBody"]))
        return {"MessageId": f"text-{len(self.texts)}"}

    def _wake(self, model: Any, params: dict[str, Any]) -> dict[str, Any]:
        if model.name != "Invoke" or "Hearthline-Remind" not in params["url_path"]:
            raise AwsWouldRefuse(f"{model.name}: the role does not allow it")
        if params["headers"]["X-Amz-Invocation-Type"] != "Event":
            raise AwsWouldRefuse("nobody waits for it")
        self.errands.append(json.loads(params["body"]))
        return {"StatusCode": 202}


def _refused(code: str, status: int, **more: Any) -> tuple[_Http, dict[str, Any]]:
    said = {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {"HTTPStatusCode": status}, **more}
    return _Http(status), said
