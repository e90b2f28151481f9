"""Many want the same time at once. DynamoDB Local transacts for real; whoever drops a condition sees these fail."""

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from shared.appointments.model import Mode
from shared.appointments.service import Booking
from shared.people.model import Principal
from tests.support import calendars
from tests.support.dynamodb_local import TableNames
from tests.support.house import House
from tests.support.rivals import Attempt, outcomes

RIVALS = 16
SLOTS = 300 if "THOROUGH" in os.environ else 40
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
NINE = datetime(2027, 3, 3, 9, tzinfo=UTC)


@pytest.fixture
def house(dynamodb: Any, tables: TableNames) -> House:
    return House(dynamodb, tables)


@pytest.fixture
def rivals() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(RIVALS) as pool:
        yield pool


def test_of_sixteen_who_want_a_time_one_has_it(house: House, rivals: ThreadPoolExecutor) -> None:
    tom = house.counselor()
    starts = [NINE + n * HOUR for n in range(SLOTS)]

    for start in starts:
        attempts = [partial(house.book, house.client(), tom, start) for _ in range(RIVALS)]
        assert Counter(outcomes(rivals, attempts)) == {"done": 1, "slot_taken": RIVALS - 1}

    items = house.items()
    assert calendars.faults(items) == []
    assert len(calendars.appointments(items)) == len(starts)


def test_a_client_who_wants_sixteen_counselors_at_once_has_one(house: House, rivals: ThreadPoolExecutor) -> None:
    counselors = [house.counselor() for _ in range(RIVALS)]
    alice = house.client()
    starts = [NINE + n * HOUR for n in range(20)]

    for start in starts:
        attempts = [partial(house.book, alice, counselor, start) for counselor in counselors]
        assert Counter(outcomes(rivals, attempts)) == {"done": 1, "already_booked_then": RIVALS - 1}

    items = house.items()
    assert calendars.faults(items) == []
    assert len(calendars.appointments(items)) == len(starts)


def test_times_that_only_overlap_are_one_time(house: House, rivals: ThreadPoolExecutor) -> None:
    tom, eve = house.counselor(), house.counselor(length=25, buffer=5)
    clients = [house.client() for _ in range(4)]

    for n in range(20):
        long, short = NINE + n * HOUR, NINE + n * HOUR + HOUR / 2
        attempts = [partial(house.book, c, tom, long) for c in clients]
        attempts += [partial(house.book, c, eve, short) for c in clients]
        done = outcomes(rivals, attempts)
        assert done[:4].count("done") == 1
        assert done[4:].count("done") == 1
        assert set(done) <= {"done", "slot_taken", "already_booked_then"}

    assert calendars.faults(house.items()) == []


def test_a_block_and_bookings_never_meet(house: House, rivals: ThreadPoolExecutor) -> None:
    tom = house.counselor()
    clients = [house.client() for _ in range(7)]

    for n in range(20):
        start = NINE + n * HOUR
        attempts: list[Attempt] = [partial(house.book, c, tom, start) for c in clients]
        attempts.append(partial(house.block, tom, start, HOUR))
        done = Counter(outcomes(rivals, attempts))
        assert done == {"done": 1, "slot_taken": len(clients)}

    assert calendars.faults(house.items()) == []


def test_moving_and_cancelling_at_once_leave_one_of_both(house: House, rivals: ThreadPoolExecutor) -> None:
    tom = house.counselor()

    for n in range(20):
        start = NINE + 3 * n * HOUR
        alice, ben = house.client(), house.client()
        mine = house.book(alice, tom, start)
        later = start + HOUR
        done = outcomes(
            rivals,
            [
                partial(house.cancel, alice, mine),
                partial(house.cancel, tom, mine),
                partial(house.move, alice, mine, later),
                partial(house.book, ben, tom, later),
            ],
        )
        assert done[:3].count("done") == 1
        assert set(done[:3]) <= {"done", "changed_meanwhile", "slot_taken"}
        assert done[3] == ("slot_taken" if done[2] == "done" else "done")

    assert calendars.faults(house.items()) == []


def test_a_time_given_back_is_somebody_elses_at_once(house: House, rivals: ThreadPoolExecutor) -> None:
    tom = house.counselor()
    clients = [house.client() for _ in range(RIVALS)]
    held = house.book(clients[0], tom, NINE)

    for _ in range(20):
        owner = next(client for client in clients if client.id == held.client_id)
        house.cancel(owner, held)
        attempts = [partial(house.book, client, tom, NINE) for client in clients]
        assert Counter(outcomes(rivals, attempts)) == {"done": 1, "slot_taken": RIVALS - 1}
        (held,) = [a for a in house.appointments.store.find_many(_listed(house, tom)) if a.status == "booked"]

    items = house.items()
    assert calendars.faults(items) == []
    assert len(calendars.appointments(items)) == 21


def test_of_series_that_overlap_one_is_booked_whole_and_the_others_not_at_all(
    house: House, rivals: ThreadPoolExecutor
) -> None:
    tom = house.counselor()

    for n in range(20):
        # They begin in different weeks, and each meets every other.
        attempts = [
            partial(house.book_series, house.client(), tom, NINE + n * HOUR + start * WEEK, 6) for start in range(4)
        ]
        done = Counter(outcomes(rivals, attempts))
        assert done["done"] == 1
        assert set(done) <= {"done", "times_taken", "busy"}

    items = house.items()
    assert calendars.faults(items) == []
    assert len(calendars.appointments(items)) == 20 * 6


def test_a_series_that_moves_while_it_is_called_off_or_one_of_its_new_times_is_booked_does_one_of_it(
    house: House, rivals: ThreadPoolExecutor
) -> None:
    tom = house.counselor()

    for n in range(20):
        start = NINE + 2 * n * HOUR
        alice, ben = house.client(), house.client()
        booked = house.book_series(alice, tom, start, 3)
        done = outcomes(
            rivals,
            [
                partial(house.move_series, alice, booked, WEEK),
                partial(house.cancel_series, tom, booked),
                partial(house.book, ben, tom, start + 3 * WEEK),  # where the last of them would go
            ],
        )
        assert done[:2].count("done") <= 1
        assert set(done[:2]) <= {"done", "changed_meanwhile", "times_taken", "busy"}
        assert done[2] in {"done", "busy"} if done[0] != "done" else done[2] == "slot_taken"

    assert calendars.faults(house.items()) == []


def test_the_same_intent_at_once_is_one_booking(house: House, rivals: ThreadPoolExecutor) -> None:
    tom, alice = house.counselor(), house.client()
    once = house.once()
    wanted = Booking(tom.id, NINE, Mode.VIDEO, "UTC")

    def book() -> str:
        try:
            house.appointments.book(alice, wanted, once, house.clock())
        except Exception as lost:  # Repeated, which the edge answers from memory
            return type(lost).__name__
        return "done"

    done = Counter(rivals.map(lambda _: book(), range(RIVALS)))

    assert done == {"done": 1, "Repeated": RIVALS - 1}
    assert len(calendars.appointments(house.items())) == 1


def _listed(house: House, counselor: Principal) -> frozenset[str]:
    return house.appointments.store.days(counselor.id, NINE.date(), NINE.date()).appointment_ids
