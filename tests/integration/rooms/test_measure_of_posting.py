"""What talking costs: four write units a message, at most eight read units for a page of fifty."""

from datetime import timedelta
from typing import Any

import pytest

from shared.rooms.talk import Draft
from tests.bench.units import Units
from tests.support.circle import Circle
from tests.support.dynamodb_local import TableNames
from tests.support.site import aws_client

USUAL = "I could not sleep again, so I made tea and sat by the window. How do you all get through such nights? " * 2


@pytest.fixture
def units(dynamodb: Any) -> Units:
    return Units(look=dynamodb)


@pytest.fixture
def circle(units: Units, tables: TableNames, dynamodb_address: str) -> Circle:
    """People whose calls are counted."""
    counted = aws_client("dynamodb", dynamodb_address)
    units.watch(counted)
    return Circle(counted, tables)


def test_a_message_of_usual_length_costs_four_write_units_however_many_came_before(
    units: Units, circle: Circle
) -> None:
    room = circle.room()
    alice, ben = circle.member(room), circle.member(room)
    circle.page(ben, room)

    for number in range(16):
        circle.clock.advance(timedelta(minutes=1))
        units.forget()
        circle.app.talk.post(
            alice, room, Draft(f"{USUAL}{number}"), circle.intent(alice, ""), f"{number:036}", circle.clock()
        )
        assert units.writes == 4, f"message {number}"


def test_a_reply_in_arabic_with_a_warning_in_a_room_by_request_costs_four_too(units: Units, circle: Circle) -> None:
    room = circle.room(slow_seconds=5, newcomer_wait_minutes=10, language="ar")
    alice = circle.member(room)
    first = circle.post(alice, room).message.seq
    circle.clock.advance(timedelta(minutes=1))
    units.forget()
    circle.post(
        alice, room, "لم أستطع النوم الليلة أيضًا، فأعددت الشاي وجلست قرب النافذة.", warning="ليل", reply_to=first
    )

    assert units.writes == 4


def test_a_message_that_waits_or_worries_costs_more_and_no_other_does(units: Units, circle: Circle) -> None:
    room = circle.room()
    alice = circle.member(room)
    costs = []
    for text in ("Good evening.", "How many pills?", "kill myself"):
        circle.clock.advance(timedelta(minutes=1))
        units.forget()
        circle.post(alice, room, text)
        costs.append(units.writes)

    assert costs == [4, 12, 10]


def test_a_page_of_fifty_costs_few_read_units(units: Units, circle: Circle) -> None:
    room = circle.room()
    alice, ben = circle.member(room), circle.member(room)
    for _ in range(50):
        circle.clock.advance(timedelta(minutes=1))
        circle.post(alice, room, USUAL[:100])
    units.forget()
    page = circle.page(ben, room, limit=50)

    assert len(page.entries) == 50
    assert units.reads <= 2 + 6  # room and membership, and 50 entries of half a kilobyte
