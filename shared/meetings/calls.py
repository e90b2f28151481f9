"""What carries a call, behind one small interface: `chime.py` and `peer.py` are the two there are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from shared.meetings.model import Meeting
from shared.meetings.seat import Seat


@dataclass(frozen=True)
class IceServer:
    """A STUN or TURN server, as `RTCPeerConnection` wants it (W3C WebRTC, RTCIceServer)."""

    urls: tuple[str, ...]
    username: str = ""
    credential: str = field(default="", repr=False)


@dataclass(frozen=True)
class PeerCall:
    """What a browser needs to reach the others itself."""

    ice_servers: tuple[IceServer, ...]


@dataclass(frozen=True)
class ChimeCall:
    """What the Chime SDK in a browser needs. `attendee` holds a join token: it is answered and never kept or logged."""

    meeting: Mapping[str, Any] = field(repr=False)
    attendee: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Joined:
    """What came of joining: the meeting as it is to be kept, and what the caller's browser needs.

    `call` is None while there is nobody to talk to.
    """

    meeting: Meeting
    call: PeerCall | ChimeCall | None


class Calls(Protocol):
    """One provider."""

    def join(self, meeting: Meeting, seat: Seat, now: datetime) -> Joined:
        """What `seat`, which is in the call, needs. May be asked again at any time. Raises CallBusy, MeetingFull."""

    def remove(self, meeting: Meeting, seat: Seat) -> None:
        """See to it that what `seat` was given no longer works. Of a seat that was given nothing, nothing."""

    def end(self, meeting: Meeting) -> None:
        """End the call for everybody. Ended twice is ended."""
