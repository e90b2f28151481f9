"""The door that phone calls knock at, in front of meetings: a call holds a seat as a page does.

A page says every fifteen seconds that it is there. A call that is in a meeting says nothing until it is hung up, so its
lease is good for as long as the meeting can last.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.appointments.model import Mode
from shared.appointments.store import AppointmentStore
from shared.errors import Busy, Conflict, NotFound, Refusal
from shared.meetings.calls import ChimeCall
from shared.meetings.model import Meeting, MeetingKind
from shared.meetings.phone import NotYet, PhoneSeat, PhoneStatus
from shared.meetings.phone_book import PhoneBook
from shared.meetings.presence import Presence
from shared.meetings.refusals import NotOpen
from shared.meetings.seat import Seat, SeatStatus
from shared.meetings.seating import Page
from shared.meetings.seen import Kept
from shared.meetings.service import Meetings
from shared.people.model import Kind, Person, Principal, Status
from shared.tables import Write, commit

LONGEST = timedelta(hours=4)

_STATUS = {
    SeatStatus.WAITING: PhoneStatus.WAITING,
    SeatStatus.ADMITTED: PhoneStatus.ADMITTED,
    SeatStatus.DECLINED: PhoneStatus.DECLINED,
    SeatStatus.REMOVED: PhoneStatus.DECLINED,
}


class NotByPhone(Conflict):
    """The others talk from browser to browser: no phone can come in."""

    code = "not_by_phone"
    title = "This call can't be joined by phone"


@dataclass(frozen=True)
class MeetingDoor:
    """`tell` lets open pages know that a meeting changed."""

    meetings: Meetings
    appointments: AppointmentStore
    book: PhoneBook
    person: Callable[[str], Person | None]
    tell: Callable[[Meeting], None]

    def arrive_by_pin(self, pin: str, line: str, now: datetime) -> PhoneSeat | NotYet | None:
        """As the protocol says."""
        appointment_id = self.book.find(pin, now)
        return self._arrive(appointment_id, line, now) if appointment_id else None

    def arrive_called(self, appointment_id: str, line: str, now: datetime) -> PhoneSeat | None:
        """As the protocol says."""
        found = self._arrive(appointment_id, line, now)
        return found if isinstance(found, PhoneSeat) else None

    def status(self, seat: PhoneSeat, now: datetime) -> PhoneStatus:
        """As the protocol says. To ask is to be there: the lease is renewed."""
        try:
            kept = self._keep(seat, now, join=False)
        except Busy:
            return PhoneStatus.WAITING
        except Refusal:
            return PhoneStatus.ENDED
        return _STATUS[kept.seen.meeting.seat(seat.seat_id).status]

    def join(self, seat: PhoneSeat, now: datetime) -> ChimeCall | None:
        """As the protocol says. Raises NotByPhone."""
        kept = self._keep(seat, now, join=True)
        if kept.call is None:
            return None
        if not isinstance(kept.call, ChimeCall):
            raise NotByPhone
        self._lease(kept.seen.meeting, kept.seen.meeting.seat(seat.seat_id), now + LONGEST)
        return kept.call

    def leave(self, seat: PhoneSeat, now: datetime) -> None:
        """As the protocol says. When the meeting is over, the number to call is forgotten at once."""
        gathered = self.meetings.store.find(seat.meeting_id)
        held = self._held(gathered.meeting, seat) if gathered else None
        if gathered is None or held is None:
            return
        if gathered.meeting.ended_at:
            commit(self.book.table.client, [self.book.forget_number(gathered.meeting.of)])
            return
        if held.joined_at:
            self._lease(gathered.meeting, held, now, int((now - held.joined_at).total_seconds()))
        with suppress(NotFound):
            self.tell(self.meetings.leave(_client(held), seat.meeting_id, now))

    def _arrive(self, appointment_id: str, line: str, now: datetime) -> PhoneSeat | NotYet | None:
        appointment = self.appointments.find(appointment_id)
        person = self.person(appointment.client_id) if appointment else None
        if appointment is None or person is None or person.status is not Status.ACTIVE:
            return None
        caller = Principal(person.id, Kind.CLIENT)
        page = Page(line, Mode.PHONE)
        try:
            seen = self.meetings.arrive(caller, MeetingKind.APPOINTMENT, appointment_id, page, self._noted(line), now)
        except NotOpen:
            return NotYet() if now < appointment.start else None
        except Busy:
            raise
        except Refusal:
            return None
        seat = seen.meeting.seat_of(person.id)
        if seat is None:
            return None
        self.tell(seen.meeting)
        return PhoneSeat(seen.meeting.id, seat.id, line, person.language)

    def _noted(self, line: str) -> Callable[[object], Write]:
        """Coming by page is remembered as the answer to a request; a call is answered by its own last event."""
        gone = self.book.table.delete(f"LINE#{line}", "SEAT")
        return lambda _seen: gone

    def _keep(self, seat: PhoneSeat, now: datetime, *, join: bool) -> Kept:
        gathered = self.meetings.store.find(seat.meeting_id)
        held = self._held(gathered.meeting, seat) if gathered else None
        if held is None:
            raise NotFound
        kept = self.meetings.keep(_client(held), seat.meeting_id, Page(seat.line, Mode.PHONE), now, join=join)
        if kept.changed:
            self.tell(kept.seen.meeting)
        return kept

    def _held(self, meeting: Meeting, seat: PhoneSeat) -> Seat | None:
        return next((s for s in meeting.seats if s.id == seat.seat_id and s.device == seat.line), None)

    def _lease(self, meeting: Meeting, seat: Seat, until: datetime, seconds: int = 0) -> None:
        commit(
            self.book.table.client,
            [self.meetings.store.keep(meeting, Presence(seat.id, seat.device, until, seconds))],
        )


def _client(seat: Seat) -> Principal:
    return Principal(seat.person_id, Kind.CLIENT)
