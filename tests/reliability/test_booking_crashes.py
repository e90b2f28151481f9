"""The process dies before or after each of its calls to AWS; the page tries again with the same Idempotency-Key."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from tests.support import practice, series
from tests.support.api import Answer, fresh_key
from tests.support.calendars import faults
from tests.support.cast import Client, StaffMember
from tests.support.site import Site

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
Request = Callable[[str], Answer]


@pytest.fixture
def scene(site: Site, alice: Client, tom: StaffMember) -> "Scene":
    practice.opens(tom, rules=practice.availability(length_minutes=45, buffer_minutes=15))
    return Scene(site, alice, tom)


class Scene:
    """Alice and Tom, and for each attempt a time that nothing has happened at yet."""

    def __init__(self, site: Site, alice: Client, tom: StaffMember) -> None:
        self.site, self.alice, self.tom = site, alice, tom
        self._days = count()

    def book(self) -> Request:
        start = self._start()
        return lambda key: self.alice.browser.post("/api/appointments", practice.wish(self.tom, start), key=key)

    def reschedule(self) -> Request:
        start = self._start()
        booked = practice.book(self.alice, self.tom, start)
        return lambda key: practice.move(self.alice, booked, start + 2 * HOUR, key=key)

    def cancel(self) -> Request:
        booked = practice.book(self.alice, self.tom, self._start())
        return lambda key: practice.cancel(self.alice, booked, key=key)

    def call_off(self) -> Request:
        booked = practice.book(self.alice, self.tom, self._start())
        return lambda key: practice.call_off(self.tom, booked, key=key)

    def book_series(self) -> Request:
        body = series.wish(self.tom, self._weeks())
        return lambda key: self.alice.browser.post("/api/series", body, key=key)

    def move_series(self) -> Request:
        starts = self._weeks()
        booked = series.book(self.alice, self.tom, starts)
        moves = [(one, start + series.WEEK) for one, start in zip(booked, starts, strict=True)]
        return lambda key: series.move(self.alice, moves, key=key)

    def cancel_series(self) -> Request:
        booked = series.book(self.alice, self.tom, self._weeks())
        return lambda key: series.cancel(self.alice, booked[1], "following", key=key)

    def block(self) -> Request:
        start = self._start() + 14 * HOUR  # over midnight
        return lambda key: practice.block(self.tom, start, hours=4, key=key)

    def unblock(self) -> Request:
        made = practice.block(self.tom, self._start() + 14 * HOUR, hours=4).json
        return lambda key: self.tom.browser.delete(f"/api/staff/blocks/{made['id']}", key=key)

    def state(self) -> list[dict[str, Any]]:
        """Everything that is booked and blocked."""
        return sorted(
            self.site.items(self.site.tables.appointments), key=lambda item: (item["pk"]["S"], item["sk"]["S"])
        )

    def _weeks(self) -> list[datetime]:
        """Two weeks at another time of the week for each attempt; what was booked before is given up first."""
        for one in self.alice.browser.get("/api/appointments").json["appointments"]:
            practice.cancel(self.alice, one)
        attempt = next(self._days)
        return series.weeks(2, practice.NINE + attempt % 7 * DAY + attempt // 7 * HOUR)

    def _start(self) -> Any:
        return practice.NINE + next(self._days) * DAY


CHANGES = (
    "book",
    "reschedule",
    "cancel",
    "call_off",
    "book_series",
    "move_series",
    "cancel_series",
    "block",
    "unblock",
)


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_crash_anywhere_a_repeat_has_one_effect_and_one_answer(change: str, scene: Scene) -> None:
    crashed = set()
    for point in scene.site.crashes.everywhere():
        request = getattr(scene, change)()
        key = fresh_key()
        before = scene.state()
        with point:
            request(key)
        assert faults(scene.state()) == [], f"crash {point}"
        crashed.add((point.operation, point.moment))
        effect = scene.state()
        scene.site.start()

        again = request(key)
        assert again.status in {200, 201, 204}, f"{again.text} after a crash {point}"
        assert faults(scene.state()) == [], f"repeat after a crash {point}"
        done = scene.state()
        assert effect in (before, done), f"half an effect after a crash {point}"
        assert done != before

        assert request(key) == again
        assert scene.state() == done
    assert {("TransactWriteItems", "before"), ("TransactWriteItems", "after")} <= crashed


@pytest.mark.parametrize("change", CHANGES)
def test_an_answer_that_was_lost_comes_again_with_one_effect(change: str, scene: Scene) -> None:
    request = getattr(scene, change)()
    key = fresh_key()

    first = request(key)
    once = scene.state()
    scene.site.start()

    assert request(key) == first
    assert scene.state() == once
    assert faults(once) == []
