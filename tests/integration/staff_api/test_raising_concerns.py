"""Concerns that staff raise about somebody they were with."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support import cast, groups, practice
from tests.support.api import Answer, Browser, fresh_key
from tests.support.calendars import plain
from tests.support.cast import Client, StaffMember
from tests.support.practice import NINE
from tests.support.site import Site

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOBODYS = "0" * 32
URGENT = {"level": "urgent", "note": "He spoke of tonight."}


@pytest.fixture
def eve(site: Site, ada: StaffMember) -> StaffMember:
    """A counselor and facilitator: to Tom's clients and Maya's rooms a stranger."""
    roles = ("counselor", "facilitator")
    return cast.hire(site, ada, "Eve", "forty quiet lighthouses", *roles, address="198.51.100.4")


@pytest.fixture
def booked(alice: Client, tom: StaffMember) -> dict[str, Any]:
    """Alice with Tom on Wednesday at nine."""
    practice.opens(tom)
    return practice.book(alice, tom)


def told(answer: Answer) -> tuple[int, str, str]:
    return answer.status, answer.code, answer.field


def about(appointment: dict[str, Any]) -> str:
    return f"/api/staff/appointments/{appointment['id']}/concerns"


def concerns(somebody: StaffMember) -> list[dict[str, Any]]:
    answer = somebody.browser.get("/api/staff/concerns")
    assert answer.status == 200, answer.text
    listed: list[dict[str, Any]] = answer.json["concerns"]
    return listed


def test_a_counselor_raises_a_concern_about_a_client_and_finds_it_in_the_list(
    booked: dict[str, Any], alice: Client, tom: StaffMember, site: Site
) -> None:
    answer = tom.browser.post(about(booked), URGENT)

    assert answer.status == 201
    assert answer.json | {"id": "", "room_id": "", "member": ""} == {
        "id": "",
        "level": "urgent",
        "room_id": "",
        "room_name": alice.handle,
        "member": "",
        "seq": 0,
        "source": "staff",
        "raised_by": "Tom",
        "raised_note": "He spoke of tonight.",
        "raised_at": practice.text(site.clock()),
        "status": "raised",
        "acknowledged_by": "",
        "acknowledged_at": None,
        "note": "",
        "version": 1,
    }
    assert answer.json["member"]["handle"] == alice.handle
    assert concerns(tom) == [answer.json]


def test_it_is_in_the_room_of_the_two_which_is_made_if_there_is_none(
    booked: dict[str, Any], alice: Client, tom: StaffMember
) -> None:
    made = tom.browser.post(about(booked), URGENT).json["room_id"]

    opened = alice.browser.post(f"/api/counselors/{tom.id}/room")
    assert opened.json["id"] == made
    assert tom.browser.post(about(booked), {"level": "concern"}).json["room_id"] == made


def test_the_room_they_write_in_already_is_used(booked: dict[str, Any], alice: Client, tom: StaffMember) -> None:
    opened = alice.browser.post(f"/api/counselors/{tom.id}/room").json["id"]

    assert tom.browser.post(about(booked), URGENT).json["room_id"] == opened


def test_it_is_looked_after_like_any_other(booked: dict[str, Any], tom: StaffMember) -> None:
    raised = tom.browser.post(about(booked), URGENT).json
    path = f"/api/staff/rooms/{raised['room_id']}/concerns/{raised['id']}"

    acknowledged = tom.browser.post(f"{path}/acknowledge", {"version": 1})
    assert acknowledged.json["raised_note"] == "He spoke of tonight."
    assert tom.browser.post(f"{path}/resolve", {"version": 2, "note": "He is with his brother."}).status == 200

    assert concerns(tom) == []


def test_the_audit_trail_and_the_log_say_who_raised_it_and_hold_no_words(
    booked: dict[str, Any], tom: StaffMember, site: Site
) -> None:
    raised = tom.browser.post(about(booked), URGENT).json

    audit = plain(site.items(site.tables.audit))
    (entry,) = [item for item in audit if item["what"] == "ConcernRaised"]
    assert (entry["pk"], entry["by"]) == (f"PERSON#{raised['member']['id']}", tom.id)
    (log,) = [item for item in plain(site.items(site.tables.rooms)) if item["sk"].startswith("CONCERNLOG#")]
    assert (log["status"], log["by"]) == ("raised", tom.id)
    assert "tonight" not in f"{entry}{log}"


def test_the_client_is_shown_nothing_of_it(booked: dict[str, Any], alice: Client, tom: StaffMember) -> None:
    room_id = tom.browser.post(about(booked), URGENT).json["room_id"]

    for path in ("/api/memberships", f"/api/rooms/{room_id}", f"/api/rooms/{room_id}/messages", "/api/appointments"):
        answer = alice.browser.get(path)
        assert answer.status == 200, path
        assert "tonight" not in answer.text
        assert "concern" not in answer.text


def test_nobody_raises_a_concern_about_somebody_elses_client(
    booked: dict[str, Any], alice: Client, tom: StaffMember, eve: StaffMember, ada: StaffMember, sam: Browser
) -> None:
    for browser, status in ((eve.browser, 404), (ada.browser, 403), (alice.browser, 401), (sam, 401)):
        assert browser.post(about(booked), URGENT).status == status
    assert told(tom.browser.post(about({"id": NOBODYS}), URGENT)) == (404, "not_found", "")
    assert concerns(tom) == concerns(eve) == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body.level"),
        ({"level": "panic"}, "body.level"),
        ({"level": "urgent", "note": "x" * 1001}, "body.note"),
        ({"level": "urgent", "note": None}, "body.note"),
        ({"level": "urgent", "seq": 1}, "body.seq"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(
    body: dict[str, Any], field: str, booked: dict[str, Any], tom: StaffMember
) -> None:
    assert told(tom.browser.post(about(booked), body)) == (422, "invalid", field)


def test_twice_is_once(booked: dict[str, Any], tom: StaffMember) -> None:
    key = fresh_key()
    first = tom.browser.post(about(booked), URGENT, key=key)

    assert tom.browser.post(about(booked), URGENT, key=key).json == first.json
    assert len(concerns(tom)) == 1


def test_a_crash_at_any_call_is_made_good_by_the_repeat(tom: StaffMember, site: Site) -> None:
    practice.opens(tom)
    died_at = set()
    for nth, crash in enumerate(site.crashes.everywhere()):
        client = cast.register_client(site, cast.ALICES_PASSWORD, address=f"203.0.113.{100 + nth}")
        day, hour = divmod(nth, 7)
        path, key = about(practice.book(client, tom, NINE + day * DAY + hour * HOUR)), fresh_key()
        with crash:
            tom.browser.post(path, URGENT, key=key)

        answer = tom.browser.post(path, URGENT, key=key)

        assert answer.status == 201, crash
        assert [one for one in concerns(tom) if one["member"]["handle"] == client.handle] == [answer.json], crash
        assert client.browser.post(f"/api/counselors/{tom.id}/room").json["id"] == answer.json["room_id"]
        died_at.add((crash.operation, crash.moment))
    assert {("TransactWriteItems", "before"), ("TransactWriteItems", "after")} <= died_at


def test_a_facilitator_raises_a_concern_about_a_member_of_their_room(
    ben: Client, maya: StaffMember, eve: StaffMember, site: Site
) -> None:
    room = groups.found(site, maya)
    member = groups.join(ben, room)["membership"]
    path = f"/api/staff/rooms/{room.id}/members/{member['member_id']}/concerns"

    answer = maya.browser.post(path, {"level": "concern"})

    assert answer.status == 201
    assert (answer.json["room_name"], answer.json["member"]["handle"]) == ("Night owls", member["handle"])
    assert (answer.json["raised_by"], answer.json["raised_note"], answer.json["seq"]) == ("Maya", "", 0)
    assert concerns(maya) == [answer.json]
    assert told(eve.browser.post(path, {"level": "concern"})) == (404, "not_found", "")
    assert concerns(eve) == []


def test_there_are_no_concerns_about_nobody_nor_about_colleagues(
    tom: StaffMember, maya: StaffMember, site: Site
) -> None:
    room = groups.found(site, maya)
    (own,) = maya.browser.get(f"/api/staff/rooms/{room.id}/members").json["members"]

    for member_id in (NOBODYS, own["id"]):
        answer = maya.browser.post(f"/api/staff/rooms/{room.id}/members/{member_id}/concerns", {"level": "urgent"})
        assert told(answer) == (404, "not_found", "")
    refused = tom.browser.post(f"/api/staff/rooms/{room.id}/members/{own['id']}/concerns", {"level": "urgent"})
    assert told(refused) == (403, "not_allowed", "")
