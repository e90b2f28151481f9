"""What comes again every week or every two: at which instants, and which of them somebody means. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo


class Scope(StrEnum):
    """Which of a series are meant, seen from one of them."""

    ONE = "one"
    FOLLOWING = "following"
    ALL = "all"

    def holds(self, start: datetime, this: datetime) -> bool:
        """Whether the one that starts at `start` is meant, seen from the one that starts at `this`."""
        if self is Scope.ALL:
            return True
        return start >= this if self is Scope.FOLLOWING else start == this


@dataclass(frozen=True)
class Recurrence:
    """A weekly rule in the sense of RFC 5545 (INTERVAL, and COUNT or UNTIL).

    `every` is in weeks. Of `count` and `until` exactly one is said: how many there are with the first, or the last
    date (included) on which one may fall, in the zone of whoever asks.
    """

    every: int
    count: int | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if (self.count is None) == (self.until is None):
            raise ValueError("say how many, or until when")

    def starts(self, first: datetime, zone: ZoneInfo) -> Iterator[datetime]:
        """The instants, in UTC and in order, beginning with `first`: always the same time on the zone's wall clock.

        Where the clocks skip that time, it is the instant at which it would have been, as RFC 5545 (3.3.5) reads a
        single time; the rule for sets (3.3.10) would drop it, and nobody's week shall go missing unasked. Where it
        comes twice, it is the first of the two.
        """
        from dateutil.rrule import WEEKLY, rrule  # only who repeats something waits for it

        wall = first.astimezone(zone).replace(tzinfo=None)
        last = datetime.combine(self.until, time.max) if self.until else None
        for naive in rrule(WEEKLY, dtstart=wall, interval=self.every, count=self.count, until=last):
            yield first if naive == wall else on_the_wall(naive, zone)


def on_the_wall(naive: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a wall-clock time: the first of two; if it is skipped, when it would have been."""
    return naive.replace(tzinfo=zone, fold=0).astimezone(UTC)
