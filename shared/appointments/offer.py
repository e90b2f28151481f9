"""A time that came free, held for one client of the waiting list for a while. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from shared.appointments.model import Mode, Slot
from shared.appointments.profile import Practice
from shared.appointments.slots import wall_clock
from shared.appointments.wish import Wish
from shared.clock import instant_text
from shared.ids import derived_id

HELD_FOR = timedelta(hours=2)
LEAST = timedelta(minutes=20)
Quiet = tuple[int, int]
"""From which minute of somebody's day to which they want no notices; the second may be the smaller one."""


class OfferStatus(StrEnum):
    """`withdrawn`: the counselor offers no times any more. All but `open` are final."""

    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Offer:
    """One time with one counselor, held for one client until an instant; `modes` are the ways to meet that suit both.

    `buffer` (minutes) is as it was when the time was held: that much is held of the counselor's calendar.
    `given_back_by` had the time before; it is offered to anybody but them.
    """

    id: str
    status: OfferStatus
    client_id: str
    counselor_id: str
    counselor_name: str
    modes: frozenset[Mode]
    start: datetime
    end: datetime
    buffer: int
    until: datetime
    offered_at: datetime
    given_back_by: str = ""
    appointment_id: str = ""

    @classmethod
    def of(
        cls, wish: Wish, practice: Practice, slot: Slot, given_back_by: str, until: datetime, now: datetime
    ) -> "Offer":
        """The offer of this time to whoever has this wish."""
        return cls(
            id=offer_id(practice.counselor_id, slot.start, wish.client_id),
            status=OfferStatus.OPEN,
            client_id=wish.client_id,
            counselor_id=practice.counselor_id,
            counselor_name=practice.profile.name,
            modes=wish.wanted.modes_with(practice),
            start=slot.start,
            end=slot.end,
            buffer=practice.availability.buffer,
            until=until,
            offered_at=now,
            given_back_by=given_back_by,
        )

    @property
    def slot(self) -> Slot:
        """The time."""
        return Slot(self.start, self.end)

    @property
    def hold_id(self) -> str:
        """What holds the time in the counselor's calendar, the same for everybody it is offered to."""
        return derived_id("hold", self.counselor_id, instant_text(self.start))

    @property
    def occupied_until(self) -> datetime:
        """Until when the counselor is held."""
        return self.end + timedelta(minutes=self.buffer)

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be taken."""
        return self.status is OfferStatus.OPEN and now < self.until


def offer_id(counselor_id: str, start: datetime, client_id: str) -> str:
    """The id that belongs to this time and this client: so nobody is offered the same time twice."""
    return derived_id("offer", counselor_id, instant_text(start), client_id)


def open_until(now: datetime, start: datetime, notice: int, quiet: Quiet | None, zone: str) -> datetime | None:
    """Until when a time is held: two hours, of which quiet ones do not count, and never past the counselor's notice.

    `notice` is in hours before the start, `quiet` is read on the clock of `zone`. None if that leaves the client less
    than twenty minutes that are not quiet: such a time is not worth waking anybody for.
    """
    latest = start - timedelta(hours=notice)
    awake, until = timedelta(), now
    for begins, ends in _loud(now, latest, quiet, ZoneInfo(zone)):
        until = min(ends, begins + HELD_FOR - awake)
        awake += until - begins
        if awake == HELD_FOR:
            break
    return until if awake >= LEAST else None


def _loud(now: datetime, latest: datetime, quiet: Quiet | None, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The stretches from `now` to `latest` in which somebody may be told something, in order."""
    if quiet is None or quiet[0] == quiet[1]:
        if now < latest:
            yield now, latest
        return
    at = now
    while at < latest:
        falls_quiet, wakes = (_next(minute, at, zone) for minute in quiet)
        if falls_quiet < wakes:
            yield at, min(falls_quiet, latest)
        at = wakes


def _next(minute: int, after: datetime, zone: ZoneInfo) -> datetime:
    """When the clock of this zone next shows this minute of the day; where it is skipped, an hour later."""
    day = after.astimezone(zone).date()
    while True:
        instant = wall_clock(day, minute, zone)
        if instant is None:
            naive = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
            instant = naive.replace(tzinfo=zone).astimezone(UTC)
        if instant > after:
            return instant
        day += timedelta(days=1)
