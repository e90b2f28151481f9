"""Reports, concerns, decisions and appeals: what is said to facilitators is heard once, and who said it by nobody."""

from datetime import timedelta
from typing import Any

import pytest

from shared.errors import Invalid, NotAllowed, NotFound
from shared.intents import Repeated
from shared.people.model import Principal
from shared.rooms.decision_store import AlreadyAppealed
from shared.rooms.decisions import AppealOutcome, Step
from shared.rooms.log import HeldFor, MessageState
from shared.rooms.model import MembershipStatus
from shared.rooms.refusals import AlreadyDecided, MemberMuted
from shared.safety.screening import Level
from shared.tables import unmarshal
from tests.support import roombook
from tests.support.circle import Circle


@pytest.fixture
def room(circle: Circle) -> str:
    return circle.room()


@pytest.fixture
def alice(circle: Circle, room: str) -> Principal:
    return circle.member(room)


@pytest.fixture
def ben(circle: Circle, room: str) -> Principal:
    return circle.member(room)


def concerns(circle: Circle) -> list[dict[str, Any]]:
    return [item for item in map(unmarshal, circle.items()) if item["sk"].startswith("CONCERN#")]


@pytest.mark.parametrize(
    ("text", "level", "held"),
    [
        ("Good evening.", None, None),
        ("I don't want to wake up.", Level.CONCERN, None),
        ("I could kill myself.", Level.CONCERN, None),
        ("I want to kill myself.", Level.URGENT, None),
        ("I am going to kill myself.", Level.URGENT, None),
        ("How many pills?", Level.CONCERN, HeldFor.METHODS),
        ("Call me on +351 912 345 678.", None, HeldFor.CONTACT),
        ("kys", None, HeldFor.WORDS),
    ],
)
def test_what_screening_makes_of_a_members_words(
    text: str, level: Level | None, held: HeldFor | None, circle: Circle, room: str, alice: Principal
) -> None:
    posted = circle.post(alice, room, text)

    assert (posted.level, posted.message.held_for) == (level, held)
    assert [concern["seq"] for concern in concerns(circle)] == ([1] if level else [])
    assert [item.held_for for item in circle.waiting(room)] == ([held] if held else [])


def test_a_warning_is_looked_at_too_and_the_words_of_staff_are_not(circle: Circle, room: str, alice: Principal) -> None:
    assert circle.post(alice, room, "You know.", warning="kill myself").level is Level.CONCERN
    said = circle.post(circle.maya, room, "Call +351 912 345 678 if you want to kill myself.")

    assert (said.level, said.message.held_for) == (None, None)
    assert len(concerns(circle)) == 1


def test_between_a_client_and_their_counselor_nothing_waits_and_a_worry_is_raised(circle: Circle) -> None:
    alice = circle.client()
    room = circle.direct_room(alice)
    posted = circle.post(alice, room, "How many pills? Call me on +351 912 345 678.")
    circle.post(circle.tom, room, "Do you want to kill yourself?")

    assert (posted.level, posted.message.held_for) == (Level.CONCERN, None)
    assert [(concern["room_id"], concern["seq"]) for concern in concerns(circle)] == [(room, 1)]


def test_a_worry_is_raised_once_for_a_message_and_again_for_other_words(
    circle: Circle, room: str, alice: Principal
) -> None:
    for _ in range(3):
        circle.post(alice, room, "kill myself", key="the same one")
    assert len(concerns(circle)) == 1
    circle.edit(alice, room, 1, "I am going to kill myself.", key="the same edit")
    with pytest.raises(Repeated):
        circle.edit(alice, room, 1, "I am going to kill myself.", key="the same edit")

    assert sorted((concern["level"], concern["seq"]) for concern in concerns(circle)) == [("concern", 1), ("urgent", 1)]
    assert roombook.faults(circle.items()) == []


def test_a_report_tells_what_and_why_and_never_who(circle: Circle, room: str, alice: Principal, ben: Principal) -> None:
    seq = circle.post(alice, room, "You are wrong.").message.seq
    eve = circle.member(room)
    for who in (ben, ben, eve):
        circle.report(who, room, seq, note="Not kind.")

    (item,) = circle.waiting(room)
    assert (item.reports, item.seq, item.reason, item.note) == (2, seq, "unkind", "Not kind.\nNot kind.")
    reporters = {circle.membership(who, room).member_id for who in (ben, eve)}
    assert not any(name in str(item) for name in reporters | {ben.id, eve.id})
    with pytest.raises(Invalid):
        circle.report(alice, room, seq)
    circle.settle(room, item, "dismiss")
    with pytest.raises(AlreadyDecided):
        circle.settle(room, item, "redact")
    assert circle.waiting(room) == []


