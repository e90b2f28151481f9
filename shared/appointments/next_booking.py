"""The appointment after this one: a counselor and a client agree on it, and the counselor books it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shared.appointments.finder import LOOKED_AHEAD
from shared.appointments.model import Appointment, AppointmentStatus, Slot
from shared.appointments.profile import Practice
from shared.appointments.refusals import AlreadyBookedThen, CalledOff, SlotNotOffered, SlotTaken, TooManyAppointments
from shared.appointments.service import Appointments, Booking
from shared.appointments.slots import wall_clock
from shared.intents import Once
from shared.people.model import Principal

MOST_SUGGESTED = 6
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Suggested:
    """Free times for both: the same one in a week if it is free, and others near to it, by time; six in all.

    `booked` are the times the two have agreed on already, within a month.
    """

    same_time: Slot | None
    others: list[Slot]
    booked: list[Slot]


@dataclass(frozen=True)
class NextBookings:
    """Use cases of a counselor. Hours that are hidden from new clients serve those who come already."""

    appointments: Appointments

    def suggested(self, caller: Principal, appointment_id: str, now: datetime) -> Suggested:
        """Times that suit both. Raises NotAllowed, NotFound, CalledOff."""
        before = self._of(caller, appointment_id)
        practice = self.appointments.finder.practices.find(caller.id)
        booked = self._booked(before, now)
        if practice is None:
            return Suggested(None, [], booked)
        wanted = _same_time(before, practice, now)
        nearest = self.appointments.finder.nearest(practice, before.client_id, wanted, MOST_SUGGESTED, now)
        same = next((slot for slot in nearest if slot.start == wanted), None)
        return Suggested(same, sorted(slot for slot in nearest if slot is not same), booked)

    def book(self, caller: Principal, appointment_id: str, start: datetime, once: Once, now: datetime) -> Appointment:
        """Book one of the times on offer for the same client, in the same mode and zone; as long as the hours say now.

        All that holds when a client books holds here. Whatever else a client has in their calendar is not told: such a
        time is taken, that is all. Raises NotAllowed, NotFound, CalledOff, SlotNotOffered, SlotTaken,
        TooManyAppointments.
        """
        before = self._of(caller, appointment_id)
        practice = self.appointments.finder.practices.find(caller.id)
        if practice is None:
            raise SlotNotOffered("Please write down your hours first.", field="body.start", next_slots=[])
        wanted = Booking(caller.id, start, before.mode, before.zone)
        try:
            return self.appointments.book_for(practice, before.client_id, wanted, caller.id, once, now)
        except AlreadyBookedThen as lost:
            raise SlotTaken("Please pick another time.", **lost.extra) from None
        except TooManyAppointments:
            raise TooManyAppointments("Some of theirs have to be over first.") from None

    def _booked(self, before: Appointment, now: datetime) -> list[Slot]:
        store, first = self.appointments.store, max(now, before.end).date()
        held = store.days(before.client_id, first, first + LOOKED_AHEAD)
        return [
            Slot(one.start, one.end)
            for one in store.find_many(held.appointment_ids)
            if one.counselor_id == before.counselor_id and one.start >= before.end and one.is_ahead(now)
        ]

    def _of(self, caller: Principal, appointment_id: str) -> Appointment:
        appointment = self.appointments.of_counselor(caller, appointment_id)
        if appointment.status is AppointmentStatus.CANCELLED:
            raise CalledOff("Your client can book another one.")
        return appointment


def _same_time(before: Appointment, practice: Practice, now: datetime) -> datetime:
    """The same weekday and time on the counselor's clock: the first to come, a week later at the earliest.

    Where the clocks skip that time it is the instant at which it would have been.
    """
    zone = ZoneInfo(practice.availability.zone)
    local = before.start.astimezone(zone)
    weeks = max(1, (now - before.start) // _WEEK + 1)
    day = local.date() + weeks * _WEEK
    return wall_clock(day, local.hour * 60 + local.minute, zone) or before.start + weeks * _WEEK
