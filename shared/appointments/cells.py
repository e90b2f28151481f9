"""Time in cells: quarters of an hour of a UTC day, so that "is it free?" is a condition on one item per day."""

from datetime import UTC, date, datetime, timedelta

CELL = timedelta(minutes=15)
PER_DAY = 96


def cells(start: datetime, end: datetime) -> dict[date, frozenset[int]]:
    """The cells that [start, end) touches, by UTC day; each is a number from 0 to 95."""
    by_day: dict[date, set[int]] = {}
    at = _floor(start.astimezone(UTC))
    while at < end:
        by_day.setdefault(at.date(), set()).add((at.hour * 60 + at.minute) // 15)
        at += CELL
    return {day: frozenset(numbers) for day, numbers in by_day.items()}


def _floor(instant: datetime) -> datetime:
    return instant.replace(minute=instant.minute // 15 * 15, second=0, microsecond=0)
