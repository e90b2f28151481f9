"""What counselors do with their notes. Nobody but the author ever reads one: no colleague, no admin, no client."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.appointments.model import Appointment
from shared.appointments.note import LONGEST, Note, NoteKind, NoteWords
from shared.appointments.note_store import NoteStore
from shared.appointments.practices import counselors_only
from shared.appointments.store import AppointmentStore
from shared.errors import ChangedMeanwhile, Invalid, NotFound
from shared.intents import Once
from shared.people.model import Principal
from shared.tables import commit

LOOKED_BACK = timedelta(days=3 * 365)
MOST_BEFORE = 20


@dataclass(frozen=True)
class Earlier:
    """A note of an earlier appointment, and when that was."""

    appointment: Appointment
    note: Note


@dataclass(frozen=True)
class Notes:
    """Use cases of a counselor. An appointment with somebody else looks like none."""

    store: NoteStore
    appointments: AppointmentStore

    def own(self, caller: Principal, appointment_id: str) -> Note:
        """The caller's note; before they have written one, an empty one. Raises NotAllowed, NotFound."""
        self._with(caller, appointment_id)
        return self.store.find(appointment_id, caller.id) or Note(appointment_id, caller.id)

    def write(
        self,
        caller: Principal,
        appointment_id: str,
        kind: NoteKind,
        words: NoteWords,
        version: int,
        once: Once,
        now: datetime,
    ) -> Note:
        """Replace the caller's note; `version` is the one they have seen, 0 before there is any.

        An empty one is how to take the words away. Raises NotAllowed, NotFound, Invalid, ChangedMeanwhile.
        """
        before = self.own(caller, appointment_id)
        for name, text in words.__dict__.items():
            if len(text) > LONGEST:
                raise Invalid(f"At most {LONGEST} characters, please.", field=f"body.{name}")
        if version > before.version:
            raise Invalid("There is no such version yet.", field="body.version")
        if version < before.version:
            raise ChangedMeanwhile
        note = Note(appointment_id, caller.id, kind, words, version + 1, now)
        commit(self.store.table.client, [once(note), self.store.replace(note)])
        return note

    def before(self, caller: Principal, appointment_id: str) -> list[Earlier]:
        """What the caller wrote about earlier appointments with the same client, newest first.

        At most 20, from the three years before. Raises NotAllowed, NotFound.
        """
        appointment = self._with(caller, appointment_id)
        first = (appointment.start - LOOKED_BACK).date()
        held = self.appointments.days(appointment.client_id, first, appointment.start.date())
        earlier = [
            one
            for one in reversed(self.appointments.find_many(held.appointment_ids))
            if one.counselor_id == caller.id and one.start < appointment.start
        ]
        notes = self.store.find_many([one.id for one in earlier], caller.id)
        written = (Earlier(one, notes[one.id]) for one in earlier if one.id in notes and not notes[one.id].words.blank)
        return list(written)[:MOST_BEFORE]

    def _with(self, caller: Principal, appointment_id: str) -> Appointment:
        """An appointment with the caller."""
        counselors_only(caller)
        appointment = self.appointments.find(appointment_id)
        if appointment is None or appointment.counselor_id != caller.id:
            raise NotFound
        return appointment
