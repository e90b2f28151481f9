"""A decision holds at once, also on sockets that are open, whatever they do at the same moment."""

from datetime import timedelta
from typing import Any

import pytest

from shared.rooms.connections import Connections
from shared.rooms.model import Room, member_id_of
from tests.support import groups, practice
from tests.support.cast import TOMS_PASSWORD, Client, StaffMember, hire
from tests.support.clock import VirtualClock
from tests.support.live import Device, device
from tests.support.site import Site


def decide(maya: StaffMember, room: Room, somebody: Client, step: str, **other: Any) -> None:
    path = f"/api/staff/rooms/{room.id}/members/{member_id_of(room.id, somebody.id)}/decisions"
    decided = maya.browser.post(path, {"step": step, "reason": "This was unkind.", **other})
    assert decided.status == 201, decided.text


def watching(site: Site, room_id: str) -> list[str]:
    return [watcher.connection_id for watcher in site.live_app.connections.watching(room_id, site.clock())]


def hears_nothing(site: Site, room: Room, author: StaffMember, *devices: Device) -> None:
    groups.say(author, room, "Between us.")
    assert [one.hears() for one in devices] == [[] for _ in devices]


@pytest.mark.parametrize(
    ("step", "other", "code"), [("remove", {}, "removed"), ("suspend", {"hours": 24}, "suspended")]
)
def test_on_all_devices_the_room_closes_at_once(
    site: Site, room: Room, alice: Client, ben: Client, maya: StaffMember, step: str, other: Any, code: str
) -> None:
    phone, laptop = device(site, alice, "phone", room), device(site, alice, "laptop")
    bens = device(site, ben, "b", room)
    phone.hears()

    decide(maya, room, alice, step, **other)

    gone = [{"type": "removed", "room": room.id}]
    assert (phone.hears(), laptop.hears()) == (gone, gone)
    assert bens.hears() == [{"type": "here", "room": room.id, "here": 1}]
    assert watching(site, room.id) == ["b"]
    hears_nothing(site, room, maya, phone, laptop)
    assert phone.says("watch", room) == {"type": "problem", "code": code, "detail": "This was unkind."}
    assert (phone.says("typing", room) or {})["code"] == code
    assert (phone.says("ping") or {})["tails"] == {}


def test_after_a_suspension_the_room_opens_again(
    site: Site, room: Room, alice: Client, maya: StaffMember, clock: VirtualClock
) -> None:
    alices = device(site, alice, "a", room)
    decide(maya, room, alice, "suspend", hours=1)

    clock.advance(timedelta(hours=1))

    assert (alices.says("watch", room) or {})["type"] == "watching"
    alices.hears()
    groups.say(maya, room)
    assert len(alices.hears("entry")) == 1


def test_nobody_else_is_told_who_was_removed(
    site: Site, room: Room, alice: Client, ben: Client, maya: StaffMember
) -> None:
    bens, mayas = device(site, ben, "b", room), device(site, maya, "m", room)
    device(site, alice, "a", room)
    for one in (bens, mayas):
        one.hears()

    decide(maya, room, alice, "remove")

    assert bens.hears() == mayas.hears() == [{"type": "here", "room": room.id, "here": 2}]


def test_even_if_nobody_can_be_told(site: Site, room: Room, alice: Client, maya: StaffMember) -> None:
    alices = device(site, alice, "a", room)
    site.sockets.broken = True

    decide(maya, room, alice, "remove")

    site.sockets.broken = False
    assert watching(site, room.id) == []
    hears_nothing(site, room, maya, alices)


def test_a_room_opened_just_before_the_decision_is_written_is_shut_too(
    site: Site, room: Room, alice: Client, maya: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    alices = device(site, alice, "a")
    unwatching = Connections.unwatching

    def meanwhile(self: Connections, *asked: Any) -> Any:
        monkeypatch.undo()
        found = unwatching(self, *asked)
        assert (alices.says("watch", room) or {})["type"] == "watching"
        return found

    monkeypatch.setattr(Connections, "unwatching", meanwhile)

    decide(maya, room, alice, "remove")

    assert watching(site, room.id) == []
    hears_nothing(site, room, maya, *([alices] if alices.hears() else []))


def test_a_room_does_not_open_for_somebody_who_was_removed_meanwhile(
    site: Site, room: Room, alice: Client, maya: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    alices = device(site, alice, "a")
    watch = Connections.watch

    def meanwhile(self: Connections, *asked: Any) -> None:
        monkeypatch.undo()
        decide(maya, room, alice, "remove")
        watch(self, *asked)

    monkeypatch.setattr(Connections, "watch", meanwhile)

    assert (alices.says("watch", room) or {})["code"] == "removed"
    assert watching(site, room.id) == []


def test_who_is_decided_about_meanwhile_and_may_stay_has_the_room_open(
    site: Site, room: Room, alice: Client, maya: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    alices = device(site, alice, "a")
    watch = Connections.watch

    def meanwhile(self: Connections, *asked: Any) -> None:
        monkeypatch.undo()
        decide(maya, room, alice, "remind")
        watch(self, *asked)

    monkeypatch.setattr(Connections, "watch", meanwhile)

    assert (alices.says("watch", room) or {})["type"] == "watching"
    assert watching(site, room.id) == ["a"]


def test_with_a_handover_the_former_counselor_hears_nothing_more(
    site: Site, alice: Client, tom: StaffMember, ada: StaffMember
) -> None:
    eve = hire(site, ada, "Eve", TOMS_PASSWORD, "counselor", address="198.51.100.4")
    practice.opens(tom)
    practice.opens(eve, words=practice.profile(name="Eve Eames"))
    direct = alice.browser.post(f"/api/counselors/{tom.id}/room", {}).json["id"]
    proposed = tom.browser.post(f"/api/staff/rooms/{direct}/handover", {"to": eve.id, "reason": "I am moving away."})
    assert proposed.status == 201, proposed.text
    alices, toms, eves = device(site, alice, "a"), device(site, tom, "t"), device(site, eve, "e")
    for one in (alices, toms):
        one.says("watch", direct)
    alices.hears()

    accepted = alice.browser.put(
        f"/api/rooms/{direct}/handover", {"accept": True, "share_history": False, "version": proposed.json["version"]}
    )

    assert accepted.status == 200, accepted.text
    assert toms.hears() == [{"type": "removed", "room": direct}]
    assert watching(site, direct) == ["a"]
    assert alices.hears() == [{"type": "here", "room": direct, "here": 1}]
    assert (toms.says("watch", direct) or {})["code"] == "not_a_member"
    assert (eves.says("watch", direct) or {})["here"] == 2
