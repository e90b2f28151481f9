"""Looking at who came to an appointment, and doing what follows."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from shared.appointments.model import Appointment
from shared.appointments.store import AppointmentStore
from shared.errors import ChangedMeanwhile
from shared.meetings.occasions import CLIENT_EARLY, meeting_of_appointment
from shared.meetings.store import MeetingStore
from shared.reminders.attendance import START, Attendance
from shared.reminders.errand import Errand
from shared.reminders.notice import Notice
from shared.reminders.readers import Readers
from shared.reminders.telling import Wanted
from shared.reminders.words import text_of
from shared.rooms.direct import room_of_pair
from shared.rooms.log import Message
from shared.rooms.log_store import LogStore
from shared.rooms.model import member_id_of
from shared.tables import commit

ATTENDANCE = "attendance"
_LATEST = 20


@dataclass(frozen=True)
class Attendances:
    """Reads who came. `log` keeps what people write in their rooms."""

    appointments: AppointmentStore
    meetings: MeetingStore
    log: LogStore

    def of(self, appointment_id: str) -> Attendance | None:
        """Who came to an appointment, as of now."""
        appointment = self.appointments.find(appointment_id)
        if appointment is None:
            return None
        gathered = self.meetings.find(meeting_of_appointment(appointment.id))
        return Attendance(appointment, gathered, self._writers(appointment))

    def _writers(self, appointment: Appointment) -> frozenset[str]:
        """Who of the two has written to the other about that time, in their room, where nobody takes a seat."""
        people = appointment.client_id, appointment.counselor_id
        room_id = room_of_pair(self.log.table, *people)
        if room_id is None:
            return frozenset()
        since = appointment.start - CLIENT_EARLY
        entries = self.log.latest(room_id, _LATEST)
        authors = {entry.author for entry in entries if isinstance(entry, Message) and entry.posted_at >= since}
        return frozenset(person for person in people if member_id_of(room_id, person) in authors)


@dataclass(frozen=True)
class Looking:
    """Looks when it is time. A look that comes twice, late or never does no harm: it goes by what is there."""

    attendances: Attendances

    def look(self, errand: Errand, now: datetime) -> Errand | None:
        """Write what has become of an appointment that is over; what its client is to be told of one that has begun."""
        found = self.attendances.of(errand.of)
        if found is None:
            return None
        if errand.what == START:
            kind = found.told_at_start(now)
            return Errand(ATTENDANCE, errand.of, found.appointment.client_id, what=kind) if kind else None
        after = found.settled(now)
        if after != found.appointment:
            store = self.attendances.appointments
            with suppress(ChangedMeanwhile):  # somebody said what became of it at this moment
                commit(store.table.client, [store.replace(found.appointment, after)])
        return None


@dataclass(frozen=True)
class AttendanceSubject:
    """Errands that tell a client how it stands with an appointment that has begun."""

    attendances: Attendances
    readers: Readers

    def wanted(self, errand: Errand, now: datetime) -> Wanted | None:
        """What is to be told, if it still holds."""
        found = self.attendances.of(errand.of)
        reader = self.readers.find(errand.to)
        kind = found.told_at_start(now) if found and reader else None
        if found is None or reader is None or kind is None or kind != errand.what:
            return None
        appointment = found.appointment
        notice = Notice(
            id=errand.id,
            person_id=reader.person_id,
            kind=kind,
            of=appointment.id,
            at=now,
            start=appointment.start,
            version=appointment.version,
        )
        return Wanted(notice, text_of(notice, reader, f"/appointments/{appointment.id}/meet"), reader)
