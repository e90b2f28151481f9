"""EventBridge Scheduler for tests: a real client, answered here by something at least as strict as AWS."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import boto3

from tests.support.clock import VirtualClock
from tests.support.service_model import AwsWouldRefuse, Guard

GROUP = "Hearthline-modes"
TARGET = "arn:aws:lambda:us-east-1:123456789012:function:Hearthline-Modes"
ROLE = "arn:aws:iam::123456789012:role/Hearthline-Scheduler"
FAILURES = "arn:aws:sqs:us-east-1:123456789012:Hearthline-FailedModes"


class _Http(NamedTuple):
    status_code: int


@dataclass
class Scheduler:
    """Keeps one-time schedules by name until they are fired. What it is sent is held against the service's model."""

    clock: VirtualClock
    guard: Guard = field(default_factory=Guard)
    planned: dict[str, dict[str, Any]] = field(default_factory=dict)
    failing: str = ""
    target: str = TARGET

    def client(self) -> Any:
        """A client as boto3 makes it, whose calls end here."""
        made = boto3.client("scheduler", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
        self.guard.watch(made)
        # After the hooks of crashes, which have to see each call.
        made.meta.events.register_last("before-call", self._answer)
        return made

    def due(self, name: str) -> datetime:
        """When the schedule of this name fires."""
        return _instant(self.planned[name])

    def fire(self, name: str) -> dict[str, Any]:
        """The event that the function is woken with; the schedule removes itself."""
        request = self.planned.pop(name)
        event: dict[str, Any] = json.loads(request["Target"]["Input"])
        return event

    def _answer(self, model: Any, params: dict[str, Any], **_: Any) -> tuple[_Http, dict[str, Any]]:
        if model.name != "CreateSchedule":
            raise AwsWouldRefuse(f"{model.name}: the role does not allow it")
        if self.failing:
            return _refused(self.failing, 500)
        name = params["url_path"].rsplit("/", 1)[1]
        request = json.loads(params["body"])
        self._check(request)
        if name in self.planned:
            return _refused("ConflictException", 409)
        self.planned[name] = request
        return _Http(200), {"ScheduleArn": f"arn:aws:scheduler:us-east-1:123456789012:schedule/{GROUP}/{name}"}

    def _check(self, request: dict[str, Any]) -> None:
        target = request["Target"]
        expected = (GROUP, self.target, ROLE, FAILURES, "DELETE", {"Mode": "OFF"})
        said = (
            request["GroupName"],
            target["Arn"],
            target["RoleArn"],
            target["DeadLetterConfig"]["Arn"],
            request["ActionAfterCompletion"],
            request["FlexibleTimeWindow"],
        )
        if said != expected or target["RetryPolicy"].keys() != {"MaximumEventAgeInSeconds", "MaximumRetryAttempts"}:
            raise AwsWouldRefuse(f"CreateSchedule says {request}")
        if _instant(request) <= self.clock():
            raise AwsWouldRefuse("what becomes of a schedule in the past is not documented")


def _instant(request: dict[str, Any]) -> datetime:
    written = re.fullmatch(r"at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)", request["ScheduleExpression"])
    if written is None:
        raise AwsWouldRefuse("no one-time schedule")
    zone = ZoneInfo(request["ScheduleExpressionTimezone"])
    return datetime.fromisoformat(written[1]).replace(tzinfo=zone).astimezone(UTC)


def _refused(code: str, status: int) -> tuple[_Http, dict[str, Any]]:
    return _Http(status), {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
