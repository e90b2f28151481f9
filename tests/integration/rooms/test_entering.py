"""Coming in, going, coming back, and when somebody may write."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.errors import Conflict, NotFound
from shared.people.model import Kind, Principal
from shared.rooms.decisions import Step
from shared.rooms.log import HeldFor
from shared.rooms.model import Audience, MembershipStatus, RoomSettings, WayIn
from shared.rooms.refusals import (
    GuidelinesChanged,
    MemberMuted,
    MemberSuspended,
    Newcomer,
    NotAMember,
    Removed,
    RequestDeclined,
    RoomClosed,
    RoomFull,
    RoomResting,
    TooSoon,
)
from shared.rooms.rooms import Looking
from shared.rooms.rota import RoomMode, Rota
from tests.support import roombook
from tests.support.circle import Circle

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def close(circle: Circle, room: str, *, closed: bool = True) -> None:
    once = circle.once(circle.intent(circle.maya, ""))
    circle.app.facilitating.close(circle.maya, room, once, circle.clock(), closed=closed)


def rewrite(circle: Circle, room: str, **changes: object) -> None:
    before = circle.app.store.get(room)
    settings: RoomSettings = replace(before.settings, **changes)  # type: ignore[arg-type]
    once = circle.once(circle.intent(circle.maya, ""))
    circle.app.facilitating.rewrite(circle.maya, room, settings, before.version, once, circle.clock())


def accept(circle: Circle, who: Principal, room: str, version: int) -> None:
    circle.app.rooms.accept_guidelines(who, room, version, circle.once(circle.intent(who, "")))


def test_somebody_who_comes_back_has_their_handle_and_their_sanctions_again(circle: Circle) -> None:
    room = circle.room()
    alice = circle.client()
    first = circle.join(alice, room).membership
    circle.decide(alice, room, Step.MUTE, hours=48)
    circle.leave(alice, room)
    with pytest.raises(NotAMember):
        circle.leave(alice, room)
    with pytest.raises(NotAMember):
        circle.page(alice, room)
    assert circle.app.rooms.mine(alice) == []
    circle.clock.advance(HOUR)

    again = circle.join(alice, room).membership
    assert first and again
    assert (again.handle, again.member_id, again.muted_until) == (
        first.handle,
        first.member_id,
        circle.clock() + 47 * HOUR,
    )
    assert circle.app.rooms.offered_handles(alice, room) == [first.handle]
    with pytest.raises(MemberMuted):
        circle.post(alice, room)
    circle.clock.advance(47 * HOUR)
    circle.post(alice, room)
    assert roombook.faults(circle.items()) == []


def test_a_handle_stays_with_whoever_left(circle: Circle) -> None:
    room, alice = circle.room(), circle.client()
    circle.join(alice, room, handle="quiet-otter-482")
    circle.leave(alice, room)

    with pytest.raises(Conflict) as refused:
        circle.join(circle.client(), room, handle="quiet-otter-482")
    assert refused.value.code == "handle_taken"
    assert circle.app.store.free_handles(room, ["quiet-otter-482", "quiet-otter-483"]) == ["quiet-otter-483"]


def test_a_request_waits_for_a_facilitator_and_takes_no_place(circle: Circle) -> None:
    room = circle.room(entry=WayIn.REQUEST, capacity=2)
    asking = [circle.client() for _ in range(4)]
    for who in asking:
        circle.join(who, room, note="I heard of you.")
    assert circle.app.store.get(room).joined == 0
    with pytest.raises(NotAMember):
        circle.page(asking[0], room)
    assert [item.note for item in circle.waiting(room)] == ["I heard of you."] * 4
    by_member = {item.member_id: item for item in circle.waiting(room)}
    items = [by_member[circle.membership(who, room).member_id] for who in asking]

    circle.settle(room, items[0], "admit")
    circle.settle(room, items[1], "decline", note="This is for parents.")
    circle.settle(room, items[2], "admit")
    with pytest.raises(RoomFull):
        circle.settle(room, items[3], "admit")
    assert circle.membership(asking[1], room).reason == "This is for parents."
    with pytest.raises(RequestDeclined):
        circle.join(asking[1], room)
    circle.leave(asking[3], room)
    assert circle.waiting(room) == []
    circle.post(asking[0], room)
    assert circle.app.store.get(room).joined == 2
    assert roombook.faults(circle.items()) == []


def test_an_invitation_opens_one_room_to_whoever_has_it_until_there_is_another(circle: Circle) -> None:
    room, other = circle.room(entry=WayIn.INVITATION), circle.room(entry=WayIn.INVITATION)
    alice, ben, eve = circle.client(), circle.client(), circle.client()
    invite = circle.app.facilitating.invite
    old = invite(circle.maya, room, circle.intent(circle.maya, "first"), circle.clock())
    assert invite(circle.maya, room, circle.intent(circle.maya, "first"), circle.clock()) == old
    assert circle.app.rooms.invited(alice, old).room.id == room
    assert circle.app.rooms.listed(alice, Looking()) == []
    for place, token in ((room, ""), (other, old), (room, "0" * 40)):
        with pytest.raises(NotFound):
            circle.join(alice, place, invitation=token)
    circle.join(alice, room, invitation=old)
    assert [visit.room.id for visit in circle.app.rooms.listed(alice, Looking())] == [room]

    new = invite(circle.maya, room, circle.intent(circle.maya, "second"), circle.clock())
    with pytest.raises(NotFound):
        circle.join(ben, room, invitation=old)
    circle.join(ben, room, invitation=new)
    circle.app.facilitating.end_invitation(circle.maya, room, circle.once(circle.intent(circle.maya, "")))
    with pytest.raises(NotFound):
        circle.join(eve, room, invitation=new)
    assert old not in str(circle.items())
    assert new not in str(circle.items())


def test_an_invitation_spares_the_request(circle: Circle) -> None:
    room, alice = circle.room(entry=WayIn.REQUEST), circle.client()
    token = circle.app.facilitating.invite(circle.maya, room, circle.intent(circle.maya, ""), circle.clock())

    visit = circle.join(alice, room, invitation=token)
    assert visit.membership and visit.membership.status is MembershipStatus.JOINED


def test_whoever_was_removed_sees_nothing_and_does_not_come_back_until_it_is_lifted(circle: Circle) -> None:
    room = circle.room()
    alice = circle.member(room)
    socket = circle.open_page(alice, room)
    circle.decide(alice, room, Step.REMOVE)
    circle.post(circle.member(room), room)

    assert circle.sockets.of(socket, "entry") == []
    for act in (lambda: circle.page(alice, room), lambda: circle.post(alice, room), lambda: circle.join(alice, room)):
        with pytest.raises(Removed) as refused:
            act()
        assert refused.value.detail == "Please be kind."
    circle.decide(alice, room, Step.LIFT)
    with pytest.raises(NotAMember):
        circle.page(alice, room)
    circle.join(alice, room)
    assert len(circle.page(alice, room).entries) == 1
    assert roombook.faults(circle.items()) == []


def test_a_suspension_ends_by_itself(circle: Circle) -> None:
    room = circle.room()
    alice = circle.member(room)
    circle.decide(alice, room, Step.SUSPEND, hours=2)
    with pytest.raises(MemberSuspended) as refused:
        circle.page(alice, room)
    assert refused.value.extra == {"until": "2027-03-01T14:00:00Z"}
    circle.clock.advance(2 * HOUR - SECOND)
    with pytest.raises(MemberSuspended):
        circle.post(alice, room)
    circle.clock.advance(SECOND)
    circle.post(alice, room)


def test_new_guidelines_are_accepted_before_the_next_word(circle: Circle) -> None:
    room = circle.room()
    alice = circle.member(room)
    rewrite(circle, room, about="For all.")
    circle.post(alice, room)
    rewrite(circle, room, guidelines="Be kind, and brief.")

    with pytest.raises(GuidelinesChanged) as refused:
        circle.post(alice, room)
    assert refused.value.extra == {"version": 2}
    assert len(circle.page(alice, room).entries) == 1
    for version in (1, 3):
        with pytest.raises(GuidelinesChanged):
            accept(circle, alice, room, version)
    accept(circle, alice, room, 2)
    circle.post(alice, room)


def test_new_accounts_wait_and_the_first_messages_of_a_newcomer_are_looked_at(circle: Circle) -> None:
    room = circle.room(newcomer_wait_minutes=30, premoderate_first=2)
    alice = Principal(circle.client().id, Kind.CLIENT, since=circle.clock())
    circle.join(alice, room)
    circle.clock.advance(30 * MINUTE - SECOND)
    with pytest.raises(Newcomer) as refused:
        circle.post(alice, room)
    assert refused.value.extra == {"until": "2027-03-01T12:30:00Z"}
    circle.clock.advance(SECOND)

    held = [circle.post(alice, room).message.held_for for _ in range(3)]
    assert held == [HeldFor.NEWCOMER, HeldFor.NEWCOMER, None]
    circle.post(circle.maya, room, "Welcome.")


def test_slow_mode_and_pace_say_how_long_to_wait_and_then_let_write(circle: Circle) -> None:
    slow, fast = circle.room(slow_seconds=45), circle.room()
    alice = circle.client()
    for room in (slow, fast):
        circle.join(alice, room)
    circle.post(alice, slow, key="first one")
    circle.clock.advance(15 * SECOND)
    with pytest.raises(TooSoon) as refused:
        circle.post(alice, slow)
    assert refused.value.retry_after == 30
    assert circle.post(alice, slow, key="first one").entry is None
    circle.clock.advance(30 * SECOND)
    circle.post(alice, slow)
    for _ in range(3):
        circle.post(circle.maya, slow)

    for _ in range(10):
        circle.post(alice, fast)
        circle.clock.advance(SECOND)
    with pytest.raises(TooSoon) as refused:
        circle.post(alice, fast)
    assert refused.value.retry_after == 50
    circle.clock.advance(50 * SECOND)
    circle.post(alice, fast)
    circle.decide(alice, fast, Step.SLOW)
    circle.clock.advance(59 * SECOND)
    with pytest.raises(TooSoon) as refused:
        circle.post(alice, fast)
    assert refused.value.retry_after == 1


def test_a_room_without_a_facilitator_is_slow_or_rests(circle: Circle) -> None:
    slow, resting = circle.room(live=False), circle.room(live=False)
    circle.write_rota(resting, Rota("UTC", without_cover=RoomMode.RESTING, version=1))
    alice = circle.client()
    for room in (slow, resting):
        circle.join(alice, room)

    assert circle.post(alice, slow).message.held_for is HeldFor.SLOW
    assert circle.post(circle.maya, slow).message.held_for is None
    with pytest.raises(RoomResting) as refused:
        circle.post(alice, resting)
    assert refused.value.extra == {"next_live_at": None}
    circle.post(circle.maya, resting)
    assert len(circle.page(alice, resting).entries) == 1


def test_a_closed_room_is_read_and_not_written_to(circle: Circle) -> None:
    room = circle.room()
    alice = circle.member(room)
    seq = circle.post(alice, room).message.seq
    close(circle, room)

    for who in (alice, circle.maya):
        with pytest.raises(RoomClosed):
            circle.post(who, room)
    with pytest.raises(RoomClosed):
        circle.edit(alice, room, seq, "Hm.")
    with pytest.raises(RoomClosed):
        circle.join(circle.client(), room)
    assert len(circle.page(alice, room).entries) == 1
    circle.withdraw(alice, room, seq)
    assert circle.app.rooms.listed(circle.client(), Looking()) == []
    close(circle, room, closed=False)
    circle.post(alice, room)


def test_groups_are_found_by_what_they_are_for(circle: Circle) -> None:
    young = circle.room(name="Young", audience=Audience.YOUNG, language="es", tags=("School",))
    everyone = circle.room(name="All", audience=Audience.EVERYONE)
    alice = circle.client()

    def found(**asked: object) -> list[str]:
        return [visit.room.id for visit in circle.app.rooms.listed(alice, Looking(**asked))]  # type: ignore[arg-type]

    assert found() == [everyone, young]
    assert found(audience=Audience.ADULTS) == [everyone]
    assert found(audience=Audience.YOUNG) == [everyone, young]
    assert found(language="es", tag="school") == [young]
    assert found(tag="work") == []
