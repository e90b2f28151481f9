"""What can become of a message, who sees it, and until when."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import Conflict, NotFound, Refusal
from shared.rooms.log import HeldFor, Message, MessageState, Position, Reaction, Words
from shared.rooms.model import MemberRole
from shared.rooms.refusals import AlreadyDecided, TooLateToChange
from tests.unit.rooms.members import NOON, member, message

SECOND, QUARTER, DAY = timedelta(seconds=1), timedelta(minutes=15), timedelta(days=1)
OVER = (MessageState.WITHDRAWN, MessageState.REDACTED, MessageState.DECLINED, MessageState.APPROVED)


@pytest.mark.parametrize("state", OVER)
def test_what_is_over_is_not_changed_any_more(state: MessageState) -> None:
    there = message(state=state)
    with pytest.raises(TooLateToChange):
        there.edited(Words("Hm."), None, NOON)
    if state is not MessageState.WITHDRAWN:
        with pytest.raises(TooLateToChange):
            there.withdrawn(NOON)
    with pytest.raises(AlreadyDecided):
        there.redacted("Why.")
    with pytest.raises(AlreadyDecided):
        there.approved()
    with pytest.raises(AlreadyDecided):
        there.declined("Why.")
    with pytest.raises(Conflict):
        there.reacted("ben", frozenset({Reaction.HUG}))


def test_the_windows_end_at_their_instants() -> None:
    said = message()
    assert said.edited(Words("Hm."), None, NOON + QUARTER - SECOND).text == "Hm."
    assert said.withdrawn(NOON + DAY - SECOND).state is MessageState.WITHDRAWN
    with pytest.raises(TooLateToChange):
        said.edited(Words("Hm."), None, NOON + QUARTER)
    with pytest.raises(TooLateToChange):
        said.withdrawn(NOON + DAY)


def test_taking_back_twice_is_taking_back_once() -> None:
    once = message().withdrawn(NOON)
    assert once.withdrawn(NOON + 2 * DAY) == once


def test_an_edit_replaces_all_words_and_what_has_waited_goes_on_waiting() -> None:
    said = message(folded=True)
    edited = said.edited(Words("Hm."), None, NOON + SECOND)
    assert (edited.text, edited.warning, edited.folded, edited.edited_at) == ("Hm.", "", False, NOON + SECOND)
    assert (edited.state, edited.revision) == (MessageState.POSTED, said.revision + 1)
    held = edited.edited(Words("Hm?"), HeldFor.CONTACT, NOON)
    assert held.state is MessageState.HELD
    assert held.edited(Words("Hm!"), None, NOON).held_for is HeldFor.CONTACT


def test_what_goes_on_as_another_entry_has_its_words_there_and_only_there() -> None:
    held = message(state=MessageState.HELD, held_for=HeldFor.SLOW, reply_to=3)
    old, new = held.approved(), held.repeated(Position(9, 6), NOON + DAY, NOON + 31 * DAY)
    assert (old.text, old.warning, old.state) == ("", "", MessageState.APPROVED)
    assert (new.text, new.warning, new.state, new.held_for) == ("Good evening.", "night", MessageState.POSTED, None)
    assert (new.seq, new.ordinal, new.replaces, new.reply_to, new.author) == (9, 6, 7, 3, "alice")
    assert (new.posted_at, new.gone_at) == (NOON + DAY, NOON + 31 * DAY)


def test_only_its_author_changes_a_message() -> None:
    message().require_author("alice")
    with pytest.raises(NotFound):
        message().require_author("ben")


def test_whatever_the_state_nobody_sees_a_message_that_is_gone_or_before_their_time() -> None:
    for state in MessageState:
        there = message(state=state)
        for viewer in (member(), member("ben"), member("maya", role=MemberRole.FACILITATOR)):
            assert not there.visible_to(viewer, there.gone_at)
            assert there.visible_to(viewer, there.gone_at - SECOND) is (state is not MessageState.APPROVED)
        assert not there.visible_to(member(sees_from=8), NOON)


def test_what_waits_is_its_authors_and_the_staffs() -> None:
    held = message(state=MessageState.HELD, held_for=HeldFor.WORDS)
    for there in (held, held.declined("Why."), held.withdrawn(NOON)):
        assert there.visible_to(member(), NOON)
        assert there.visible_to(member("maya", role=MemberRole.FACILITATOR), NOON)
        assert not there.visible_to(member("ben"), NOON)


def test_blocks_hide_either_way() -> None:
    for ben in (member("ben", blocks=frozenset({"alice"})), member("ben", blocked_by=frozenset({"alice"}))):
        assert not message().visible_to(ben, NOON)


members = st.sampled_from(["alice", "ben", "eve"])
reactions = st.frozensets(st.sampled_from(Reaction))


@given(st.lists(st.tuples(members, reactions), max_size=12))
def test_of_all_reactions_the_last_of_each_member_stand(given_: list[tuple[str, frozenset[Reaction]]]) -> None:
    said, last = message(), dict[str, frozenset[Reaction]]()
    for who, kinds in given_:
        said, last = said.reacted(who, kinds), last | {who: kinds}

    assert said.reactions == {
        kind: frozenset(who for who, kinds in last.items() if kind in kinds)
        for kind in Reaction
        if any(kind in kinds for kinds in last.values())
    }


def changes(said: Message, act: str, seconds: int) -> Message:
    now = NOON + timedelta(seconds=seconds)
    return {
        "edit": lambda: said.edited(Words("Other words."), None, now),
        "hold": lambda: said.edited(Words("Worse words."), HeldFor.WORDS, now),
        "withdraw": lambda: said.withdrawn(now),
        "redact": lambda: said.redacted("Why."),
        "decline": lambda: said.declined("Why."),
        "approve": said.approved,
        "react": lambda: said.reacted("ben", frozenset({Reaction.HUG})),
    }[act]()


ACTS = ["edit", "hold", "withdraw", "redact", "decline", "approve", "react"]


@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 100_000)), max_size=10))
def test_whatever_happens_in_whatever_order_words_that_are_gone_stay_gone(acts: list[tuple[str, int]]) -> None:
    said, wordless = message(), False
    for act, seconds in acts:
        try:
            after = changes(said, act, seconds)
        except Refusal:
            continue
        assert after.revision == said.revision + (after != said)
        assert (after.seq, after.ordinal, after.author, after.posted_at) == (said.seq, said.ordinal, "alice", NOON)
        said = after
        wordless = wordless or said.state in (MessageState.WITHDRAWN, MessageState.REDACTED, MessageState.APPROVED)
        assert bool(said.text) is not wordless
        assert (said.state is MessageState.HELD) <= (said.held_for is not None)
