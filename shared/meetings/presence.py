"""That a page keeps a seat: a lease. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.meetings.seat import Seat

LEASE = timedelta(seconds=45)  # pages keep their seat every fifteen seconds: two may be lost on the way


@dataclass(frozen=True)
class Presence:
    """That a page keeps a seat: until when, and for how many seconds it has been in the call so far."""

    seat_id: str
    device: str
    seen_at: datetime
    seconds: int = 0

    def is_there(self, now: datetime) -> bool:
        """Whether the page has been heard of lately."""
        return now < self.seen_at + LEASE

    def seen(self, seat: Seat, now: datetime) -> "Presence":
        """Heard of now. What passed since the last time counts as time in the call if the seat is in it."""
        passed = max(timedelta(), min(now - self.seen_at, LEASE)) if seat.in_call else timedelta()
        return Presence(seat.id, seat.device, now, self.seconds + int(passed.total_seconds()))
