"""When a facilitator is on shift: written on the wall clock of the room's zone, worked out as instants."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shared.errors import Invalid

MINUTES_PER_DAY = 24 * 60
STEP = 5
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Shift:
    """Every week from this ISO weekday (Monday is 1) on, between two minutes of the wall clock.

    `start` is 0 to 1435 and `end` 5 to 1440, which is midnight. A shift whose end is before its start goes on past
    midnight, into the next day.
    """

    id: str
    facilitator_id: str
    weekday: int
    start: int
    end: int

    def check(self, field: str) -> None:
        """Raises Invalid, naming the part of `field`, for a weekday or a time that there is not."""
        if not 1 <= self.weekday <= 7:
            raise Invalid("Weekdays go from 1, Monday, to 7, Sunday.", field=f"{field}.weekday")
        if not 0 <= self.start < MINUTES_PER_DAY or self.start % STEP:
            raise Invalid("A time of day in steps of five minutes, please.", field=f"{field}.start")
        if not 0 < self.end <= MINUTES_PER_DAY or self.end % STEP:
            raise Invalid("A time of day in steps of five minutes, please.", field=f"{field}.end")
        if self.start == self.end:
            raise Invalid("The end has to differ from the start; a whole day ends at 24:00.", field=f"{field}.end")

    def falls_on(self, day: date) -> bool:
        """Whether one of its occurrences begins on this date."""
        return day.isoweekday() == self.weekday

    def on(self, day: date, zone: ZoneInfo) -> Span | None:
        """The occurrence that begins on this date, from and until (UTC); None if the clocks skip all of it.

        It begins when the wall clock first shows its start or later, and ends when it first shows its end or later.
        So an hour that spring skips shortens it, an hour that autumn repeats lengthens it, and of two shifts that
        meet on the wall clock the second begins at the very instant at which the first ends.
        """
        last_day = day if self.start < self.end else day + timedelta(days=1)
        start, end = first_shown(day, self.start, zone), first_shown(last_day, self.end, zone)
        return (start, end) if start < end else None


def first_shown(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) at which the wall clock of this zone shows this minute of the day, or a later one."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    shown = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if shown.astimezone(zone).replace(tzinfo=None) == wall:
        return shown
    # The clocks skip it. PEP 495: of a skipped time, fold 1 is read by the later offset and lies before the change.
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    offset = before.astimezone(zone).utcoffset()
    while shown - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(shown - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            shown = middle
    return shown
