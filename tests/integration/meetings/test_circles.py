"""Circles of groups: who opens one, who is let in, whose turn it is, who is looked after, when it is over."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from shared.meetings.circle import GRACE
from shared.meetings.model import Provider
from shared.meetings.presence import LEASE
from shared.meetings.store import Gathered, MeetingStore
from shared.rooms.model import Room, member_id_of
from tests.support import groups, practice
from tests.support.api import Browser, fresh_key
from tests.support.cast import Client, StaffMember, hire
from tests.support.clock import VirtualClock
from tests.support.meeting import Attending
from tests.support.site import Site
from tests.support.talking import Talking

A_WHILE = timedelta(seconds=15)


@pytest.fixture
def room(site: Site, maya: StaffMember) -> Room:
    """Maya's group."""
    return groups.found(site, maya)


@pytest.fixture
def facilitator(maya: StaffMember, room: Room) -> Talking:
    """Maya, at her desk."""
    return Talking(maya, room.id)


@pytest.fixture
def member(alice: Client, room: Room) -> Talking:
    """Alice, who is in the group."""
    groups.join(alice, room)
    return Talking(alice, room.id)


@pytest.fixture
def together(facilitator: Talking, member: Talking) -> tuple[str, str]:
    """Maya has opened it, and let Alice in; the ids of their seats."""
    host = facilitator.joins()
    member.comes()
    assert facilitator.hosts("admissions").status == 200
    return host, member.joins()


def test_there_is_none_until_a_facilitator_opens_it(facilitator: Talking, member: Talking) -> None:
    assert member.finds().code == facilitator.finds().code == "not_found"
    assert member.comes().code == "not_found"

    opened = facilitator.comes()

    assert opened.status == 201, opened.text
    assert (opened.json["kind"], opened.json["of"], opened.json["you"]["status"]) == (
        "circle",
        facilitator.room_id,
        "admitted",
    )
    assert member.finds().json["id"] == opened.json["id"] == facilitator.finds().json["id"]


def test_opened_twice_it_is_one(facilitator: Talking, site: Site) -> None:
    key = fresh_key()
    first, again, anew = facilitator.comes(key=key), facilitator.comes(key=key), facilitator.comes()

    assert again.json == first.json
    assert (anew.json["id"], anew.json["you"]["id"]) == (first.json["id"], first.json["you"]["id"])
    assert len([item for item in site.items(site.tables.rooms) if item["sk"]["S"] == "MEETING"]) == 1


def test_a_member_waits_under_the_handle_of_the_room_and_is_let_in(
    facilitator: Talking, member: Talking, alice: Client, room: Room
) -> None:
    facilitator.joins()
    came = member.comes()
    assert (came.status, came.json["you"]["status"]) == (201, "waiting")
    assert member.keeps().code == "not_admitted"

    [waits] = facilitator.looks()["others"]
    handle = alice.browser.get(f"/api/rooms/{room.id}").json["membership"]["handle"]
    assert (waits["name"], waits["member_id"], waits["role"]) == (handle, member_id_of(room.id, alice.id), "member")
    assert facilitator.hosts(f"seats/{waits['id']}/admission", {"admit": True}).status == 200

    assert member.joins() == waits["id"]
    assert facilitator.circle()["order"] == [facilitator.seat, member.seat]


def test_who_waits_sees_who_hosts_and_nothing_of_the_talking(
    facilitator: Talking, member: Talking, ben: Client, room: Room
) -> None:
    host = facilitator.joins()
    groups.join(ben, room)
    other = Talking(ben, room.id)
    other.comes()
    facilitator.hosts("admissions")
    other.joins()
    facilitator.turns(seat=host)
    member.comes()

    seen = member.looks()
    assert [seat["role"] for seat in seen["others"]] == ["facilitator"]
    assert (seen["circle"]["order"], seen["circle"]["speaker"]) == ([], "")


def test_everybody_who_waits_is_let_in_at_once(facilitator: Talking, member: Talking, ben: Client, room: Room) -> None:
    groups.join(ben, room)
    other = Talking(ben, room.id)
    facilitator.joins()
    member.comes()
    other.comes()
    key = fresh_key()
    let_in = facilitator.hosts("admissions", key=key)

    assert let_in.status == 200, let_in.text
    assert {seat["status"] for seat in let_in.json["others"]} == {"admitted"}
    assert facilitator.hosts("admissions", key=key).json == let_in.json


