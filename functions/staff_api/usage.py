"""Route: what calls cost. For admins."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import Field

from functions.call import Call, Input, Reply, View
from functions.operation import operation
from functions.staff_api.app import StaffApp
from shared.errors import Invalid, NotAllowed
from shared.meetings.model import MeetingKind, Provider
from shared.meetings.spending import MonthOfCalls
from shared.meetings.usage import (
    MICROS_A_MINUTE,
    PRICE_AS_OF,
    PRICE_SOURCE,
    TYPICAL_MINUTES,
    Basis,
    Month,
    Standing,
    cost,
    mixed_cost,
    typical_cost,
)


class MonthInput(Input):
    """Which month of the calendar, in UTC; without it, this one."""

    month: Annotated[str | None, Field(pattern="^20[0-9]{2}-(0[1-9]|1[0-2])$")] = None


class TallyView(View):
    """Calls of one kind by one provider. `minutes` are of connection, added up over everybody in the calls."""

    kind: MeetingKind
    provider: Provider
    meetings: int
    minutes: int
    cost_micros: int


class ForecastView(View):
    """What the month will probably come to, and on what that rests."""

    cost_micros: int
    basis: Basis


class PriceView(View):
    """What a minute of connection of one person costs by Amazon Chime: list price of `source`, read on `as_of`."""

    minute_micros: int
    source: str
    as_of: date


class TypicalView(View):
    """What an appointment of `minutes` costs by each provider, and by the mixture of this month, if there was any."""

    minutes: int
    chime_micros: int
    peer_micros: int
    mixed_micros: int | None


class UsageView(View):
    """What the calls of a month cost, in micros: millionths of a US dollar.

    This month's figures hold the calls that are `going_on`. `forecast` and `standing`, what the ceiling leaves now, are
    of this month only. `usual` says what carries calls of each kind below the ceiling.
    """

    month: str
    this_month: str
    tallies: list[TallyView]
    going_on: int
    cost_micros: int
    forecast: ForecastView | None
    ceiling_usd: int | None
    standing: Standing | None
    usual: dict[MeetingKind, Provider]
    typical: TypicalView
    price: PriceView

    @classmethod
    def of(
        cls, seen: MonthOfCalls, this: Month, ceiling_usd: int | None, usual: Mapping[MeetingKind, Provider]
    ) -> "UsageView":
        """The month, in figures."""
        expected = seen.forecast
        return cls(
            month=str(seen.month),
            this_month=str(this),
            tallies=[
                TallyView(
                    kind=tally.kind,
                    provider=tally.provider,
                    meetings=tally.meetings,
                    minutes=round(tally.seconds / 60),
                    cost_micros=tally.micros,
                )
                for tally in seen.tallies
            ],
            going_on=seen.going_on,
            cost_micros=cost(seen.tallies),
            forecast=ForecastView(cost_micros=expected.micros, basis=expected.basis) if expected else None,
            ceiling_usd=ceiling_usd,
            standing=seen.standing,
            usual=dict(usual),
            typical=TypicalView(
                minutes=TYPICAL_MINUTES,
                chime_micros=typical_cost(Provider.CHIME),
                peer_micros=typical_cost(Provider.PEER),
                mixed_micros=mixed_cost(seen.tallies),
            ),
            price=PriceView(minute_micros=MICROS_A_MINUTE[Provider.CHIME], source=PRICE_SOURCE, as_of=PRICE_AS_OF),
        )


@operation({200: UsageView}, NotAllowed, Invalid)
def show(app: StaffApp, call: Call, query: MonthInput) -> Reply:
    """What the calls of a month cost, what this month will come to, and what the ceiling makes of it."""
    spending = app.meetings.spending
    seen = spending.month(call.caller, Month.parse(query.month) if query.month else None, call.now)
    return Reply.of(UsageView.of(seen, Month.of(call.now), spending.ceiling_usd, spending.providers))
