"""Whoever means to come to a date of a group is reminded of it, and told if it does not take place."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.reminders.channel import Channel
from tests.support import groups, practice
from tests.support.cast import Client, StaffMember
from tests.support.reminding import Letterbox, Reminding
from tests.support.site import Site

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
START = practice.NINE
PUSH = Channel.PUSH


@pytest.fixture
def reminding(site: Site) -> Reminding:
    return Reminding(site, {PUSH: Letterbox()})


@pytest.fixture
def planned(site: Site, maya: StaffMember, alice: Client, ben: Client) -> dict[str, Any]:
    """A date of Maya's group. Alice and Ben are members; Alice means to come."""
    room = groups.found(site, maya)
    for member in (alice, ben):
        groups.join(member, room)
    body = {"title": "Tea", "start": practice.text(START), "end": practice.text(START + HOUR), "zone": "UTC"}
    answer = maya.browser.post(f"/api/staff/rooms/{room.id}/gatherings", body)
    assert answer.status == 201, answer.text
    gathering: dict[str, Any] = answer.json
    coming(alice, room.id, gathering)
    return {**gathering, "room": room.id}


def coming(client: Client, room_id: str, gathering: dict[str, Any], *, yes: bool = True) -> None:
    path = f"/api/rooms/{room_id}/gatherings/{gathering['id']}/coming"
    assert client.browser.put(path, {"coming": yes}).status == 200


def told(reminding: Reminding, who: Client | StaffMember) -> list[tuple[str, datetime]]:
    return reminding.told(PUSH, who.id)


def test_who_means_to_come_is_reminded_at_their_times_and_nobody_else_but_the_facilitator(
    reminding: Reminding, planned: dict[str, Any], alice: Client, ben: Client, maya: StaffMember
) -> None:
    reminding.pass_by(START - DAY, START)

    assert told(reminding, alice) == [("Reminder", START - DAY), ("Reminder", START - 15 * MINUTE)]
    assert told(reminding, maya) == [("Reminder", START - 15 * MINUTE)]
    assert told(reminding, ben) == []
    assert {text.link for who, text, _ in reminding.letterboxes[PUSH].taken if who == alice.id} == {
        f"/rooms/{planned['room']}"
    }


def test_who_no_longer_means_to_come_hears_nothing(
    reminding: Reminding, planned: dict[str, Any], alice: Client
) -> None:
    reminding.pass_by(START - DAY - HOUR)
    coming(alice, planned["room"], planned, yes=False)
    reminding.pass_by(START - DAY, START)
    assert told(reminding, alice) == []


def test_of_a_date_that_is_off_they_are_told_once(
    reminding: Reminding, planned: dict[str, Any], alice: Client, ben: Client, maya: StaffMember
) -> None:
    path = f"/api/staff/rooms/{planned['room']}/gatherings/{planned['id']}/cancel"
    assert maya.browser.post(path).status == 200
    reminding.pass_by(START - DAY, START)
    assert [title for title, _ in told(reminding, alice)] == ["It's off"]
    assert told(reminding, ben) == []
