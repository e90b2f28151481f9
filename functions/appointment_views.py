"""How appointments are shown, to clients and to counselors."""

from datetime import datetime
from typing import Literal

from functions.call import View
from shared.appointments.model import Appointment, AppointmentStatus, Mode, Slot


class SlotView(View):
    """A time that can be booked."""

    start: datetime
    end: datetime

    @classmethod
    def of(cls, slot: Slot) -> "SlotView":
        """The slot."""
        return cls(start=slot.start, end=slot.end)


class CounselorNameView(View):
    """Whom the appointment is with."""

    id: str
    name: str


class AppointmentView(View):
    """An appointment, to its client. `zone` is the one it was booked in; show times in the zone of the viewer."""

    id: str
    status: AppointmentStatus
    mode: Mode
    start: datetime
    end: datetime
    zone: str
    counselor: CounselorNameView
    version: int
    can_change: bool
    change_until: datetime
    cancelled_by: Literal["client", "counselor"] | None
    cancel_reason: str | None

    @classmethod
    def of(cls, appointment: Appointment, now: datetime) -> "AppointmentView":
        """What its client sees at `now`."""
        return cls(**_fields(appointment, now))


class ClientView(View):
    """Who the client is to the counselor: a handle, nothing more."""

    handle: str


class StaffAppointmentView(AppointmentView):
    """An appointment, to its counselor."""

    client: ClientView

    @classmethod
    def with_handle(cls, appointment: Appointment, handle: str, now: datetime) -> "StaffAppointmentView":
        """What its counselor sees at `now`. A client who is gone has no handle."""
        return cls(**_fields(appointment, now), client=ClientView(handle=handle))


def _fields(appointment: Appointment, now: datetime) -> dict[str, object]:
    return {
        "id": appointment.id,
        "status": appointment.status,
        "mode": appointment.mode,
        "start": appointment.start,
        "end": appointment.end,
        "zone": appointment.zone,
        "counselor": CounselorNameView(id=appointment.counselor_id, name=appointment.counselor_name),
        "version": appointment.version,
        "can_change": appointment.can_change(now),
        "change_until": appointment.change_until,
        "cancelled_by": appointment.cancelled_by or None,
        "cancel_reason": appointment.cancel_reason or None,
    }
