"""Crashes: the process dies at a call to AWS, just before the call is sent or just after it took effect.

To die at a call that only reads leaves the same behind as to die after the last call that did not: such points are left
out, unless THOROUGH is set in the environment.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from types import TracebackType
from typing import Any, Literal, Self

Moment = Literal["before", "after"]
_READS = {"GetItem", "BatchGetItem", "TransactGetItems", "Query", "Scan", "AdminGetUser", "GetMeeting", "ListAttendees"}
_THOROUGH = "THOROUGH" in os.environ


class Crash(BaseException):
    """The process is gone. No `except Exception` stops it."""


@dataclass
class Crashes:
    """Counts the calls of several clients together and can crash at any of them."""

    calls: list[str] = field(default_factory=list)
    _armed: "CrashPoint | None" = None

    def watch(self, client: Any) -> None:
        """Count this client's calls too."""
        client.meta.events.register("before-call", self._before)
        client.meta.events.register("after-call", self._after)

    def everywhere(self) -> Iterator["CrashPoint"]:
        """Every point at which what is done inside `with point:` can crash, in order.

        Ends after the first time that it was not reached: then it ran to its end.
        """
        for number in count(1):
            for moment in ("before", "after"):
                point = CrashPoint(self, number, moment)
                yield point
                if not point.reached:
                    return

    def here_and_there(self) -> Iterator["CrashPoint"]:
        """Every third of those points, and with THOROUGH set every one.

        For what follows from many calls, where every point takes minutes.
        """
        for number, point in enumerate(self.everywhere()):
            if number % 3 == 0 or _THOROUGH:
                yield point
                if not point.reached:
                    return
            else:
                point.reached = True

    def at(self, operation: str, moment: Moment) -> "CrashPoint":
        """The first call of this operation, such as `AdminSetUserPassword`."""
        return CrashPoint(self, 0, moment, operation=operation)

    def _before(self, model: Any, **_: Any) -> None:
        self.calls.append(model.name)
        self._perhaps("before", model.name)

    def _after(self, model: Any, **_: Any) -> None:
        self._perhaps("after", model.name)

    def _perhaps(self, moment: Moment, operation: str) -> None:
        point = self._armed
        if point and point.moment == moment and point.is_here(self._points(), operation):
            point.reached = True
            point.operation = operation
            raise Crash(str(point))

    def _points(self) -> int:
        """The number of the call that is being made, among those that are points to die at; 0 if it is none."""
        if _THOROUGH:
            return len(self.calls)
        return sum(call not in _READS for call in self.calls) if self.calls[-1] not in _READS else 0


@dataclass
class CrashPoint:
    """One point. Inside `with point:` the crash happens there, and is over when the block ends."""

    crashes: Crashes
    number: int
    moment: Moment
    reached: bool = False
    operation: str = ""

    def is_here(self, number: int, operation: str) -> bool:
        """Whether this is the call it waits for: by its number or, when that is 0, by its operation."""
        return number == self.number if self.number else operation == self.operation

    def __enter__(self) -> Self:
        self.crashes.calls.clear()
        self.crashes._armed = self
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        self.crashes._armed = None
        return kind is Crash

    def __str__(self) -> str:
        return f"{self.moment} call {self.number} ({self.operation})"
