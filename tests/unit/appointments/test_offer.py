"""How long a time is held for somebody."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.appointments.offer import HELD_FOR, LEAST, open_until
from tests.support.zones import changes, changing_zones

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NIGHT = (22 * 60, 8 * 60)


@pytest.mark.parametrize(
    ("start", "notice", "held_for"),
    [
        (NOON + 3 * DAY, 24, 2 * HOUR),
        (NOON + 25 * HOUR, 24, HOUR),
        (NOON + 24 * HOUR + 20 * MINUTE, 24, 20 * MINUTE),
        (NOON + 24 * HOUR + 19 * MINUTE, 24, None),
        (NOON + HOUR, 0, HOUR),
        (NOON + 24 * HOUR, 24, None),
        (NOON - HOUR, 0, None),
    ],
)
def test_a_time_is_held_for_two_hours_and_never_past_the_notice(
    start: datetime, notice: int, held_for: timedelta | None
) -> None:
    until = open_until(NOON, start, notice, None, "UTC")

    assert until == (NOON + held_for if held_for else None)


@pytest.mark.parametrize(
    ("hour", "quiet", "until"),
    [
        (12, NIGHT, 14),
        (20, NIGHT, 22),
        (21, NIGHT, 24 + 9),
        (22, NIGHT, 24 + 10),
        (23, NIGHT, 24 + 10),
        (24 + 3, NIGHT, 24 + 10),
        (24 + 8, NIGHT, 24 + 10),
        (12, (13 * 60, 14 * 60), 15),
        (13, (13 * 60, 14 * 60), 16),
        (12, (9 * 60, 9 * 60), 14),
    ],
)
def test_quiet_hours_do_not_count(hour: int, quiet: tuple[int, int], until: int) -> None:
    midnight = NOON - 12 * HOUR

    assert open_until(midnight + hour * HOUR, NOON + 9 * DAY, 24, quiet, "UTC") == midnight + until * HOUR


def test_quiet_hours_are_those_of_the_client() -> None:
    # Noon in London is 21:00 in Tokyo.
    assert open_until(NOON, NOON + 9 * DAY, 24, NIGHT, "Asia/Tokyo") == NOON + 12 * HOUR


def test_a_time_that_would_run_out_while_they_sleep_is_not_offered() -> None:
    eleven = NOON + 11 * HOUR
    assert open_until(eleven, eleven + 9 * HOUR + LEAST, 0, NIGHT, "UTC") == eleven + 9 * HOUR + LEAST
    assert open_until(eleven, eleven + 9 * HOUR + LEAST - MINUTE, 0, NIGHT, "UTC") is None


@st.composite
def near_changes(draw: st.DrawFn) -> tuple[datetime, str]:
    """A minute near a change of some zone's clocks."""
    zone = draw(st.sampled_from(changing_zones()))
    return draw(st.sampled_from(changes(zone))) + draw(st.integers(-1800, 1800)) * MINUTE, zone


@given(near_changes(), st.tuples(st.integers(0, 1439), st.integers(0, 1439)), st.integers(0, 48 * 60))
def test_whatever_the_clocks_do_two_hours_awake_or_the_notice_end_it(
    at: tuple[datetime, str], quiet: tuple[int, int], minutes: int
) -> None:
    now, zone = at
    latest = now + minutes * MINUTE
    until = open_until(now, latest, 0, quiet, zone)
    assume(until is not None)
    assert until is not None

    assert now + LEAST <= until <= latest
    # Where a clock goes back over the edge of quiet hours an hour of the day comes twice, and only the first counts.
    slack = HOUR
    awake = _awake(now, until, quiet, zone)
    assert awake <= HELD_FOR + slack
    assert awake >= HELD_FOR - slack or _awake(until, latest, quiet, zone) <= slack


def _awake(first: datetime, last: datetime, quiet: tuple[int, int], zone: str) -> timedelta:
    """How much of a stretch is not quiet, minute by minute."""
    return sum(_loud(first + n * MINUTE, quiet, zone) for n in range(int((last - first) / MINUTE))) * MINUTE


def _loud(instant: datetime, quiet: tuple[int, int], zone: str) -> bool:
    local = instant.astimezone(ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    first, last = quiet
    return not (first <= minute < last if first <= last else minute >= first or minute < last)
