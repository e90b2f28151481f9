"""What comes every week, in every zone on Earth and on the nights when the clocks change."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.recurrence import Recurrence, Scope
from tests.unit.appointments.rules import instants, zones

WEEK = timedelta(days=7)
NEW_YORK, LISBON = ZoneInfo("America/New_York"), ZoneInfo("Europe/Lisbon")


def walls(rule: Recurrence, first: datetime, zone: ZoneInfo) -> list[str]:
    """The starts as somebody there reads them."""
    return [start.astimezone(zone).strftime("%m-%d %H:%M %Z") for start in rule.starts(first, zone)]


@given(st.data(), zones, st.sampled_from([1, 2]))
def test_in_every_zone_it_is_the_same_time_on_the_wall_unless_the_clocks_skip_it(
    data: st.DataObject, zone: str, every: int
) -> None:
    info = ZoneInfo(zone)
    first = data.draw(instants(zone)) - data.draw(st.integers(0, 9)) * WEEK
    wall = first.astimezone(info).replace(tzinfo=None)

    starts = list(Recurrence(every, count=12).starts(first, info))

    assert starts[0] == first
    assert len(starts) == 12
    assert all(one < other for one, other in pairwise(starts))
    for number, start in enumerate(starts[1:], 1):
        wanted = wall + number * every * WEEK
        reads = start.astimezone(info).replace(tzinfo=None)
        # Watching the clock, which nowhere changes by less than half an hour: when it first reads the time wanted.
        around = [start + timedelta(minutes=n) for n in range(-180, 181, 30)]
        there = [at for at in around if at.astimezone(info).replace(tzinfo=None) == wanted]
        if there:
            assert start == there[0]
        else:
            assert reads > wanted


def test_it_stays_at_ten_when_the_clocks_change_and_the_instant_moves() -> None:
    first = datetime(2027, 3, 2, 15, tzinfo=UTC)

    starts = list(Recurrence(1, count=3).starts(first, NEW_YORK))

    assert walls(Recurrence(1, count=3), first, NEW_YORK) == ["03-02 10:00 EST", "03-09 10:00 EST", "03-16 10:00 EDT"]
    assert starts[2] - starts[1] == WEEK - timedelta(hours=1)


def test_a_time_the_clocks_skip_is_kept_as_the_instant_it_would_have_been() -> None:
    first = datetime(2027, 3, 7, 7, 30, tzinfo=UTC)  # 2:30 in New York

    assert walls(Recurrence(1, count=3), first, NEW_YORK) == ["03-07 02:30 EST", "03-14 03:30 EDT", "03-21 02:30 EDT"]


def test_a_time_that_comes_twice_is_the_first_of_the_two() -> None:
    first = datetime(2027, 10, 31, 5, 30, tzinfo=UTC)  # 1:30 in New York

    assert walls(Recurrence(1, count=2), first, NEW_YORK) == ["10-31 01:30 EDT", "11-07 01:30 EDT"]


def test_a_first_time_that_is_the_second_of_two_stays_what_it_is() -> None:
    first = datetime(2027, 11, 7, 6, 30, tzinfo=UTC)

    assert walls(Recurrence(1, count=2), first, NEW_YORK) == ["11-07 01:30 EST", "11-14 01:30 EST"]


@pytest.mark.parametrize(
    ("until", "days"),
    [
        (date(2027, 3, 3), ["03-03"]),
        (date(2027, 3, 16), ["03-03", "03-10"]),
        (date(2027, 3, 17), ["03-03", "03-10", "03-17"]),  # the last date counts, whatever the hour
        (date(2027, 3, 2), []),
    ],
)
def test_until_is_the_last_date_on_which_one_may_fall(until: date, days: list[str]) -> None:
    first = datetime(2027, 3, 3, 23, 45, tzinfo=UTC)

    assert [wall[:5] for wall in walls(Recurrence(1, until=until), first, LISBON)] == days


def test_every_two_weeks_skips_one_and_no_more_are_made_than_are_taken() -> None:
    first = datetime(2027, 3, 3, 9, tzinfo=UTC)
    endless = Recurrence(2, until=date(2999, 12, 31)).starts(first, LISBON)

    assert [start - first for start in islice(endless, 3)] == [0 * WEEK, 2 * WEEK, timedelta(days=28, hours=-1)]


def test_a_rule_says_how_many_or_until_when_and_not_both() -> None:
    for said in ({}, {"count": 2, "until": date(2027, 3, 3)}):
        with pytest.raises(ValueError, match="how many"):
            Recurrence(1, **said)


def test_a_scope_holds_this_one_those_after_it_or_all() -> None:
    at = datetime(2027, 3, 3, 9, tzinfo=UTC)
    starts = [at - WEEK, at, at + WEEK]

    held = {scope: [scope.holds(start, at) for start in starts] for scope in Scope}

    assert held == {
        Scope.ONE: [False, True, False],
        Scope.FOLLOWING: [False, True, True],
        Scope.ALL: [True, True, True],
    }
