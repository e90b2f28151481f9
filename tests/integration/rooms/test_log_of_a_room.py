"""The log of a room: a number for everything, no number twice, and words only for those they are for."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from functions.log_views import PageView
from shared.clock import epoch
from shared.errors import Conflict, Invalid, NotFound
from shared.intents import KeyReused
from shared.people.model import Principal
from shared.rooms.log import HeldFor, MessageState, Reaction
from shared.rooms.refusals import TooLateToChange
from shared.tables import unmarshal
from tests.support import roombook
from tests.support.circle import Circle

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def room(circle: Circle) -> str:
    return circle.room()


@pytest.fixture
def alice(circle: Circle, room: str) -> Principal:
    return circle.member(room)


@pytest.fixture
def ben(circle: Circle, room: str) -> Principal:
    return circle.member(room)


def seen(circle: Circle, who: Principal, room: str, **asked: Any) -> PageView:
    """A page as it travels."""
    return PageView.of(circle.page(who, room, **asked), circle.clock())


def kinds(page: PageView) -> list[tuple[int, str]]:
    return [(entry.seq, entry.kind) for entry in page.entries]


def erase_what_is_due(circle: Circle) -> None:
    """What DynamoDB's time to live does, some day."""
    for item in circle.items():
        if "expires_at" in item and unmarshal(item)["expires_at"] <= epoch(circle.clock()):
            circle.dynamodb.delete_item(TableName=circle.tables.rooms, Key={name: item[name] for name in ("pk", "sk")})


def test_pages_lead_to_both_ends_and_miss_nothing(circle: Circle, room: str, alice: Principal) -> None:
    for number in range(1, 8):
        circle.post(alice, room, f"Line {number}.")
        circle.clock.advance(MINUTE)

    newest = seen(circle, alice, room, limit=3)
    assert (kinds(newest), newest.tail, newest.more) == ([(n, "message") for n in (5, 6, 7)], 7, True)
    older = seen(circle, alice, room, before=5, limit=3)
    assert ([entry.seq for entry in older.entries], older.tail, older.more) == ([2, 3, 4], 7, True)
    oldest = seen(circle, alice, room, before=2, limit=3)
    assert ([entry.seq for entry in oldest.entries], oldest.more) == ([1], False)
    later = seen(circle, alice, room, after=4, limit=2)
    assert ([entry.seq for entry in later.entries], later.tail, later.more) == ([5, 6], 7, True)
    last = seen(circle, alice, room, after=6, limit=2)
    assert ([entry.seq for entry in last.entries], last.tail, last.more) == ([7], 7, False)
    beyond = seen(circle, alice, room, after=7)
    assert (beyond.entries, beyond.tail, beyond.more) == ([], 7, False)


def test_what_happens_to_a_message_is_an_entry_of_its_own(circle: Circle, room: str, alice: Principal) -> None:
    seq = circle.post(alice, room, "I am her.").message.seq
    circle.edit(alice, room, seq, "I am here.")
    circle.react(alice, room, seq, Reaction.HUG)
    circle.withdraw(alice, room, seq)

    page = seen(circle, alice, room, after=0)
    assert kinds(page) == [(1, "message"), (2, "change"), (3, "change"), (4, "change")]
    for entry in page.entries[1:]:
        assert entry.kind == "change"
        assert entry.message.kind == "message"
        assert (entry.of, entry.message.state, entry.message.text) == (1, MessageState.WITHDRAWN, "")
    assert "here" not in str(circle.items())


def test_a_message_is_not_shown_from_the_instant_at_which_it_is_gone(circle: Circle, alice: Principal) -> None:
    room = circle.room(retention_days=1)
    circle.join(alice, room)
    circle.post(alice, room)
    circle.clock.advance(DAY - timedelta(seconds=1))
    assert kinds(seen(circle, alice, room)) == [(1, "message")]

    circle.clock.advance(timedelta(seconds=1))
    page = seen(circle, alice, room)
    assert (kinds(page), page.tail, page.more) == ([(1, "hidden")], 1, False)
    with pytest.raises(NotFound):
        circle.react(alice, room, 1, Reaction.HEART)
    with pytest.raises(NotFound):
        circle.report(alice, room, 1)
    with pytest.raises(Invalid):
        circle.post(alice, room, "Yes.", reply_to=1)
    assert circle.post(alice, room, "Good morning.").message.seq == 2


