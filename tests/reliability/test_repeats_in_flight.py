"""The same request twice at once: the second overtakes the first at each of its calls to AWS. Both get one answer."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from tests.support import practice
from tests.support.api import Answer, fresh_key
from tests.support.calendars import faults
from tests.support.cast import Client, StaffMember
from tests.support.site import Site

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
Request = Callable[[], Answer]


class Scene:
    """Alice and Tom, and for each attempt a day on which nothing has happened yet."""

    def __init__(self, site: Site, alice: Client, tom: StaffMember) -> None:
        self.site, self.alice, self.tom = site, alice, tom
        self._days = count()
        self._versions = count(1)

    def book(self) -> Request:
        key, wish = fresh_key(), practice.wish(self.tom, self._start())
        return lambda: self.alice.browser.post("/api/appointments", wish, key=key)

    def reschedule(self) -> Request:
        key, start = fresh_key(), self._start()
        booked = practice.book(self.alice, self.tom, start)
        return lambda: practice.move(self.alice, booked, start + 2 * HOUR, key=key)

    def cancel(self) -> Request:
        key, booked = fresh_key(), practice.book(self.alice, self.tom, self._start())
        return lambda: practice.cancel(self.alice, booked, key=key)

    def call_off(self) -> Request:
        key, booked = fresh_key(), practice.book(self.alice, self.tom, self._start())
        return lambda: practice.call_off(self.tom, booked, key=key)

    def block(self) -> Request:
        key, start = fresh_key(), self._start()
        return lambda: practice.block(self.tom, start, key=key)

    def unblock(self) -> Request:
        key, made = fresh_key(), practice.block(self.tom, self._start()).json
        return lambda: self.tom.browser.delete(f"/api/staff/blocks/{made['id']}", key=key)

    def write_profile(self) -> Request:
        key, profile = fresh_key(), practice.profile(version=next(self._versions))
        return lambda: self.tom.browser.put("/api/staff/profile", profile, key=key)

    def _start(self) -> datetime:
        return practice.NINE + next(self._days) * DAY


class Overtaken:
    """Runs a request; just before its call number `at` the same request comes a second time and is served."""

    def __init__(self, site: Site, at: int) -> None:
        self._site, self._at = site, at
        self._calls = 0
        self._request: Request | None = None
        self.second: Answer | None = None

    def __call__(self, request: Request) -> Answer:
        self._request = request
        events = self._site.dynamodb.meta.events
        events.register("before-call", self._before)
        try:
            return request()
        finally:
            events.unregister("before-call", self._before)

    def _before(self, **_: Any) -> None:
        self._calls += 1
        if self._calls == self._at and self._request:
            request, self._request = self._request, None
            self.second = request()


def everywhere(site: Site, prepare: Callable[[], Request]) -> Iterator[tuple[Answer, Answer]]:
    """Both answers, for each call at which the second can overtake the first."""
    for at in count(1):
        overtaken = Overtaken(site, at)
        first = overtaken(prepare())
        if overtaken.second is None:
            return
        yield first, overtaken.second


@pytest.mark.parametrize("change", ["book", "reschedule", "cancel", "call_off", "block", "unblock", "write_profile"])
def test_a_repeat_that_overtakes_its_first_has_the_same_answer_and_one_effect(
    change: str, site: Site, alice: Client, tom: StaffMember
) -> None:
    practice.opens(tom)
    overtaken = 0
    for first, second in everywhere(site, getattr(Scene(site, alice, tom), change)):
        overtaken += 1
        assert second.status in (200, 201, 204), second.text
        assert (first.status, first.text) == (second.status, second.text)
        assert faults(site.items(site.tables.appointments)) == []
    assert overtaken >= 3


@pytest.mark.parametrize("at", [3, 4], ids=["before it looks at the appointment", "before it commits"])
def test_the_same_key_with_another_body_is_refused_even_in_flight(
    at: int, site: Site, alice: Client, tom: StaffMember
) -> None:
    practice.opens(tom)
    booked, key = practice.book(alice, tom), fresh_key()
    starts = iter([practice.NINE + 2 * HOUR, practice.NINE + 3 * HOUR])
    overtaken = Overtaken(site, at)

    first = overtaken(lambda: practice.move(alice, booked, next(starts), key=key))

    assert overtaken.second is not None
    assert overtaken.second.status == 200
    assert (first.status, first.code) == (422, "idempotency_key_reused")
    assert alice.browser.get(f"/api/appointments/{booked['id']}").json["start"] == overtaken.second.json["start"]
