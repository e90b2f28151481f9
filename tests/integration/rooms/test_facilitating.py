"""Making and keeping a group: what facilitators do, through the API."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support import cast, groups
from tests.support.cast import Client, StaffMember
from tests.support.clock import VirtualClock
from tests.support.site import Site

SETTINGS: dict[str, Any] = {
    "name": "Night owls",
    "about": "For whoever is awake.",
    "topics": ["sleep"],
    "language": "en",
    "tags": ["parents"],
    "audience": "adults",
    "entry": "open",
    "guidelines": "Be kind.",
    "capacity": 3,
    "retention_days": 30,
    "slow_seconds": 0,
    "premoderate_first": 0,
    "newcomer_wait_minutes": 0,
}


def make(maya: StaffMember, **other: Any) -> dict[str, Any]:
    made = maya.browser.post("/api/staff/rooms", SETTINGS | other)
    assert made.status == 201, made.text
    room: dict[str, Any] = made.json
    return room


def always_on(maya: StaffMember, room: dict[str, Any]) -> None:
    shifts = [
        {"id": f"{day:032x}", "facilitator_id": maya.id, "weekday": day, "start": "00:00", "end": "24:00"}
        for day in range(1, 8)
    ]
    body = {"zone": "UTC", "without_cover": "slow", "shifts": shifts, "version": 0}
    written = maya.browser.put(f"/api/staff/rooms/{room['id']}/rota", body)
    assert written.status == 200, written.text
    assert written.json["mode"]["mode"] == "live"


def test_a_new_group_is_found_by_clients_and_facilitated_by_whoever_made_it(maya: StaffMember, alice: Client) -> None:
    room = make(maya)

    assert [one["id"] for one in maya.browser.get("/api/staff/rooms").json["rooms"]] == [room["id"]]
    found = alice.browser.get("/api/rooms", query="topic=sleep&tag=Parents").json["rooms"]
    assert [one["name"] for one in found] == ["Night owls"]
    assert found[0]["facilitators"][0]["name"] == "Maya"
    assert found[0]["mode"] == {"mode": "slow", "until": None, "next_live_at": None}


def test_making_a_group_twice_makes_one(maya: StaffMember) -> None:
    answers = [maya.browser.post("/api/staff/rooms", SETTINGS, key="the-same-intent") for _ in range(2)]

    assert answers[0].text == answers[1].text
    assert len(maya.browser.get("/api/staff/rooms").json["rooms"]) == 1


def test_without_a_rota_every_message_waits_and_an_approved_one_comes_last(
    maya: StaffMember, alice: Client, ben: Client
) -> None:
    room = make(maya)
    for client in (alice, ben):
        groups.join(client, room["id"])
    posted = groups.say(alice, room["id"], "Is anybody awake?")
    assert posted.json["held_for"] == "slow"
    assert groups.texts(ben, room["id"]) == []
    assert groups.texts(alice, room["id"]) == ["Is anybody awake?"]

    (waiting,) = maya.browser.get("/api/staff/queue").json["items"]
    assert (waiting["kind"], waiting["text"]) == ("held", "Is anybody awake?")
    settled = maya.browser.post(f"/api/staff/rooms/{room['id']}/queue/{waiting['id']}", {"outcome": "approve"})

    assert settled.status == 204, settled.text
    assert groups.texts(ben, room["id"]) == ["Is anybody awake?"]
    assert groups.texts(alice, room["id"]) == ["Is anybody awake?"]
    assert maya.browser.get("/api/staff/queue").json["items"] == []


def test_removing_somebody_takes_their_voice_and_their_sight_at_once(
    maya: StaffMember, alice: Client, clock: VirtualClock
) -> None:
    room = make(maya)
    always_on(maya, room)
    member_id = groups.join(alice, room["id"])["membership"]["member_id"]
    assert groups.say(alice, room["id"]).status == 201
    path = f"/api/staff/rooms/{room['id']}/members/{member_id}/decisions"

    decided = maya.browser.post(path, {"step": "remove", "reason": "Asked for phone numbers.", "seq": 1})

    assert decided.status == 201, decided.text
    assert groups.say(alice, room["id"]).code == "removed"
    assert alice.browser.get(f"/api/rooms/{room['id']}/messages").code == "removed"
    (seen,) = alice.browser.get(f"/api/rooms/{room['id']}/decisions").json["decisions"]
    assert seen["reason"] == "Asked for phone numbers."
    appealed = alice.browser.post(f"/api/rooms/{room['id']}/decisions/{seen['id']}/appeal", {"text": "I did not."})
    assert appealed.status == 201, appealed.text
    (appeal,) = maya.browser.get("/api/staff/queue").json["items"]
    assert (appeal["kind"], appeal["text"], appeal["note"]) == ("appeal", "I did not.", "")
    assert appeal["reason"] == seen["reason"]
    clock.advance(timedelta(minutes=5))
    lifted = maya.browser.post(f"/api/staff/rooms/{room['id']}/queue/{appeal['id']}", {"outcome": "lift"})
    assert lifted.status == 204, lifted.text
    assert alice.browser.get(f"/api/rooms/{room['id']}").json["membership"]["status"] == "left"


def test_a_worrying_message_stands_and_the_sender_is_shown_help(maya: StaffMember, alice: Client, ben: Client) -> None:
    room = make(maya)
    always_on(maya, room)
    for client in (alice, ben):
        groups.join(client, room["id"])

    posted = groups.say(alice, room["id"], "I want to end my life tonight.")

    assert posted.status == 201, posted.text
    assert posted.json["help"] == "urgent"
    assert groups.texts(ben, room["id"]) == ["I want to end my life tonight."]
    (concern,) = maya.browser.get("/api/staff/concerns").json["concerns"]
    assert (concern["level"], concern["seq"], concern["status"]) == ("urgent", 1, "raised")
    base = f"/api/staff/rooms/{room['id']}/concerns/{concern['id']}"
    acknowledged = maya.browser.post(f"{base}/acknowledge", {"version": concern["version"]})
    assert acknowledged.json["acknowledged_by"] == "Maya"
    resolved = maya.browser.post(f"{base}/resolve", {"version": acknowledged.json["version"], "note": "We talked."})
    assert resolved.json["status"] == "resolved"
    assert maya.browser.get("/api/staff/concerns").json["concerns"] == []


def test_an_invitation_lets_in_whoever_has_the_link_and_is_only_kept_as_a_digest(
    site: Site, maya: StaffMember, alice: Client
) -> None:
    room = make(maya, entry="invitation")
    path = f"/api/staff/rooms/{room['id']}/invitation"
    first = maya.browser.post(path, key="one-and-the-same")
    assert first.text == maya.browser.post(path, key="one-and-the-same").text
    token = first.json["token"]
    assert token not in str(site.items(site.tables.rooms)) + str(site.items(site.tables.people))

    assert alice.browser.get(f"/api/rooms/{room['id']}").status == 404
    assert alice.browser.get("/api/rooms").json["rooms"] == []
    looked = alice.browser.post("/api/invitations", {"token": token}, key="")
    assert looked.json["name"] == "Night owls"
    offered = alice.browser.post(f"/api/rooms/{room['id']}/handles", {"invitation": token}, key="").json["handles"]
    body = {"handle": offered[0], "guidelines_version": 1, "of_age": True, "invitation": token}
    assert alice.browser.post(f"/api/rooms/{room['id']}/membership", body).status == 201


@pytest.mark.parametrize("entry", ["request"])
def test_a_request_waits_until_a_facilitator_admits(maya: StaffMember, alice: Client, entry: str) -> None:
    room = make(maya, entry=entry)
    asked = groups.join(alice, room["id"], note="I would like to listen first.")
    assert asked["membership"]["status"] == "requested"
    assert alice.browser.get(f"/api/rooms/{room['id']}/messages").code == "not_a_member"

    (request,) = maya.browser.get("/api/staff/queue").json["items"]
    assert (request["kind"], request["text"]) == ("request", "I would like to listen first.")
    admitted = maya.browser.post(f"/api/staff/rooms/{room['id']}/queue/{request['id']}", {"outcome": "admit"})

    assert admitted.status == 204, admitted.text
    assert alice.browser.get(f"/api/rooms/{room['id']}").json["membership"]["status"] == "joined"
    again = maya.browser.post(f"/api/staff/rooms/{room['id']}/queue/{request['id']}", {"outcome": "admit"})
    assert again.code == "already_decided"


@pytest.mark.parametrize("change", [{"status": "suspended"}, {"roles": ["counselor"]}])
def test_shifts_of_somebody_who_stops_facilitating_are_nobodys(
    ada: StaffMember, maya: StaffMember, alice: Client, change: dict[str, Any]
) -> None:
    room = make(maya)
    always_on(maya, room)
    assert alice.browser.get(f"/api/rooms/{room['id']}").json["mode"]["mode"] == "live"

    changed = ada.browser.patch(f"/api/staff/people/{maya.id}", change)

    assert changed.status == 200, changed.text
    assert alice.browser.get(f"/api/rooms/{room['id']}").json["mode"]["mode"] == "slow"


def test_facilitators_who_are_replaced_see_nothing_more_and_their_shifts_are_nobodys(
    site: Site, ada: StaffMember, maya: StaffMember, alice: Client
) -> None:
    room = make(maya)
    always_on(maya, room)
    noor = cast.hire(site, ada, "Noor", "lanterns over the old canal", "facilitator", address="198.51.100.9")

    appointed = maya.browser.put(f"/api/staff/rooms/{room['id']}/facilitators", {"ids": [noor.id]})

    assert appointed.status == 200, appointed.text
    assert maya.browser.get(f"/api/staff/rooms/{room['id']}").status == 404
    assert maya.browser.get(f"/api/staff/rooms/{room['id']}/messages").code == "not_a_member"
    assert noor.browser.get(f"/api/staff/rooms/{room['id']}").json["mode"]["mode"] == "slow"
    assert [one["name"] for one in alice.browser.get(f"/api/rooms/{room['id']}").json["facilitators"]] == ["Noor"]


def test_a_rota_is_kept_although_nobody_can_be_woken_for_it(site: Site, maya: StaffMember) -> None:
    room = make(maya)
    site.schedules.failing = "InternalServerException"
    body = {
        "zone": "UTC",
        "without_cover": "resting",
        "shifts": [{"id": "1" * 32, "facilitator_id": maya.id, "weekday": 1, "start": "09:00", "end": "17:00"}],
        "version": 0,
    }

    written = maya.browser.put(f"/api/staff/rooms/{room['id']}/rota", body)

    assert (written.status, written.json["mode"]["mode"]) == (200, "live")


def test_a_client_sees_when_facilitators_are_there_and_can_ask_for_rooms_that_are_live(
    maya: StaffMember, alice: Client
) -> None:
    looked_after, other = make(maya), make(maya, name="After a loss")
    shift = {"id": "1" * 32, "facilitator_id": maya.id, "weekday": 1, "start": "09:00", "end": "17:00"}
    body = {"zone": "UTC", "without_cover": "slow", "shifts": [shift], "version": 0}
    maya.browser.put(f"/api/staff/rooms/{looked_after['id']}/rota", body)

    about = alice.browser.get(f"/api/rooms/{looked_after['id']}").json

    assert about["on_duty"] == [
        {"start": "2027-03-01T09:00:00Z", "end": "2027-03-01T17:00:00Z"},
        {"start": "2027-03-08T09:00:00Z", "end": "2027-03-08T17:00:00Z"},
    ]
    assert alice.browser.get(f"/api/rooms/{other['id']}").json["on_duty"] == []
    live = alice.browser.get("/api/rooms", query="live=true").json["rooms"]
    assert [room["name"] for room in live] == ["Night owls"]
    assert len(alice.browser.get("/api/rooms").json["rooms"]) == 2
