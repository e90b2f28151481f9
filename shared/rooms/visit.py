"""Somebody at a room: what they may know of it."""

from dataclasses import dataclass

from shared.errors import NotFound
from shared.rooms.model import Membership, Room, RoomKind, WayIn
from shared.rooms.refusals import NotAMember


@dataclass(frozen=True)
class Visit:
    """A room, and the caller's membership of it if they ever had one."""

    room: Room
    membership: Membership | None

    @property
    def in_sight(self) -> bool:
        """Whether the caller may know of the room: one they were ever in, or a group that is not by invitation."""
        room = self.room
        return self.membership is not None or (
            room.kind is RoomKind.GROUP and room.settings.entry is not WayIn.INVITATION
        )

    def present(self) -> Membership:
        """The caller's membership. Raises NotAMember, and NotFound for a room that is out of their sight."""
        if self.membership is None:
            raise NotAMember if self.in_sight else NotFound
        return self.membership
