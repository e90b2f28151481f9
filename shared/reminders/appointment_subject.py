"""Errands about appointments: reminders, and news of what became of them; of many of a series at once."""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.appointments.calendar_file import calendar_file
from shared.appointments.model import Appointment, series_ids
from shared.appointments.store import AppointmentStore
from shared.people.model import Kind
from shared.reminders.errand import Errand
from shared.reminders.news import SERIES_NEWS, still_due
from shared.reminders.notice import Notice, NoticeKind
from shared.reminders.reader import Reader
from shared.reminders.readers import Readers
from shared.reminders.telling import Wanted
from shared.reminders.words import calendar_title, text_of

_IN_CALENDARS = (NoticeKind.BOOKED, NoticeKind.MOVED, NoticeKind.CANCELLED)


@dataclass(frozen=True)
class AppointmentSubject:
    """Reads the appointment and the reader anew for each errand."""

    store: AppointmentStore
    readers: Readers

    def wanted(self, errand: Errand, now: datetime) -> Wanted | None:
        """What is to be told of the appointment, if the errand still holds."""
        reader = self.readers.find(errand.to)
        if reader is None:
            return None
        told = [(one, notice) for one in self._meant(errand) if (notice := still_due(errand, one, reader, now))]
        if not told:
            return None
        (appointment, first), *others = told
        notice = replace(first, more=len(others))
        calendar = ""
        if notice.kind in _IN_CALENDARS:
            title = calendar_title(reader.preferences, reader.language)
            calendar = calendar_file([one for one, _ in told], title, now)
        return Wanted(notice, text_of(notice, reader, _link(appointment, notice, reader), calendar), reader)

    def _meant(self, errand: Errand) -> list[Appointment]:
        """The appointments an errand may be about, by start."""
        if errand.kind == SERIES_NEWS:
            return self.store.find_many(series_ids(errand.of, int(errand.what.split()[1])))
        found = self.store.find(errand.of)
        return [found] if found else []


def _link(appointment: Appointment, notice: Notice, reader: Reader) -> str:
    if reader.kind is Kind.STAFF:
        return f"/staff/appointments/{appointment.id}"
    joining = notice.kind in (NoticeKind.REMINDER, NoticeKind.LATE, NoticeKind.WAITING)
    return f"/appointments/{appointment.id}/meet" if joining else f"/appointments/{appointment.id}"