def test_to_whoever_is_not_in_the_room_there_is_nothing(
    facilitator: Talking, member: Talking, ben: Client, tom: StaffMember, sam: Browser
) -> None:
    facilitator.joins()
    stranger = Talking(ben, facilitator.room_id, meeting_id=facilitator.meeting_id)

    answers = [
        stranger.finds(),
        stranger.comes(),
        stranger.asks(),
        stranger.keeps(),
        stranger.moves("raise_hand"),
        Talking(tom, facilitator.room_id, meeting_id=facilitator.meeting_id).turns(seat=None),
    ]
    assert {answer.code for answer in answers} == {"not_found"}
    assert sam.get(f"/api/rooms/{facilitator.room_id}/meeting").status == 401
    assert Talking(tom, facilitator.room_id).finds().status == 403


def test_a_facilitator_of_another_room_does_not_host(
    facilitator: Talking, member: Talking, together: tuple[str, str], site: Site, tom: StaffMember
) -> None:
    member.meeting_id = facilitator.meeting_id
    asked = tom.browser.post(f"/api/staff/meetings/{facilitator.meeting_id}/admissions", {})

    assert asked.code == "not_found"


def test_direct_rooms_have_none(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    opened = alice.browser.post(f"/api/counselors/{tom.id}/room")
    assert opened.status == 201, opened.text

    assert Talking(alice, opened.json["id"]).comes().code == "not_found"


def test_whoever_is_muted_does_not_come_and_is_not_kept(
    facilitator: Talking, member: Talking, together: tuple[str, str], maya: StaffMember, alice: Client
) -> None:
    _decides(maya, alice, facilitator.room_id, "mute")

    assert member.keeps().code == "muted"
    assert member.comes().code == "muted"
    assert facilitator.circle()["order"] == [together[0]]


@pytest.mark.parametrize("provider", [Provider.PEER, Provider.CHIME])
def test_whoever_is_removed_from_the_room_is_out_at_the_next_keep(
    site: Site, maya: StaffMember, alice: Client, provider: Provider
) -> None:
    site.carried_by = provider
    site.start()
    room = groups.found(site, maya)
    groups.join(alice, room)
    facilitator, member = Talking(maya, room.id), Talking(alice, room.id)
    facilitator.joins()
    member.comes()
    facilitator.hosts("admissions")
    member.joins()
    facilitator.keeps()
    _decides(maya, alice, room.id, "remove")

    assert member.asks().code == "removed"
    assert member.keeps().code == "removed"
    [seat] = facilitator.looks()["others"]
    assert (seat["status"], seat["in_call"]) == ("declined", False)
    if provider is Provider.CHIME:
        assert [attendee["ExternalUserId"] for attendee in _attendees(site)] == [facilitator.seat]
    assert (member.comes().code, member.finds().code) == ("removed", "removed")


def test_whoever_is_suspended_is_out_of_the_circle_at_once(
    facilitator: Talking, member: Talking, together: tuple[str, str], maya: StaffMember, alice: Client
) -> None:
    """Without a word of their page, which may be another than ours."""
    _decides(maya, alice, facilitator.room_id, "suspend")

    [seat] = facilitator.looks()["others"]
    assert (seat["status"], seat["in_call"]) == ("declined", False)
    assert facilitator.circle()["order"] == [together[0]]


def test_whoever_is_reminded_stays_in_the_circle(
    facilitator: Talking, member: Talking, together: tuple[str, str], maya: StaffMember, alice: Client
) -> None:
    _decides(maya, alice, facilitator.room_id, "remind")

    assert facilitator.circle()["order"] == list(together)


def test_whoever_leaves_the_room_leaves_its_circle(
    facilitator: Talking, member: Talking, together: tuple[str, str], alice: Client
) -> None:
    assert alice.browser.delete(f"/api/rooms/{member.room_id}/membership").status == 204

    assert member.keeps().code == "not_a_member"
    assert facilitator.circle()["order"] == [together[0]]


def test_whoever_is_removed_from_a_circle_stays_out_of_this_one(
    facilitator: Talking, member: Talking, together: tuple[str, str]
) -> None:
    assert facilitator.hosts(f"seats/{together[1]}/removal").status == 200

    assert member.keeps().code == "removed_from_meeting"
    assert member.comes().code == "removed_from_meeting"
    assert member.moves("raise_hand").code == "removed_from_meeting"
    facilitator.hosts("end")
    facilitator.meeting_id = ""
    facilitator.joins()
    assert member.comes().json["you"]["status"] == "waiting"


def test_the_turn_goes_round(facilitator: Talking, member: Talking, together: tuple[str, str]) -> None:
    host, seat = together
    given = facilitator.turns(seat=seat, seconds=120)

    assert given.status == 200, given.text
    assert given.json["circle"]["speaker"] == seat
    assert given.json["circle"]["turn_ends_at"] == "2027-03-01T12:02:00Z"
    assert member.circle()["next"] == host
    assert member.moves("done").json["circle"]["speaker"] == host
    assert facilitator.moves("pass").json["circle"]["speaker"] == seat
    assert facilitator.turns(seat=None).json["circle"]["speaker"] == ""


def test_the_order_is_the_facilitators_to_change(
    facilitator: Talking, member: Talking, together: tuple[str, str]
) -> None:
    host, seat = together

    assert facilitator.turns(order=[seat, host]).json["circle"]["order"] == [seat, host]
    assert facilitator.turns(order=[seat]).code == "order_changed"
    assert member.circle()["order"] == [seat, host]


@pytest.mark.parametrize(
    "turns",
    [
        {},
        {"seat": "Alice"},
        {"seconds": -1},
        {"seconds": 1801},
        {"order": "0" * 32},
        {"order": ["0" * 32] * 21},
        {"speaker": None},
    ],
)
def test_what_are_no_turns_is_refused_in_words(
    facilitator: Talking, together: tuple[str, str], turns: dict[str, Any]
) -> None:
    refused = facilitator.hosts("turns", turns)

    assert (refused.status, refused.code) == (422, "invalid")


def test_hands_go_up_and_down(facilitator: Talking, member: Talking, together: tuple[str, str]) -> None:
    key = fresh_key()
    up = member.moves("raise_hand", key=key)

    assert up.json["circle"]["hands"] == [together[1]]
    assert member.moves("raise_hand", key=key).json == up.json
    assert facilitator.circle()["hands"] == [together[1]]
    assert member.moves("lower_hand").json["circle"]["hands"] == []


@pytest.mark.parametrize(("move", "code"), [("done", "not_your_turn"), ("dance", "invalid")])
def test_what_makes_no_sense_is_refused_by_name(
    member: Talking, together: tuple[str, str], move: str, code: str
) -> None:
    assert member.moves(move).code == code


def test_of_two_moves_at_once_the_second_is_redone_or_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, facilitator: Talking, member: Talking, together: tuple[str, str]
) -> None:
    """Maya ends Alice's turn while Alice says that she is done: her word comes too late, and takes nobody's turn."""
    host, seat = together
    facilitator.turns(seat=seat)

    _while_it_is_looked_at(monkeypatch, lambda: facilitator.turns(seat=host))
    late = member.moves("done")

    assert late.code == "not_your_turn"
    assert member.circle()["speaker"] == host


