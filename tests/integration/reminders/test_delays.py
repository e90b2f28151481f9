"""Whoever will be late says so in one tap, and the other one is told: at once, once, and nothing else changes."""

from datetime import timedelta
from typing import Any

import pytest

from shared.appointments.missed import missed_before
from shared.errors import ChangedMeanwhile
from shared.reminders.channel import Channel
from shared.tables import commit
from tests.support import practice
from tests.support.api import Answer, fresh_key
from tests.support.cast import Client, StaffMember
from tests.support.meeting import Attending
from tests.support.practice import NINE
from tests.support.reminding import Letterbox, Reminding
from tests.support.site import Site

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LATER = "A little later"


@pytest.fixture
def reminding(site: Site, tom: StaffMember) -> Reminding:
    practice.opens(tom)
    return Reminding(site, {Channel.PUSH: Letterbox()})


@pytest.fixture
def booked(reminding: Reminding, alice: Client, tom: StaffMember) -> dict[str, Any]:
    with reminding.happens():
        booked = practice.book(alice, tom)
    reminding.pass_until(NINE - 20 * MINUTE)
    return booked


def late(who: Client | StaffMember, booked: dict[str, Any], minutes: object = 10, **parts: Any) -> Answer:
    side = "/api/staff" if isinstance(who, StaffMember) else "/api"
    return who.browser.post(f"{side}/appointments/{booked['id']}/late", {"minutes": minutes}, **parts)


def told(reminding: Reminding, who: Client | StaffMember) -> list[str]:
    taken = reminding.letterboxes[Channel.PUSH].taken
    return [text.body for person_id, text, _ in taken if person_id == who.id and text.title == LATER]


def test_the_counselor_is_told_that_the_client_comes_later_and_both_see_it(
    reminding: Reminding, booked: dict[str, Any], alice: Client, tom: StaffMember
) -> None:
    with reminding.happens():
        answer = late(alice, booked)
    assert (answer.status, answer.json["client_delay"], answer.json["version"]) == (200, 10, booked["version"])

    (body,) = told(reminding, tom)
    assert "starts about 10 minutes later" in body
    assert told(reminding, alice) == []
    shown = tom.browser.get(f"/api/staff/appointments/{booked['id']}").json
    assert (shown["client_delay"], shown["counselor_delay"]) == (10, None)
    assert Attending(tom, booked["id"]).looks()["client_delay"] == 10


def test_the_client_is_told_that_the_counselor_comes_later_and_anew_when_it_takes_longer(
    reminding: Reminding, booked: dict[str, Any], alice: Client, tom: StaffMember
) -> None:
    for minutes in (5, 15):
        with reminding.happens():
            assert late(tom, booked, minutes).status == 200
        reminding.site.clock.advance(MINUTE)

    assert [body.split("about ")[1] for body in told(reminding, alice)] == ["5 minutes later.", "15 minutes later."]
    assert Attending(alice, booked["id"]).looks()["counselor_delay"] == 15


def test_saying_so_leaves_reminders_and_what_the_client_has_seen_as_they_were(
    reminding: Reminding, booked: dict[str, Any], alice: Client, tom: StaffMember
) -> None:
    planned = dict(reminding.schedules.planned)
    with reminding.happens():
        late(tom, booked)
    assert reminding.schedules.planned == planned

    with reminding.happens():
        assert practice.noshow(tom, booked).status == 409  # not begun: the version they saw is the newest still
        assert practice.call_off(tom, booked).status == 200


def test_it_is_kept_by_whoever_comes_at_the_same_moment(
    reminding: Reminding, booked: dict[str, Any], alice: Client, tom: StaffMember, site: Site
) -> None:
    site.clock.now = NINE - 5 * MINUTE
    store = site.member_app.finder.store
    read_before = store.find(booked["id"])
    assert late(tom, booked).status == 200
    assert read_before is not None
    arrived = store.replace(read_before, read_before.arrived(site.clock()))
    with pytest.raises(ChangedMeanwhile):
        commit(store.table.client, [arrived])

    assert Attending(alice, booked["id"]).arrives().json["counselor_delay"] == 10


def test_said_twice_it_is_told_once(
    reminding: Reminding, booked: dict[str, Any], alice: Client, tom: StaffMember
) -> None:
    key = fresh_key()
    with reminding.recorded():
        first, again = late(alice, booked, key=key), late(alice, booked, key=key)
    assert (first.status, first.json) == (again.status, again.json)
    reminding.stream.records *= 2
    reminding.follow()
    reminding.work()
    assert len(told(reminding, tom)) == 1


def test_a_client_who_is_there_by_now_is_not_said_to_come_later(
    reminding: Reminding, booked: dict[str, Any], alice: Client, tom: StaffMember, site: Site
) -> None:
    site.clock.now = NINE - 5 * MINUTE
    with reminding.recorded():
        late(alice, booked)
        assert Attending(alice, booked["id"]).arrives().status == 201
    reminding.follow()
    reminding.work()
    assert told(reminding, tom) == []


def test_whoever_heard_how_late_it_will_be_is_not_told_again_that_it_is(
    reminding: Reminding, booked: dict[str, Any], alice: Client, tom: StaffMember, site: Site
) -> None:
    with reminding.happens():
        late(tom, booked, 15)
    site.clock.now = NINE - MINUTE
    with reminding.happens():
        assert Attending(alice, booked["id"]).arrives().status == 201
    reminding.pass_until(NINE + 10 * MINUTE)
    assert len(told(reminding, alice)) == 1


@pytest.mark.parametrize("at", [NINE - HOUR - MINUTE, NINE + 50 * MINUTE])
def test_long_before_and_afterwards_there_is_nothing_to_say(
    booked: dict[str, Any], alice: Client, tom: StaffMember, site: Site, at: Any
) -> None:
    site.clock.now = at
    for who in (alice, tom):
        answer = late(who, booked)
        assert (answer.status, answer.code) == (409, "not_soon")


def test_of_what_is_called_off_or_not_theirs_nobody_can_say_it(
    booked: dict[str, Any], alice: Client, ben: Client, tom: StaffMember, maya: StaffMember
) -> None:
    assert late(ben, booked).status == 404
    assert late(maya, booked).status == 403
    assert late(alice, {"id": "0" * 32}).status == 404
    for minutes in (0, 7, 60, "10", None):
        answer = late(alice, booked, minutes)
        assert (answer.status, answer.json["field"]) == (422, "body.minutes")
    assert practice.call_off(tom, booked).status == 200
    assert late(alice, booked).code == "not_soon"


def test_how_often_a_client_missed_is_a_number_and_counts_the_last_year_with_this_counselor_alone(
    reminding: Reminding, booked: dict[str, Any], alice: Client, tom: StaffMember, site: Site
) -> None:
    def missed(appointment: dict[str, Any]) -> Any:
        return tom.browser.get(f"/api/staff/appointments/{appointment['id']}").json["missed_before"]

    assert missed(booked) == 0
    site.clock.now = NINE + HOUR
    assert practice.noshow(tom, booked).json["missed_before"] == 0
    again = practice.book(alice, tom, NINE + 2 * DAY)
    assert missed(again) == 1
    assert "missed_before" not in alice.browser.get(f"/api/appointments/{again['id']}").json
    store = site.staff_app.appointments.store
    kept = store.find(again["id"])
    assert kept is not None
    assert missed_before(store, kept, NINE + timedelta(days=365)) == 1
    assert missed_before(store, kept, NINE + timedelta(days=366)) == 0
