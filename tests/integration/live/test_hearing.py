"""What open pages hear: the message itself where everybody may see it, else a hint or a bare number."""

import json
from datetime import timedelta

import pytest

from shared.rooms.connections import TYPING, TYPING_AGAIN
from shared.rooms.model import Room, member_id_of
from tests.support import groups
from tests.support.cast import BENS_PASSWORD, Client, StaffMember, register_client
from tests.support.clock import VirtualClock
from tests.support.live import device
from tests.support.site import Site


@pytest.fixture
def carla(site: Site, room: Room) -> Client:
    """A third client, in the same room."""
    made = register_client(site, BENS_PASSWORD, address="203.0.113.9")
    groups.join(made, room)
    return made


def member(room: Room, somebody: Client | StaffMember) -> str:
    return member_id_of(room.id, somebody.id)


def test_what_is_said_arrives_as_it_would_be_read(
    site: Site, room: Room, alice: Client, ben: Client, maya: StaffMember
) -> None:
    devices = [device(site, who, who.id, room) for who in (alice, ben, maya)]
    for one in devices:
        one.hears()

    groups.say(alice, room, "It is late here.")

    (read,) = groups.page(ben, room)["entries"]
    for one in devices:
        assert one.hears() == [{"type": "entry", "room": room.id, "entry": read}]
    assert read["author"]["id"] == member(room, alice)


def test_a_repeat_is_no_news(site: Site, room: Room, alice: Client, ben: Client) -> None:
    bens = device(site, ben, "b", room)
    for _ in range(2):
        assert groups.say(alice, room, "Once.", key="00000000-0000-4000-8000-000000000001").status == 201

    assert len(bens.hears("entry")) == 1


def test_only_open_rooms_are_heard(site: Site, room: Room, alice: Client, ben: Client) -> None:
    other = groups.found(site)
    groups.join(alice, other)
    groups.join(ben, other)
    bens = device(site, ben, "b", room)

    groups.say(alice, other)

    assert bens.hears() == []


def test_a_changed_message_arrives_with_what_it_is_now(site: Site, room: Room, alice: Client, ben: Client) -> None:
    groups.say(alice, room)
    bens = device(site, ben, "b", room)

    ben.browser.put(f"/api/rooms/{room.id}/messages/1/reactions", {"kinds": ["heart"]})
    alice.browser.delete(f"/api/rooms/{room.id}/messages/1")

    reacted, withdrawn = [frame["entry"] for frame in bens.hears("entry")]
    assert (reacted["seq"], reacted["of"], reacted["message"]["reactions"]) == (2, 1, {"heart": 1})
    assert (reacted["message"]["reacted"], reacted["message"]["mine"]) == ([], False)
    assert (withdrawn["seq"], withdrawn["message"]["state"], withdrawn["message"]["text"]) == (3, "withdrawn", "")


def test_between_those_who_block_each_other_only_hints_travel(
    site: Site, room: Room, alice: Client, ben: Client, carla: Client
) -> None:
    blocked = alice.browser.put(f"/api/rooms/{room.id}/blocks/{member(room, ben)}", {})
    assert blocked.status == 204, blocked.text
    alices, bens, carlas = (device(site, who, who.id, room) for who in (alice, ben, carla))
    for one in (alices, bens, carlas):
        one.hears()

    groups.say(ben, room, "Can anybody hear me?")
    groups.say(alice, room, "I am here.")

    assert [(frame["type"], frame.get("seq")) for frame in alices.hears()] == [("hint", 1), ("entry", None)]
    assert [(frame["type"], frame.get("seq")) for frame in bens.hears()] == [("entry", None), ("hint", 2)]
    assert [frame["type"] for frame in carlas.hears()] == ["entry", "entry"]
    assert [entry["kind"] for entry in groups.page(alice, room)["entries"]] == ["hidden", "message"]


def test_what_waits_for_approval_reaches_its_author_and_facilitators_and_is_a_number_to_others(
    site: Site, alice: Client, ben: Client, maya: StaffMember
) -> None:
    careful = groups.found(site, maya, premoderate_first=1)
    groups.join(alice, careful)
    groups.join(ben, careful)
    alices, bens, mayas = (device(site, who, who.id, careful) for who in (alice, ben, maya))
    for one in (alices, bens, mayas):
        one.hears()

    posted = groups.say(alice, careful, "My first words.")

    assert posted.json["held_for"] == "newcomer"
    hint = {"type": "hint", "room": careful.id, "seq": 1}
    assert alices.hears() == [hint]
    assert mayas.hears() == [hint]
    assert bens.hears() == [{"type": "entry", "room": careful.id, "entry": {"seq": 1, "kind": "hidden"}}]


def test_an_approved_message_arrives_whole_at_its_new_place(
    site: Site, alice: Client, ben: Client, maya: StaffMember
) -> None:
    careful = groups.found(site, maya, premoderate_first=1)
    groups.join(alice, careful)
    groups.join(ben, careful)
    groups.say(alice, careful, "My first words.")
    bens = device(site, ben, "b", careful)

    (item,) = maya.browser.get("/api/staff/queue").json["items"]
    path = f"/api/staff/rooms/{careful.id}/queue/{item['id']}"
    settled = maya.browser.post(path, {"outcome": "approve", "note": ""})

    assert settled.status == 204, settled.text
    (news,) = bens.hears("entry")
    assert (news["entry"]["seq"], news["entry"]["replaces"], news["entry"]["text"]) == (2, 1, "My first words.")


