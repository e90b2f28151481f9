"""How `remind` is woken: by EventBridge Scheduler at a time, or at once."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from shared.clock import epoch
from shared.reminders.errand import Errand
from shared.schedules import Schedules

AT_ONCE = timedelta(seconds=90)


class Lambda(Protocol):
    """What is used of the client of Lambda."""

    def invoke(self, **request: Any) -> Any:
        """https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html"""


@dataclass(frozen=True)
class AtOnce:
    """Wakes `remind`, whose ARN this is, now."""

    functions: Lambda
    remind: str

    def send(self, errand: Errand, at: datetime, now: datetime) -> None:  # noqa: ARG002 - as `Post` has it
        """Have the errand run now, once or twice."""
        # "Event": Lambda keeps it in a queue of its own, tries three times and then hands it to the function's DLQ.
        payload = json.dumps(errand.told()).encode()
        self.functions.invoke(FunctionName=self.remind, InvocationType="Event", Payload=payload)


@dataclass(frozen=True)
class RemindPost:
    """Plans errands. What is due within 90 seconds runs at once, by the same function: Scheduler goes by minutes."""

    schedules: Schedules
    functions: Lambda

    def send(self, errand: Errand, at: datetime, now: datetime) -> None:
        """Have the errand run at `at`, once, however often this is called; at once it may run twice."""
        if at <= now + AT_ONCE:
            AtOnce(self.functions, self.schedules.target).send(errand, at, now)
        else:
            # With its time in the name: an errand whose time changes is planned anew, and the old one says nothing.
            self.schedules.plan(f"{errand.name}-{epoch(at)}", errand.told(), at, now)
