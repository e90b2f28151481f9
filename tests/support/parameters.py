"""SSM's Parameter Store for tests: a real client, answered here. Nothing is overwritten that may not be."""

import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import boto3

from tests.support.service_model import Guard


class _Http(NamedTuple):
    status_code: int


@dataclass
class Parameters:
    """SecureStrings by name, as they are in the clear. `failing` is an error's code while it is set."""

    guard: Guard = field(default_factory=Guard)
    kept: dict[str, str] = field(default_factory=dict)
    failing: str = ""

    def client(self) -> Any:
        """A client as boto3 makes it, whose calls end here."""
        made = boto3.client("ssm", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
        self.guard.watch(made)
        made.meta.events.register_last("before-call", self._answer)
        return made

    def _answer(self, model: Any, params: dict[str, Any], **_: Any) -> tuple[_Http, dict[str, Any]]:
        asked = json.loads(params["body"])
        if self.failing:
            return _refused(self.failing)
        if model.name == "PutParameter":
            return self._put(asked)
        if model.name == "GetParameter":
            return self._get(asked)
        raise NotImplementedError(model.name)

    def _put(self, asked: dict[str, Any]) -> tuple[_Http, dict[str, Any]]:
        assert asked["Type"] == "SecureString"
        if asked["Name"] in self.kept and not asked.get("Overwrite"):
            return _refused("ParameterAlreadyExists")
        self.kept[asked["Name"]] = asked["Value"]
        return _Http(200), {"Version": 1}

    def _get(self, asked: dict[str, Any]) -> tuple[_Http, dict[str, Any]]:
        if asked["Name"] not in self.kept:
            return _refused("ParameterNotFound")
        value = self.kept[asked["Name"]] if asked.get("WithDecryption") else "AQICAHi"
        return _Http(200), {"Parameter": {"Name": asked["Name"], "Value": value}}


def _refused(code: str) -> tuple[_Http, dict[str, Any]]:
    return _Http(400), {"Error": {"Code": code, "Message": code}}
