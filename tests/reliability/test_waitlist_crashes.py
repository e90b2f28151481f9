"""The process dies at each of its calls while a time goes round the waiting list; then it is tried again, or swept."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from shared.appointments.offer import Offer
from shared.errors import Refusal
from shared.people.model import Principal
from tests.support.crash import Crashes
from tests.support.dynamodb_local import TableNames
from tests.support.line import Line

NINE = datetime(2027, 3, 3, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
Step = Callable[[], object]


@dataclass
class Scene:
    """Two wait, and nobody else; for each attempt there is a time that nothing has happened at yet."""

    line: Line
    tom: Principal
    alice: Principal
    starts: Any

    def freed(self) -> Step:
        freed = self._freed()
        return lambda: self.line.freed(freed)

    def take(self) -> Step:
        first, offer = self._offered()
        return lambda: self.line.take(first, offer)

    def decline(self) -> Step:
        first, offer = self._offered()
        return lambda: self.line.decline(first, offer)

    def leave(self) -> Step:
        first, _offer = self._offered()
        return lambda: self.line.leave(first)

    def pass_on(self) -> Step:
        _first, offer = self._offered()
        self.line.clock.advance(2 * HOUR)
        return lambda: self.line.pass_on(offer)

    def sweep(self) -> Step:
        self._offered()
        self.line.clock.advance(2 * HOUR)
        return self.line.sweep

    def _freed(self) -> Any:
        for item in self.line.items():  # those of the attempt before have what they wanted
            if item["pk"]["S"] == "WISHES":
                self.line.leave(Principal(item["sk"]["S"].removeprefix("CLIENT#"), self.alice.kind))
        self.waiting = self.line.waiting(2)
        return self.line.call_off(self.alice, self.line.book(self.alice, self.tom, next(self.starts)))

    def _offered(self) -> tuple[Principal, Offer]:
        (offer,) = self.line.freed(self._freed())
        return self.waiting[0], offer

    def settled(self) -> list[bool]:
        """For each of the two, whether they have a time held for them or booked."""
        now = self.line.clock()
        return [bool(self.line.held_for(one) or self.line.appointments.upcoming(one, now)) for one in self.waiting]


AFTER = {
    "freed": [True, False],
    "take": [True, False],
    "decline": [False, True],
    "leave": [False, True],
    "pass_on": [False, True],
    "sweep": [False, True],
}


@pytest.mark.parametrize("name", AFTER)
def test_after_a_crash_anywhere_all_holds_and_a_repeat_has_the_one_effect(
    name: str, dynamodb: Any, tables: TableNames
) -> None:
    crashes = Crashes()
    crashes.watch(dynamodb)
    line = Line(dynamodb, tables)
    scene = Scene(line, line.counselor(), line.client(), (NINE + n * HOUR for n in count()))
    crashed = set()
    for point in crashes.here_and_there():
        step = getattr(scene, name)()
        with point:
            step()
        crashed.add((point.operation, point.moment))
        assert line.faults() == [], f"crash {point}"

        try:
            step()
        except Refusal as done:  # it was done before the crash
            assert done.code in {"offer_over", "not_found"}, f"{done.code} after a crash {point}"
        assert line.faults() == [], f"repeat after a crash {point}"
        assert scene.settled() == AFTER[name], f"crash {point}"
        line.sweep()
        assert scene.settled() == AFTER[name], f"sweep after a crash {point}"
        assert line.faults() == [], f"sweep after a crash {point}"
    if "THOROUGH" in os.environ:
        assert {("TransactWriteItems", "before"), ("TransactWriteItems", "after")} <= crashed


def test_what_a_crash_left_open_the_next_sweep_passes_on(dynamodb: Any, tables: TableNames) -> None:
    crashes = Crashes()
    crashes.watch(dynamodb)
    line = Line(dynamodb, tables)
    scene = Scene(line, line.counselor(), line.client(), (NINE + n * HOUR for n in count()))
    for point in crashes.here_and_there():
        step = scene.pass_on()
        with point:
            step()
        line.sweep()
        assert scene.settled() == [False, True], f"crash {point}"
        assert line.faults() == [], f"crash {point}"
