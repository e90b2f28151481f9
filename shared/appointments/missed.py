"""How often somebody did not come: a number that is counted when it is asked for, and kept nowhere."""

from datetime import datetime, timedelta

from shared.appointments.model import Appointment, AppointmentStatus
from shared.appointments.store import AppointmentStore

COUNTED = timedelta(days=365)


def missed_before(store: AppointmentStore, appointment: Appointment, now: datetime) -> int:
    """How many appointments before this one its client missed with the same counselor, within a year of `now`."""
    return sum(
        other.status is AppointmentStatus.NOSHOW
        and other.counselor_id == appointment.counselor_id
        and now - COUNTED <= other.start < appointment.start
        for other in store.between(appointment.client_id, now - COUNTED, appointment.start)
    )
