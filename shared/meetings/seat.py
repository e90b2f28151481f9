"""Seats: somebody's place in a meeting. Pure, as the rest of the model."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.appointments.model import Mode
from shared.meetings.refusals import Declined, NotAdmitted, RemovedFromMeeting


class SeatRole(StrEnum):
    """As what somebody takes part."""

    CLIENT = "client"
    COUNSELOR = "counselor"
    MEMBER = "member"
    FACILITATOR = "facilitator"

    @property
    def hosts(self) -> bool:
        """Whether they need nobody's leave, and give it to others."""
        return self in (SeatRole.COUNSELOR, SeatRole.FACILITATOR)


class SeatStatus(StrEnum):
    """Whether somebody may come in."""

    WAITING = "waiting"
    ADMITTED = "admitted"
    DECLINED = "declined"
    REMOVED = "removed"


@dataclass(frozen=True)
class Seat:
    """A person's place in a meeting: one each, however many devices they have.

    `id` is random and made for this meeting alone; it is what other people's browsers and Chime learn. `device` names
    the page that holds the seat. `number` orders those in the call by when they joined it: who comes later offers the
    connection; 0 is not in the call. `name` is what others call them.
    """

    id: str
    person_id: str
    role: SeatRole
    name: str
    status: SeatStatus
    device: str
    mode: Mode
    arrived_at: datetime
    member_id: str = ""
    number: int = 0
    joined_at: datetime | None = None
    left_at: datetime | None = None

    @property
    def in_call(self) -> bool:
        """Whether they have joined the call, and not left it."""
        return self.number > 0

    def require_admitted(self) -> None:
        """Raises NotAdmitted, Declined, RemovedFromMeeting."""
        if self.status is SeatStatus.WAITING:
            raise NotAdmitted
        if self.status is SeatStatus.DECLINED:
            raise Declined
        if self.status is SeatStatus.REMOVED:
            raise RemovedFromMeeting
