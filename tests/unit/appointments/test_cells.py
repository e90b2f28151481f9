"""Quarters of an hour of a UTC day: the grain in which time is taken."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from shared.appointments.cells import CELL, PER_DAY, cells

EPOCH = datetime(2026, 12, 25, tzinfo=UTC)
moments = st.integers(0, 20 * 24 * 60).map(lambda minute: EPOCH + timedelta(minutes=minute))
lengths = st.integers(1, 3 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


def minutes_of(taken: dict[date, frozenset[int]]) -> set[int]:
    """The minutes since EPOCH that these cells cover."""
    return {
        (day - EPOCH.date()).days * 1440 + cell * 15 + minute
        for day, numbers in taken.items()
        for cell in numbers
        for minute in range(15)
    }


@given(moments, lengths)
def test_a_stretch_takes_the_quarters_it_touches_and_no_others(start: datetime, length: timedelta) -> None:
    first = (start - EPOCH) // timedelta(minutes=1)
    touched = {minute // 15 for minute in range(first, first + length // timedelta(minutes=1))}

    assert minutes_of(cells(start, start + length)) == {quarter * 15 + n for quarter in touched for n in range(15)}


@given(moments, st.integers(1, 300))
def test_whole_quarters_round_trip(start: datetime, count: int) -> None:
    first = start.replace(minute=start.minute // 15 * 15)
    taken = cells(first, first + count * CELL)

    begins = min(
        datetime.combine(day, datetime.min.time(), UTC) + cell * CELL for day, ns in taken.items() for cell in ns
    )
    assert begins == first
    assert sum(len(numbers) for numbers in taken.values()) == count
    assert all(0 <= cell < PER_DAY for numbers in taken.values() for cell in numbers)


@given(moments, lengths)
def test_cells_do_not_depend_on_the_zone_in_which_an_instant_is_written(start: datetime, length: timedelta) -> None:
    there = ZoneInfo("Asia/Kathmandu")

    assert cells(start.astimezone(there), (start + length).astimezone(there)) == cells(start, start + length)


@given(moments, lengths, lengths)
def test_stretches_that_follow_each_other_share_a_cell_only_inside_a_quarter(
    start: datetime, one: timedelta, other: timedelta
) -> None:
    middle = start + one
    shared = minutes_of(cells(start, middle)) & minutes_of(cells(middle, middle + other))

    assert bool(shared) == bool(middle.minute % 15)


def test_nothing_takes_no_cell() -> None:
    assert cells(EPOCH, EPOCH) == {}
