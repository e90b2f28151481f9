"""What happened, read from an appointment before and after a change. Facts are in the past tense."""

from dataclasses import dataclass
from datetime import datetime

from shared.appointments.model import AppointmentStatus
from shared.clock import parse_instant
from shared.tables import Item

_ENDINGS = {
    AppointmentStatus.CANCELLED: "AppointmentCancelled",
    AppointmentStatus.NOSHOW: "AppointmentMissed",
    AppointmentStatus.ARRIVED: "ClientArrived",
    AppointmentStatus.FULFILLED: "AppointmentFulfilled",
}


@dataclass(frozen=True)
class Fact:
    """One change of one appointment; `version` makes it unmistakable, but for delays, which have none of their own."""

    name: str
    appointment_id: str
    version: int
    client_id: str
    by: str
    at: datetime


def fact_of(before: Item | None, after: Item | None) -> Fact | None:
    """The fact between two images of an item; None for items that are no appointment, and for a removal."""
    if after is None or after["sk"] != "APPOINTMENT":
        return None
    if before and before["version"] == after["version"]:
        return _delay_told(before, after)
    name = _ENDINGS.get(after["status"], "AppointmentMoved" if before else "AppointmentBooked")
    at = parse_instant(after["changed_at"])
    return Fact(name, after["id"], after["version"], after["client_id"], after["changed_by"], at)


def _delay_told(before: Item, after: Item) -> Fact | None:
    for side in ("client", "counselor"):
        delay = after.get(f"{side}_delay")
        if delay and delay != before.get(f"{side}_delay"):
            said_at = parse_instant(delay["said_at"])
            return Fact("DelayTold", after["id"], after["version"], after["client_id"], after[f"{side}_id"], said_at)
    return None
