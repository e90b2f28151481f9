"""Many write to one room at once. DynamoDB Local transacts for real; whoever drops a condition sees these fail."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from shared.errors import Busy, Refusal
from shared.ids import new_id
from shared.rooms.decisions import Step
from shared.rooms.log import Reaction
from tests.support import roombook
from tests.support.circle import Circle
from tests.support.dynamodb_local import TableNames

RIVALS, MINUTE = 16, timedelta(minutes=1)
Attempt = Callable[[], object]


@pytest.fixture
def circle(dynamodb: Any, tables: TableNames) -> Circle:
    return Circle(dynamodb, tables)


def outcomes(attempts: Sequence[Attempt]) -> list[str]:
    """What each of the attempts came to, made at the same moment: `done` or the code of the refusal."""
    together = threading.Barrier(len(attempts))

    def make(attempt: Attempt) -> str:
        together.wait()
        try:
            attempt()
        except Refusal as refused:
            return refused.code
        return "done"

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(make, attempts))


def test_of_fifty_who_write_at_once_each_is_there_once_and_no_number_is_missing(circle: Circle) -> None:
    room = circle.room()
    crowd = [circle.member(room) for _ in range(50)]
    keys = [new_id() for _ in crowd]

    def insists(number: int) -> None:
        """As a page does: the same message again for as long as the room is busy."""
        while True:
            try:
                circle.post(crowd[number], room, "Good evening.", keys[number])
            except Busy:
                continue
            return

    done = outcomes([partial(insists, number) for number in range(50)])

    assert Counter(done) == {"done": 50}
    items = circle.items()
    assert roombook.faults(items) == []
    assert Counter(entry["client_id"] for entry in roombook.log_of(items, room)) == Counter(keys)


def test_sixteen_at_once_are_never_told_that_the_room_is_busy(circle: Circle) -> None:
    room = circle.room()
    crowd = [circle.member(room) for _ in range(RIVALS)]

    for _ in range(4):
        assert Counter(outcomes([partial(circle.post, who, room) for who in crowd])) == {"done": RIVALS}
        circle.clock.advance(MINUTE)

    assert roombook.faults(circle.items()) == []
    assert len(roombook.log_of(circle.items(), room)) == 4 * RIVALS


def test_the_same_message_from_sixteen_attempts_is_one(circle: Circle) -> None:
    room = circle.room()
    alice, key = circle.member(room), new_id()
    seqs: list[int] = []

    def post() -> None:
        seqs.append(circle.post(alice, room, "Good evening.", key).message.seq)

    assert Counter(outcomes([post] * RIVALS)) == {"done": RIVALS}
    assert Counter(seqs) == {1: RIVALS}
    assert len(roombook.log_of(circle.items(), room)) == 1


def test_the_last_place_is_one_persons(circle: Circle) -> None:
    for _ in range(4):
        room = circle.room(capacity=3)
        for _ in range(2):
            circle.member(room)
        rivals = [circle.client() for _ in range(RIVALS)]

        done = Counter(outcomes([partial(circle.join, who, room) for who in rivals]))

        assert done == {"done": 1, "room_full": RIVALS - 1}
    assert roombook.faults(circle.items()) == []


def test_a_handle_is_one_persons_in_a_room(circle: Circle) -> None:
    rooms = [circle.room(), circle.room()]
    for room in rooms:
        rivals = [circle.client() for _ in range(RIVALS)]
        attempts = [partial(circle.join, who, room, handle="quiet-otter-482") for who in rivals]

        assert Counter(outcomes(attempts)) == {"done": 1, "handle_taken": RIVALS - 1}
    assert roombook.faults(circle.items()) == []


def test_one_person_at_many_browsers_joins_once(circle: Circle) -> None:
    room, alice = circle.room(), circle.client()

    done = Counter(outcomes([partial(circle.join, alice, room) for _ in range(RIVALS)]))

    assert done["done"] == 1
    assert set(done) <= {"done", "already_a_member", "changed_meanwhile"}
    assert roombook.faults(circle.items()) == []


def test_a_client_and_a_counselor_have_one_room_however_many_tabs_open_it(circle: Circle) -> None:
    alice = circle.client()
    ids: list[str] = []

    done = outcomes([lambda: ids.append(circle.direct_room(alice))] * RIVALS)

    assert (Counter(done), len(set(ids))) == ({"done": RIVALS}, 1)
    assert roombook.faults(circle.items()) == []


def test_leaving_posting_and_being_removed_at_once_leave_the_counts_right(circle: Circle) -> None:
    for _ in range(6):
        room = circle.room()
        alice, ben = circle.member(room), circle.member(room)
        seq = circle.post(ben, room).message.seq
        done = outcomes(
            [
                partial(circle.leave, alice, room),
                partial(circle.post, alice, room),
                partial(circle.decide, alice, room, Step.REMOVE),
                partial(circle.react, ben, room, seq, Reaction.HUG),
                partial(circle.withdraw, ben, room, seq),
            ]
        )
        assert {"done", "changed_meanwhile"} >= {done[2]}
        assert done[4] == "done"
    assert roombook.faults(circle.items()) == []


def test_of_two_who_decide_about_one_thing_one_is_told_that_it_is_decided(circle: Circle) -> None:
    room = circle.room(premoderate_first=1)
    for _ in range(6):
        alice = circle.member(room)
        circle.post(alice, room)
        (item,) = circle.waiting(room)
        decide = [partial(circle.settle, room, item, outcome) for outcome in ("approve", "decline", "approve")]

        assert Counter(outcomes(decide)) == {"done": 1, "already_decided": 2}
    assert roombook.faults(circle.items()) == []


def test_reports_of_many_at_once_all_count(circle: Circle) -> None:
    room = circle.room()
    seq = circle.post(circle.member(room), room).message.seq
    crowd = [circle.member(room) for _ in range(8)]

    outcomes([partial(circle.report, who, room, seq) for who in crowd for _ in range(2)])

    assert [item.reports for item in circle.waiting(room)] == [8]
