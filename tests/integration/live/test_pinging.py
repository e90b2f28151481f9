"""Pings keep a socket and its rooms, tell how far they have come, and end what should be open no longer."""

from dataclasses import replace
from datetime import timedelta

from shared.people.model import SIGNED_IN_FOR
from shared.rooms.connections import LEASE
from shared.rooms.model import MembershipStatus, Room, member_id_of
from shared.rooms.room_store import RoomStore
from shared.tables import Table, commit
from tests.support import groups
from tests.support.cast import Client, StaffMember, sign_in
from tests.support.clock import VirtualClock
from tests.support.live import Device, device
from tests.support.site import Site
from tests.support.sockets import Sockets

ENDED = {"type": "problem", "code": "sign_in_required", "detail": "Please sign in"}


def watching(site: Site, room: Room) -> list[str]:
    return [watcher.connection_id for watcher in site.live_app.connections.watching(room.id, site.clock())]


def assert_ended(site: Site, one: Device, person_id: str) -> None:
    assert one.says("ping") is None
    assert one.hears("problem") == [ENDED]
    assert site.sockets.closed == [one.id]
    assert site.live_app.connections.of(person_id, site.clock()) == []


def test_a_ping_keeps_the_rooms_open_and_says_how_far_they_have_come(
    site: Site, room: Room, alice: Client, ben: Client, clock: VirtualClock
) -> None:
    other = groups.found(site)
    groups.join(alice, other)
    alices = device(site, alice, "a", room, other)
    clock.advance(LEASE - timedelta(seconds=1))
    groups.say(ben, room)
    groups.say(ben, room, "Is anybody there?")

    pong = alices.says("ping")

    assert pong == {
        "type": "pong",
        "at": "2027-03-01T12:09:59Z",
        "lease_until": "2027-03-01T12:19:59Z",
        "tails": {room.id: 2, other.id: 0},
    }
    clock.advance(LEASE - timedelta(seconds=1))
    assert watching(site, room) == watching(site, other) == ["a"]


def test_pings_tell_nothing_of_rooms_that_are_not_open(site: Site, room: Room, alice: Client, ben: Client) -> None:
    alices = device(site, alice, "a", room)
    alices.says("unwatch", room)
    groups.say(ben, room)

    assert (alices.says("ping") or {})["tails"] == {}


def test_who_has_signed_out_is_told_and_the_socket_ends(site: Site, room: Room, alice: Client, ben: Client) -> None:
    alices, bens = device(site, alice, "a", room), device(site, ben, "b", room)
    alices.hears()
    alice.browser.post("/api/auth/sign-out", key="")

    assert_ended(site, alices, alice.id)
    assert watching(site, room) == ["b"]
    assert bens.hears() == [{"type": "here", "room": room.id, "here": 1}]


def test_who_is_suspended_on_the_site_is_told_and_the_socket_ends(
    site: Site, room: Room, maya: StaffMember, ada: StaffMember
) -> None:
    mayas = device(site, maya, "m", room)
    ada.browser.patch(f"/api/staff/people/{maya.id}", {"status": "suspended"})

    assert_ended(site, mayas, maya.id)
    assert watching(site, room) == []


def test_a_sign_in_that_has_run_out_ends_the_socket(site: Site, alice: Client, clock: VirtualClock) -> None:
    alices = device(site, alice, "a")
    clock.advance(SIGNED_IN_FOR)

    assert_ended(site, alices, alice.id)


def test_no_room_is_opened_after_signing_out(site: Site, room: Room, alice: Client) -> None:
    alices = device(site, alice, "a")
    alice.browser.post("/api/auth/sign-out", key="")

    assert alices.says("watch", room) is None
    assert alices.hears() == [ENDED]
    assert site.sockets.closed == ["a"]
    assert watching(site, room) == []


def test_other_sign_ins_of_the_same_person_go_on(site: Site, room: Room, alice: Client) -> None:
    phone = Client(site.browser(), alice.handle, alice.password)
    sign_in(phone.browser, alice.handle, alice.password)
    laptop, pocket = device(site, alice, "laptop", room), device(site, phone, "phone", room)
    alice.browser.post("/api/auth/sign-out", key="")

    assert laptop.says("ping") is None
    assert (pocket.says("ping") or {})["type"] == "pong"
    assert watching(site, room) == ["phone"]


def test_an_ended_socket_that_cannot_be_told_is_forgotten_all_the_same(site: Site, room: Room, alice: Client) -> None:
    alices = device(site, alice, "a", room)
    alice.browser.post("/api/auth/sign-out", key="")
    site.sockets.gone.add("a")

    assert alices.says("ping") is None
    assert watching(site, room) == []


def test_a_ping_drops_rooms_that_are_no_longer_ones_own(site: Site, room: Room, alice: Client) -> None:
    """Such as when the process that decided so died before it could see to the sockets."""
    alices = device(site, alice, "a", room)
    store = RoomStore(Table(site.dynamodb, site.tables.rooms))
    member = store.member(room.id, member_id_of(room.id, alice.id))
    assert member
    removed = replace(member, status=MembershipStatus.REMOVED, decisions=member.decisions + 1)
    commit(site.dynamodb, [store.replace(removed, member)])

    assert (alices.says("ping") or {})["tails"] == {}
    assert watching(site, room) == []
    assert (alices.says("ping") or {})["tails"] == {}


def test_the_stand_in_for_the_management_api_finds_ended_sockets_gone() -> None:
    sockets = Sockets()
    sockets.close("a")

    assert sockets([(b'{"type":"removed","room":"x"}', ["a", "b"])]) == ("a",)
