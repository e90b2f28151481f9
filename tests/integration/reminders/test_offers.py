"""A time that comes free reaches the first in line, and after a while the second, wherever the process dies."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.reminders.channel import Channel
from tests.support import practice
from tests.support.cast import BENS_PASSWORD, Client, StaffMember, register_client
from tests.support.reminding import Letterbox, Reminding
from tests.support.site import Site

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
PUSH = Channel.PUSH
NEWS = "A time has come free"


@pytest.fixture
def reminding(site: Site, tom: StaffMember) -> Reminding:
    practice.opens(tom)
    return Reminding(site, {PUSH: Letterbox()})


@pytest.fixture
def booked(reminding: Reminding, alice: Client, tom: StaffMember) -> dict[str, Any]:
    with reminding.happens():
        return practice.book(alice, tom)


def wait(reminding: Reminding, client: Client) -> None:
    wish = {"modes": ["video"], "zone": "UTC", "counselors": [], "languages": [], "parts": [], "weekdays": []}
    with reminding.happens():
        answer = client.browser.put("/api/waitlist", wish)
        assert answer.status == 200, answer.text
    reminding.site.clock.advance(MINUTE)


def offered(reminding: Reminding, client: Client) -> list[datetime]:
    return [at for title, at in reminding.told(PUSH, client.id) if title == NEWS]


def test_the_first_in_line_is_told_and_when_they_let_it_lie_the_second(
    reminding: Reminding, booked: dict[str, Any], alice: Client, ben: Client, site: Site
) -> None:
    sam = register_client(site, BENS_PASSWORD, address="203.0.113.9")
    wait(reminding, ben)
    wait(reminding, sam)
    with reminding.happens():
        assert practice.cancel(alice, booked).status == 200
    freed_at = site.clock()
    assert (offered(reminding, ben), offered(reminding, sam)) == ([freed_at], [])

    with reminding.recorded():
        reminding.pass_until(freed_at + 2 * HOUR + MINUTE)
    reminding.settle()

    assert len(offered(reminding, ben)) == 1
    assert len(offered(reminding, sam)) == 1
    (offer,) = sam.browser.get("/api/offers").json["offers"]
    assert sam.browser.post(f"/api/offers/{offer['id']}/take", {"mode": "video", "zone": "UTC"}).status == 201


def test_wherever_the_process_dies_each_of_them_is_told_once(
    reminding: Reminding, alice: Client, ben: Client, tom: StaffMember, site: Site
) -> None:
    wait(reminding, ben)
    for number, point in enumerate(site.crashes.here_and_there()):
        start = practice.NINE + number // 7 * 24 * HOUR + number % 7 * HOUR
        booked = practice.book(alice, tom, start)
        with reminding.recorded():
            assert practice.cancel(alice, booked).status == 200
        records = list(reminding.stream.records)
        reminding.stream.records = list(records)
        with reminding.recorded(), point:
            reminding.follow()
        reminding.stream.records = records + reminding.stream.records
        reminding.settle()
        reminding.sweep()

        assert len(offered(reminding, ben)) == 1, str(point)
        (offer,) = ben.browser.get("/api/offers").json["offers"]
        assert ben.browser.post(f"/api/offers/{offer['id']}/decline").status in (200, 204)
        reminding.letterboxes[PUSH].taken.clear()
        reminding.schedules.planned.clear()
        reminding.stream.records.clear()
