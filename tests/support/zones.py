"""Where on Earth the clocks change, and when: read from the time zone data itself, for tests to stand on the edges."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

ALL_ZONES = sorted(available_timezones())
_FROM = datetime(2026, 11, 1, tzinfo=UTC)
_UNTIL = datetime(2029, 1, 1, tzinfo=UTC)
_WEEK = timedelta(days=7)  # shorter than any stretch of summer or Ramadan time


@cache
def changes(zone: str) -> tuple[datetime, ...]:
    """The instants, to the minute, at which this zone's offset changes in the years that bookings are made for."""
    info = ZoneInfo(zone)
    found = []
    at = _FROM
    while at < _UNTIL:
        if at.astimezone(info).utcoffset() != (at + _WEEK).astimezone(info).utcoffset():
            found.append(_first_after(at, at + _WEEK, info))
        at += _WEEK
    return tuple(found)


@cache
def changing_zones() -> tuple[str, ...]:
    """The zones whose clocks change at all in those years."""
    return tuple(zone for zone in ALL_ZONES if changes(zone))


def _first_after(before: datetime, after: datetime, info: ZoneInfo) -> datetime:
    old = before.astimezone(info).utcoffset()
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) // 2
        middle = middle.replace(second=0, microsecond=0) if middle.second or middle.microsecond else middle
        if middle <= before:
            break
        before, after = (middle, after) if middle.astimezone(info).utcoffset() == old else (before, middle)
    return after
