"""Many reach for one held time at the same moment, and times come free together. DynamoDB Local transacts for real."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from tests.support.dynamodb_local import TableNames
from tests.support.line import Line
from tests.support.rivals import outcomes

NINE = datetime(2027, 3, 3, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
ROUNDS = 12


@pytest.fixture
def line(dynamodb: Any, tables: TableNames) -> Line:
    return Line(dynamodb, tables)


@pytest.fixture
def rivals() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


def test_of_all_who_take_let_go_pass_on_and_sweep_at_once_one_decides(line: Line, rivals: ThreadPoolExecutor) -> None:
    tom, alice = line.counselor(), line.client()
    for n in range(ROUNDS):
        first, second = line.waiting(2)
        (offer,) = line.freed(line.call_off(alice, line.book(alice, tom, NINE + n * HOUR)))

        done = outcomes(
            rivals,
            [
                partial(line.take, first, offer),
                partial(line.take, first, offer),
                partial(line.decline, first, offer),
                partial(line.offering.pass_on, offer.id, offer.until),
                partial(line.offering.sweep, offer.until),
                partial(line.book, alice, tom, NINE + n * HOUR),
            ],
        )

        assert done[:3].count("done") <= 1
        assert set(done[:3]) <= {"done", "offer_over", "busy"}
        assert done[5] == "slot_taken"
        assert line.faults() == []
        assert bool(line.held_for(second)) is ("done" not in done[:2])
        line.leave(second)
        if "done" not in done[:2]:
            line.leave(first)


def test_many_times_that_come_free_together_go_to_as_many_people_in_their_order(
    line: Line, rivals: ThreadPoolExecutor
) -> None:
    tom, alice = line.counselor(), line.client()
    people = line.waiting(6)
    freed = [line.call_off(alice, line.book(alice, tom, NINE + n * HOUR)) for n in range(4)]

    outcomes(rivals, [partial(line.freed, one) for one in freed for _ in range(2)])
    for one in freed:
        line.freed(one)  # the stream tries again what was too busy

    assert [bool(line.held_for(one)) for one in people] == [True] * 4 + [False] * 2
    assert line.faults() == []


def test_an_offer_and_a_booking_of_the_same_time_never_meet(line: Line, rivals: ThreadPoolExecutor) -> None:
    tom, alice, ben = line.counselor(), line.client(), line.client()
    (first,) = line.waiting(1)
    for n in range(ROUNDS):
        freed = line.call_off(alice, line.book(alice, tom, NINE + n * HOUR))

        done = outcomes(rivals, [partial(line.freed, freed), partial(line.book, ben, tom, NINE + n * HOUR), line.sweep])

        held = line.held_for(first)
        assert (done[1] == "slot_taken") is bool(held)
        assert line.faults() == []
        if held:
            line.decline(first, held)
    assert line.faults() == []
