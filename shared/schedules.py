"""EventBridge Scheduler: wakes a function once, at a time. Whoever is woken looks anew at what there is to do.

A wake-up is a hint. One that is lost, late or double does no harm: nothing is done because of it that does not still
hold, and `sweep` looks too.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from botocore.exceptions import ClientError

SOONEST = timedelta(minutes=1)
_LATEST = timedelta(minutes=15)  # by then the sweep has seen it
_TRIES = 5


class Scheduler(Protocol):
    """What is used of the client of EventBridge Scheduler."""

    def create_schedule(self, **request: Any) -> Any:
        """https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html"""


@dataclass(frozen=True)
class Schedules:
    """Plans wake-ups in one schedule group. `target`, `role` and `failures` are ARNs of function, role and queue."""

    scheduler: Scheduler
    group: str
    target: str
    role: str
    failures: str

    def plan(self, name: str, event: Mapping[str, Any], at: datetime, now: datetime) -> None:
        """Have the target woken with `event` at `at`, once, however often it is planned under this name.

        What AWS does with a schedule that is due already is not documented, so a wake-up in less than a minute comes
        a minute later. The schedule removes itself. A name has at most 64 of `[0-9a-zA-Z-_.]`; like the event it
        holds nothing but opaque ids and numbers.
        """
        due = at if at - now >= SOONEST else max(at, now) + SOONEST
        try:
            self.scheduler.create_schedule(
                Name=name,
                GroupName=self.group,
                ScheduleExpression=f"at({due:%Y-%m-%dT%H:%M:%S})",
                ScheduleExpressionTimezone="UTC",
                FlexibleTimeWindow={"Mode": "OFF"},
                ActionAfterCompletion="DELETE",
                Target={
                    "Arn": self.target,
                    "RoleArn": self.role,
                    "Input": json.dumps(event),
                    "DeadLetterConfig": {"Arn": self.failures},
                    "RetryPolicy": {
                        "MaximumEventAgeInSeconds": int(_LATEST.total_seconds()),
                        "MaximumRetryAttempts": _TRIES,
                    },
                },
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConflictException":  # it is planned already
                raise
