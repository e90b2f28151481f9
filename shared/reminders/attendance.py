"""What follows from who came to an appointment. Pure.

Only what is on record counts: the seats people took in its meeting, by page or by phone, and whether their pages were
heard of. Where the record leaves anything open, nothing is told and nothing is decided.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.appointments.model import SYSTEM, Appointment, AppointmentStatus
from shared.meetings.seat import Seat
from shared.meetings.store import Gathered
from shared.reminders.errand import Due, Errand
from shared.reminders.news import EARLY
from shared.reminders.notice import NoticeKind

LOOK = "look"
START, END = "start", "end"
GRACE = timedelta(minutes=5)
OF_USE = timedelta(minutes=20)
"""How long after the start it is worth telling somebody that it has begun, or that it begins later."""


def looks_due(appointment: Appointment) -> list[Due]:
    """When to look at who came. They say no version: that the client arrives must not make them void."""
    if not appointment.stands:
        return []
    return [
        Due(Errand(LOOK, appointment.id, what=START), appointment.start + GRACE),
        Due(Errand(LOOK, appointment.id, what=END), appointment.end),
    ]


def is_lost(look: Due, now: datetime) -> bool:
    """Whether a look that is over can still be made good: what came of it would show, or it would be of no use."""
    kept = OF_USE - GRACE if look.errand.what == START else timedelta(days=1)
    return look.at <= now < look.at + kept


@dataclass(frozen=True)
class Attendance:
    """An appointment, who came to its meeting, and who of the two wrote to the other in their room instead."""

    appointment: Appointment
    gathered: Gathered | None
    writers: frozenset[str] = frozenset()

    def told_at_start(self, now: datetime) -> NoticeKind | None:
        """What the client is told a few minutes after the start: that it begins later, or that there is still time.

        Whoever heard already how late it will be is not told again. It is told in quiet hours too: it is now or never.
        """
        appointment = self.appointment
        if not appointment.stands:
            return None
        if not appointment.start + GRACE - EARLY <= now < min(appointment.start + OF_USE, appointment.end):
            return None
        if self._client_came:
            awaited = not any(seat.joined_at or self._is_there(seat, now) for seat in self._hosts)
            heard = appointment.counselor_delay or self._wrote(appointment.counselor_id)
            return NoticeKind.LATE if awaited and not heard else None
        waits = any(self._is_there(seat, now) for seat in self._hosts)
        heard = appointment.client_delay or self._wrote(appointment.client_id)
        return NoticeKind.WAITING if waits and not heard else None

    def settled(self, now: datetime) -> Appointment:
        """What has become of the appointment once it is over; itself where that is not for us to say.

        The counselor was there, and the client, who could have come until the end, was not: it is missed. The client
        was there and has gone, and the counselor never was: it did not take place, and not because of the client.
        """
        appointment = self.appointment
        if not appointment.stands or now < appointment.end or self.gathered is None:
            return appointment
        counselor_came = any(self._heard_of(seat, appointment.start + GRACE) for seat in self._hosts)
        if not self._client_came:
            ended_at = self.gathered.meeting.ended_at
            open_throughout = ended_at is None or ended_at >= appointment.end
            missed = counselor_came and open_throughout and not self._wrote(appointment.client_id)
            return appointment.missed(SYSTEM, appointment.version, now) if missed else appointment
        counselor_was = counselor_came or self._wrote(appointment.counselor_id) or self.gathered.meeting.have_met
        waited = any(self._heard_of(seat, appointment.start) for seat in self._clients)
        waiting = any(self._is_there(seat, now) for seat in self._clients)
        return appointment.unattended(now) if waited and not waiting and not counselor_was else appointment

    def _wrote(self, person_id: str) -> bool:
        return person_id in self.writers

    @property
    def _client_came(self) -> bool:
        return self.appointment.status is not AppointmentStatus.BOOKED or bool(self._clients)

    @property
    def _seats(self) -> tuple[Seat, ...]:
        return self.gathered.meeting.seats if self.gathered else ()

    @property
    def _hosts(self) -> list[Seat]:
        return [seat for seat in self._seats if seat.role.hosts]

    @property
    def _clients(self) -> list[Seat]:
        return [seat for seat in self._seats if not seat.role.hosts]

    def _is_there(self, seat: Seat, now: datetime) -> bool:
        return self.gathered is not None and self.gathered.is_there(seat, now)

    def _heard_of(self, seat: Seat, since: datetime) -> bool:
        presence = self.gathered.presences.get(seat.id) if self.gathered else None
        return presence is not None and presence.seen_at >= since
