"""Who looks after a room and when; and from that, at any moment, in which mode the room is.

The mode is worked out from the rota and the time alone, so nothing that was missed can make it wrong.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from shared.errors import Invalid
from shared.rooms.shifts import Shift, Span

MOST_SHIFTS = 100
LOOK_AHEAD = timedelta(days=8)  # a week and a day: every shift comes up at least once
_DAY = timedelta(days=1)


class RoomMode(StrEnum):
    """`live`: a facilitator is on shift. `slow`: messages wait for one. `resting`: read-only."""

    LIVE = "live"
    SLOW = "slow"
    RESTING = "resting"


class SwapState(StrEnum):
    """`offered` stays with whoever offers it; `taken` is another's; `dropped` is nobody's."""

    OFFERED = "offered"
    TAKEN = "taken"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Swap:
    """What has become of one occurrence of a shift. `by` is who gave it away, or would like to."""

    shift_id: str
    on: date
    by: str
    state: SwapState
    taken_by: str = ""

    @property
    def holder(self) -> str:
        """Who is to come; nobody when it was dropped."""
        return {SwapState.OFFERED: self.by, SwapState.TAKEN: self.taken_by, SwapState.DROPPED: ""}[self.state]


@dataclass(frozen=True)
class Cover:
    """One occurrence of a shift (UTC), the date on which it begins, and who is to come: "" is nobody."""

    start: datetime
    end: datetime
    facilitator_id: str
    shift_id: str
    on: date
    offered: bool


@dataclass(frozen=True)
class State:
    """The mode now, until when it lasts, and when the room next turns live; None: not within eight days."""

    mode: RoomMode
    until: datetime | None
    next_live_at: datetime | None


@dataclass(frozen=True)
class Rota:
    """The weekly shifts of a room, what became of single ones, and the mode while nobody is there."""

    zone: str
    shifts: tuple[Shift, ...] = ()
    swaps: tuple[Swap, ...] = ()
    without_cover: RoomMode = RoomMode.SLOW
    version: int = 0

    def without(self, gone: Set[str]) -> "Rota":
        """The rota after these people have gone: the next version, or the same if they had no shift."""
        shifts = tuple(shift for shift in self.shifts if shift.facilitator_id not in gone)
        kept = {shift.id for shift in shifts}
        swaps = tuple(
            replace(swap, state=SwapState.DROPPED, taken_by="") if swap.taken_by in gone else swap
            for swap in self.swaps
            if swap.shift_id in kept
        )
        if (shifts, swaps) == (self.shifts, self.swaps):
            return self
        return replace(self, shifts=shifts, swaps=swaps, version=self.version + 1)

    def check(self) -> None:
        """Raises Invalid, naming the field, for what cannot be a rota. Does not ask whether there is such a zone."""
        if self.without_cover is RoomMode.LIVE:
            raise Invalid("Without a facilitator a room can be slow or resting.", field="body.without_cover")
        if len(self.shifts) > MOST_SHIFTS:
            raise Invalid(f"At most {MOST_SHIFTS} shifts, please.", field="body.shifts")
        for number, shift in enumerate(self.shifts):
            shift.check(f"body.shifts.{number}")
            if shift.id in {other.id for other in self.shifts[:number]}:
                raise Invalid("Each shift needs an id of its own.", field=f"body.shifts.{number}.id")


def occurrences(rota: Rota, first: datetime, last: datetime) -> list[Cover]:
    """Every occurrence that has a part in [first, last), whole, in order; also those that nobody is to come to."""
    return sorted(_occurrences(rota, first, last), key=lambda cover: (cover.start, cover.end, cover.shift_id))


def covers(rota: Rota, first: datetime, last: datetime) -> list[Cover]:
    """Those of the occurrences that somebody is to come to."""
    return [cover for cover in occurrences(rota, first, last) if cover.facilitator_id]


def occurrence(rota: Rota, shift_id: str, on: date) -> Cover | None:
    """The occurrence of this shift that begins on this date, if there is one."""
    shift = next((shift for shift in rota.shifts if shift.id == shift_id), None)
    span = shift.on(on, ZoneInfo(rota.zone)) if shift and shift.falls_on(on) else None
    return _cover(shift, on, span, _swaps(rota)) if shift and span else None


def on_duty(rota: Rota, first: datetime, last: datetime) -> list[Span]:
    """When somebody is to be there within [first, last): whole stretches without a gap, in order, naming nobody."""
    return _stretches(covers(rota, first, last))


def mode_at(rota: Rota, now: datetime) -> RoomMode:
    """The mode of the room at this instant."""
    return RoomMode.LIVE if on_shift(rota, now) else rota.without_cover


def on_shift(rota: Rota, now: datetime) -> frozenset[str]:
    """The ids of the facilitators who are on shift at this instant."""
    return frozenset(cover.facilitator_id for cover in covers(rota, now, now + timedelta.resolution))


def next_change(rota: Rota, now: datetime) -> datetime | None:
    """The first instant after `now` at which the mode is another; None if there is none within eight days."""
    return state_at(rota, now).until


def state_at(rota: Rota, now: datetime) -> State:
    """The mode at this instant, and what comes next."""
    horizon = now + LOOK_AHEAD
    live = _stretches(covers(rota, now, horizon + timedelta.resolution))
    ahead = [start for start, _ in live if start > now]
    next_live_at = ahead[0] if ahead else None
    if not live or live[0][0] > now:
        return State(rota.without_cover, next_live_at, next_live_at)
    ends = live[0][1]
    return State(RoomMode.LIVE, ends if ends <= horizon else None, next_live_at)


def _occurrences(rota: Rota, first: datetime, last: datetime) -> Iterator[Cover]:
    zone, swaps = ZoneInfo(rota.zone), _swaps(rota)
    # One that began the day before yesterday, by the room's clock, may last until today when clocks are put back.
    day = first.astimezone(zone).date() - 2 * _DAY
    while day <= last.astimezone(zone).date():
        for shift in rota.shifts:
            span = shift.on(day, zone) if shift.falls_on(day) else None
            if span and span[0] < last and first < span[1]:
                yield _cover(shift, day, span, swaps)
        day += _DAY


def _cover(shift: Shift, on: date, span: Span, swaps: Mapping[tuple[str, date], Swap]) -> Cover:
    swap = swaps.get((shift.id, on))
    holder = swap.holder if swap else shift.facilitator_id
    return Cover(*span, holder, shift.id, on, offered=bool(swap and swap.state is SwapState.OFFERED))


def _swaps(rota: Rota) -> Mapping[tuple[str, date], Swap]:
    return {(swap.shift_id, swap.on): swap for swap in rota.swaps}


def _stretches(covered: list[Cover]) -> list[Span]:
    """Covers in order of their start, as stretches without a gap."""
    stretches: list[Span] = []
    for cover in covered:
        if stretches and cover.start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(cover.end, stretches[-1][1]))
        else:
            stretches.append((cover.start, cover.end))
    return stretches