def test_of_two_hands_at_once_both_are_up(
    monkeypatch: pytest.MonkeyPatch, facilitator: Talking, member: Talking, together: tuple[str, str]
) -> None:
    _while_it_is_looked_at(monkeypatch, lambda: facilitator.moves("raise_hand"))
    assert member.moves("raise_hand").status == 200

    assert member.circle()["hands"] == list(together)


def test_of_two_facilitators_who_open_it_at_once_one_comes_to_the_others(
    monkeypatch: pytest.MonkeyPatch, site: Site, facilitator: Talking, ada: StaffMember, maya: StaffMember
) -> None:
    noa = hire(site, ada, "Noa", "lanterns float by the pier", "facilitator", address="198.51.100.9")
    path = f"/api/staff/rooms/{facilitator.room_id}/facilitators"
    assert maya.browser.put(path, {"ids": [maya.id, noa.id]}).status == 200
    second = Talking(noa, facilitator.room_id)

    _while_it_is_looked_at(monkeypatch, second.comes)
    came = facilitator.comes()

    assert came.json["id"] == second.meeting_id
    assert [seat["role"] for seat in came.json["others"]] == ["facilitator"]


def test_only_facilitators_learn_who_is_not_okay(
    facilitator: Talking, member: Talking, together: tuple[str, str], ben: Client, room: Room
) -> None:
    groups.join(ben, room)
    other = Talking(ben, room.id)
    other.comes()
    facilitator.hosts("admissions")
    other.joins()

    told = member.moves("not_okay")
    assert told.status == 200, told.text
    assert told.json["circle"]["not_okay"] == [{"seat": together[1], "at": "2027-03-01T12:00:00Z", "done": False}]
    assert other.circle()["not_okay"] == []
    assert facilitator.circle()["not_okay"] == told.json["circle"]["not_okay"]

    assert facilitator.hosts(f"seats/{together[1]}/care", {"kind": "seen"}).status == 200
    assert member.circle()["not_okay"][0]["done"] is True
    assert member.moves("okay").json["circle"]["not_okay"] == []
    assert facilitator.hosts(f"seats/{together[1]}/care", {"kind": "seen"}).code == "not_found"
    assert facilitator.hosts(f"seats/{together[1]}/care", {"kind": "hugged"}).code == "invalid"


