"""What browsers tell each other on the way to a connection: passed on between two who are in the same call.

SIGNALS#<seat>   MINUTE#<minute>   how many a seat has sent in this minute
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from shared.clock import epoch
from shared.errors import NotFound, TooMany
from shared.meetings.refusals import NotInCall
from shared.meetings.seat import Seat
from shared.meetings.store import MeetingStore
from shared.tables import Item, commit

MOST_A_MINUTE = 240  # three others, each with an offer, candidates in a dozen parts and some attempts
_MINUTE = 60


@dataclass(frozen=True)
class Signals:
    """Checks who may tell whom something."""

    store: MeetingStore

    def pass_on(self, person_id: str, meeting_id: str, device: str, to: str, now: datetime) -> tuple[Seat, Seat]:
        """Who tells whom. Raises NotFound, MeetingEnded, SeatMoved, NotInCall, TooMany."""
        gathered = self.store.find(meeting_id)
        if gathered is None:
            raise NotFound
        meeting = gathered.meeting
        sender, receiver = meeting.held(person_id, device), meeting.seat(to)
        if not sender.in_call or not receiver.in_call or sender.id == receiver.id:
            raise NotInCall
        self._count(sender, now)
        return sender, receiver

    def _count(self, sender: Seat, now: datetime) -> None:
        minute = epoch(now) // _MINUTE
        counted = self.store.table.update(
            f"SIGNALS#{sender.id}",
            f"MINUTE#{minute}",
            "SET expires_at = :end ADD #sent :one",
            when="attribute_not_exists(#sent) OR #sent < :most",
            values={"end": epoch(now + timedelta(hours=1)), "one": 1, "most": MOST_A_MINUTE},
            lost=partial(_too_many, (minute + 1) * _MINUTE - epoch(now)),
        )
        commit(self.store.table.client, [counted])


def _too_many(seconds: int, _old: Item | None) -> Exception:
    return TooMany(max(1, seconds))
