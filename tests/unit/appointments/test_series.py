"""What fits into a series, and where the others go when one of it moves."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.appointments.availability import FARTHEST, LONGEST_HORIZON, MOST_REPEATS, Availability, Hours
from shared.appointments.cells import cells
from shared.appointments.model import Slot, series_ids
from shared.appointments.series import (
    Calendars,
    Standing,
    apart,
    at_weeks_of,
    moved_along,
    occasion,
    planned,
    week_around,
)
from shared.appointments.series_writing import MOST_ITEMS
from shared.errors import Invalid
from shared.recurrence import Recurrence
from tests.unit.appointments.appointment import appointment
from tests.unit.appointments.rules import instants, zones

DAY, HOUR, WEEK = timedelta(days=1), timedelta(hours=1), timedelta(days=7)
NINE = datetime(2027, 3, 3, 9, tzinfo=UTC)
OFFICE = Availability("UTC", tuple(Hours(day, 540, 1020) for day in range(1, 6)), notice=0, horizon=365)
NOTHING = Calendars({}, {})
UTC_ZONE = ZoneInfo("UTC")


def of_length(start: datetime, minutes: int = 50) -> Slot:
    return Slot(start, start + timedelta(minutes=minutes))


def test_the_longest_series_fits_into_a_transaction_and_is_over_before_calendars_end() -> None:
    own_item, days_of_both = 1, 2 * 2

    assert 1 + MOST_REPEATS * (own_item + days_of_both) <= MOST_ITEMS
    last = planned(Recurrence(2, MOST_REPEATS), NINE, replace(OFFICE, repeats=MOST_REPEATS), "body")[-1]
    assert last - NINE + timedelta(days=LONGEST_HORIZON) < timedelta(days=FARTHEST)


@given(st.data(), zones, st.sampled_from([1, 2]))
def test_the_weeks_of_a_series_never_share_a_day_in_any_zone(data: st.DataObject, zone: str, every: int) -> None:
    info = ZoneInfo(zone)
    first = data.draw(instants(zone)) - data.draw(st.integers(0, 5)) * WEEK
    starts = list(Recurrence(every, 6).starts(first, info))

    weeks = [week_around(start, info) for start in starts]

    assert all(one.end <= other.start for one, other in pairwise(weeks))
    assert all(week.start <= start < week.end for week, start in zip(weeks, starts, strict=True))
    assert at_weeks_of(starts, starts, info) == list(range(6))


@given(st.data(), zones, st.integers(-3, 3), st.integers(0, 8))
def test_what_moves_along_keeps_the_weeks_between_and_the_hour_of_the_one_that_moves(
    data: st.DataObject, zone: str, days_off: int, weeks_on: int
) -> None:
    info = ZoneInfo(zone)
    this = data.draw(instants(zone))
    to = this + timedelta(minutes=data.draw(st.integers(-5000, 5000)))
    on_time = [*Recurrence(1, weeks_on + 1).starts(this, info)][-1]
    one = on_time + (days_off * DAY if abs(days_off) < 3 else 0 * DAY)  # moved by itself before, or not

    along = moved_along(one, this, to, info)

    wanted = to.astimezone(info).replace(tzinfo=None) + weeks_on * WEEK
    reads = along.astimezone(info).replace(tzinfo=None)
    assert reads == wanted or (reads > wanted and reads - wanted <= 3 * HOUR)


def test_a_rule_of_more_or_fewer_than_can_be_is_refused_by_the_field_that_was_said() -> None:
    four = replace(OFFICE, repeats=4)

    assert len(planned(Recurrence(1, 4), NINE, four, "body")) == 4
    for rule, field in [
        (Recurrence(1, 5), "body.count"),
        (Recurrence(1, until=date(2999, 1, 1)), "body.until"),
        (Recurrence(1, until=date(2027, 3, 9)), "body.until"),
    ]:
        with pytest.raises(Invalid) as refused:
            planned(rule, NINE, four, "body")
        assert refused.value.field == field


def test_a_time_is_free_taken_or_when_the_client_has_something_else() -> None:
    mine = Calendars({}, dict(cells(NINE, NINE + HOUR)))
    theirs = Calendars(dict(cells(NINE - HOUR, NINE + HOUR / 4)), {})

    found = [occasion(OFFICE, NINE, calendars, NINE - DAY) for calendars in (NOTHING, theirs, mine)]

    assert [one.standing for one in found] == [Standing.FREE, Standing.TAKEN, Standing.YOURS]
    assert [slot.start for slot in found[1].others] == [NINE + hours * HOUR for hours in (1, 2, 3)]


def test_other_times_are_of_the_same_week_and_by_time() -> None:
    saturday = NINE + 3 * DAY

    closed = occasion(OFFICE, saturday, NOTHING, NINE - DAY)
    last_day = occasion(replace(OFFICE, weekly=(Hours(2, 540, 600),)), saturday, NOTHING, NINE - DAY)

    assert closed.standing is Standing.TAKEN
    assert [slot.start.isoweekday() for slot in closed.others] == [5, 5, 5]
    assert [slot.start for slot in last_day.others] == [saturday + 3 * DAY]


def test_calendars_without_what_is_given_up_and_with_what_is_taken() -> None:
    held = appointment(start=NINE)
    full = Calendars(dict(cells(held.start, held.occupied_until)), dict(cells(held.start, held.end)))

    assert full.in_the_way_of(held)
    assert not full.without([held]).in_the_way_of(held)
    assert NOTHING.also(of_length(NINE), 10).in_the_way_of(held)
    assert not NOTHING.also(of_length(NINE - HOUR), 10).in_the_way_of(held)
    assert NOTHING.also(of_length(NINE - HOUR), 15).in_the_way_of(held)


def test_a_start_stands_for_one_week_and_each_week_for_one_start() -> None:
    plan = [NINE + n * WEEK for n in range(3)]

    assert at_weeks_of([NINE - 3 * DAY, NINE + WEEK + 3 * DAY], plan, UTC_ZONE) == [0, 1]
    for starts in ([NINE - 4 * DAY], [NINE, NINE + HOUR], [NINE, NINE + 5 * WEEK]):
        with pytest.raises(Invalid) as refused:
            at_weeks_of(starts, plan, UTC_ZONE)
        assert refused.value.field == f"body.starts.{len(starts) - 1}"


def test_times_that_reach_into_each_other_are_refused_and_the_later_is_named() -> None:
    apart([of_length(NINE), of_length(NINE + HOUR)], 10, "body.starts")
    with pytest.raises(Invalid) as refused:
        apart([of_length(NINE + HOUR), of_length(NINE)], 15, "body.starts")
    assert refused.value.field == "body.starts.0"


def test_a_horizon_reaches_as_far_as_it_must_and_never_less_far() -> None:
    now = NINE - DAY

    reached = OFFICE.reaching(NINE + 400 * DAY, now)

    assert now + timedelta(days=reached.horizon) > NINE + 400 * DAY
    assert OFFICE.reaching(NINE, now).horizon == 365
    assert OFFICE.reaching(NINE + 5000 * DAY, now).horizon == FARTHEST


def test_the_ids_of_a_series_are_each_another_and_only_its_own() -> None:
    ids = [*series_ids("a" * 32, 19), *series_ids("b" * 32, 19)]

    assert len(set(ids)) == 38
    assert series_ids("a" * 32, 3) == ids[:3]
