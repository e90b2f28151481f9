"""Dates of a room that come again every week or two, for its facilitators."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support import groups
from tests.support.api import Answer, fresh_key
from tests.support.cast import Client, StaffMember, staff_sign_in
from tests.support.practice import text
from tests.support.site import Site

EVENING = datetime(2027, 3, 10, 19, tzinfo=UTC)
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


@pytest.fixture
def path(site: Site, maya: StaffMember) -> str:
    """Where the dates of Maya's group are."""
    return f"/api/staff/rooms/{groups.found(site, maya).id}/gatherings"


def plan(maya: StaffMember, path: str, repeat: dict[str, Any], **parts: Any) -> Answer:
    tea = {"title": "Tea", "start": text(EVENING), "end": text(EVENING + HOUR), "zone": "Europe/Lisbon"}
    return maya.browser.post(f"{path}/series", tea | {"repeat": repeat}, **parts)


def ahead(maya: StaffMember, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = maya.browser.get(path).json["gatherings"]
    return found


def test_they_are_planned_at_once_and_stay_at_seven_when_the_clocks_change(maya: StaffMember, path: str) -> None:
    key = fresh_key()

    answer = plan(maya, path, {"every": 1, "until": "2027-03-31"}, key=key)

    assert answer.status == 201
    assert [one["start"][:13] for one in answer.json["gatherings"]] == [
        "2027-03-10T19",
        "2027-03-17T19",
        "2027-03-24T19",
        "2027-03-31T18",
    ]
    assert {one["end"][14:] for one in answer.json["gatherings"]} == {"00:00Z"}
    assert len({one["series_id"] for one in answer.json["gatherings"]}) == 1
    assert ahead(maya, path) == answer.json["gatherings"]
    assert plan(maya, path, {"every": 1, "until": "2027-03-31"}, key=key) == answer
    assert len(ahead(maya, path)) == 4


@pytest.mark.parametrize(
    ("scope", "cancelled"),
    [("one", [False, True, False]), ("following", [False, True, True]), ("all", [True, True, True])],
)
def test_one_it_and_those_that_follow_or_all_are_called_off(
    scope: str, cancelled: list[bool], maya: StaffMember, alice: Client, path: str
) -> None:
    planned = plan(maya, path, {"every": 2, "count": 3}).json["gatherings"]
    alone = maya.browser.post(
        path, {"title": "Walk", "start": text(EVENING), "end": text(EVENING + HOUR), "zone": "UTC"}
    )
    room_id = path.split("/")[4]
    groups.join(alice, room_id)
    alice.browser.put(f"/api/rooms/{room_id}/gatherings/{planned[1]['id']}/coming", {"coming": True})

    answer = maya.browser.post(f"{path}/{planned[1]['id']}/series/cancel", {"scope": scope})

    assert answer.status == 200
    assert [one["start"] for one in answer.json["gatherings"]] == [
        one["start"] for one, off in zip(planned, cancelled, strict=True) if off
    ]
    left = ahead(maya, path)
    assert [one["cancelled"] for one in left if one["series_id"]] == cancelled
    assert [one["cancelled"] for one in left if one["id"] == alone.json["id"]] == [False]
    assert [one["coming"] for one in left if one["id"] == planned[1]["id"]] == [1]


def test_a_date_by_itself_is_all_there_is_of_its_series(maya: StaffMember, path: str) -> None:
    once = plan(maya, path, {"every": 1, "until": "2027-03-10"}).json["gatherings"]

    answer = maya.browser.post(f"{path}/{once[0]['id']}/series/cancel", {"scope": "all"})

    assert [one["series_id"] for one in once] == [None]
    assert [one["cancelled"] for one in answer.json["gatherings"]] == [True]


def test_what_cannot_be_is_refused(maya: StaffMember, alice: Client, tom: StaffMember, path: str) -> None:
    refused = {
        "both": plan(maya, path, {"every": 1, "count": 2, "until": "2027-03-31"}),
        "neither": plan(maya, path, {"every": 1}),
        "monthly": plan(maya, path, {"every": 4, "count": 2}),
        "before it begins": plan(maya, path, {"every": 1, "until": "2027-03-09"}),
        "too many": plan(maya, path, {"every": 1, "count": 31}),
        "without end": plan(maya, path, {"every": 1, "until": "2999-12-31"}),
        "not found": maya.browser.post(f"{path}/{'0' * 32}/series/cancel", {"scope": "all"}),
        "a stranger": plan(tom, path, {"every": 1, "count": 2}),
        "another room": plan(maya, f"/api/staff/rooms/{'0' * 32}/gatherings", {"every": 1, "count": 2}),
    }

    assert {name: (answer.status, answer.field or answer.code) for name, answer in refused.items()} == {
        "both": (422, "body.repeat.count"),
        "neither": (422, "body.repeat.count"),
        "monthly": (422, "body.repeat.every"),
        "before it begins": (422, "body.repeat.until"),
        "too many": (409, "too_many_gatherings"),
        "without end": (409, "too_many_gatherings"),
        "not found": (404, "not_found"),
        "a stranger": (403, "not_allowed"),
        "another room": (404, "not_found"),
    }
    assert ahead(maya, path) == []


def test_thirty_ahead_are_the_most_and_old_ones_make_room(maya: StaffMember, path: str, site: Site) -> None:
    assert len(plan(maya, path, {"every": 1, "count": 30}).json["gatherings"]) == 30
    assert plan(maya, path, {"every": 1, "count": 2}).code == "too_many_gatherings"

    site.clock.advance(40 * WEEK)
    staff_sign_in(maya.browser, maya.email, maya.password)
    assert ahead(maya, path) == []
    later = EVENING + 50 * WEEK
    tea = {"title": "Tea", "start": text(later), "end": text(later + HOUR), "zone": "UTC"}
    for _ in range(2):
        assert maya.browser.post(f"{path}/series", tea | {"repeat": {"every": 1, "count": 15}}).status == 201

    assert len(ahead(maya, path)) == 30
