"""Calls that browsers connect among themselves: no server of ours hears or sees anything of them."""

from dataclasses import dataclass
from datetime import datetime

from shared.meetings.calls import Joined, PeerCall
from shared.meetings.ice import IceServers
from shared.meetings.model import Meeting
from shared.meetings.refusals import MeetingFull
from shared.meetings.seat import Seat

MOST = 4  # everybody sends to everybody: a cheap phone sends three pictures, and no more


@dataclass(frozen=True)
class PeerCalls:
    """The provider without a provider."""

    ice: IceServers

    def join(self, meeting: Meeting, seat: Seat, now: datetime) -> Joined:
        """What `seat`, which is in the call, needs to reach the others, and to be reached by who comes later.

        It is given at once to who is alone, too, so that they are ready for the offer of the next.
        Raises MeetingFull, CallBusy.
        """
        others = sum(other.in_call for other in meeting.seats if other.id != seat.id)
        if others >= MOST:
            raise MeetingFull(f"Up to {MOST} people can be in this call together.")
        return Joined(meeting, PeerCall(self.ice.for_seat(seat.id, now)))

    def remove(self, meeting: Meeting, seat: Seat) -> None:
        """Nothing is to be taken back: who is not in the meeting has their signals refused, and the others hang up."""

    def end(self, meeting: Meeting) -> None:
        """Nothing is kept anywhere that would have to be ended."""