def test_typing_is_a_count_and_names_nobody(
    site: Site, room: Room, alice: Client, ben: Client, carla: Client, clock: VirtualClock
) -> None:
    alices, bens, carlas = (device(site, who, who.id, room) for who in (alice, ben, carla))
    for one in (alices, bens, carlas):
        one.hears()

    assert alices.says("typing", room) is None
    assert bens.says("typing", room) is None

    told = {"type": "typing", "room": room.id}
    assert alices.hears() == [{**told, "typing": 2}]
    assert bens.hears() == [{**told, "typing": 1}]
    assert carlas.hears() == [{**told, "typing": 1}, {**told, "typing": 2}]
    clock.advance(TYPING)
    bens.says("typing", room)
    assert carlas.hears() == [{**told, "typing": 1}]


def test_typing_on_two_devices_is_one_person_typing(site: Site, room: Room, alice: Client, ben: Client) -> None:
    phone, laptop = device(site, alice, "phone", room), device(site, alice, "laptop", room)
    bens = device(site, ben, "b", room)

    phone.says("typing", room)
    laptop.says("typing", room)

    assert [frame["typing"] for frame in bens.hears("typing")] == [1, 1]


def test_typing_is_told_every_few_seconds_however_often_it_is_said(
    site: Site, room: Room, alice: Client, ben: Client, clock: VirtualClock
) -> None:
    alices, bens = device(site, alice, "a", room), device(site, ben, "b", room)

    for _ in range(5):
        assert alices.says("typing", room) is None
    assert len(bens.hears("typing")) == 1
    clock.advance(TYPING_AGAIN - timedelta(seconds=1))
    alices.says("typing", room)
    assert bens.hears() == []
    clock.advance(timedelta(seconds=1))
    alices.says("typing", room)
    assert len(bens.hears("typing")) == 1


def test_typing_needs_the_room_open(site: Site, room: Room, alice: Client, ben: Client) -> None:
    bens = device(site, ben, "b", room)
    alices = device(site, alice, "a")

    assert (alices.says("typing", room) or {})["code"] == "not_found"
    alices.says("watch", room)
    alices.says("unwatch", room)
    assert (alices.says("typing", room) or {})["code"] == "not_found"
    assert bens.hears("typing") == []


def test_who_is_muted_types_unseen(site: Site, room: Room, alice: Client, ben: Client, maya: StaffMember) -> None:
    alices, bens = device(site, alice, "a", room), device(site, ben, "b", room)
    path = f"/api/staff/rooms/{room.id}/members/{member(room, alice)}/decisions"
    decided = maya.browser.post(path, {"step": "mute", "reason": "Please take a break.", "hours": 1})
    assert decided.status == 201, decided.text
    assert alices.hears("standing") == [{"type": "standing", "room": room.id}]
    bens.hears()

    answer = alices.says("typing", room)

    assert answer == {"type": "problem", "code": "muted", "detail": "Please take a break."}
    assert bens.hears() == []
    groups.say(ben, room)
    assert len(alices.hears("entry")) == 1


def test_no_frame_knows_who_anybody_is_outside_of_this_room(
    site: Site, room: Room, alice: Client, ben: Client, maya: StaffMember
) -> None:
    other = groups.found(site, maya)
    for who in (alice, ben):
        groups.join(who, other)
    everybody = (alice, ben, maya)
    for who in everybody:
        one = device(site, who, who.id, room, other)
        one.says("typing", room)
        one.says("ping")
    for where in (room, other):
        groups.say(alice, where)
        ben.browser.put(f"/api/rooms/{where.id}/messages/1/reactions", {"kinds": ["hug"]})
        groups.say(ben, where, "Me too.", reply_to=1)
    ben.browser.delete(f"/api/rooms/{room.id}/membership")

    told = {who.id: json.dumps(site.sockets.of(who.id)) for who in everybody}

    assert all(len(frames) > 500 for frames in told.values())
    known = {alice.id, ben.id, maya.id, alice.handle, ben.handle, maya.email}
    known |= {member(other, alice), member(other, ben)} & {member(room, alice), member(room, ben)}
    for frames in told.values():
        assert [word for word in known if word in frames] == []
    authors = {
        frame["room"]: {frame["entry"]["author"]["id"], frame["entry"]["author"]["handle"]}
        for frame in site.sockets.of(maya.id, "entry")
        if frame["entry"]["kind"] == "message" and frame["entry"]["text"] == "Me too."
    }
    assert not authors[room.id] & authors[other.id]


def test_a_socket_that_is_gone_is_forgotten(site: Site, room: Room, alice: Client, ben: Client) -> None:
    device(site, alice, "a", room)
    device(site, ben, "b", room)
    site.sockets.gone.add("b")

    groups.say(alice, room)

    assert site.live_app.connections.of(ben.id, site.clock()) == []
    assert [w.connection_id for w in site.live_app.connections.watching(room.id, site.clock())] == ["a"]


def test_what_cannot_be_told_fails_nothing(
    site: Site, room: Room, alice: Client, ben: Client, maya: StaffMember
) -> None:
    alices, bens = device(site, alice, "a", room), device(site, ben, "b", room)
    site.sockets.broken = True

    assert (alices.says("watch", room) or {})["type"] == "watching"
    assert alices.says("typing", room) is None
    assert (alices.says("ping") or {})["type"] == "pong"
    assert (device(site, maya, "m").says("watch", room) or {})["here"] == 3
    assert groups.say(alice, room).status == 201
    assert bens.says("unwatch", room) is None
    bens.goes()
    assert ben.browser.delete(f"/api/rooms/{room.id}/membership").status == 204

    site.sockets.broken = False
    assert (alices.says("ping") or {})["tails"] == {room.id: 1}
