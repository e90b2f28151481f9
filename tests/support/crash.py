"""Crashes: the process dies at its k-th call to AWS, just before the call is sent or just after it took effect."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from types import TracebackType
from typing import Any, Literal, Self

Moment = Literal["before", "after"]


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
        if point and point.moment == moment and point.is_here(len(self.calls), operation):
            point.reached = True
            point.operation = operation
            raise Crash(str(point))


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
