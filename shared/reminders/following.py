"""What follows from a change of an appointment: `changes` calls it for each, `sweep` for what was lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.appointments.model import Appointment
from shared.appointments.offer_store import OfferStore
from shared.appointments.practice_store import PracticeStore
from shared.appointments.service import FUTURE_SHOWN
from shared.appointments.store import AppointmentStore
from shared.reminders.attendance import is_lost, looks_due
from shared.reminders.errand import Due, Post
from shared.reminders.news import STALE, due_to
from shared.reminders.notice_store import NoticeStore
from shared.reminders.offer_subject import due_of
from shared.reminders.reader import Reader
from shared.reminders.readers import Readers

AHEAD = timedelta(days=9)
SOON = timedelta(minutes=20)


@dataclass(frozen=True)
class Following:
    """Sends errands. Every call may come twice, late or out of order: each looks at the appointment as it is now."""

    store: AppointmentStore
    practices: PracticeStore
    notices: NoticeStore
    readers: Callable[[], Readers]
    post: Post

    @property
    def offers(self) -> OfferStore:
        """Times held for clients on the waiting list."""
        return OfferStore(self.store)

    def appointment(self, appointment_id: str, now: datetime) -> None:
        """Have its two people told, their reminders planned, and who came looked at."""
        found = self.store.find(appointment_id)
        if found is None:
            return
        readers = self.readers()
        for reader in filter(None, map(readers.find, (found.client_id, found.counselor_id))):
            for due in due_to(found, reader):
                self.post.send(due.errand, due.at, now)
        for look in looks_due(found):
            if look.at > now:
                self.post.send(look.errand, look.at, now)

    def offer(self, offer_id: str, now: datetime) -> None:
        """Have its client told of an offer, and have it passed on when it runs out."""
        for due in self._of_offer(offer_id, self.readers()):
            self.post.send(due.errand, due.at, now)

    def person(self, person_id: str, now: datetime) -> None:
        """Plan the reminders of somebody who decided anew how they want them, for all appointments ahead."""
        reader = self.readers().find(person_id)
        if reader is None:
            return
        for appointment in self.store.between(person_id, now, now + FUTURE_SHOWN):
            for due in _ahead(appointment, reader, now):
                self.post.send(due.errand, due.at, now)

    def sweep(self, now: datetime) -> int:
        """Send anew what nobody was told and what is due before the next sweep; how many errands those were.

        Appointments are found in the counselors' calendars, nine days ahead: a reminder comes at most seven before.
        Notices that were claimed and have not gone out on every channel are sent on as well, and offers are told of.
        What has run out of those the waiting list itself passes on. What nobody decided yet about an appointment that
        is over is looked at again.
        """
        readers = self.readers()
        near = self._near(now)
        readers.read(person_id for one in near for person_id in (one.client_id, one.counselor_id))
        dues = [
            due
            for appointment in near
            for reader in filter(None, map(readers.find, (appointment.client_id, appointment.counselor_id)))
            for due in due_to(appointment, reader)
            if now - STALE < due.at <= now + SOON
        ]
        dues += [
            due
            for hold in self.offers.holds()
            for due in self._of_offer(hold.offer_id, readers)
            if due.errand.to and due.at <= now + SOON
        ]
        told = self.notices.there((due.errand.to, due.errand.id) for due in dues)
        missing = [due for due in dues if due.errand.id not in told]
        missing += [Due(errand, now) for _, errand in self.notices.unsent()]
        looks = [look for appointment in near for look in looks_due(appointment)]
        missing += [look for look in looks if now < look.at <= now + SOON or is_lost(look, now)]
        for due in missing:
            self.post.send(due.errand, due.at, now)
        return len(missing)

    def _of_offer(self, offer_id: str, readers: Readers) -> list[Due]:
        offer = self.offers.find(offer_id)
        reader = readers.find(offer.client_id) if offer else None
        return due_of(offer, reader) if offer and reader else []

    def _near(self, now: datetime) -> list[Appointment]:
        first, last = (now - STALE).date(), (now + AHEAD).date()
        ids = {
            appointment_id
            for counselor_id in self.practices.ids()
            for appointment_id in self.store.days(counselor_id, first, last).appointment_ids
        }
        return self.store.find_many(ids)


def _ahead(appointment: Appointment, reader: Reader, now: datetime) -> list[Due]:
    return [due for due in due_to(appointment, reader) if due.at > now]
