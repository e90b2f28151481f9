"""The process dies before or after each of its calls to AWS and to Chime while people meet; their pages try again."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from shared.meetings.model import Provider
from tests.support import practice
from tests.support.api import Answer, fresh_key
from tests.support.cast import Client, StaffMember
from tests.support.meeting import Attending
from tests.support.site import Site

Request = Callable[[str], Answer]
DAY = timedelta(days=1)


class Scene:
    """Alice and Tom, and for each attempt an appointment at which nothing has happened yet, carried by Chime."""

    def __init__(self, site: Site, alice: Client, tom: StaffMember) -> None:
        self.site, self.alice, self.tom = site, alice, tom
        self._days = count()

    def arrive(self) -> Request:
        client, _ = self._pair()
        return lambda key: client.arrives(key=key)

    def let_in(self) -> Request:
        client, counselor = self._pair()
        client.arrives()
        counselor.arrives()
        return lambda key: counselor.lets_in(client, key=key)

    def join(self) -> Request:
        client, counselor = self._both_in()
        counselor.joins()
        return lambda _key: client.keeps(join=True)

    def leave(self) -> Request:
        client, counselor = self._met()
        counselor.leaves()
        return lambda _key: client.leaves()

    def remove(self) -> Request:
        client, counselor = self._met()
        return lambda key: counselor.hosts(f"seats/{client.seat}/removal", key=key)

    def end(self) -> Request:
        _, counselor = self._met()
        return lambda key: counselor.hosts("end", key=key)

    def faults(self) -> list[str]:
        """What must never be, whatever died when."""
        found = []
        meetings = [item for item in self.site.items(self.site.tables.rooms) if item["sk"]["S"] == "MEETING"]
        for item in meetings:
            seats = [seat["M"] for seat in item["seats"]["L"]]
            people = [seat["person_id"]["S"] for seat in seats]
            numbers = [int(seat["number"]["N"]) for seat in seats if int(seat["number"]["N"])]
            if len(set(people)) < len(people):
                found.append("two seats of one person")
            if len(set(numbers)) < len(numbers):
                found.append("two with one number")
            if item["ended_at"].get("S") and numbers:
                found.append("somebody in a meeting that is over")
        return found

    def costing(self) -> int:
        """How many calls Chime carries that nobody of ours is in."""
        kept = {
            item["provider_id"]["S"]
            for item in self.site.items(self.site.tables.rooms)
            if item["sk"]["S"] == "MEETING" and not item["ended_at"].get("S")
        }
        return sum(
            not there.is_over(self.site.clock()) and there.meeting_id not in kept
            for there in self.site.chime.meetings.values()
        )

    def _pair(self) -> tuple[Attending, Attending]:
        start = practice.NINE + next(self._days) * DAY
        self.site.clock.now = start - 2 * DAY
        booked = practice.book(self.alice, self.tom, start)
        self.site.clock.now = start
        return Attending(self.alice, booked["id"]), Attending(self.tom, booked["id"])

    def _both_in(self) -> tuple[Attending, Attending]:
        client, counselor = self._pair()
        client.arrives()
        counselor.arrives()
        counselor.lets_in(client)
        return client, counselor

    def _met(self) -> tuple[Attending, Attending]:
        client, counselor = self._both_in()
        counselor.joins()
        client.joins()
        return client, counselor


@pytest.fixture
def scene(site: Site, alice: Client, tom: StaffMember) -> Scene:
    site.carried_by = Provider.CHIME
    site.start()
    practice.opens(tom)
    return Scene(site, alice, tom)


@pytest.mark.parametrize("change", ["arrive", "let_in", "join", "leave", "remove", "end"])
def test_after_a_crash_anywhere_a_repeat_has_the_effect_and_nothing_is_wrong(change: str, scene: Scene) -> None:
    crashed = set()
    for point in scene.site.crashes.everywhere():
        request: Any = getattr(scene, change)()
        key = fresh_key()
        with point:
            request(key)
        assert scene.faults() == [], f"crash {point}"
        crashed.add(point.operation)
        scene.site.start()

        again = request(key)
        assert again.status in {200, 201, 204}, f"{again.text} after a crash {point}"
        assert scene.faults() == [], f"repeat after a crash {point}"
    scene.site.reap()
    assert scene.faults() == []
    assert "TransactWriteItems" in crashed


@pytest.mark.parametrize("change", ["join", "leave", "end"])
def test_no_call_goes_on_costing_after_a_crash_anywhere(change: str, scene: Scene) -> None:
    """But for the few minutes until Chime itself ends what nobody came to, or the sweep what nobody is in."""
    for point in scene.site.crashes.everywhere():
        request: Any = getattr(scene, change)()
        with point:
            request(fresh_key())
        scene.site.start()
        scene.site.reap()
        scene.site.clock.advance(timedelta(minutes=6))
        scene.site.reap()

        assert scene.costing() == 0, f"crash {point}"


def test_whoever_was_removed_is_out_after_a_crash_anywhere_and_a_sweep(scene: Scene) -> None:
    """Their token no longer works, whatever was left undone."""
    for point in scene.site.crashes.everywhere():
        client, counselor = scene._met()
        seat = client.seat
        with point:
            counselor.hosts(f"seats/{seat}/removal", key=fresh_key())
        scene.site.start()
        counselor.hosts(f"seats/{seat}/removal", key=fresh_key())
        scene.site.reap()

        assert client.keeps(join=True).code == "removed_from_meeting"
        there = [one.external for made in scene.site.chime.meetings.values() for one in made.attendees.values()]
        assert seat not in there, f"crash {point}"
