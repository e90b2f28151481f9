"""Which time has come free, read from an appointment before and after a change. Pure."""

from dataclasses import dataclass
from datetime import datetime

from shared.appointments.model import AppointmentStatus
from shared.clock import parse_instant
from shared.tables import Item


@dataclass(frozen=True)
class Freed:
    """A stretch of a counselor's calendar that somebody gave back; they are not offered it themselves."""

    counselor_id: str
    start: datetime
    end: datetime
    given_back_by: str = ""


def freed_by(before: Item | None, after: Item | None) -> Freed | None:
    """What the change between two images of an item gave back; None if nothing, or if the item is no appointment.

    A time the counselor called off is not passed on: whoever calls off is hardly there then.
    """
    if before is None or after is None or after["sk"] != "APPOINTMENT":
        return None
    cancelled = before["status"] != after["status"] == AppointmentStatus.CANCELLED
    moved = before["start"] != after["start"]
    if not moved and not (cancelled and after["cancelled_by"] == "client"):
        return None
    start, end = parse_instant(before["start"]), parse_instant(before["end"])
    return Freed(before["counselor_id"], start, end, before["client_id"])
