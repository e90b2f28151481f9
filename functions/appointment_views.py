"""How appointments are shown, to clients and to counselors."""

from datetime import datetime
from typing import Literal

from functions.call import Input, View
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


class PlaceInSeriesView(View):
    """Which one of a series booked at once an appointment is: `position` from 1, of how many."""

    id: str
    position: int
    of: int


class AppointmentView(View):
    """An appointment, to its client. `zone` is the one it was booked in; show times in the zone of the viewer.

    `unattended`: its client came, and its counselor did not. The delays say how many minutes late the two come.
    """

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
    series: PlaceInSeriesView | None
    unattended: bool
    client_delay: int | None
    counselor_delay: int | None

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


class OneStaffAppointmentView(StaffAppointmentView):
    """The same by itself. `missed_before`: how many the client missed with the counselor in the year before."""

    missed_before: int

    @classmethod
    def alone(
        cls, appointment: Appointment, handle: str, missed_before: int, now: datetime
    ) -> "OneStaffAppointmentView":
        """What its counselor sees on its own page at `now`."""
        return cls(**_fields(appointment, now), client=ClientView(handle=handle), missed_before=missed_before)


class DelayInput(Input):
    """About how many minutes after the start the caller comes."""

    minutes: Literal[5, 10, 15]


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
        "series": PlaceInSeriesView(
            id=appointment.series_id, position=appointment.series_position, of=appointment.series_length
        )
        if appointment.series_id
        else None,
        "unattended": appointment.was_unattended,
        "client_delay": appointment.client_delay.minutes if appointment.client_delay else None,
        "counselor_delay": appointment.counselor_delay.minutes if appointment.counselor_delay else None,
    }
