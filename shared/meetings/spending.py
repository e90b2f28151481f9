"""What calls cost, for admins, and what a ceiling makes of those that begin."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.appointments.model import Mode
from shared.errors import Invalid, NotAllowed
from shared.meetings.model import MeetingKind, Provider
from shared.meetings.store import MeetingStore
from shared.meetings.usage import (
    Choice,
    Forecast,
    Month,
    Standing,
    Tally,
    added,
    choice,
    cost,
    forecast,
    standing,
    tally_of,
)
from shared.meetings.usage_store import UsageStore
from shared.people.model import Principal, Role


@dataclass(frozen=True)
class MonthOfCalls:
    """What the calls of a month came to; of this month with those that are going on. Older ones have no forecast."""

    month: Month
    tallies: list[Tally]
    going_on: int
    forecast: Forecast | None
    standing: Standing | None


@dataclass(frozen=True)
class Spending:
    """`providers` says what usually carries which kind; `ceiling_usd` is for a month, None for no ceiling."""

    usage: UsageStore
    meetings: MeetingStore
    providers: Mapping[MeetingKind, Provider]
    ceiling_usd: int | None

    def choose(self, kind: MeetingKind, modes: Collection[Mode], now: datetime) -> Choice:
        """What carries a call that begins now, in which people take part by `modes`. Raises HeldInWriting."""
        usual = self.providers[kind]
        if self.ceiling_usd is None or usual is Provider.PEER:
            return Choice(usual)
        spent = cost(self.usage.of(Month.of(now))) + cost(self._going_on(now))
        return choice(kind, modes, usual, standing(spent, self.ceiling_usd))

    def month(self, caller: Principal, month: Month | None, now: datetime) -> MonthOfCalls:
        """What the calls of `month` came to, None for this month. Raises NotAllowed, Invalid."""
        if Role.ADMIN not in caller.roles:
            raise NotAllowed("This is for admins.")
        this = Month.of(now)
        month = month or this
        if month > this:
            raise Invalid("This month has not begun yet.", field="query.month")
        counted = self.usage.of(month)
        if month < this:
            return MonthOfCalls(month, added(counted), 0, None, None)
        going_on = self._going_on(now)
        tallies = added([*counted, *going_on])
        expected = forecast(month, cost(tallies), cost(self.usage.of(month.before)), now)
        return MonthOfCalls(month, tallies, len(going_on), expected, standing(cost(tallies), self.ceiling_usd))

    def _going_on(self, now: datetime) -> list[Tally]:
        found = map(self.meetings.find, self.meetings.open_ids())
        open_ = [gathered for gathered in found if gathered and not gathered.meeting.ended_at]
        tallies = [tally_of(gathered.meeting, gathered.presences, now) for gathered in open_]
        return [tally for tally in tallies if tally]
