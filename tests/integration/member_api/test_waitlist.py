"""Waiting for a time, being offered one, taking it or letting it go: through the API."""

from datetime import timedelta
from typing import Any

import pytest

from shared.appointments.freed import Freed
from tests.support import practice
from tests.support.api import Answer, Browser, fresh_key
from tests.support.cast import Client, StaffMember
from tests.support.practice import NINE
from tests.support.site import Site

HOUR = timedelta(hours=1)
WISH: dict[str, Any] = {"modes": ["video"], "zone": "Europe/Lisbon"}
TAKE = {"mode": "video", "zone": "Europe/Lisbon"}


@pytest.fixture
def offer(site: Site, alice: Client, ben: Client, tom: StaffMember) -> dict[str, Any]:
    """Alice waits; Ben gives back a time, and it is held for her."""
    practice.opens(tom)
    assert alice.browser.put("/api/waitlist", WISH).status == 200
    assert practice.cancel(ben, practice.book(ben, tom)).status == 200
    freed = Freed(tom.id, NINE, NINE + HOUR, ben.id)
    assert len(site.member_app.waitlist.offering.freed(freed, site.clock())) == 1
    (held,) = alice.browser.get("/api/offers").json["offers"]
    offered: dict[str, Any] = held
    return offered


def take(client: Client, offer: dict[str, Any], **parts: Any) -> Answer:
    return client.browser.post(f"/api/offers/{offer['id']}/take", TAKE, **parts)


def decline(client: Client, offer: dict[str, Any], **parts: Any) -> Answer:
    return client.browser.post(f"/api/offers/{offer['id']}/decline", {}, **parts)


def test_a_client_waits_changes_what_for_and_leaves(alice: Client, tom: StaffMember, site: Site) -> None:
    practice.opens(tom)
    assert alice.browser.get("/api/waitlist").json == {"wish": None}

    first = alice.browser.put("/api/waitlist", WISH)
    site.clock.advance(24 * HOUR)
    wanted = {"modes": ["text"], "counselors": [tom.id], "parts": ["evening", "morning"], "weekdays": [7, 2]}
    changed = alice.browser.put("/api/waitlist", WISH | wanted)

    any_time = {"counselors": [], "languages": [], "parts": [], "weekdays": []}
    until = {"until": "2027-05-30T12:00:00Z"}
    assert (first.status, first.json) == (200, WISH | any_time | {"since": "2027-03-01T12:00:00Z"} | until)
    assert changed.json == first.json | wanted | {
        "parts": ["morning", "evening"],
        "weekdays": [2, 7],
        "until": "2027-05-31T12:00:00Z",
    }
    assert alice.browser.get("/api/waitlist").json == {"wish": changed.json}

    key = fresh_key()
    assert alice.browser.delete("/api/waitlist", key=key).status == 204
    assert alice.browser.delete("/api/waitlist", key=key).status == 204
    assert alice.browser.delete("/api/waitlist").code == "not_found"
    assert alice.browser.get("/api/waitlist").json == {"wish": None}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"modes": []}, "body.modes"),
        ({"modes": ["fax"]}, "body.modes.0"),
        ({"zone": "Mars/Base"}, "body.zone"),
        ({"weekdays": [8]}, "body.weekdays.0"),
        ({"parts": ["dawn"]}, "body.parts.0"),
        ({"languages": ["English"]}, "body.languages.0"),
        ({"counselors": ["tom"]}, "body.counselors.0"),
        ({"counselors": ["0" * 32]}, "body.counselors"),
    ],
)
def test_what_cannot_be_waited_for_is_named(alice: Client, change: dict[str, Any], field: str) -> None:
    answer = alice.browser.put("/api/waitlist", WISH | change)

    assert (answer.status, answer.code, answer.field) == (422, "invalid", field)


