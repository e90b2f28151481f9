"""What meetings are held for: who may come to one, from when until when, and what follows from their coming."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from shared.appointments.model import Appointment, Mode
from shared.appointments.practices import counselors_only
from shared.appointments.store import AppointmentStore
from shared.clock import instant_text
from shared.errors import NotFound
from shared.ids import derived_id
from shared.meetings.model import MeetingKind
from shared.meetings.refusals import NotHeld, NotOpen
from shared.meetings.seat import SeatRole
from shared.people.model import Kind, Principal
from shared.tables import Write

CLIENT_EARLY = timedelta(minutes=15)
COUNSELOR_EARLY = timedelta(minutes=60)
AFTERWARDS = timedelta(minutes=30)


class Occasion(Protocol):
    """What a meeting is for, as one of those sees it who may come. Times are None where there is no limit.

    The delays are how many minutes late the two have said they come.
    """

    @property
    def kind(self) -> MeetingKind: ...
    @property
    def meeting_id(self) -> str: ...
    @property
    def of(self) -> str: ...
    @property
    def role(self) -> SeatRole: ...
    @property
    def mode(self) -> Mode: ...
    @property
    def member_id(self) -> str: ...
    @property
    def host_ids(self) -> tuple[str, ...]: ...
    @property
    def start(self) -> datetime | None: ...
    @property
    def end(self) -> datetime | None: ...
    @property
    def opens_at(self) -> datetime | None: ...
    @property
    def closes_at(self) -> datetime | None: ...
    @property
    def client_delay(self) -> int | None: ...
    @property
    def counselor_delay(self) -> int | None: ...

    def name(self) -> str:
        """What the others call whoever comes."""

    def require_held(self, now: datetime) -> None:
        """Raises what keeps the caller from it altogether: NotHeld when it was called off."""

    def require_open(self, now: datetime, *, seated: bool) -> None:
        """Raises NotHeld, NotOpen when one may not come now; who has a seat may return for a while."""

    def on_arrival(self, now: datetime) -> list[Write]:
        """What the first arrival of the caller changes elsewhere."""

    def on_end(self, by: str, now: datetime, *, have_met: bool) -> list[Write]:
        """What the end changes elsewhere."""


class Occasions:
    """Finds what meetings are held for, by kind. Each finder takes the caller and the id of that."""

    def __init__(self, finders: Mapping[MeetingKind, Callable[[Principal, str, datetime], Occasion]]) -> None:
        self._finders = finders

    def find(self, caller: Principal, kind: MeetingKind, of: str, now: datetime) -> Occasion:
        """What `of` is to the caller. Raises NotFound, also for what is other people's, and what keeps them from it."""
        return self._finders[kind](caller, of, now)


def meeting_of_appointment(appointment_id: str) -> str:
    """The id of an appointment's meeting: there is one, whoever comes first."""
    return derived_id("meeting", appointment_id)


@dataclass(frozen=True)
class AppointmentOccasion:
    """An appointment, to its client or its counselor."""

    store: AppointmentStore
    appointment: Appointment
    by_client: bool
    handle_of: Callable[[str], str]
    kind: MeetingKind = MeetingKind.APPOINTMENT
    member_id: str = ""

    @property
    def meeting_id(self) -> str:
        """The meeting's id."""
        return meeting_of_appointment(self.appointment.id)

    @property
    def of(self) -> str:
        """The appointment's id."""
        return self.appointment.id

    @property
    def role(self) -> SeatRole:
        """As what the caller comes."""
        return SeatRole.CLIENT if self.by_client else SeatRole.COUNSELOR

    @property
    def mode(self) -> Mode:
        """What was agreed."""
        return self.appointment.mode

    @property
    def host_ids(self) -> tuple[str, ...]:
        """The counselor."""
        return (self.appointment.counselor_id,)

    @property
    def start(self) -> datetime:
        """When it begins."""
        return self.appointment.start

    @property
    def end(self) -> datetime:
        """When it ends."""
        return self.appointment.end

    @property
    def opens_at(self) -> datetime:
        """From when the caller may come."""
        return self.appointment.start - (CLIENT_EARLY if self.by_client else COUNSELOR_EARLY)

    @property
    def closes_at(self) -> datetime:
        """Until when whoever was there may come again."""
        return self.appointment.end + AFTERWARDS

    @property
    def client_delay(self) -> int | None:
        """How many minutes late the client has said they come."""
        return self.appointment.client_delay.minutes if self.appointment.client_delay else None

    @property
    def counselor_delay(self) -> int | None:
        """The same of the counselor."""
        return self.appointment.counselor_delay.minutes if self.appointment.counselor_delay else None

    def name(self) -> str:
        """The client's handle, or the counselor's name."""
        appointment = self.appointment
        return self.handle_of(appointment.client_id) if self.by_client else appointment.counselor_name

    def require_held(self, now: datetime) -> None:  # noqa: ARG002 - what was called off is so at any time
        """Raises NotHeld."""
        if not self.appointment.stands:
            raise NotHeld

    def require_open(self, now: datetime, *, seated: bool) -> None:
        """Raises NotHeld, NotOpen. A client comes first until the end, and again, as a counselor, for a while after."""
        self.require_held(now)
        until = self.closes_at if seated or not self.by_client else self.appointment.end
        if not self.opens_at <= now < until:
            raise NotOpen(opens_at=instant_text(self.opens_at), closes_at=instant_text(until))

    def on_arrival(self, now: datetime) -> list[Write]:
        """A client who comes makes the appointment `arrived`."""
        return self._become(self.appointment.arrived(now) if self.by_client else self.appointment)

    def on_end(self, by: str, now: datetime, *, have_met: bool) -> list[Write]:
        """Two who have met make it `fulfilled`."""
        return self._become(self.appointment.fulfilled(by, now) if have_met else self.appointment)

    def _become(self, after: Appointment) -> list[Write]:
        return [] if after == self.appointment else [self.store.replace(self.appointment, after)]


@dataclass(frozen=True)
class AppointmentOccasions:
    """Finds the appointments that people meet for. `handle_of` says what a client is called."""

    store: AppointmentStore
    handle_of: Callable[[str], str]

    def find(self, caller: Principal, appointment_id: str, now: datetime) -> AppointmentOccasion:  # noqa: ARG002
        """An appointment of the caller's. Raises NotFound, also for other people's, and NotAllowed."""
        by_client = caller.kind is Kind.CLIENT
        if not by_client:
            counselors_only(caller)
        appointment = self.store.find(appointment_id)
        theirs = appointment and (appointment.client_id if by_client else appointment.counselor_id) == caller.id
        if appointment is None or not theirs:
            raise NotFound
        return AppointmentOccasion(self.store, appointment, by_client, self.handle_of)

    def left_open(self, appointment_id: str) -> AppointmentOccasion | None:
        """The appointment of a meeting that nobody ended, as its counselor would see it."""
        appointment = self.store.find(appointment_id)
        return (
            AppointmentOccasion(self.store, appointment, by_client=False, handle_of=self.handle_of)
            if appointment
            else None
        )
