"""A series: appointments of the same two people, week after week. What fits into it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from shared.appointments.availability import Availability
from shared.appointments.busy.times import merged
from shared.appointments.cells import cells
from shared.appointments.model import Appointment, Slot
from shared.appointments.slots import Taken, free, midnight, offered
from shared.errors import Invalid
from shared.recurrence import Recurrence, on_the_wall

OTHERS = 3
NEAR = timedelta(days=3)
"""Another time for one of a series lies at most as many dates before or after it: in the week of which it is the
middle, so that no two of a weekly series look for times in the same days."""
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)


class Standing(StrEnum):
    """How it is with a time somebody wants."""

    FREE = "free"
    TAKEN = "taken"
    YOURS = "yours"


@dataclass(frozen=True)
class Occasion:
    """One time of a series that is wanted; where it is not free, the nearest that are, by time."""

    wanted: Slot
    standing: Standing
    others: tuple[Slot, ...] = ()


@dataclass(frozen=True)
class Calendars:
    """What is taken of the two people's time. `counselor` has the buffers in it."""

    counselor: Taken
    client: Taken

    def in_the_way_of(self, one: Appointment) -> bool:
        """Whether something else is when this appointment is."""
        counselor, client = cells(one.start, one.occupied_until), cells(one.start, one.end)
        return _meet(self.counselor, counselor) or _meet(self.client, client)

    def busy(self, counselor: Taken) -> "Calendars":
        """The same, with what stands in another calendar of the counselor's."""
        return Calendars(merged(self.counselor, counselor), self.client)

    def without(self, held: Sequence[Appointment]) -> "Calendars":
        """The same, with the time of these given up."""
        counselor, client = self.counselor, self.client
        for one in held:
            counselor = _less(counselor, cells(one.start, one.occupied_until))
            client = _less(client, cells(one.start, one.end))
        return Calendars(counselor, client)

    def also(self, slot: Slot, buffer: int) -> "Calendars":
        """The same, with this time taken."""
        ends = slot.end + timedelta(minutes=buffer)
        return Calendars(
            _more(self.counselor, cells(slot.start, ends)), _more(self.client, cells(slot.start, slot.end))
        )


def planned(rule: Recurrence, first: datetime, rules: Availability, where: str) -> list[datetime]:
    """The starts of a series on the wall clock of the counselor.

    Raises Invalid, naming the field of `where`, for fewer than two or for more than the counselor allows.
    """
    said = "count" if rule.until is None else "until"
    starts = list(islice(rule.starts(first, ZoneInfo(rules.zone)), rules.repeats + 1))
    if len(starts) > rules.repeats:
        raise Invalid(f"At most {rules.repeats} in a row.", field=f"{where}.{said}", most=rules.repeats)
    if len(starts) < 2:
        raise Invalid("There have to be two at least.", field=f"{where}.{said}")
    return starts


def week_around(start: datetime, zone: ZoneInfo) -> Slot:
    """The seven dates, on this zone's calendar, of which that of `start` is the middle."""
    day = start.astimezone(zone).date()
    return Slot(midnight(day - NEAR, zone), midnight(day + NEAR + _DAY, zone))


def occasion(rules: Availability, start: datetime, calendars: Calendars, now: datetime) -> Occasion:
    """How it is with this time, by the counselor's rules and what is taken."""
    wanted = Slot(start, start + timedelta(minutes=rules.length))
    on_offer = is_offered(rules, wanted, now)
    if on_offer and _open(rules, [wanted], calendars):
        return Occasion(wanted, Standing.FREE)
    theirs = _meet(calendars.client, cells(start, wanted.end))
    week = week_around(start, ZoneInfo(rules.zone))
    near = _open(rules, offered(rules, week.start, week.end, now), calendars)
    others = sorted(sorted(near, key=lambda slot: (abs(slot.start - start), slot))[:OTHERS])
    return Occasion(wanted, Standing.YOURS if theirs else Standing.TAKEN, tuple(others))


def is_offered(rules: Availability, slot: Slot, now: datetime) -> bool:
    """Whether exactly this time is on offer by the counselor's rules alone."""
    return next(offered(rules, slot.start, slot.start + _SECOND, now), None) == slot


def at_weeks_of(starts: Sequence[datetime], plan: Sequence[datetime], zone: ZoneInfo) -> list[int]:
    """For each of the starts (in order, each another) which of the planned ones it is or stands for.

    Raises Invalid, naming the start, for one that stands for none, or for one that another stands for already.
    """
    weeks = [week_around(start, zone) for start in plan]
    found: list[int] = []
    for number, start in enumerate(starts):
        at = next((at for at, week in enumerate(weeks) if week.start <= start < week.end), None)
        if at is None or at in found:
            raise Invalid("Please choose one of the times shown.", field=f"body.starts.{number}")
        found.append(at)
    return found


def apart(slots: Sequence[Slot], buffer: int, where: str) -> None:
    """Raises Invalid for times of which one reaches into the next."""
    for (_, one), (number, other) in pairwise(sorted(enumerate(slots), key=lambda numbered: numbered[1])):
        if one.end + timedelta(minutes=buffer) > other.start:
            raise Invalid("Two of these times overlap.", field=f"{where}.{number}")


def moved_along(one: datetime, this: datetime, to: datetime, zone: ZoneInfo) -> datetime:
    """Where one of a series goes when `this` one goes `to` another time: to that weekday and hour of its own week.

    Weeks are counted on the wall clock from one date to the other, so one that was moved by some days before joins the
    others again.
    """
    weeks = round((one.astimezone(zone).date() - this.astimezone(zone).date()) / timedelta(days=7))
    if not weeks:
        return to
    return on_the_wall(to.astimezone(zone).replace(tzinfo=None) + timedelta(days=7 * weeks), zone)


def _open(rules: Availability, slots: Sequence[Slot] | Iterator[Slot], calendars: Calendars) -> list[Slot]:
    return list(free(rules, iter(slots), calendars.counselor, calendars.client))


def _meet(taken: Taken, wanted: Mapping[date, frozenset[int]]) -> bool:
    return any(numbers & taken.get(day, frozenset()) for day, numbers in wanted.items())


def _less(taken: Taken, given_up: Mapping[date, frozenset[int]]) -> Taken:
    return {**taken, **{day: taken.get(day, frozenset()) - numbers for day, numbers in given_up.items()}}


def _more(taken: Taken, also: Mapping[date, frozenset[int]]) -> Taken:
    return {**taken, **{day: taken.get(day, frozenset()) | numbers for day, numbers in also.items()}}


def span_of(slots: Sequence[Slot]) -> tuple[date, date]:
    """The UTC dates that a calendar must be read for to judge these times and look for others near to them."""
    return (
        (min(slot.start for slot in slots) - NEAR - _DAY).astimezone(UTC).date(),
        (max(slot.end for slot in slots) + NEAR + 2 * _DAY).astimezone(UTC).date(),
    )
