"""Hours are kept in the quarters that calendars are made of."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.appointments.availability import Availability, DayException, Hours
from shared.errors import Invalid

DAY = date(2027, 3, 3)
minutes = st.integers(0, 24 * 60)


def complaint(rules: Availability) -> str | None:
    try:
        rules.check()
    except Invalid as refused:
        return refused.field
    return None


@given(st.integers(0, 95), st.integers(1, 96))
def test_whole_quarters_are_kept(first: int, last: int) -> None:
    first, last = sorted((first, last))
    if first == last:
        return
    hours, closed = Hours(1, first * 15, last * 15), DayException(DAY, False, first * 15, last * 15)

    assert complaint(Availability("UTC", (hours,), (closed,))) is None


@given(minutes.filter(lambda minute: minute % 15), st.integers(1, 4))
def test_odd_minutes_are_refused_at_either_end_of_hours_and_exceptions(odd: int, quarters: int) -> None:
    before, after = odd // 15 * 15, min((odd // 15 + quarters) * 15, 24 * 60)

    assert complaint(Availability("UTC", (Hours(1, odd, after),))) == "body.weekly.0.start"
    assert complaint(Availability("UTC", (Hours(1, before, odd),))) == "body.weekly.0.end"
    assert complaint(Availability("UTC", (), (DayException(DAY, True, odd, after),))) == "body.exceptions.0.start"
    assert complaint(Availability("UTC", (), (DayException(DAY, False, before, odd),))) == "body.exceptions.0.end"


@pytest.mark.parametrize(("start", "end"), [(600, 600), (660, 600), (0, 1455), (-15, 60)])
def test_the_end_comes_after_the_start_on_the_same_day(start: int, end: int) -> None:
    assert complaint(Availability("UTC", (Hours(1, start, end),))) == "body.weekly.0.end"
