"""When reminders are due: in every zone, whatever the clocks do, and never in quiet hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.people.model import Kind
from shared.reminders.preferences import Preferences, Quiet
from shared.reminders.timing import after_quiet, before_quiet, reminders_due

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
instants = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + minutes * MINUTE)
zones = st.sampled_from(ZONES).map(ZoneInfo)
quiets = st.tuples(st.integers(0, 1439), st.integers(0, 1439)).filter(lambda q: q[0] != q[1]).map(lambda q: Quiet(*q))


def wants(*before: int, quiet: Quiet | None = None, changed_at: datetime | None = None) -> Preferences:
    return Preferences("a" * 32, before, quiet=quiet, changed_at=changed_at)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_client_who_decided_nothing_is_reminded_a_day_and_a_quarter_of_an_hour_before() -> None:
    start = utc("2026-12-01T18:00")
    due = reminders_due(start, LONG_AGO, Preferences.usual("a" * 32, Kind.CLIENT), ZoneInfo("UTC"))
    assert due == {1440: start - DAY, 15: start - 15 * MINUTE}


@given(start=instants, zone=zones, before=st.sets(st.integers(5, 10080), max_size=4), quiet=st.none() | quiets)
def test_no_reminder_falls_into_quiet_hours_and_none_comes_later_than_asked(
    start: datetime, zone: ZoneInfo, before: set[int], quiet: Quiet | None
) -> None:
    due = reminders_due(start, LONG_AGO, wants(*before, quiet=quiet), zone)
    for minutes, at in due.items():
        asked = start - timedelta(minutes=minutes)
        assert asked - DAY - HOUR <= at <= asked
        if quiet and quiet.holds(asked, zone):
            # It comes as they begin: the minute before is not quiet any more.
            assert not quiet.holds(at - MINUTE, zone)
        else:
            assert at == asked
    assert sorted(due.values()) == list(due.values())
    assert len(set(due.values())) == len(due)


@given(at=instants, zone=zones, quiet=quiets)
def test_what_waits_for_the_end_of_quiet_hours_comes_in_the_first_minute_after_them(
    at: datetime, zone: ZoneInfo, quiet: Quiet
) -> None:
    end = after_quiet(at, quiet, zone)
    assert not quiet.holds(end, zone)
    assert end == at or quiet.holds(end - MINUTE, zone)


@pytest.mark.parametrize(
    ("zone", "due", "comes"),
    [
        ("Europe/London", "2026-12-01T02:00", "2026-11-30T22:00"),
        ("America/New_York", "2026-12-01T06:59", "2026-12-01T03:00"),
        ("Asia/Kolkata", "2026-12-01T01:29", "2026-11-30T16:30"),
        ("Europe/London", "2026-12-01T07:00", "2026-12-01T07:00"),
        # Clocks went forward at 01:00 UTC: ten in the evening before was still winter time.
        ("Europe/Lisbon", "2027-03-28T04:00", "2027-03-27T22:00"),
        # Clocks went back at 01:00 UTC: ten in the evening before was still summer time.
        ("Europe/Lisbon", "2026-10-25T04:00", "2026-10-24T21:00"),
    ],
)
def test_from_ten_to_seven_it_comes_at_ten_on_the_persons_own_clock(zone: str, due: str, comes: str) -> None:
    assert before_quiet(utc(due), Quiet(22 * 60, 7 * 60), ZoneInfo(zone)) == utc(comes)


def test_of_two_that_quiet_hours_bring_together_the_nearest_is_left() -> None:
    start = utc("2026-12-01T07:30")
    due = reminders_due(start, LONG_AGO, wants(120, 60, 15, quiet=Quiet(22 * 60, 7 * 60)), ZoneInfo("UTC"))
    assert due == {60: utc("2026-11-30T22:00"), 15: utc("2026-12-01T07:15")}


def test_what_was_over_when_it_was_agreed_or_asked_for_is_not_made_up_for() -> None:
    start = utc("2026-12-01T18:00")
    agreed = start - 10 * HOUR
    assert reminders_due(start, agreed, wants(1440, 15), ZoneInfo("UTC")) == {15: start - 15 * MINUTE}
    late = wants(1440, 60, 15, changed_at=start - 30 * MINUTE)
    assert reminders_due(start, LONG_AGO, late, ZoneInfo("UTC")) == {15: start - 15 * MINUTE}
