"""Bookable times, worked out from a counselor's rules and what is taken."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from shared.appointments.availability import Availability
from shared.appointments.cells import cells
from shared.appointments.model import Slot

Taken = Mapping[date, frozenset[int]]
STEP = 15
_MINUTE = timedelta(minutes=1)


class PartOfDay(StrEnum):
    """A stretch of the client's own day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"

    def holds(self, instant: datetime, zone: ZoneInfo) -> bool:
        """Whether the instant falls into it: from 6, 12, 17 and 22 o'clock on that zone's wall clock."""
        hour = instant.astimezone(zone).hour
        first, last = {"morning": (6, 12), "afternoon": (12, 17), "evening": (17, 22), "night": (22, 30)}[self]
        return first <= hour < last or first <= hour + 24 < last


def offered(rules: Availability, first: datetime, last: datetime, now: datetime) -> Iterator[Slot]:
    """The times that start in [first, last) by the counselor's rules alone, in order.

    Starts follow each other by length and buffer, rounded up to a quarter of an hour, from the start of each open
    stretch: days fill without gaps too small to use. Notice and horizon are kept. On the wall clock of the
    counselor's zone, a time skipped in spring is not offered, nor one that the skipped hour would push past closing;
    and one that comes twice in autumn is offered the first time only.
    """
    zone = ZoneInfo(rules.zone)
    step = -(-(rules.length + rules.buffer) // STEP) * STEP
    earliest = max(first, now + timedelta(hours=rules.notice))
    latest = min(last, now + timedelta(days=rules.horizon))
    if earliest >= latest:
        return
    day = earliest.astimezone(zone).date()
    while day <= latest.astimezone(zone).date():
        for opens, closes in rules.open_on(day):
            for minute in range(opens, closes - rules.length + 1, step):
                start = wall_clock(day, minute, zone)
                if start and earliest <= start < latest:
                    end = start + timedelta(minutes=rules.length)
                    if _reading(end - _MINUTE, zone) < _on_the_wall(day, closes):
                        yield Slot(start, end)
        day += timedelta(days=1)


def free(rules: Availability, slots: Iterator[Slot], counselor: Taken, client: Taken | None = None) -> Iterator[Slot]:
    """Those of the slots in which neither the counselor (buffer included) nor the client is taken."""
    buffer = timedelta(minutes=rules.buffer)
    for slot in slots:
        if _open(cells(slot.start, slot.end + buffer), counselor) and _open(cells(slot.start, slot.end), client or {}):
            yield slot


def wall_clock(day: date, minute: int, zone: ZoneInfo) -> datetime | None:
    """The instant at which this minute of the day comes in this zone (the first of two); None if it is skipped."""
    naive = _on_the_wall(day, minute)
    instant = naive.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return instant if _reading(instant, zone) == naive else None


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which this date begins in this zone, also where the clocks change at midnight."""
    return datetime.combine(day, datetime.min.time(), zone).astimezone(UTC)


def _on_the_wall(day: date, minute: int) -> datetime:
    return datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)


def _reading(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def _open(wanted: Mapping[date, frozenset[int]], taken: Taken) -> bool:
    return not any(numbers & taken.get(day, frozenset()) for day, numbers in wanted.items())