def test_whoever_waits_may_say_that_they_are_not_okay(facilitator: Talking, member: Talking) -> None:
    facilitator.joins()
    member.comes()

    assert member.moves("not_okay").status == 200
    assert [care["seat"] for care in facilitator.circle()["not_okay"]] == [member.seat]
    assert member.moves("raise_hand").code == "not_admitted"


def test_whoever_steps_out_is_out_of_the_call_until_they_come_back(
    facilitator: Talking, member: Talking, together: tuple[str, str]
) -> None:
    host, seat = together
    facilitator.turns(seat=seat)
    assert member.moves("step_out").json["circle"]["speaker"] == host

    kept = member.keeps()
    assert (kept.json["meeting"]["you"]["in_call"], kept.json["call"]) == (False, None)
    seen = facilitator.circle()
    assert (seen["order"], seen["stepped_out"]) == ([host], [seat])
    assert seen["following_up"] == [{"seat": seat, "at": "2027-03-01T12:00:00Z", "done": False}]

    assert member.moves("come_back").json["circle"]["stepped_out"] == []
    assert member.keeps().json["meeting"]["circle"]["order"] == [host, seat]


def test_a_facilitator_follows_up_also_when_it_is_over(
    facilitator: Talking, member: Talking, together: tuple[str, str]
) -> None:
    member.moves("step_out")
    facilitator.hosts("end")
    cared = facilitator.hosts(f"seats/{together[1]}/care", {"kind": "followed_up"})

    assert cared.status == 200, cared.text
    assert cared.json["circle"]["following_up"][0]["done"] is True
    assert member.looks()["ended_because"] == "ended"
    assert member.moves("come_back").code == "meeting_ended"


def test_when_it_is_over_another_can_be_opened(facilitator: Talking, member: Talking) -> None:
    facilitator.joins()
    first = facilitator.meeting_id
    facilitator.hosts("end")
    assert facilitator.finds().code == member.finds().code == "not_found"

    facilitator.meeting_id = ""
    facilitator.joins()
    assert facilitator.meeting_id != first


def test_members_see_that_their_facilitator_is_gone_and_since_when(
    facilitator: Talking, member: Talking, together: tuple[str, str], clock: VirtualClock
) -> None:
    facilitator.leaves()

    circle = member.circle()
    assert (circle["facilitator_gone_since"], circle["ends_at"]) == ("2027-03-01T12:00:00Z", "2027-03-01T12:05:00Z")
    _pass_time(clock, GRACE - A_WHILE, member)
    assert facilitator.comes().json["circle"]["ends_at"] is None
    _pass_time(clock, LEASE, member)
    assert member.looks()["ended_at"] is None


def test_without_a_facilitator_it_ends_after_the_grace(
    facilitator: Talking, member: Talking, together: tuple[str, str], clock: VirtualClock
) -> None:
    _pass_time(clock, LEASE + GRACE, member)

    seen = member.looks()
    assert seen["ended_because"] == "facilitator_gone"
    assert member.keeps().code == "meeting_ended"
    assert member.finds().code == "not_found"
    assert facilitator.comes().json["id"] != seen["id"]


