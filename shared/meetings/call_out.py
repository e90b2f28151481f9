"""Taking part by phone, as people ask for it: a code to dial in with, a number to be called on, being called."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shared.appointments.model import Appointment
from shared.appointments.service import Appointments
from shared.audit import Audit
from shared.clock import instant_text
from shared.errors import Conflict, Refusal
from shared.intents import Intent, Once
from shared.meetings.dial import Dial
from shared.meetings.dialling import callable_number
from shared.meetings.occasions import AFTERWARDS, COUNSELOR_EARLY
from shared.meetings.phone_book import CalledBefore, PhoneBook
from shared.meetings.refusals import NotHeld, NotOpen
from shared.people.model import Principal
from shared.tables import commit


class NoPhone(Conflict):
    """The organisation has no phone number, or calls nobody."""

    code = "no_phone"
    title = "This is not possible by phone here"


class NoNumber(Conflict):
    """The client left no number for this appointment, or took it back."""

    code = "no_number"
    title = "There is no number to call for this appointment"


@dataclass(frozen=True)
class DialIn:
    """How to take part in an appointment by phone.

    `called` says whether the client may leave a number, `has_number` whether there is one.
    """

    number: str
    pin: str
    called: bool
    has_number: bool


@dataclass(frozen=True)
class CallOut:
    """Use cases. `allowed` are the countries that may be called; `language_of` says what a client speaks."""

    appointments: Appointments
    book: PhoneBook
    dial: Dial
    audit: Audit
    allowed: frozenset[str]
    language_of: Callable[[str], str]

    def dial_in(self, caller: Principal, appointment_id: str, now: datetime) -> DialIn:
        """The number and the code of an appointment of the caller's. Raises NotFound, NotHeld."""
        appointment = _to_come(self.appointments.of_client(caller, appointment_id), now)
        code = self.book.code(appointment.id, _until(appointment), now)
        return DialIn(self.dial.number, code, bool(self.allowed), self.book.has_number(appointment.id, now))

    def leave_number(self, caller: Principal, appointment_id: str, number: str, once: Once, now: datetime) -> None:
        """Leave a number for this appointment alone. Raises NotFound, NotHeld, NoPhone, NumberNotCalled, CallBusy."""
        appointment = _to_come(self.appointments.of_client(caller, appointment_id), now)
        if not self.allowed:
            raise NoPhone
        kept = self.book.keep_number(appointment.id, callable_number(number, self.allowed), _until(appointment))
        commit(self.book.table.client, [once(None), kept])

    def take_back_number(self, caller: Principal, appointment_id: str) -> None:
        """Forget the number. Raises NotFound."""
        appointment = self.appointments.of_client(caller, appointment_id)
        commit(self.book.table.client, [self.book.forget_number(appointment.id)])

    def call(self, caller: Principal, appointment_id: str, intent: Intent, once: Once, now: datetime) -> None:
        """Let the client's phone ring. Whoever takes it hears nothing of us until they press 1.

        The call is counted before it is placed, and placed once for one intent: should the process end between the
        two, nobody is called, and the counselor tries again. Raises NotFound, NotAllowed, NotHeld, NotOpen, NoNumber,
        TooManyCalls, AlreadyCalling, NumberNotCalled, CallBusy.
        """
        appointment = self.appointments.of_counselor(caller, appointment_id)
        _require_open(_to_come(appointment, now), now)
        number = self.book.number(appointment.id, now)
        if number is None:
            raise NoNumber
        callable_number(number, self.allowed)  # it may have been left when more countries were called
        client = self.book.table.client
        try:
            commit(client, [self.book.claim_call(appointment.id, intent.key, _until(appointment), now)])
            self._place(appointment, number, intent)
        except CalledBefore:
            pass
        fact = f"{appointment.id} {intent.key}"
        entry = self.audit.entry(appointment.client_id, "ClientCalled", caller.id, now, fact=fact)
        commit(client, [once(None), entry])

    def _place(self, appointment: Appointment, number: str, intent: Intent) -> None:
        try:
            self.dial.call(number, appointment.id, self.language_of(appointment.client_id))
        except Refusal:
            commit(self.book.table.client, [self.book.give_back_call(appointment.id, intent.key)])
            raise


def _to_come(appointment: Appointment, now: datetime) -> Appointment:
    if not appointment.stands or now >= _until(appointment):
        raise NotHeld
    return appointment


def _require_open(appointment: Appointment, now: datetime) -> None:
    opens_at, closes_at = appointment.start - COUNSELOR_EARLY, _until(appointment)
    if not opens_at <= now < closes_at:
        raise NotOpen(opens_at=instant_text(opens_at), closes_at=instant_text(closes_at))


def _until(appointment: Appointment) -> datetime:
    """Until when a code and a number are good: as long as one may come again."""
    return appointment.end + AFTERWARDS
