"""An appointment to start from."""

from datetime import UTC, datetime, timedelta
from typing import Any

from shared.appointments.model import Appointment, AppointmentStatus, Mode

BOOKED_AT = datetime(2027, 3, 1, 12, tzinfo=UTC)
START = datetime(2027, 3, 8, 9, tzinfo=UTC)
CLIENT, COUNSELOR = "c" * 32, "d" * 32


def appointment(**other: Any) -> Appointment:
    """Alice with Tom, booked a week ahead, but for what is said otherwise."""
    start = other.get("start", START)
    usual: dict[str, Any] = {
        "id": "a" * 32,
        "status": AppointmentStatus.BOOKED,
        "mode": Mode.VIDEO,
        "start": start,
        "end": start + timedelta(minutes=50),
        "zone": "Europe/Lisbon",
        "client_id": CLIENT,
        "counselor_id": COUNSELOR,
        "counselor_name": "Tom Tarrow",
        "counselor_zone": "Europe/London",
        "buffer": 10,
        "change_notice": 24,
        "version": 1,
        "booked_at": BOOKED_AT,
        "changed_by": CLIENT,
        "changed_at": BOOKED_AT,
    }
    return Appointment(**(usual | other))