def test_the_sweep_ends_what_has_no_facilitator(
    site: Site, facilitator: Talking, member: Talking, together: tuple[str, str], clock: VirtualClock
) -> None:
    facilitator.leaves()
    clock.now += GRACE

    assert site.reap() == 1
    assert member.looks()["ended_because"] == "facilitator_gone"
    assert member.finds().code == "not_found"


def test_the_sweep_ends_what_everybody_left(
    site: Site, facilitator: Talking, member: Talking, together: tuple[str, str], clock: VirtualClock
) -> None:
    clock.now += GRACE + LEASE

    assert site.reap() == 1
    assert member.looks()["ended_because"] == "everyone_left"
    assert member.finds().code == "not_found"


def test_a_facilitator_who_is_appointed_meanwhile_hosts_too(
    site: Site, facilitator: Talking, member: Talking, together: tuple[str, str], ada: StaffMember, maya: StaffMember
) -> None:
    noa = hire(site, ada, "Noa", "lanterns float by the pier", "facilitator", address="198.51.100.9")
    assert Talking(noa, facilitator.room_id).finds().code == "not_found"
    path = f"/api/staff/rooms/{facilitator.room_id}/facilitators"
    assert maya.browser.put(path, {"ids": [maya.id, noa.id]}).status == 200

    second = Talking(noa, facilitator.room_id)
    second.joins()
    assert second.turns(seat=together[1]).status == 200
    assert maya.browser.put(path, {"ids": [maya.id]}).status == 200
    assert second.keeps().code == "not_found"
    assert second.turns(seat=None).code == "not_found"
    assert len(facilitator.circle()["order"]) == 2


def test_the_room_says_that_a_circle_is_on_to_those_in_it(
    facilitator: Talking, member: Talking, alice: Client, ben: Client, maya: StaffMember, room: Room
) -> None:
    path = f"/rooms/{room.id}"
    assert alice.browser.get(f"/api{path}").json["circle_on"] is False
    facilitator.joins()

    assert alice.browser.get(f"/api{path}").json["circle_on"] is True
    assert maya.browser.get(f"/api/staff{path}").json["circle_on"] is True
    assert ben.browser.get(f"/api{path}").json["circle_on"] is False
    facilitator.hosts("end")
    assert alice.browser.get(f"/api{path}").json["circle_on"] is False


def test_a_closed_room_has_no_new_circle(facilitator: Talking, maya: StaffMember) -> None:
    assert maya.browser.put(f"/api/staff/rooms/{facilitator.room_id}/closed", {"closed": True}).status == 200

    assert facilitator.comes().code == "room_closed"


def test_a_move_is_for_circles_alone(member: Talking, alice: Client, tom: StaffMember, clock: VirtualClock) -> None:
    practice.opens(tom)
    appointment = practice.book(alice, tom)
    clock.now = practice.NINE
    client = Attending(alice, str(appointment["id"]))
    client.arrives()

    member.meeting_id = client.meeting_id
    assert member.moves("raise_hand").code == "not_found"


def _decides(maya: StaffMember, alice: Client, room_id: str, step: str) -> None:
    path = f"/api/staff/rooms/{room_id}/members/{member_id_of(room_id, alice.id)}/decisions"
    decided = maya.browser.post(path, {"step": step, "reason": "Please be kind."})
    assert decided.status == 201, decided.text


def _pass_time(clock: VirtualClock, span: timedelta, *there: Talking) -> None:
    """Time goes by, and those who are there keep their seats; when it is over, they are told so."""
    end = clock.now + span
    while clock.now < end:
        clock.now += A_WHILE
        for one in there:
            assert one.keeps().status == 200 or one.keeps().code == "meeting_ended"


def _while_it_is_looked_at(monkeypatch: pytest.MonkeyPatch, rival: Callable[[], Any]) -> None:
    """The rival is done once, just after the next request has read the meeting and before it writes."""
    find = MeetingStore.find

    def found(self: MeetingStore, meeting_id: str) -> Gathered | None:
        gathered = find(self, meeting_id)
        monkeypatch.setattr(MeetingStore, "find", find)
        rival()
        return gathered

    monkeypatch.setattr(MeetingStore, "find", found)


def _attendees(site: Site) -> list[dict[str, Any]]:
    client = site.chime.client()
    [meeting] = site.chime.meetings
    found: list[dict[str, Any]] = client.list_attendees(MeetingId=meeting)["Attendees"]
    return found
