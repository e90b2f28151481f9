"""When a counselor is there: weekly hours and exceptions, on the wall clock of their own zone."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from shared.errors import Invalid

MINUTES_PER_DAY = 24 * 60
QUARTER = 15
MOST_REPEATS = 19
"""The longest series. Each appointment in it changes its own item and, at most, two days of both people's calendars;
with the remembered answer that is 96 of the 100 items that DynamoDB lets one transaction change."""
LONGEST_HORIZON = 365
FARTHEST = LONGEST_HORIZON + (MOST_REPEATS - 1) * 14 + 7
"""No appointment is ever more days ahead than this: the last of the longest series that begins at the horizon."""
Range = tuple[int, int]


@dataclass(frozen=True)
class Hours:
    """Open every week on this ISO weekday (Monday is 1), between two minutes of the day (0 to 1440)."""

    weekday: int
    start: int
    end: int


@dataclass(frozen=True)
class DayException:
    """On this date, open or closed between two minutes of the day; closed from 0 to 1440 is a day off."""

    on: date
    open: bool
    start: int = 0
    end: int = MINUTES_PER_DAY


@dataclass(frozen=True)
class Availability:
    """A counselor's rules. `length` and `buffer` are minutes, `notice` and `change_notice` hours, `horizon` days.

    `repeats` is how many appointments a client may book in a row; 1 means no series.
    """

    zone: str
    weekly: tuple[Hours, ...] = ()
    exceptions: tuple[DayException, ...] = ()
    length: int = 50
    buffer: int = 10
    notice: int = 24
    horizon: int = 60
    change_notice: int = 24
    repeats: int = 12
    version: int = 0

    def open_on(self, day: date) -> list[Range]:
        """The open stretches of a date, in minutes of its wall clock, in order and apart.

        What an exception closes is closed, also within hours that another exception opens.
        """
        ranges = [(hours.start, hours.end) for hours in self.weekly if hours.weekday == day.isoweekday()]
        of_day = [exception for exception in self.exceptions if exception.on == day]
        ranges += [(exception.start, exception.end) for exception in of_day if exception.open]
        ranges = _merged(ranges)
        for exception in of_day:
            if not exception.open:
                ranges = _without(ranges, (exception.start, exception.end))
        return ranges

    def reaching(self, instant: datetime, now: datetime) -> "Availability":
        """The same rules, with a horizon that lies behind this instant: for what goes on from something agreed on."""
        days = (instant - now) // timedelta(days=1) + 1
        return replace(self, horizon=max(self.horizon, min(days, FARTHEST)))

    def check(self) -> None:
        """Raises Invalid, naming the field, for hours that overlap, end before they start, or cut a quarter hour.

        Calendars are kept in quarters: from 09:10 on each appointment would take the start of the next one as well.
        """
        for number, hours in enumerate(self.weekly):
            _check_range((hours.start, hours.end), f"body.weekly.{number}")
            for other in self.weekly[:number]:
                if other.weekday == hours.weekday and hours.start < other.end and other.start < hours.end:
                    raise Invalid("These hours overlap with others of the same day.", field=f"body.weekly.{number}")
        for number, exception in enumerate(self.exceptions):
            _check_range((exception.start, exception.end), f"body.exceptions.{number}")


def _check_range(minutes: Range, field: str) -> None:
    if not 0 <= minutes[0] < minutes[1] <= MINUTES_PER_DAY:
        raise Invalid("The end has to be after the start, on the same day.", field=f"{field}.end")
    for minute, name in zip(minutes, ("start", "end"), strict=True):
        if minute % QUARTER:
            raise Invalid("Whole quarters of an hour, please, such as 09:15.", field=f"{field}.{name}")


def _merged(ranges: list[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _without(ranges: list[Range], closed: Range) -> list[Range]:
    left = []
    for start, end in ranges:
        left += [(start, min(end, closed[0])), (max(start, closed[1]), end)]
    return [(start, end) for start, end in left if start < end]
