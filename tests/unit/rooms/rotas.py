"""Rotas as hypothesis draws them, the nights on which they are put to the test, and the same worked out slowly."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from shared.rooms.rota import RoomMode, Rota, Swap, SwapState
from shared.rooms.shifts import Shift
from tests.support.zones import ALL_ZONES, changes, changing_zones

MAYA, TOM, EVE = "maya", "tom", "eve"
FACILITATORS = (MAYA, TOM, EVE)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
_BEGINNING = datetime(2026, 12, 1, tzinfo=UTC)

zones = st.one_of(st.sampled_from(ALL_ZONES), st.deferred(lambda: st.sampled_from(changing_zones())))


@st.composite
def moments(draw: st.DrawFn, zone: str) -> datetime:
    """A whole minute within a day of a change of this zone's clocks, or in any day where they never change."""
    known = changes(zone)
    middle = draw(st.sampled_from(known)) if known else _BEGINNING + draw(st.integers(0, 700)) * DAY
    return middle + timedelta(minutes=draw(st.integers(-24 * 60, 24 * 60)))


@st.composite
def shifts(draw: st.DrawFn, number: int) -> Shift:
    """A shift within a day or over midnight, on whole hours as people write them or on any five minutes."""
    grain = draw(st.sampled_from([5, 30, 60]))
    start = draw(st.integers(0, 1439 // grain)) * grain
    end = draw(st.integers(1, 1440 // grain).filter(lambda n: n * grain != start)) * grain
    return Shift(f"shift-{number}", draw(st.sampled_from(FACILITATORS)), draw(st.integers(1, 7)), start, end)


@st.composite
def rotas(draw: st.DrawFn, zone: str, around: date) -> Rota:
    """A rota with a handful of shifts, and swaps in the days around `around`."""
    weekly = tuple(draw(shifts(number)) for number in range(draw(st.integers(0, 6))))
    swaps = []
    for days in range(-3, 10):
        on = around + days * DAY
        for shift in weekly:
            if shift.falls_on(on) and draw(st.integers(0, 2)) == 0:
                state = draw(st.sampled_from(SwapState))
                taken_by = draw(st.sampled_from(FACILITATORS)) if state is SwapState.TAKEN else ""
                swaps.append(Swap(shift.id, on, draw(st.sampled_from(FACILITATORS)), state, taken_by))
    return Rota(zone, weekly, tuple(swaps), draw(st.sampled_from([RoomMode.SLOW, RoomMode.RESTING])), version=1)


class Watcher:
    """Somebody who watches the wall clock minute by minute and writes down who is there."""

    def __init__(self, rota: Rota, first: datetime, last: datetime) -> None:
        """From `first` to `last`; an instant not watched is a KeyError."""
        zone = ZoneInfo(rota.zone)
        minutes = int((last - first + 4 * DAY) / MINUTE)
        self._instants = [first - 4 * DAY + n * MINUTE for n in range(minutes)]
        walls = [at.astimezone(zone).replace(tzinfo=None) for at in self._instants]
        self._latest_shown = list(accumulate(walls, max))
        self.there: dict[datetime, set[str]] = {at: set() for at in self._instants if at >= first}
        for day in sorted({wall.date() for wall in walls}):
            for shift in rota.shifts:
                if shift.weekday == day.isoweekday():
                    self._write_down(shift, day, _who(rota, shift, day))

    def mode(self, rota: Rota, at: datetime) -> RoomMode:
        """What the members see at this minute."""
        return RoomMode.LIVE if self.there[at] else rota.without_cover

    def _write_down(self, shift: Shift, day: date, who: str) -> None:
        until_day = day if shift.end > shift.start else day + DAY
        for index in range(self._index(day, shift.start), self._index(until_day, shift.end)):
            if who and self._instants[index] in self.there:
                self.there[self._instants[index]].add(who)

    def _index(self, day: date, minute: int) -> int:
        """The first minute at which the clock shows this time or later."""
        return bisect_left(self._latest_shown, datetime.combine(day, time()) + timedelta(minutes=minute))


def _who(rota: Rota, shift: Shift, day: date) -> str:
    for swap in rota.swaps:
        if swap.shift_id == shift.id and swap.on == day:
            return {"offered": swap.by, "taken": swap.taken_by, "dropped": ""}[swap.state.value]
    return shift.facilitator_id
