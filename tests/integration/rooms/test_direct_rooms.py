"""A client and their counselor: nobody else, ever, unless the client lets the next counselor in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.log_views import PageView
from shared.errors import ChangedMeanwhile, Invalid, NotAllowed, NotFound, Refusal
from shared.people.model import Principal, Role
from shared.rooms.decisions import Step
from shared.rooms.direct import NothingProposed
from shared.rooms.log import Reaction
from shared.rooms.model import MembershipStatus, RoomKind
from shared.rooms.refusals import NotAMember
from shared.rooms.rooms import Looking
from shared.tables import unmarshal
from tests.support import roombook
from tests.support.circle import Circle


@pytest.fixture
def alice(circle: Circle) -> Principal:
    return circle.client()


@pytest.fixture
def eve(circle: Circle) -> Principal:
    return circle.hire("Eve", Role.COUNSELOR)


def words(circle: Circle, who: Principal, room: str) -> list[str]:
    """What somebody reads in a room."""
    page = PageView.of(circle.page(who, room), circle.clock())
    return [entry.text for entry in page.entries if entry.kind == "message"]


def present(circle: Circle, room: str) -> set[str]:
    """The ids of those who are in a room."""
    members = circle.app.store.members(room)
    return {member.person_id for member in members if member.status is MembershipStatus.JOINED}


def test_it_is_not_a_group_to_anybody(circle: Circle, alice: Principal) -> None:
    room = circle.direct_room(alice)

    assert circle.app.rooms.listed(alice, Looking()) == []
    assert [visit.room.id for visit in circle.app.rooms.mine(alice)] == [room]
    assert [visit.room.id for visit in circle.app.direct.of_counselor(circle.tom)] == [room]
    assert circle.app.facilitating.mine(circle.maya) == []
    for act in (
        lambda: circle.leave(alice, room),
        lambda: circle.join(circle.client(), room),
        lambda: circle.page(circle.maya, room),
        lambda: circle.decide(alice, room, Step.REMOVE),
        lambda: circle.app.facilitating.invite(circle.maya, room, circle.intent(circle.maya, ""), circle.clock()),
    ):
        with pytest.raises(NotFound):
            act()


def test_only_the_counselor_proposes_and_only_the_client_accepts(
    circle: Circle, alice: Principal, eve: Principal
) -> None:
    room = circle.direct_room(alice)
    with pytest.raises(NothingProposed):
        circle.answer(alice, room)
    for who, refusal in ((alice, NotAllowed), (circle.maya, NotAllowed), (eve, NotFound)):
        with pytest.raises(refusal):
            circle.propose(room, eve, by=who)
    with pytest.raises(Invalid):
        circle.propose(room, circle.tom)
    circle.propose(room, eve)
    for who in (circle.tom, eve, circle.client()):
        with pytest.raises(NotFound):
            circle.answer(who, room)
    assert present(circle, room) == {alice.id, circle.tom.id}

    circle.answer(alice, room, accept=False)
    assert present(circle, room) == {alice.id, circle.tom.id}
    circle.propose(room, eve)
    circle.app.direct.take_back(circle.tom, room, circle.once(circle.intent(circle.tom, "")))
    with pytest.raises(NothingProposed):
        circle.answer(alice, room)


@pytest.mark.parametrize("share", [True, False])
def test_after_a_hand_over_the_old_counselor_sees_nothing_and_the_new_one_what_the_client_shares(
    share: bool, circle: Circle, alice: Principal, eve: Principal
) -> None:
    room = circle.direct_room(alice)
    seq = circle.post(alice, room, "Before.").message.seq
    toms = circle.open_page(circle.tom, room)
    circle.propose(room, eve)
    circle.answer(alice, room, share_history=share)
    eves = circle.open_page(eve, room)

    circle.post(alice, room, "After.")
    circle.edit(alice, room, seq, "Long before.")
    assert words(circle, eve, room) == (["Long before.", "After."] if share else ["After."])
    assert words(circle, alice, room) == ["Long before.", "After."]
    for act in (
        lambda: circle.page(circle.tom, room),
        lambda: circle.post(circle.tom, room),
        lambda: circle.react(circle.tom, room, seq, Reaction.HUG),
    ):
        with pytest.raises(NotAMember):
            act()
    assert circle.sockets.of(toms, "entry") == []
    heard = circle.sockets.of(eves, "entry")
    assert [frame["entry"]["seq"] for frame in heard] == [2, 3]
    assert ("Long before." in str(heard)) is share
    assert present(circle, room) == {alice.id, eve.id}
    assert roombook.faults(circle.items()) == []


def test_a_new_counselor_without_the_history_can_do_nothing_to_it(
    circle: Circle, alice: Principal, eve: Principal
) -> None:
    room = circle.direct_room(alice)
    seq = circle.post(alice, room, "Before.").message.seq
    circle.propose(room, eve)
    circle.answer(alice, room)

    with pytest.raises(NotFound):
        circle.react(eve, room, seq, Reaction.HUG)
    with pytest.raises(NotFound):
        circle.report(eve, room, seq)
    with pytest.raises(Invalid):
        circle.post(eve, room, "You said.", reply_to=seq)


def test_the_first_counselor_can_have_the_client_back(circle: Circle, alice: Principal, eve: Principal) -> None:
    room = circle.direct_room(alice)
    circle.post(circle.tom, room, "Hello.")
    circle.propose(room, eve)
    circle.answer(alice, room)
    circle.propose(room, circle.tom, by=eve)
    circle.answer(alice, room)

    assert words(circle, circle.tom, room) == []
    assert present(circle, room) == {alice.id, circle.tom.id}
    assert circle.app.direct.room_of(alice.id, circle.tom.id) == room
    assert circle.direct_room(alice, eve) != room
    assert roombook.faults(circle.items()) == []


def test_a_room_that_the_client_has_with_the_new_counselor_already_stays_the_room_of_these_two(
    circle: Circle, alice: Principal, eve: Principal
) -> None:
    with_tom, with_eve = circle.direct_room(alice), circle.direct_room(alice, eve)
    circle.propose(with_tom, eve)
    circle.answer(alice, with_tom)
    assert circle.direct_room(alice, eve) == with_eve
    circle.propose(with_tom, circle.tom, by=eve)
    circle.answer(alice, with_tom)

    assert (circle.direct_room(alice), circle.direct_room(alice, eve)) == (with_tom, with_eve)
    assert roombook.faults(circle.items()) == []


def test_an_answer_to_a_proposal_that_has_changed_meanwhile_counts_for_nothing(
    circle: Circle, alice: Principal, eve: Principal
) -> None:
    room = circle.direct_room(alice)
    circle.propose(room, eve)
    before = circle.app.store.get(room)
    circle.app.direct.take_back(circle.tom, room, circle.once(circle.intent(circle.tom, "")))
    stale = circle.app.store.hand_over(before, before)

    with pytest.raises(circle.dynamodb.exceptions.ConditionalCheckFailedException):
        circle.dynamodb.update_item(**stale.request)
    assert stale.lost(None).__class__ is ChangedMeanwhile


ACTS: dict[str, Callable[[Circle, Principal, str], object]] = {
    "join": lambda circle, who, room: circle.join(who, room),
    "join with a link": lambda circle, who, room: circle.join(who, room, invitation="0" * 40),
    "leave": lambda circle, who, room: circle.leave(who, room),
    "post": lambda circle, who, room: circle.post(who, room),
    "read": lambda circle, who, room: circle.page(who, room),
    "report": lambda circle, who, room: circle.report(who, room, 1),
    "react": lambda circle, who, room: circle.react(who, room, 1, Reaction.HUG),
    "invite": lambda circle, who, room: circle.app.facilitating.invite(
        who, room, circle.intent(who, ""), circle.clock()
    ),
    "appoint": lambda circle, who, room: circle.app.facilitating.appoint(
        who, room, [circle.maya.id], circle.once(circle.intent(who, "")), circle.clock()
    ),
    "close": lambda circle, who, room: circle.app.facilitating.close(
        who, room, circle.once(circle.intent(who, "")), circle.clock(), closed=True
    ),
    "rewrite": lambda circle, who, room: circle.app.facilitating.rewrite(
        who, room, circle.app.store.get(room).settings, 1, circle.once(circle.intent(who, "")), circle.clock()
    ),
    "propose": lambda circle, who, room: circle.propose(room, circle.staff[2].principal, by=who),
    "propose Maya": lambda circle, who, room: circle.propose(room, circle.maya, by=who),
    "take back": lambda circle, who, room: circle.app.direct.take_back(who, room, circle.once(circle.intent(who, ""))),
    "accept": lambda circle, who, room: circle.answer(who, room, share_history=True),
    "decline": lambda circle, who, room: circle.answer(who, room, accept=False),
    "open": lambda circle, who, room: circle.direct_room(who),
}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(sorted(ACTS))), max_size=14))
def test_whatever_anybody_does_two_are_in_it_and_only_the_client_changes_who(
    circle: Circle, acts: list[tuple[int, str]]
) -> None:
    circle.staff[2:] = []
    alice, ben, eve = circle.client(), circle.client(), circle.hire("Eve", Role.COUNSELOR)
    everybody: list[Principal] = [alice, ben, circle.tom, circle.maya, eve]
    room, counselor, asked = circle.direct_room(alice), circle.tom.id, ""
    circle.post(alice, room)

    for number, act in acts:
        circle.clock.advance(timedelta(minutes=1))
        before = circle.app.store.get(room)
        asked = before.handover.to if before.handover else ""
        who = everybody[number]
        try:
            ACTS[act](circle, who, room)
        except Refusal:
            assert (who, act) != (alice, "post")
        else:
            if (who, act) == (alice, "accept"):
                counselor = asked
            elif act in {"post", "read", "react"}:
                assert who.id in {alice.id, counselor}
        after = circle.app.store.get(room)
        assert present(circle, room) == {alice.id, counselor}
        assert (after.kind, after.counselor_id, after.client_id, after.closed) == (
            RoomKind.DIRECT,
            counselor,
            alice.id,
            False,
        )
        assert not [item for item in _of(circle, room) if item["sk"] in {"INVITATION"} or "HANDLE#" in item["sk"]]
    assert roombook.faults(circle.items()) == []


def _of(circle: Circle, room: str) -> list[dict[str, Any]]:
    return [item for item in map(unmarshal, circle.items()) if item["pk"] == f"ROOM#{room}"]
