"""Reads the other calendars of counselors anew, and keeps when they are busy."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from shared.appointments.busy.reader import Busy
from shared.appointments.busy.store import BusyStore
from shared.appointments.busy.times import WINDOW, BusyTimes, merged
from shared.appointments.busy.trouble import CannotRead
from shared.appointments.busy.watched import Watched
from shared.appointments.practice_store import PracticeStore
from shared.appointments.slots import Taken
from shared.appointments.store import AppointmentStore
from shared.errors import ChangedMeanwhile
from shared.tables import Write, commit

Fetch = Callable[[str], bytes]
ReadApart = Callable[[bytes, str, datetime, datetime], Busy]


@dataclass(frozen=True)
class Refreshing:
    """The use case of the function `calendars`. `fetch` and `read` raise CannotRead."""

    store: BusyStore
    practices: PracticeStore
    appointments: AppointmentStore
    fetch: Fetch
    read: ReadApart

    def due(self, now: datetime) -> list[Watched]:
        """Calendars to be read now, those waiting longest first: when time runs out, the others come next."""
        waiting = [watched for watched in self.store.all() if watched.is_due(now)]
        return sorted(waiting, key=lambda watched: watched.tried_at or watched.named_at)

    def refresh(self, watched: Watched, now: datetime) -> bool:
        """Read one calendar, and keep what it says or why it said nothing; whether it could be read."""
        try:
            writes = self._read(watched, now)
        except CannotRead as cannot:
            writes = [self.store.note_trouble(watched, cannot.trouble, now)]
        try:
            commit(self.store.table.client, writes)
        except ChangedMeanwhile:  # they named another one, or none, while this one was read
            return False
        return len(writes) > 1

    def _read(self, watched: Watched, now: datetime) -> list[Write]:
        practice = self.practices.find(watched.counselor_id)
        zone = practice.availability.zone if practice else "UTC"
        start = datetime.combine(now.date(), datetime.min.time(), UTC)
        found = self.read(self.fetch(watched.address), zone, start, start + WINDOW)
        days = merged(found.busy, *self._not_ours(watched.counselor_id, found.perhaps_ours))
        return self.store.note_read(watched, BusyTimes(now, days), found.skipped)

    def _not_ours(self, counselor_id: str, perhaps_ours: dict[str, Taken]) -> list[Taken]:
        """Events that are no appointment of theirs here.

        A counselor may keep those in the same calendar. Their time is taken as long as they stand; after a move the
        old one must be free, although the calendar may hear of it a day later.
        """
        known = self.appointments.find_many(perhaps_ours)
        ours = {one.id for one in known if one.counselor_id == counselor_id}
        return [taken for uid, taken in perhaps_ours.items() if uid not in ours]
