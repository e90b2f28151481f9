"""EventBridge Scheduler: wakes the function `modes` when a room's mode changes.

A wake-up is a hint. One that is lost, late or double does no harm: the mode is worked out anew, and `sweep` looks too.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from botocore.exceptions import ClientError

from shared.clock import epoch

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

    def plan(self, room_id: str, at: datetime, now: datetime) -> None:
        """Have `modes` woken for this room at `at`, once, however often it is planned.

        What AWS does with a schedule that is due already is not documented, so a wake-up in less than a minute comes
        a minute later. The schedule removes itself; its name, 48 of the 64 characters there may be, and its payload
        hold nothing but the room's id.
        """
        due = at if at - now >= SOONEST else at + SOONEST
        try:
            self.scheduler.create_schedule(
                Name=f"mode-{room_id}-{epoch(due)}",
                GroupName=self.group,
                ScheduleExpression=f"at({due:%Y-%m-%dT%H:%M:%S})",
                ScheduleExpressionTimezone="UTC",
                FlexibleTimeWindow={"Mode": "OFF"},
                ActionAfterCompletion="DELETE",
                Target={
                    "Arn": self.target,
                    "RoleArn": self.role,
                    "Input": json.dumps({"room_id": room_id}),
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
