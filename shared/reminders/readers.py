"""Finds who is to be told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from shared.people.model import Status
from shared.people.store import People
from shared.reminders.notice_store import NoticeStore
from shared.reminders.reader import Reader


@dataclass(frozen=True)
class Readers:
    """Reads each person once: made anew for each run."""

    people: People
    notices: NoticeStore
    _known: dict[str, Reader | None] = field(default_factory=dict)

    def find(self, person_id: str) -> Reader | None:
        """The reader; None for somebody who is suspended or gone."""
        if person_id not in self._known:
            self.read([person_id])
        return self._known[person_id]

    def read(self, person_ids: Iterable[str]) -> None:
        """Read several people who will be asked for, at once."""
        wanted = set(person_ids) - self._known.keys()
        found = [person for person in self.people.find_many(wanted) if person.status is Status.ACTIVE]
        chosen = self.notices.preferences_of((person.id, person.kind) for person in found)
        self._known.update(dict.fromkeys(wanted))
        for person in found:
            zone = ZoneInfo(person.zone)
            self._known[person.id] = Reader(person.id, person.kind, zone, person.language, chosen[person.id])