def test_what_cannot_be_seen_cannot_be_reported(circle: Circle, room: str, alice: Principal, ben: Principal) -> None:
    held = circle.post(alice, room, "How many pills?").message.seq
    for seq in (held, 99):
        with pytest.raises(NotFound):
            circle.report(ben, room, seq)
    assert [item.kind for item in circle.waiting(room)] == ["held"]


def test_a_reported_message_is_taken_away_with_the_reason(
    circle: Circle, room: str, alice: Principal, ben: Principal
) -> None:
    seq = circle.post(alice, room, "You are wrong.").message.seq
    circle.report(ben, room, seq)
    (item,) = circle.waiting(room)
    circle.settle(room, item, "redact", note="We do not judge here.")

    message = circle.app.log.find(room, seq)
    assert message
    assert (message.state, message.text, message.note) == (MessageState.REDACTED, "", "We do not judge here.")
    assert "You are wrong." not in str(circle.items())


def test_a_report_of_words_that_were_taken_back_is_settled_all_the_same(
    circle: Circle, room: str, alice: Principal, ben: Principal
) -> None:
    seq = circle.post(alice, room).message.seq
    circle.report(ben, room, seq)
    circle.withdraw(alice, room, seq)
    (item,) = circle.waiting(room)
    circle.settle(room, item, "redact")

    assert circle.waiting(room) == []


def test_an_appeal_is_heard_once_and_lifts_what_was_decided(
    circle: Circle, room: str, alice: Principal, ben: Principal
) -> None:
    muted = circle.decide(alice, room, Step.MUTE)
    with pytest.raises(MemberMuted) as refused:
        circle.post(alice, room)
    assert refused.value.extra == {"until": "2027-03-02T12:00:00Z"}
    with pytest.raises(NotFound):
        circle.appeal(ben, room, muted.id)
    circle.appeal(alice, room, muted.id)
    with pytest.raises(AlreadyAppealed):
        circle.appeal(alice, room, muted.id)
    (item,) = circle.waiting(room)
    assert (item.kind, item.note) == ("appeal", "I did not mean it.")
    with pytest.raises(Invalid):
        circle.settle(room, item, "approve")
    circle.clock.advance(timedelta(minutes=1))
    circle.settle(room, item, "lift")

    circle.post(alice, room)
    lifted, first = circle.app.moderation.about_me(alice, room)
    assert (lifted.step, first.appeal.outcome if first.appeal else None) == (Step.LIFT, AppealOutcome.LIFTED)
    assert circle.app.moderation.about_me(ben, room) == []


def test_an_appeal_that_is_not_granted_leaves_things_as_they_are(circle: Circle, room: str, alice: Principal) -> None:
    removed = circle.decide(alice, room, Step.REMOVE)
    circle.appeal(alice, room, removed.id)
    (item,) = circle.waiting(room)
    circle.settle(room, item, "uphold")

    (decision,) = circle.app.moderation.about_me(alice, room)
    assert decision.appeal and decision.appeal.outcome is AppealOutcome.UPHELD
    assert circle.membership(alice, room).status is MembershipStatus.REMOVED


def test_only_facilitators_of_the_room_decide_there(circle: Circle, room: str, alice: Principal) -> None:
    circle.post(alice, room, "How many pills?")
    (item,) = circle.waiting(room)
    stranger = circle.hire("Mia", *circle.maya.roles)
    for who, refusal in ((alice, NotAllowed), (circle.tom, NotAllowed), (stranger, NotFound)):
        with pytest.raises(refusal):
            circle.app.settling.settle(
                who, room, item.id, "approve", "", circle.once(circle.intent(who, "")), circle.clock()
            )
    with pytest.raises(NotFound):
        circle.decide(circle.maya, room, Step.REMOVE)
    assert circle.waiting(room) == [item]


def test_facilitators_cannot_be_blocked_nor_can_oneself(circle: Circle, room: str, alice: Principal) -> None:
    for whom in (circle.maya, alice):
        once = circle.once(circle.intent(alice, ""))
        with pytest.raises(NotFound):
            circle.app.rooms.block(alice, room, circle.membership(whom, room).member_id, once, blocked=True)