def test_the_numbers_go_on_when_everything_is_erased_but_only_because_the_floor_was_raised(
    circle: Circle, room: str, alice: Principal
) -> None:
    forgotten = circle.room(retention_days=1)
    remembered = circle.room(retention_days=1)
    for place in (forgotten, remembered):
        circle.join(alice, place)
        circle.post(alice, place)
        circle.post(alice, place)
    tail = circle.app.log.tail(circle.app.store.get(remembered))
    circle.dynamodb.update_item(**circle.app.store.raise_floor(remembered, (tail.seq, tail.ordinal)).request)
    circle.clock.advance(9 * DAY)
    erase_what_is_due(circle)

    assert circle.post(alice, forgotten).message.seq == 1  # whoever had seen 2 would miss it
    again = circle.post(alice, remembered).message
    assert (again.seq, again.ordinal) == (3, 3)
    assert seen(circle, alice, remembered, after=2).tail == 3


def test_a_change_that_is_erased_before_older_entries_leaves_its_number_behind(
    circle: Circle, alice: Principal
) -> None:
    room = circle.room(retention_days=30)
    circle.join(alice, room)
    first = circle.post(alice, room).message.seq
    circle.clock.advance(20 * DAY)
    circle.post(alice, room)
    circle.react(alice, room, first, Reaction.HEART)
    circle.dynamodb.update_item(**circle.app.store.raise_floor(room, (3, 2)).request)
    circle.clock.advance(18 * DAY)
    erase_what_is_due(circle)

    page = seen(circle, alice, room)
    assert (kinds(page), page.tail) == ([(2, "message")], 3)
    assert circle.post(alice, room).message.seq == 4


def test_a_floor_is_never_lowered(circle: Circle, room: str) -> None:
    circle.dynamodb.update_item(**circle.app.store.raise_floor(room, (5, 4)).request)

    with pytest.raises(circle.dynamodb.exceptions.ConditionalCheckFailedException):
        circle.dynamodb.update_item(**circle.app.store.raise_floor(room, (4, 4)).request)
    assert circle.app.store.get(room).floor == (5, 4)


def test_unread_counts_messages_that_all_may_see_and_markers_only_move_forward(
    circle: Circle, room: str, alice: Principal, ben: Principal
) -> None:
    def unread() -> int:
        visit = circle.app.store.visit(room, ben.id)
        return circle.app.overview.closely(visit, ben, circle.clock()).unread

    seq = circle.post(alice, room).message.seq
    circle.post(alice, room)
    circle.post(alice, room)
    circle.edit(alice, room, seq, "Anybody?")
    circle.react(ben, room, seq, Reaction.SAME)
    circle.post(alice, room, "how many pills")  # waits
    assert unread() == 3

    circle.app.reading.read(ben, room, 2, circle.clock())
    assert (unread(), circle.membership(ben, room).read_seq) == (1, 2)
    circle.app.reading.read(ben, room, 1, circle.clock())
    assert circle.membership(ben, room).read_seq == 2
    circle.app.reading.read(ben, room, 10**9, circle.clock())
    assert (unread(), circle.membership(ben, room).read_seq) == (0, 6)
    circle.post(alice, room)
    assert unread() == 1
    circle.post(ben, room)
    assert unread() == 0


def test_a_reply_names_a_message_that_its_author_can_see(
    circle: Circle, room: str, alice: Principal, ben: Principal
) -> None:
    seq = circle.post(alice, room).message.seq
    assert circle.post(ben, room, "Me too.", reply_to=seq).message.reply_to == seq
    held = circle.post(alice, room, "how many pills").message.seq
    for nowhere in (held, 99):
        with pytest.raises(Invalid) as refused:
            circle.post(ben, room, "And me.", reply_to=nowhere)
        assert refused.value.field == "body.reply_to"


def test_words_are_changed_for_a_quarter_of_an_hour_and_taken_back_for_a_day(
    circle: Circle, room: str, alice: Principal
) -> None:
    seq = circle.post(alice, room, "One.").message.seq
    circle.clock.advance(15 * MINUTE - timedelta(seconds=1))
    assert circle.edit(alice, room, seq, "Two.").message.edited_at == circle.clock()
    circle.clock.advance(timedelta(seconds=1))
    with pytest.raises(TooLateToChange):
        circle.edit(alice, room, seq, "Three.")
    circle.clock.advance(DAY - 15 * MINUTE)
    with pytest.raises(TooLateToChange):
        circle.withdraw(alice, room, seq)
    assert [entry.text for entry in seen(circle, alice, room).entries if entry.kind == "message"] == ["Two."]


