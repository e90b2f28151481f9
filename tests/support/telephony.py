"""Chime SDK Voice and KMS for tests: real clients, answered here by something at least as strict as AWS."""

import base64
import json
import uuid
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import boto3
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.support.phone import OURS
from tests.support.service_model import AwsWouldRefuse, Guard

APPLICATION = "feedface-0000-4000-8000-00000000cafe"
KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"


class Rang(NamedTuple):
    """A phone that was called."""

    number: str
    arguments: dict[str, str]
    transaction: str


class _Http(NamedTuple):
    status_code: int


@dataclass
class Telephony:
    """Places calls, keeps SIP rules, seals and opens. `failing` is an error's code and status while it is set."""

    guard: Guard = field(default_factory=Guard)
    rang: list[Rang] = field(default_factory=list)
    rules: dict[str, dict[str, Any]] = field(default_factory=dict)
    failing: tuple[str, int] | None = None
    _secret: AESGCM = field(default_factory=lambda: AESGCM(b"the key of this organisation only"[:32]))

    def voice(self) -> Any:
        """A client of Chime SDK Voice whose calls end here."""
        return self._client("chime-sdk-voice", self._speak)

    def kms(self) -> Any:
        """A client of KMS whose calls end here."""
        return self._client("kms", self._seal)

    def _client(self, service: str, answered_by: Any) -> Any:
        made = boto3.client(service, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
        self.guard.watch(made)
        made.meta.events.register_last("before-call", answered_by)
        return made

    def _speak(self, model: Any, params: dict[str, Any], **_: Any) -> tuple[_Http, dict[str, Any]]:
        if self.failing:
            return _refused(*self.failing)
        asked = json.loads(params["body"]) if params["body"] else {}
        answers = {
            "CreateSipMediaApplicationCall": self._call,
            "ListSipRules": self._list,
            "CreateSipRule": self._create,
            "UpdateSipRule": self._update,
            "DeleteSipRule": self._delete,
        }
        if model.name not in answers:
            raise AwsWouldRefuse(f"{model.name}: the role does not allow it")
        return answers[model.name](asked, params["url_path"].split("/"))

    def _call(self, asked: dict[str, Any], path: list[str]) -> tuple[_Http, dict[str, Any]]:
        if path[2] != APPLICATION or asked["FromPhoneNumber"] != OURS:
            raise AwsWouldRefuse("CreateSipMediaApplicationCall: another application's, or another's number")
        if not all(isinstance(part, str) for pair in asked["ArgumentsMap"].items() for part in pair):
            raise AwsWouldRefuse("arguments are text")
        made = Rang(asked["ToPhoneNumber"], asked["ArgumentsMap"], str(uuid.UUID(int=len(self.rang) + 1)))
        self.rang.append(made)
        return _Http(201), {"SipMediaApplicationCall": {"TransactionId": made.transaction}}

    def _list(self, _asked: dict[str, Any], _path: list[str]) -> tuple[_Http, dict[str, Any]]:
        return _Http(200), {"SipRules": [{"SipRuleId": name, **rule} for name, rule in self.rules.items()]}

    def _create(self, asked: dict[str, Any], _path: list[str]) -> tuple[_Http, dict[str, Any]]:
        if any(rule["TriggerValue"] == asked["TriggerValue"] for rule in self.rules.values()):
            return _refused("ConflictException", 409)
        name = f"rule-{len(self.rules) + 1}"
        self.rules[name] = asked
        return _Http(201), {"SipRule": {"SipRuleId": name, **asked}}

    def _update(self, asked: dict[str, Any], path: list[str]) -> tuple[_Http, dict[str, Any]]:
        self.rules[path[2]] |= asked
        return _Http(202), {"SipRule": {"SipRuleId": path[2], **self.rules[path[2]]}}

    def _delete(self, _asked: dict[str, Any], path: list[str]) -> tuple[_Http, dict[str, Any]]:
        if not self.rules[path[2]]["Disabled"]:
            return _refused("BadRequestException", 400)  # "You must disable SIP rules before you can delete them"
        del self.rules[path[2]]
        return _Http(204), {}

    def _seal(self, model: Any, params: dict[str, Any], **_: Any) -> tuple[_Http, dict[str, Any]]:
        asked = json.loads(params["body"])
        context = json.dumps(asked["EncryptionContext"], sort_keys=True).encode()
        if model.name == "Encrypt":
            if asked["KeyId"] != KEY:
                raise AwsWouldRefuse("another's key")
            nonce = uuid.uuid4().bytes[:12]
            sealed = nonce + self._secret.encrypt(nonce, base64.b64decode(asked["Plaintext"]), context)
            return _Http(200), {"CiphertextBlob": sealed, "KeyId": KEY}
        sealed = base64.b64decode(asked["CiphertextBlob"])
        try:
            opened = self._secret.decrypt(sealed[:12], sealed[12:], context)
        except InvalidTag:
            return _refused("InvalidCiphertextException", 400)
        return _Http(200), {"Plaintext": opened, "KeyId": KEY}


def _refused(code: str, status: int) -> tuple[_Http, dict[str, Any]]:
    return _Http(status), {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
