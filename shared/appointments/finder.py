"""How a client finds a counselor and a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from shared.appointments.busy.store import BusyStore
from shared.appointments.busy.times import merged, without
from shared.appointments.cells import cells
from shared.appointments.model import Appointment, Mode, Slot
from shared.appointments.practice_store import PracticeStore
from shared.appointments.profile import Practice
from shared.appointments.slots import PartOfDay, Taken, free, midnight, offered
from shared.appointments.store import AppointmentStore
from shared.errors import NotFound
from shared.topics import Topic

LOOKED_AHEAD = timedelta(days=31)
LOOKED_BEFORE = timedelta(days=7)
NEXT_SLOTS = 3


@dataclass(frozen=True)
class Looking:
    """What a client looks for; None means anything. `zone` is theirs."""

    zone: str
    language: str | None = None
    topic: Topic | None = None
    mode: Mode | None = None
    part_of_day: PartOfDay | None = None


@dataclass(frozen=True)
class Found:
    """A counselor, and their next free time of the kind looked for."""

    practice: Practice
    next_slot: Slot | None


@dataclass(frozen=True)
class Finder:
    """Looks things up; changes nothing."""

    practices: PracticeStore
    store: AppointmentStore
    busy: BusyStore

    def counselors(self, looking: Looking, now: datetime) -> list[Found]:
        """Published counselors who fit, whoever is free soonest first.

        One query for the practices and one for the calendar of each that fits, at most 31 days ahead; and one read for
        each who has another calendar watched. With a part of day only those are listed who have a free time in it.
        """
        found = [
            Found(practice, self._next(practice, looking, now))
            for practice in self.practices.published()
            if _fits(practice, looking)
        ]
        if looking.part_of_day:
            found = [one for one in found if one.next_slot]
        latest = datetime.max.replace(tzinfo=UTC)
        return sorted(
            found, key=lambda one: (one.next_slot.start if one.next_slot else latest, one.practice.counselor_id)
        )

    def counselor(self, counselor_id: str, now: datetime) -> Found:
        """One published counselor. Raises NotFound."""
        practice = self.published(counselor_id)
        return Found(practice, self._next(practice, Looking("UTC"), now))

    def published(self, counselor_id: str) -> Practice:
        """A practice that clients may see. Raises NotFound."""
        practice = self.practices.find(counselor_id)
        if practice is None or not practice.profile.published:
            raise NotFound
        return practice

    def slots(
        self,
        counselor_id: str,
        client_id: str,
        first: date,
        days: int,
        zone: str,
        now: datetime,
        moving: Appointment | None = None,
    ) -> list[Slot]:
        """Free times on these dates of the client's zone, leaving out those when the client is taken themselves.

        For an appointment that is being moved they reach as far as it may go.
        """
        practice = self.published(counselor_id)
        if moving:
            practice = practice.for_moving(moving, now)
        local = ZoneInfo(zone)
        start, end = midnight(first, local), midnight(first + timedelta(days=days), local)
        return list(self._free(practice, start, end, now, client_id))

    def next_slots(self, practice: Practice, client_id: str, wanted: datetime, now: datetime) -> list[Slot]:
        """The next few free times from the day of the wanted one on; before it only if it is the same day."""
        start = max(now, wanted - timedelta(hours=12))
        slots = self._free(practice, start, start + LOOKED_AHEAD, now, client_id)
        return sorted(islice(slots, NEXT_SLOTS))

    def nearest(self, practice: Practice, client_id: str, wanted: datetime, most: int, now: datetime) -> list[Slot]:
        """At most `most` free times, those nearest to the wanted one first: a week before it to a month after it."""
        slots = self._free(practice, max(now, wanted - LOOKED_BEFORE), wanted + LOOKED_AHEAD, now, client_id)
        return sorted(slots, key=lambda slot: (abs(slot.start - wanted), slot))[:most]

    def is_busy(self, practice: Practice, slot: Slot, now: datetime, *, held: Slot | None = None) -> bool:
        """Whether the counselor's other calendar is in the way of a slot, buffer included.

        What they `held` until now may stand in that calendar as well, and is not in its own way.
        """
        busy = self.busy_times(practice, now)
        if held:
            busy = without(busy, held.start, held.end)
        wanted = cells(slot.start, slot.end + timedelta(minutes=practice.availability.buffer))
        return any(numbers & busy.get(day, frozenset()) for day, numbers in wanted.items())

    def busy_times(self, practice: Practice, now: datetime) -> Taken:
        """When the counselor is busy by their other calendar; nothing is read where none is watched."""
        times = self.busy.times(practice.counselor_id) if practice.busy_calendar else None
        return times.at(now) if times else {}

    def _next(self, practice: Practice, looking: Looking, now: datetime) -> Slot | None:
        zone, part = ZoneInfo(looking.zone), looking.part_of_day
        slots = self._free(practice, now, now + LOOKED_AHEAD, now)
        return next((slot for slot in slots if part is None or part.holds(slot.start, zone)), None)

    def _free(
        self, practice: Practice, start: datetime, end: datetime, now: datetime, client_id: str = ""
    ) -> Iterator[Slot]:
        counselor = merged(self._taken(practice.counselor_id, start, end), self.busy_times(practice, now))
        client = self._taken(client_id, start, end) if client_id else None
        return free(practice.availability, offered(practice.availability, start, end, now), counselor, client)

    def _taken(self, person_id: str, start: datetime, end: datetime) -> Taken:
        # A slot that starts before `end` may reach into the next day.
        return self.store.days(person_id, start.date(), (end + timedelta(days=1)).date()).taken


def _fits(practice: Practice, looking: Looking) -> bool:
    profile = practice.profile
    return (
        (looking.language is None or looking.language in profile.languages)
        and (looking.topic is None or looking.topic in profile.topics)
        and (looking.mode is None or looking.mode in profile.modes)
    )
