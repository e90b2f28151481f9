"""Circles of groups, as what people meet for: who may open one, who may come, what follows from its end."""

from dataclasses import dataclass
from datetime import datetime

from shared.appointments.model import Mode
from shared.errors import NotFound
from shared.ids import new_id
from shared.meetings.model import Meeting, MeetingKind
from shared.meetings.seat import SeatRole
from shared.people.model import Kind, Principal
from shared.rooms.facilitating import facilitators_only
from shared.rooms.model import Membership, Room, RoomKind
from shared.rooms.open_circles import OpenCircles
from shared.rooms.refusals import RoomClosed
from shared.rooms.room_store import RoomStore
from shared.tables import Write


@dataclass(frozen=True)
class CircleOccasion:
    """The circle of a room, to somebody who is in the room. `is_on`: a facilitator has opened it."""

    circles: OpenCircles
    room: Room
    membership: Membership
    meeting_id: str
    is_on: bool
    kind: MeetingKind = MeetingKind.CIRCLE
    mode: Mode = Mode.VIDEO
    start: None = None
    end: None = None
    opens_at: None = None
    closes_at: None = None
    client_delay: None = None
    counselor_delay: None = None

    @property
    def of(self) -> str:
        """The room's id."""
        return self.room.id

    @property
    def role(self) -> SeatRole:
        """As what the caller comes."""
        return SeatRole.FACILITATOR if self.membership.person_id in self.room.facilitators else SeatRole.MEMBER

    @property
    def member_id(self) -> str:
        """Their id in the room: their picture is drawn from it."""
        return self.membership.member_id

    @property
    def host_ids(self) -> tuple[str, ...]:
        """Everybody who facilitates the room."""
        return tuple(sorted(self.room.facilitators))

    def name(self) -> str:
        """What they are called in the room, and nowhere else."""
        return self.membership.handle

    def require_held(self, now: datetime) -> None:
        """Raises MemberMuted, and what keeps somebody from the room altogether."""
        self.membership.require_voice(now)

    def require_open(self, now: datetime, *, seated: bool) -> None:  # noqa: ARG002 - it is on or it is not
        """Raises NotFound where none is on, RoomClosed, and what `require_held` does. Facilitators open one."""
        self.require_held(now)
        if not self.is_on and not self.role.hosts:
            raise NotFound
        if not self.is_on and self.room.closed:
            raise RoomClosed

    def on_arrival(self, now: datetime) -> list[Write]:  # noqa: ARG002
        """The first who comes opens it."""
        return [] if self.is_on else [self.circles.open(self.room.id, self.meeting_id)]

    def on_end(self, by: str, now: datetime, *, have_met: bool) -> list[Write]:  # noqa: ARG002
        """The room has none any more."""
        return [self.circles.end(self.room.id, self.meeting_id)]


@dataclass(frozen=True)
class CircleOccasions:
    """Finds the circles of rooms."""

    rooms: RoomStore
    circles: OpenCircles

    def find(self, caller: Principal, room_id: str, now: datetime) -> CircleOccasion:
        """The circle that is on in a room of the caller's, or that a facilitator could open.

        Raises NotFound for strangers, NotAllowed, NotAMember, Removed, MemberSuspended.
        """
        if caller.kind is Kind.STAFF:
            facilitators_only(caller)
        visit = self.rooms.visit(room_id, caller.id)
        member = visit.membership
        if visit.room.kind is not RoomKind.GROUP or member is None:
            raise NotFound
        if caller.kind is Kind.STAFF and caller.id not in visit.room.facilitators:
            raise NotFound
        member.require_joined(now)
        meeting_id = self.circles.of(room_id)
        return CircleOccasion(self.circles, visit.room, member, meeting_id or new_id(), bool(meeting_id))

    def left_open(self, meeting: Meeting) -> CircleOccasion | None:
        """What a circle that nobody ended was held for, as the first of its facilitators would see it."""
        room = self.rooms.find(meeting.of)
        if room is None:
            return None
        member = self.rooms.visit(meeting.of, meeting.host_ids[0]).membership
        return CircleOccasion(self.circles, room, member, meeting.id, is_on=True) if member else None
