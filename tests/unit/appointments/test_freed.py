"""Which time a change of an appointment gives back."""

from datetime import UTC, datetime
from typing import Any

from shared.appointments.freed import Freed, freed_by

BOOKED: dict[str, Any] = {
    "sk": "APPOINTMENT",
    "status": "booked",
    "start": "2027-03-03T09:00:00Z",
    "end": "2027-03-03T09:50:00Z",
    "client_id": "alice",
    "counselor_id": "tom",
    "cancelled_by": "",
    "version": 1,
}
NINE, TEN_TO_TEN = datetime(2027, 3, 3, 9, tzinfo=UTC), datetime(2027, 3, 3, 9, 50, tzinfo=UTC)
NINE_WITH_TOM = Freed("tom", NINE, TEN_TO_TEN, given_back_by="alice")


def test_what_a_client_calls_off_comes_free() -> None:
    assert freed_by(BOOKED, BOOKED | {"status": "cancelled", "cancelled_by": "client"}) == NINE_WITH_TOM


def test_the_old_time_of_one_that_was_moved_comes_free() -> None:
    moved = BOOKED | {"start": "2027-03-04T09:00:00Z", "end": "2027-03-04T09:50:00Z", "version": 2}

    assert freed_by(BOOKED, moved) == NINE_WITH_TOM


def test_what_a_counselor_calls_off_is_not_passed_on() -> None:
    assert freed_by(BOOKED, BOOKED | {"status": "cancelled", "cancelled_by": "counselor"}) is None


def test_nothing_else_frees_a_time() -> None:
    cancelled = BOOKED | {"status": "cancelled", "cancelled_by": "client"}
    assert freed_by(None, BOOKED) is None
    assert freed_by(BOOKED, None) is None
    assert freed_by(BOOKED, BOOKED | {"status": "arrived", "version": 2}) is None
    assert freed_by(cancelled, cancelled | {"version": 3}) is None
    assert freed_by({"sk": "DAY#2027-03-03"}, {"sk": "DAY#2027-03-03"}) is None