def test_a_time_that_is_held_is_shown_and_taken_once(alice: Client, tom: StaffMember, offer: dict[str, Any]) -> None:
    assert offer == {
        "id": offer["id"],
        "status": "open",
        "counselor": {"id": tom.id, "name": "Tom Tarrow"},
        "modes": ["video"],
        "start": "2027-03-03T09:00:00Z",
        "end": "2027-03-03T09:50:00Z",
        "until": "2027-03-01T14:00:00Z",
        "appointment_id": None,
    }
    assert alice.browser.get(f"/api/offers/{offer['id']}").json == offer
    key = fresh_key()

    taken = take(alice, offer, key=key)

    assert taken.status == 201
    assert take(alice, offer, key=key) == taken
    assert take(alice, offer).code == "offer_over"
    assert alice.browser.get("/api/appointments").json == {"appointments": [taken.json]}
    assert alice.browser.get("/api/offers").json == {"offers": []}
    assert alice.browser.get("/api/waitlist").json == {"wish": None}
    after = alice.browser.get(f"/api/offers/{offer['id']}").json
    assert after == offer | {"status": "taken", "appointment_id": taken.json["id"]}


def test_a_time_that_is_let_go_leaves_the_wish(alice: Client, offer: dict[str, Any]) -> None:
    key = fresh_key()

    assert decline(alice, offer, key=key).status == 204
    assert decline(alice, offer, key=key).status == 204
    assert decline(alice, offer).code == "offer_over"
    assert take(alice, offer).code == "offer_over"
    assert alice.browser.get(f"/api/offers/{offer['id']}").json["status"] == "declined"
    assert alice.browser.get("/api/waitlist").json["wish"]["since"] == "2027-03-01T12:00:00Z"


def test_a_time_that_ran_out_says_so_before_anybody_has_passed_it_on(
    site: Site, alice: Client, offer: dict[str, Any]
) -> None:
    site.clock.advance(2 * HOUR)

    assert alice.browser.get("/api/offers").json == {"offers": []}
    assert alice.browser.get(f"/api/offers/{offer['id']}").json["status"] == "lapsed"
    assert take(alice, offer).code == "offer_over"


def test_to_anybody_else_it_is_not_there(ben: Client, sam: Browser, offer: dict[str, Any]) -> None:
    assert ben.browser.get("/api/offers").json == {"offers": []}
    assert ben.browser.get(f"/api/offers/{offer['id']}").code == "not_found"
    assert take(ben, offer).code == "not_found"
    assert decline(ben, offer).code == "not_found"
    assert sam.get(f"/api/offers/{offer['id']}").status == 401


def test_ways_to_meet_that_the_counselor_does_not_offer_are_refused(alice: Client, offer: dict[str, Any]) -> None:
    answer = alice.browser.post(f"/api/offers/{offer['id']}/take", TAKE | {"mode": "phone"})

    assert (answer.status, answer.code, answer.field) == (422, "mode_not_offered", "body.mode")


def test_a_counselor_reads_how_many_wait_for_what_and_no_more(
    tom: StaffMember, alice: Client, ben: Client, offer: dict[str, Any]
) -> None:
    assert offer["status"] == "open"
    assert ben.browser.put("/api/waitlist", WISH | {"counselors": [tom.id], "languages": ["es"]}).status == 200

    answer = tom.browser.get("/api/staff/waitlist")

    assert answer.json == {
        "waiting": 2,
        "held": 1,
        "longest_since": "2027-03-01T12:00:00Z",
        "any_counselor": 1,
        "counselors": [{"id": tom.id, "name": "Tom Tarrow", "waiting": 1}],
        "modes": {"video": 2},
        "any_language": 1,
        "languages": {"es": 1},
        "any_part": 2,
        "parts": {},
    }
    assert alice.handle not in answer.text
    refused = tom.browser.post("/api/staff/blocks", {"start": "2027-03-03T09:00:00Z", "end": "2027-03-03T10:00:00Z"})
    assert (refused.code, refused.json["held_until"]) == ("time_held", "2027-03-01T14:00:00Z")
