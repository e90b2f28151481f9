"""Weekly hours and exceptions."""

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.appointments.availability import Availability, DayException, Hours
from shared.errors import Invalid
from tests.unit.appointments.oracle import open_minutes
from tests.unit.appointments.rules import availabilities

MONDAY = date(2027, 3, 1)


@given(st.data())
def test_open_stretches_hold_the_open_minutes_in_order_and_apart(data: st.DataObject) -> None:
    rules = data.draw(availabilities("UTC", MONDAY))

    ranges = rules.open_on(MONDAY)

    assert {minute for start, end in ranges for minute in range(start, end)} == open_minutes(rules, MONDAY)
    assert all(start < end for start, end in ranges)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(ranges))


def test_hours_that_touch_are_one_stretch() -> None:
    rules = Availability("UTC", (Hours(1, 720, 780), Hours(1, 540, 720)))

    assert rules.open_on(MONDAY) == [(540, 780)]


def test_what_an_exception_closes_is_closed_even_where_another_opens() -> None:
    closed, opened = DayException(MONDAY, open=False, start=600, end=660), DayException(MONDAY, open=True)

    for exceptions in ((closed, opened), (opened, closed)):
        assert Availability("UTC", exceptions=exceptions).open_on(MONDAY) == [(0, 600), (660, 1440)]


def test_an_exception_is_for_its_date_alone() -> None:
    rules = Availability("UTC", (Hours(1, 540, 600),), (DayException(MONDAY, open=False),))

    assert rules.open_on(MONDAY) == []
    assert rules.open_on(date(2027, 3, 8)) == [(540, 600)]


@pytest.mark.parametrize(("start", "end"), [(600, 600), (600, 540), (-1, 60), (1380, 1441)])
def test_times_that_make_no_stretch_of_a_day_are_refused_by_name(start: int, end: int) -> None:
    fine = Hours(1, 540, 600)
    with pytest.raises(Invalid) as weekly:
        Availability("UTC", (fine, Hours(2, start, end))).check()
    with pytest.raises(Invalid) as exceptions:
        Availability("UTC", (fine,), (DayException(MONDAY, open=True, start=start, end=end),)).check()

    assert weekly.value.field == "body.weekly.1.end"
    assert exceptions.value.field == "body.exceptions.0.end"


@pytest.mark.parametrize("other", [(540, 600), (495, 555), (585, 705), (555, 570), (495, 705)])
def test_hours_of_one_day_that_overlap_are_refused_by_name(other: tuple[int, int]) -> None:
    rules = Availability("UTC", (Hours(1, 540, 600), Hours(2, *other), Hours(1, *other)))

    with pytest.raises(Invalid) as refused:
        rules.check()

    assert refused.value.field == "body.weekly.2"


def test_the_same_hours_on_another_day_and_hours_that_touch_are_fine() -> None:
    Availability("UTC", (Hours(1, 540, 600), Hours(2, 540, 600), Hours(1, 600, 705), Hours(1, 0, 540))).check()
    replace(Availability("UTC"), exceptions=(DayException(MONDAY, open=False), DayException(MONDAY, open=True))).check()
