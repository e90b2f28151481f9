"""What calls come to: by month, in minutes and money, and what a ceiling leaves. Pure.

Money is counted in micros, millionths of a US dollar, and time in seconds of connection, added up over everybody in a
call: that is what Amazon bills (sound costs what pictures cost), and what a call directly between browsers does not.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from shared.appointments.model import Mode
from shared.meetings.model import Because, Meeting, MeetingKind, Provider
from shared.meetings.presence import Presence
from shared.meetings.refusals import HeldInWriting
from shared.meetings.seat import Seat

MICROS = 1_000_000
MICROS_A_MINUTE: Mapping[Provider, int] = {Provider.CHIME: 1_700, Provider.PEER: 0}
PRICE_SOURCE, PRICE_AS_OF = "https://aws.amazon.com/chime/chime-sdk/pricing/", date(2026, 11, 24)

TYPICAL_MINUTES, TYPICAL_PEOPLE = 50, 2  # an appointment
_EARLY = timedelta(days=3)  # of a month: one busy day would make a frightening forecast
_DIRECT_FROM = 80  # percent of the ceiling


@dataclass(frozen=True, order=True)
class Month:
    """A month of the calendar, in UTC, as Amazon bills."""

    year: int
    number: int

    @classmethod
    def of(cls, instant: datetime) -> "Month":
        """The month in which an instant lies."""
        instant = instant.astimezone(UTC)
        return cls(instant.year, instant.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """What `str` wrote, such as `2027-03`. Raises ValueError for anything else."""
        return cls.of(datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def begins_at(self) -> datetime:
        """Its first instant."""
        return datetime(self.year, self.number, 1, tzinfo=UTC)

    @property
    def ends_at(self) -> datetime:
        """The first instant of the next."""
        return (self.begins_at + timedelta(days=31)).replace(day=1)

    @property
    def before(self) -> "Month":
        """The one before."""
        return Month.of(self.begins_at - timedelta(days=1))


@dataclass(frozen=True)
class Tally:
    """Calls of one kind by one provider: how many, and the `seconds` of connection of everybody in them."""

    kind: MeetingKind
    provider: Provider
    meetings: int
    seconds: int

    @property
    def micros(self) -> int:
        """What they cost."""
        return self.seconds * MICROS_A_MINUTE[self.provider] // 60


def seconds_of(meeting: Meeting, seat: Seat, presence: Presence, now: datetime) -> int:
    """How long a seat has been connected, if its page is still there."""
    if not _connects(meeting, seat):
        return presence.seconds
    if presence.seen_at > now and seat.joined_at:  # a phone's lease is given in advance: it says nothing until it ends
        return max(presence.seconds, int((now - seat.joined_at).total_seconds()))
    return max(presence.seconds, presence.seen(seat, now).seconds)


def _connects(meeting: Meeting, seat: Seat) -> bool:
    """Whether a call connects `seat`: Chime's from when it was asked for until it was hung up, for that is billed."""
    if not seat.in_call or seat.mode is Mode.TEXT:
        return False
    together = sum(one.in_call for one in meeting.seats) > 1
    return bool(meeting.provider_id) or (meeting.provider is Provider.PEER and together)


def tally_of(meeting: Meeting, presences: Mapping[str, Presence], now: datetime) -> Tally | None:
    """What a meeting has come to so far; None if nobody was connected. `presences` are by seat id.

    A page that went silent counts until it was last heard of. Amazon notices within some ten seconds that a connection
    is gone; should it stand without the page, it is billed until the sweep ends the call.
    """
    seconds = 0
    for seat in meeting.seats:
        if presence := presences.get(seat.id):
            there = presence.is_there(now)
            seconds += seconds_of(meeting, seat, presence, now) if there else presence.seconds
    return Tally(meeting.kind, meeting.provider, 1, seconds) if meeting.provider and seconds else None


def added(tallies: Iterable[Tally]) -> list[Tally]:
    """One for each kind and provider, in the order in which these are named."""
    kept = list(tallies)
    found = []
    for kind in MeetingKind:
        for provider in Provider:
            those = [tally for tally in kept if (tally.kind, tally.provider) == (kind, provider)]
            if those:
                meetings, seconds = sum(one.meetings for one in those), sum(one.seconds for one in those)
                found.append(Tally(kind, provider, meetings, seconds))
    return found


def cost(tallies: Iterable[Tally]) -> int:
    """What all of them cost together."""
    return sum(tally.micros for tally in tallies)


def typical_cost(provider: Provider) -> int:
    """What a typical appointment costs by one provider."""
    return TYPICAL_MINUTES * TYPICAL_PEOPLE * MICROS_A_MINUTE[provider]


def mixed_cost(tallies: Iterable[Tally]) -> int | None:
    """What a typical appointment costs by the mixture of providers in `tallies`; None if none of them is of any."""
    seconds = {tally.provider: tally.seconds for tally in added(tallies) if tally.kind is MeetingKind.APPOINTMENT}
    whole = sum(seconds.values())
    return sum(typical_cost(one) * share for one, share in seconds.items()) // whole if whole else None


class Basis(StrEnum):
    """What a forecast rests on."""

    SO_FAR = "so_far"
    LAST_MONTH = "last_month"


@dataclass(frozen=True)
class Forecast:
    """What a month will probably come to."""

    micros: int
    basis: Basis


def forecast(month: Month, so_far: int, last_month: int, now: datetime) -> Forecast:
    """What `month`, which has begun, will come to if it goes on like this; in its first three days, like the last."""
    passed = now - month.begins_at
    if passed < _EARLY:
        return Forecast(max(so_far, last_month), Basis.LAST_MONTH)
    whole = month.ends_at - month.begins_at
    return Forecast(round(so_far * max(1.0, whole / passed)), Basis.SO_FAR)


class Standing(StrEnum):
    """What a ceiling leaves: everything; one-to-one calls directly between browsers; groups in writing as well."""

    USUAL = "usual"
    DIRECT = "direct"
    IN_WRITING = "in_writing"


def standing(spent: int, ceiling_usd: int | None) -> Standing:
    """How it stands once `spent` micros are gone. Without a ceiling everything is as usual."""
    if ceiling_usd is None or spent * 100 < ceiling_usd * MICROS * _DIRECT_FROM:
        return Standing.USUAL
    return Standing.IN_WRITING if spent >= ceiling_usd * MICROS else Standing.DIRECT


def is_settled(meeting: Meeting, modes: Collection[Mode]) -> bool:
    """Whether what carries a call is chosen for good. Before anybody has met, somebody may still come by phone."""
    moved_for_a_phone = meeting.because and Mode.PHONE in modes and not meeting.started_at
    return meeting.provider is not None and not moved_for_a_phone


@dataclass(frozen=True)
class Choice:
    """What is to carry a call, and why if that is not as usual."""

    provider: Provider
    because: Because | None = None


def choice(kind: MeetingKind, modes: Collection[Mode], usual: Provider, stands: Standing) -> Choice:
    """What carries a call of a kind that begins now, in which people take part by `modes`.

    A phone reaches no browser directly, and who has only that is not shut out: then it is as usual. Raises
    HeldInWriting for a circle that nothing carries.
    """
    if usual is Provider.PEER or stands is Standing.USUAL or Mode.PHONE in modes:
        return Choice(usual)
    if kind is MeetingKind.APPOINTMENT:
        return Choice(Provider.PEER, Because.CEILING)
    if stands is Standing.IN_WRITING:
        raise HeldInWriting
    return Choice(usual)