def test_nobody_changes_what_another_wrote(circle: Circle, room: str, alice: Principal, ben: Principal) -> None:
    seq = circle.post(alice, room, "Mine.").message.seq
    for act in (lambda: circle.edit(ben, room, seq, "Yours."), lambda: circle.withdraw(ben, room, seq)):
        with pytest.raises(NotFound):
            act()
    for nothing in (2, 99):
        with pytest.raises(NotFound):
            circle.edit(alice, room, nothing, "Mine.")
    assert [entry.text for entry in seen(circle, alice, room).entries if entry.kind == "message"] == ["Mine."]
    assert seen(circle, alice, room).tail == seq


def test_words_that_have_to_wait_wait_also_when_they_come_by_an_edit(
    circle: Circle, room: str, alice: Principal, ben: Principal
) -> None:
    bens, mayas = circle.open_page(ben, room), circle.open_page(circle.maya, room)
    seq = circle.post(alice, room, "Good evening.").message.seq
    held = circle.edit(alice, room, seq, "how many pills")

    assert (held.message.state, held.message.held_for) == (MessageState.HELD, HeldFor.METHODS)
    assert held.level is not None
    assert [entry.kind for entry in seen(circle, ben, room).entries] == ["hidden", "change"]
    hidden = {"seq": 2, "kind": "change", "of": seq, "message": {"seq": seq, "kind": "hidden"}}
    assert circle.sockets.of(bens)[-1] == {"type": "entry", "room": room, "entry": hidden}
    assert circle.sockets.of(mayas)[-1] == {"type": "hint", "room": room, "seq": 2}
    (item,) = circle.waiting(room)
    assert item.seq == seq
    assert roombook.faults(circle.items()) == []


def test_words_nobody_has_looked_at_are_not_let_through(circle: Circle, alice: Principal) -> None:
    room = circle.room(premoderate_first=1)
    circle.join(alice, room)
    seq = circle.post(alice, room, "Hello.").message.seq
    (looked_at,) = circle.waiting(room)
    circle.edit(alice, room, seq, "Something else.")

    with pytest.raises(Conflict):
        circle.settle(room, looked_at, "approve")
    (item,) = circle.waiting(room)
    circle.settle(room, item, "approve")
    assert circle.waiting(room) == []
    assert [e.text for e in seen(circle, alice, room).entries if e.kind == "message"] == ["Something else."]
    assert roombook.faults(circle.items()) == []


def test_what_is_let_through_stands_at_the_end_where_everybody_sees_it(
    circle: Circle, alice: Principal, ben: Principal
) -> None:
    room = circle.room(premoderate_first=1)
    circle.join(alice, room)
    circle.join(ben, room)
    circle.post(alice, room, "Hello.")
    circle.post(ben, room, "Hi.")
    assert kinds(seen(circle, ben, room)) == [(1, "hidden"), (2, "message")]
    for item in sorted(circle.waiting(room), key=lambda item: item.seq):
        circle.settle(room, item, "approve" if item.seq == 1 else "decline", note="Not here, please.")

    page = seen(circle, ben, room, after=2)
    (approved,) = (entry for entry in page.entries if entry.kind == "message")
    assert (approved.text, approved.replaces, approved.state) == ("Hello.", 1, MessageState.POSTED)
    (declined,) = (entry for entry in seen(circle, ben, room).entries if entry.seq == 2)
    assert declined.kind == "message"
    assert (declined.state, declined.text, declined.note) == (MessageState.DECLINED, "Hi.", "Not here, please.")
    assert [kind for _, kind in kinds(seen(circle, alice, room))] == ["hidden", "hidden", "message", "change"]


def test_whoever_sends_again_what_was_let_through_meanwhile_is_shown_where_it_stands(
    circle: Circle, alice: Principal
) -> None:
    room = circle.room(premoderate_first=1)
    circle.join(alice, room)
    circle.post(alice, room, "Hello.", key="the same one")
    circle.settle(room, circle.waiting(room)[0], "approve")

    again = circle.post(alice, room, "Hello.", key="the same one")
    assert (again.message.seq, again.message.text, again.message.held_for, again.entry) == (2, "Hello.", None, None)


