"""A room that is open on a page: who may have it open, who learns of it, and for how long."""

from datetime import timedelta

import pytest

from functions.live.app import serve
from shared.errors import TooMany
from shared.ids import new_id
from shared.rooms.connections import LEASE, MOST_OPEN, MOST_WATCHED
from shared.rooms.model import Room, WayIn
from tests.support import groups, practice
from tests.support.cast import Client, StaffMember
from tests.support.clock import VirtualClock
from tests.support.events import socket_event
from tests.support.live import Device, device, ticket
from tests.support.site import Site


def here(site: Site, room: Room) -> int:
    return len({watcher.member_id for watcher in site.live_app.connections.watching(room.id, site.clock())})


def test_whoever_opens_a_room_learns_how_many_are_here_and_how_far_it_has_come(
    site: Site, room: Room, alice: Client, ben: Client
) -> None:
    groups.say(alice, room)
    device(site, alice, "a", room)
    bens = device(site, ben, "b")

    assert bens.says("watch", room) == {"type": "watching", "room": room.id, "here": 2, "tail": 1}


def test_the_others_learn_that_somebody_came_and_went(site: Site, room: Room, alice: Client, ben: Client) -> None:
    alices = device(site, alice, "a", room)

    bens = device(site, ben, "b", room)
    assert alices.hears() == [{"type": "here", "room": room.id, "here": 2}]
    assert bens.says("unwatch", room) is None
    assert alices.hears() == [{"type": "here", "room": room.id, "here": 1}]
    bens.says("watch", room)
    bens.goes()
    assert [frame["here"] for frame in alices.hears("here")] == [2, 1]
    assert bens.hears() == []


def test_staff_open_their_rooms_too(site: Site, room: Room, alice: Client, maya: StaffMember) -> None:
    device(site, alice, "a", room)

    assert device(site, maya, "m").says("watch", room) == {"type": "watching", "room": room.id, "here": 2, "tail": 0}


