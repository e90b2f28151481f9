"""What clients and counselors do with appointments. Who may do it is checked here."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.appointments.availability import FARTHEST
from shared.appointments.finder import Finder
from shared.appointments.model import Appointment, AppointmentStatus, Mode, Slot
from shared.appointments.practices import counselors_only
from shared.appointments.profile import Practice
from shared.appointments.refusals import (
    AlreadyBookedThen,
    ModeNotOffered,
    SlotNotOffered,
    SlotTaken,
    TooManyAppointments,
)
from shared.appointments.replanning import Losing, Replan, calendar_writes
from shared.appointments.slots import offered
from shared.appointments.store import AppointmentStore
from shared.clock import instant_text
from shared.errors import NotFound, Refusal
from shared.ids import new_id
from shared.intents import Once
from shared.people.model import Kind, Principal
from shared.tables import Item, Write, commit

PAST_SHOWN = timedelta(days=365)
FUTURE_SHOWN = timedelta(days=FARTHEST + 1)
MOST_AHEAD = 30
MOST_LISTED = 100


@dataclass(frozen=True)
class Booking:
    """What a client wants to book."""

    counselor_id: str
    start: datetime
    mode: Mode
    zone: str


@dataclass(frozen=True)
class Appointments:
    """Use cases. Every change is one transaction; whoever loses a race is told what is free next."""

    store: AppointmentStore
    finder: Finder

    def book(self, caller: Principal, wanted: Booking, once: Once, now: datetime) -> Appointment:
        """Book a time that is on offer.

        One transaction takes the cells of both people, writes the appointment and remembers the answer. Raises
        NotFound, ModeNotOffered, SlotNotOffered, SlotTaken, AlreadyBookedThen, TooManyAppointments.
        """
        practice = self.finder.published(wanted.counselor_id)
        if wanted.mode not in practice.profile.modes:
            raise ModeNotOffered(field="body.mode")
        return self.book_for(practice, caller.id, wanted, caller.id, once, now)

    def book_for(
        self, practice: Practice, client_id: str, wanted: Booking, by: str, once: Once, now: datetime
    ) -> Appointment:
        """The same, for a client by somebody else. Who may, and in which mode, is for the caller to have checked.

        Raises SlotNotOffered, SlotTaken, AlreadyBookedThen, TooManyAppointments.
        """
        self.within_measure(client_id, now)
        slot = self._on_offer(practice, client_id, wanted.start, now)
        self._not_busy(practice, client_id, slot, now)
        appointment = booked(practice, client_id, slot, wanted.mode, wanted.zone, by, now)
        writes = [once(appointment), *self._calendars(None, appointment), self.store.put_new(appointment)]
        self._commit(writes, practice, client_id, slot.start, now)
        return appointment

    def reschedule(
        self, caller: Principal, appointment_id: str, start: datetime, version: int, once: Once, now: datetime
    ) -> Appointment:
        """Move an appointment of the caller's to another time that is on offer: one of a series also beyond the
        horizon, up to two weeks after its own time.

        Raises NotFound, TooLate, ChangedMeanwhile, SlotNotOffered, SlotTaken, AlreadyBookedThen.
        """
        before = self.of_client(caller, appointment_id)
        after = before.moved(start, caller.id, version, now)
        practice = self.finder.practices.find(before.counselor_id)
        if practice is None or not practice.profile.published:
            raise SlotNotOffered("This counselor offers no times for now.", field="body.start", next_slots=[])
        practice = practice.for_moving(before, now)
        slot = self._on_offer(practice, caller.id, start, now)
        if slot.end != after.end:
            # None of their times would do, so none are named.
            raise SlotNotOffered(
                "Their appointments have another length now. Please book anew.", field="body.start", next_slots=[]
            )
        self._not_busy(practice, caller.id, slot, now, held=Slot(before.start, before.end))
        writes = [once(after), self.store.replace(before, after), *self._calendars(before, after)]
        self._commit(writes, practice, caller.id, slot.start, now)
        return after

    def cancel(
        self, caller: Principal, appointment_id: str, version: int, reason: str, once: Once, now: datetime
    ) -> Appointment:
        """Call an appointment off: its client within the rules, its counselor always. Both are free again.

        Raises NotFound, TooLate, ChangedMeanwhile.
        """
        before = self.get(caller, appointment_id)
        after = before.cancelled(caller.id, reason, version, now)
        freed = self._calendars(before, after)
        commit(self.store.table.client, [once(after), self.store.replace(before, after), *freed])
        return after

    def noshow(self, caller: Principal, appointment_id: str, version: int, once: Once, now: datetime) -> Appointment:
        """Note that the client did not come. Raises NotFound, NotStarted, ChangedMeanwhile."""
        before = self.of_counselor(caller, appointment_id)
        after = before.missed(caller.id, version, now)
        commit(self.store.table.client, [once(after), self.store.replace(before, after)])
        return after

    def get(self, caller: Principal, appointment_id: str) -> Appointment:
        """An appointment of the caller's, as client or as counselor. Raises NotFound, also for other people's."""
        if caller.kind is Kind.CLIENT:
            return self.of_client(caller, appointment_id)
        return self.of_counselor(caller, appointment_id)

    def of_client(self, caller: Principal, appointment_id: str) -> Appointment:
        """An appointment the caller booked. Raises NotFound."""
        appointment = self.store.find(appointment_id)
        if appointment is None or appointment.client_id != caller.id:
            raise NotFound
        return appointment

    def of_counselor(self, caller: Principal, appointment_id: str) -> Appointment:
        """An appointment with the caller. Raises NotFound, NotAllowed."""
        counselors_only(caller)
        appointment = self.store.find(appointment_id)
        if appointment is None or appointment.counselor_id != caller.id:
            raise NotFound
        return appointment

    def upcoming(self, caller: Principal, now: datetime) -> list[Appointment]:
        """The caller's appointments that are ahead, soonest first."""
        return [appointment for appointment in self._mine(caller, now) if appointment.is_ahead(now)]

    def past(self, caller: Principal, now: datetime) -> list[Appointment]:
        """Those that are over or called off, latest first, from the last year on."""
        return [appointment for appointment in reversed(self._mine(caller, now)) if not appointment.is_ahead(now)]

    def _mine(self, caller: Principal, now: datetime) -> list[Appointment]:
        return self.store.between(caller.id, now - PAST_SHOWN, now + FUTURE_SHOWN)

    def within_measure(self, client_id: str, now: datetime, more: int = 1) -> None:
        """Raises TooManyAppointments if the client may not book this many more.

        One person, or a program behind a handle, must not take all the times there are. Days go on listing what was
        called off, so booking and cancelling over and over is bounded as well.
        """
        listed = self.store.days(client_id, now.date(), (now + FUTURE_SHOWN).date()).appointment_ids
        if len(listed) + more <= MOST_AHEAD:
            return
        ahead = [appointment for appointment in self.store.find_many(listed) if appointment.is_ahead(now)]
        if len(ahead) + more > MOST_AHEAD or len(listed) + more > MOST_LISTED:
            raise TooManyAppointments("Please come back when some of them are over.")

    def _on_offer(self, practice: Practice, client_id: str, start: datetime, now: datetime) -> Slot:
        """The slot that starts then by the counselor's rules. Whether it is free is for the transaction to say."""
        if start <= now:
            raise SlotNotOffered(
                "This time is over.", field="body.start", next_slots=self._next(practice, client_id, now, now)
            )
        slot = next(offered(practice.availability, start, start + timedelta(seconds=1), now), None)
        if slot is None or slot.start != start:
            free = self._next(practice, client_id, start, now)
            raise SlotNotOffered("Please pick one of the times shown.", field="body.start", next_slots=free)
        return slot

    def _not_busy(
        self, practice: Practice, client_id: str, slot: Slot, now: datetime, *, held: Slot | None = None
    ) -> None:
        """Raises SlotTaken if the counselor is busy elsewhere. No race to win: that calendar is minutes old anyway."""
        if self.finder.is_busy(practice, slot, now, held=held):
            free = self._next(practice, client_id, slot.start, now)
            raise SlotTaken("The counselor is not free then. These are free:", next_slots=free)

    def _calendars(self, before: Appointment | None, after: Appointment) -> list[Write]:
        """The writes that give up the old time of both people and take the new one."""
        return calendar_writes(self.store, [Replan(before, after)], Losing(_taken, _client_taken))

    def _commit(self, writes: list[Write], practice: Practice, client_id: str, start: datetime, now: datetime) -> None:
        try:
            commit(self.store.table.client, writes)
        except (SlotTaken, AlreadyBookedThen) as lost:
            lost.extra["next_slots"] = self._next(practice, client_id, start, now)
            raise

    def _next(self, practice: Practice, client_id: str, start: datetime, now: datetime) -> list[dict[str, str]]:
        free = self.finder.next_slots(practice, client_id, start, now)
        return [{"start": instant_text(slot.start), "end": instant_text(slot.end)} for slot in free]


def booked(
    practice: Practice, client_id: str, slot: Slot, mode: Mode, zone: str, by: str, now: datetime
) -> Appointment:
    """A new appointment of a client in this slot, by the counselor's rules of now. `zone` is the client's."""
    return Appointment(
        id=new_id(),
        status=AppointmentStatus.BOOKED,
        mode=mode,
        start=slot.start,
        end=slot.end,
        zone=zone,
        client_id=client_id,
        counselor_id=practice.counselor_id,
        counselor_name=practice.profile.name,
        counselor_zone=practice.availability.zone,
        buffer=practice.availability.buffer,
        change_notice=practice.availability.change_notice,
        version=1,
        booked_at=now,
        changed_by=by,
        changed_at=now,
    )


def _taken(_old: Item | None) -> Refusal:
    return SlotTaken("Somebody was a moment faster. These are free:")


def _client_taken(_old: Item | None) -> Refusal:
    return AlreadyBookedThen("Please pick another time, or move the other appointment first.")
