"""When a counselor is busy elsewhere: quarters of an hour, by UTC day. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.appointments.cells import cells
from shared.appointments.slots import Taken

COUNTS_FOR = timedelta(days=1)
WINDOW = timedelta(days=367)
"""How far calendars are read: as far as a single appointment can be booked, and the day that a time zone may add on
either side. What a series reaches beyond it is not held against them."""


@dataclass(frozen=True)
class BusyTimes:
    """What a calendar said when it was last read. A day later it is too old to keep clients from booking."""

    read_at: datetime
    days: Taken

    def at(self, now: datetime) -> Taken:
        """What counts now."""
        return self.days if now < self.read_at + COUNTS_FOR else {}


def merged(*several: Taken) -> dict[date, frozenset[int]]:
    """Taken where any of them is."""
    days: dict[date, frozenset[int]] = {}
    for taken in several:
        for day, numbers in taken.items():
            days[day] = days.get(day, frozenset()) | numbers
    return days


def without(taken: Taken, start: datetime, end: datetime) -> dict[date, frozenset[int]]:
    """The same, but for this stretch of time."""
    own: Mapping[date, frozenset[int]] = cells(start, end)
    return {day: numbers - own.get(day, frozenset()) for day, numbers in taken.items()}