def test_a_client_and_their_counselor_see_that_the_other_is_here(site: Site, alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    opened = alice.browser.post(f"/api/counselors/{tom.id}/room", {})
    assert opened.status == 201, opened.text
    toms = device(site, tom, "t")

    assert (toms.says("watch", opened.json["id"]) or {})["here"] == 1
    assert (device(site, alice, "a").says("watch", opened.json["id"]) or {})["here"] == 2
    assert [frame["here"] for frame in toms.hears("here")] == [2]


def test_twice_is_once(site: Site, room: Room, alice: Client, ben: Client) -> None:
    alices, bens = device(site, alice, "a", room), device(site, ben, "b", room)
    alices.hears()
    before = site.items(site.tables.rooms)

    assert bens.says("watch", room) == {"type": "watching", "room": room.id, "here": 2, "tail": 0}
    assert alices.hears() == []
    assert site.items(site.tables.rooms) == before
    for _ in range(2):
        assert bens.says("unwatch", room) is None
    assert [frame["here"] for frame in alices.hears()] == [1]


def test_two_devices_of_one_person_are_one(site: Site, room: Room, alice: Client, ben: Client) -> None:
    bens = device(site, ben, "b", room)
    device(site, alice, "phone", room)
    bens.hears()

    laptop = device(site, alice, "laptop", room)

    assert bens.hears() == []
    assert here(site, room) == 2
    laptop.goes()
    assert [frame["here"] for frame in bens.hears()] == [2]


def test_a_stranger_and_a_room_that_does_not_exist_are_answered_alike(
    site: Site, alice: Client, ben: Client, tom: StaffMember, maya: StaffMember
) -> None:
    theirs = groups.found(site, maya, entry=WayIn.OPEN)
    secret = groups.found(site, maya, entry=WayIn.INVITATION)
    practice.opens(tom)
    direct = alice.browser.post(f"/api/counselors/{tom.id}/room", {}).json["id"]
    bens, toms = device(site, ben, "b"), device(site, tom, "t")

    answers = [bens.says("watch", room) for room in (theirs.id, secret.id, direct, new_id())]
    answers += [toms.says("watch", theirs), device(site, maya, "m").says("watch", direct)]

    assert {answer and answer["code"] for answer in answers} == {"not_found"}
    assert len({str(answer) for answer in answers}) == 1
    assert here(site, theirs) == 0


def test_who_has_left_or_only_asked_may_not(site: Site, room: Room, alice: Client, ben: Client) -> None:
    asked = groups.found(site, entry=WayIn.REQUEST)
    groups.join(ben, asked)
    alice.browser.delete(f"/api/rooms/{room.id}/membership")

    answers = [device(site, alice, "a").says("watch", room), device(site, ben, "b").says("watch", asked)]

    assert [answer and answer["code"] for answer in answers] == ["not_a_member", "not_a_member"]
    assert here(site, room) == here(site, asked) == 0


def test_who_leaves_hears_nothing_more(site: Site, room: Room, alice: Client, ben: Client) -> None:
    alices, bens = device(site, alice, "a", room), device(site, ben, "b", room)
    alices.hears()

    ben.browser.delete(f"/api/rooms/{room.id}/membership")
    groups.say(alice, room)

    assert bens.hears() == []
    assert [frame["here"] for frame in alices.hears("here")] == [1]


@pytest.mark.parametrize("kind", ["watch", "unwatch", "typing"])
@pytest.mark.parametrize("room", ['"x"', "7", "null", '["x"]', f'"{"0" * 33}"', '"' + "é" * 32 + '"'])
def test_what_is_no_room_is_said_to_need_a_change(site: Site, alice: Client, kind: str, room: str) -> None:
    answer = device(site, alice, "a").sends(f'{{"type":"{kind}","room":{room}}}')

    assert answer == {"type": "problem", "code": "invalid", "detail": "A part of this frame needs to change."}


def test_parts_that_we_do_not_know_are_not_taken(site: Site, alice: Client) -> None:
    answer = device(site, alice, "a").says("ping", extra="more")

    assert answer and answer["code"] == "invalid"


@pytest.mark.parametrize("kind", ["ping", "watch", "unwatch", "typing"])
def test_a_socket_we_do_not_know_is_asked_to_open_anew(site: Site, kind: str) -> None:
    answer = Device(site, "unknown").says(kind, "" if kind == "ping" else new_id())

    assert answer == {"type": "problem", "code": "not_found", "detail": "Please open a new connection."}


def test_one_page_has_a_handful_of_rooms_open(site: Site, alice: Client) -> None:
    rooms = [groups.found(site) for _ in range(MOST_WATCHED + 1)]
    for one in rooms:
        groups.join(alice, one)
    alices = device(site, alice, "a", *rooms[:-1])

    assert (alices.says("watch", rooms[-1]) or {})["code"] == "too_many_rooms"
    assert (alices.says("watch", rooms[0]) or {})["type"] == "watching"
    alices.says("unwatch", rooms[0])
    assert (alices.says("watch", rooms[-1]) or {})["type"] == "watching"


def test_one_person_has_twenty_sockets(site: Site, alice: Client, ben: Client, clock: VirtualClock) -> None:
    for number in range(MOST_OPEN):
        device(site, alice, f"a{number}")
    clock.advance(timedelta(minutes=1))

    with pytest.raises(TooMany) as refused:
        serve(site.live_app, socket_event("$connect", "more", protocols=f"hearthline, ticket.{ticket(alice)}"))

    assert refused.value.retry_after == int((LEASE - timedelta(minutes=1)).total_seconds())
    device(site, ben, "b")
    clock.advance(timedelta(seconds=refused.value.retry_after))
    device(site, alice, "more")


def test_a_lease_that_runs_out_ends_being_here(
    site: Site, room: Room, alice: Client, ben: Client, clock: VirtualClock
) -> None:
    alices, bens = device(site, alice, "a", room), device(site, ben, "b", room)
    clock.advance(LEASE - timedelta(minutes=1))
    alices.says("ping")
    alices.hears()
    clock.advance(timedelta(minutes=1))

    assert here(site, room) == 1
    groups.say(alice, room)
    assert bens.hears() == []
    assert [frame["type"] for frame in alices.hears()] == ["entry"]


def test_a_phone_that_slept_is_here_again_when_it_says_so(
    site: Site, room: Room, alice: Client, ben: Client, clock: VirtualClock
) -> None:
    alices = device(site, alice, "a", room)
    clock.advance(2 * LEASE)

    assert (alices.says("watch", room) or {})["here"] == 1
    assert here(site, room) == 1
    assert (device(site, ben, "b").says("watch", room) or {})["here"] == 2
