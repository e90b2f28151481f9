"""What somebody on the waiting list waits for, and who comes first. Pure.

The order is plain: whoever has waited longest comes first. A wish that is changed keeps its place; one that has ended
and is left again begins anew, and so does one of somebody who has taken a time. Letting a time go costs no place.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shared.appointments.model import Mode, Slot
from shared.appointments.profile import Practice
from shared.appointments.slots import PartOfDay

LASTS = timedelta(days=90)


@dataclass(frozen=True)
class Wanted:
    """Which times would do. Whatever is empty may be any, but for `modes`: there is at least one.

    `weekdays` are ISO (Monday is 1); they and `parts` are read on the clock of `zone`, the client's.
    """

    modes: frozenset[Mode]
    zone: str
    counselors: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    parts: frozenset[PartOfDay] = frozenset()
    weekdays: frozenset[int] = frozenset()

    def modes_with(self, practice: Practice) -> frozenset[Mode]:
        """In which of the ways they would meet this counselor does."""
        return self.modes & practice.profile.modes

    def fits(self, practice: Practice, slot: Slot) -> bool:
        """Whether this time with this counselor would do."""
        zone = ZoneInfo(self.zone)
        return bool(
            self.modes_with(practice)
            and (not self.counselors or practice.counselor_id in self.counselors)
            and (not self.languages or self.languages & practice.profile.languages)
            and (not self.parts or any(part.holds(slot.start, zone) for part in self.parts))
            and (not self.weekdays or slot.start.astimezone(zone).isoweekday() in self.weekdays)
        )


@dataclass(frozen=True)
class Wish:
    """One client's place in line: since when, until when, for what. `offer_id` is the time held for them now, if any.

    `version` grows with each change of what is wanted.
    """

    client_id: str
    wanted: Wanted
    since: datetime
    until: datetime
    version: int = 1
    offer_id: str = ""

    def stands(self, now: datetime) -> bool:
        """Whether it has not ended by itself."""
        return now < self.until

    def waits(self, now: datetime) -> bool:
        """Whether a time can be offered: it stands, and none is held for them already."""
        return self.stands(now) and not self.offer_id


def wish_of(client_id: str, wanted: Wanted, before: Wish | None, now: datetime) -> Wish:
    """The wish after a client has said what they want. It stands for 90 days from then on."""
    if before is None:
        return Wish(client_id, wanted, since=now, until=now + LASTS)
    since = before.since if before.stands(now) else now
    return Wish(client_id, wanted, since, now + LASTS, before.version + 1, before.offer_id)


def in_line(wishes: Iterable[Wish]) -> list[Wish]:
    """Whoever has waited longest first. Those who came in the same second are in an order that nobody can choose."""
    return sorted(wishes, key=lambda wish: (wish.since, wish.client_id))


@dataclass(frozen=True)
class Waiting:
    """How many wait, and for what: numbers and nothing else. Who would take any is counted in none but `any_…`."""

    everybody: int
    held: int
    any_counselor: int
    counselors: Counter[str]
    modes: Counter[Mode]
    any_language: int
    languages: Counter[str]
    any_part: int
    parts: Counter[PartOfDay]
    longest_since: datetime | None


def count_waiting(wishes: Iterable[Wish], now: datetime) -> Waiting:
    """How many of these wait at `now`, and for what."""
    standing = [wish for wish in wishes if wish.stands(now)]
    wanted = [wish.wanted for wish in standing]
    return Waiting(
        everybody=len(standing),
        held=sum(bool(wish.offer_id) for wish in standing),
        any_counselor=sum(not one.counselors for one in wanted),
        counselors=Counter(counselor for one in wanted for counselor in one.counselors),
        modes=Counter(mode for one in wanted for mode in one.modes),
        any_language=sum(not one.languages for one in wanted),
        languages=Counter(language for one in wanted for language in one.languages),
        any_part=sum(not one.parts for one in wanted),
        parts=Counter(part for one in wanted for part in one.parts),
        longest_since=min((wish.since for wish in standing), default=None),
    )
