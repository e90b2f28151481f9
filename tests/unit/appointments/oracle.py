"""What is on offer, worked out the slow way: somebody watches the counselor's wall clock minute by minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from shared.appointments.availability import Availability

MINUTE = timedelta(minutes=1)
_LOOKED_BACK = timedelta(hours=12)  # no clock is put back by more

Wall = tuple[date, int]


def open_minutes(rules: Availability, day: date) -> set[int]:
    """Every open minute of a date."""
    opened = {
        minute
        for minute in range(24 * 60)
        if any(hours.weekday == day.isoweekday() and hours.start <= minute < hours.end for hours in rules.weekly)
        or any(e.on == day and e.open and e.start <= minute < e.end for e in rules.exceptions)
    }
    closed = {
        minute
        for minute in opened
        if any(e.on == day and not e.open and e.start <= minute < e.end for e in rules.exceptions)
    }
    return opened - closed


def stretches(rules: Availability, day: date) -> dict[int, tuple[int, int]]:
    """For every open minute of a date, when the counselor came and when they go."""
    minutes = open_minutes(rules, day)
    came: dict[int, int] = {}
    for minute in range(24 * 60):
        if minute in minutes:
            came[minute] = came.get(minute - 1, minute)
    goes: dict[int, int] = {}
    for minute in reversed(range(24 * 60)):
        if minute in minutes:
            goes[minute] = goes.get(minute + 1, minute + 1)
    return {minute: (came[minute], goes[minute]) for minute in minutes}


def watched(zone: str, start: datetime, end: datetime) -> list[tuple[datetime, Wall]]:
    """Each minute from `start` to `end`, and what the wall clock shows then."""
    info = ZoneInfo(zone)
    seen = []
    at = start.astimezone(UTC)
    while at < end:
        local = at.astimezone(info)
        seen.append((at, (local.date(), local.hour * 60 + local.minute)))
        at += MINUTE
    return seen


def offered(rules: Availability, first: datetime, last: datetime, now: datetime) -> list[datetime]:
    """The starts on offer in [first, last)."""
    overtime = timedelta(minutes=rules.length)  # for those that begin just before `last`
    minutes = watched(rules.zone, first - _LOOKED_BACK, last + overtime)
    step = rules.length + rules.buffer
    while step % 15:
        step += 1
    days: dict[date, dict[int, tuple[int, int]]] = {}
    shown: set[Wall] = set()
    starts = []
    for index, (at, wall) in enumerate(minutes):
        first_time = wall not in shown
        shown.add(wall)
        day, minute = wall
        if day not in days:
            days[day] = stretches(rules, day)
        if not (first_time and minute in days[day] and first <= at < last and _in_time(rules, at, now)):
            continue
        opens, closes = days[day][minute]
        taking = [other for _, other in minutes[index : index + rules.length]]
        written = minute + rules.length <= closes
        kept = all(on == day and at_minute < closes for on, at_minute in taking)
        if (minute - opens) % step == 0 and written and kept:
            starts.append(at)
    return starts


def _in_time(rules: Availability, at: datetime, now: datetime) -> bool:
    return at >= now + timedelta(hours=rules.notice) and at < now + timedelta(days=rules.horizon)