@pytest.mark.parametrize("erased", [True, False])
@pytest.mark.parametrize("outcome", ["approve", "decline"])
def test_what_waited_longer_than_messages_are_kept_is_not_brought_back_and_waits_no_more(
    outcome: str, erased: bool, circle: Circle, alice: Principal
) -> None:
    room = circle.room(retention_days=1, premoderate_first=1)
    circle.join(alice, room)
    circle.post(alice, room, "Hello.")
    (item,) = circle.waiting(room)
    circle.clock.advance(DAY + erased * 8 * DAY)
    erase_what_is_due(circle)
    circle.settle(room, item, outcome)

    assert circle.waiting(room) == []
    assert [entry.kind for entry in seen(circle, circle.maya, room).entries] == ([] if erased else ["hidden"])


def test_reactions_of_many_at_once_are_all_there(circle: Circle, room: str, alice: Principal) -> None:
    seq = circle.post(alice, room).message.seq
    crowd = [circle.member(room) for _ in range(12)]
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda who: circle.react(who, room, seq, Reaction.HEART, Reaction.HUG), crowd))
    circle.react(crowd[0], room, seq, Reaction.HUG)

    message = circle.app.log.find(room, seq)
    assert message
    assert {kind: len(members) for kind, members in message.reactions.items()} == {"heart": 11, "hug": 12}
    assert roombook.faults(circle.items()) == []


def test_the_same_reactions_again_take_no_number(circle: Circle, room: str, alice: Principal) -> None:
    seq = circle.post(alice, room).message.seq
    circle.react(alice, room, seq, Reaction.HEART)
    circle.react(alice, room, seq, Reaction.HEART)
    circle.react(alice, room, seq)

    assert seen(circle, alice, room).tail == 3
    circle.withdraw(alice, room, seq)
    with pytest.raises(Conflict):
        circle.react(alice, room, seq, Reaction.HEART)


def test_a_message_sent_again_is_one_however_many_came_between(
    circle: Circle, room: str, alice: Principal, ben: Principal
) -> None:
    first = circle.post(alice, room, "Is anybody awake?", key="the same one", after=0)
    for number in range(15):
        circle.clock.advance(MINUTE)
        circle.post(alice, room, f"Line {number}.")

    again = circle.post(alice, room, "Is anybody awake?", key="the same one", after=0)
    assert (again.message, again.entry) == (first.message, None)
    circle.clock.advance(MINUTE)
    circle.post(alice, room, "Another text.", key="latest one")
    with pytest.raises(KeyReused):
        circle.post(alice, room, "Yet another.", key="latest one")
    assert circle.post(ben, room, "Is anybody awake?", key="the same one").message.seq != first.message.seq


def test_those_who_block_each_other_do_not_see_each_other(
    circle: Circle, room: str, alice: Principal, ben: Principal
) -> None:
    circle.post(alice, room)
    circle.post(ben, room)
    once = circle.once(circle.intent(ben, ""))
    circle.app.rooms.block(ben, room, circle.membership(alice, room).member_id, once, blocked=True)

    for who, mine in ((alice, 1), (ben, 2)):
        assert [entry.seq for entry in seen(circle, who, room).entries if entry.kind == "message"] == [mine]
    assert [kind for _, kind in kinds(seen(circle, circle.maya, room))] == ["message", "message"]
    with pytest.raises(NotFound):
        circle.react(alice, room, 2, Reaction.HEART)
    circle.app.rooms.block(
        ben, room, circle.membership(alice, room).member_id, circle.once(circle.intent(ben, "")), blocked=False
    )
    assert [kind for _, kind in kinds(seen(circle, alice, room))] == ["message", "message"]


def test_a_block_stands_though_a_membership_is_written_at_the_same_moment(
    circle: Circle, room: str, alice: Principal, ben: Principal
) -> None:
    before = circle.membership(alice, room)
    once = circle.once(circle.intent(ben, ""))
    circle.app.rooms.block(ben, room, before.member_id, once, blocked=True)
    circle.app.reading.read(alice, room, circle.post(ben, room).message.seq, circle.clock())
    reminded = replace(before, reason="A word.", decisions=before.decisions + 1)
    circle.dynamodb.update_item(**circle.app.store.replace(reminded, before).request)

    after = circle.membership(alice, room)
    assert (after.reason, after.read_seq) == ("A word.", 1)
    assert after.blocked_by == {circle.membership(ben, room).member_id}
    assert roombook.faults(circle.items()) == []
