"""Nobody can take all the times there are."""

from datetime import timedelta
from typing import Any

import pytest

from shared.appointments.refusals import TooManyAppointments
from shared.appointments.service import MOST_AHEAD, MOST_LISTED
from tests.support.dynamodb_local import TableNames
from tests.support.house import House

HOUR = timedelta(hours=1)


@pytest.fixture
def house(dynamodb: Any, tables: TableNames) -> House:
    return House(dynamodb, tables)


def test_a_client_holds_thirty_appointments_ahead_and_may_book_again_after_calling_one_off(house: House) -> None:
    tom, alice, ben = house.counselor(), house.client(), house.client()
    nine = house.clock().replace(hour=9, minute=0, second=0) + timedelta(days=1)
    booked = [house.book(alice, tom, nine + n * HOUR) for n in range(MOST_AHEAD)]

    with pytest.raises(TooManyAppointments):
        house.book(alice, tom, nine + MOST_AHEAD * HOUR)
    house.book(ben, tom, nine + MOST_AHEAD * HOUR)
    house.cancel(alice, booked[0])
    house.book(alice, tom, nine + (MOST_AHEAD + 1) * HOUR)


def test_booking_and_calling_off_over_and_over_comes_to_an_end(house: House) -> None:
    tom, alice = house.counselor(), house.client()
    nine = house.clock().replace(hour=9, minute=0, second=0) + timedelta(days=1)
    for _ in range(MOST_LISTED):
        house.cancel(alice, house.book(alice, tom, nine))

    with pytest.raises(TooManyAppointments):
        house.book(alice, tom, nine)

    house.clock.advance(timedelta(days=2))
    house.book(alice, tom, nine + timedelta(days=7))
