"""Rooms and who is in them. Pure: no AWS, no clock, no environment."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from shared.errors import Invalid
from shared.ids import derived_id
from shared.people.handles import is_our_handle
from shared.rooms.refusals import MemberMuted, MemberSuspended, NotAMember, Removed, TooSoon
from shared.topics import Topic

MOST_A_MINUTE = 10
RECENT_KEPT = 12  # more than may be sent in a minute: a repeat within it is always recognised
SLOWED = timedelta(minutes=1)  # between two messages of somebody who was asked to slow down
DIRECT_RETENTION_DAYS = 365


class RoomKind(StrEnum):
    """A direct room is a client's and a counselor's, and never gets a wider audience."""

    GROUP = "group"
    DIRECT = "direct"


class Audience(StrEnum):
    """Whom a group is for, by age. People under 18 and adults have rooms of their own."""

    ADULTS = "adults"
    YOUNG = "young"
    EVERYONE = "everyone"


class WayIn(StrEnum):
    """How somebody becomes a member of a group."""

    OPEN = "open"
    REQUEST = "request"
    INVITATION = "invitation"


class MemberRole(StrEnum):
    """What somebody is in a room. Facilitators run groups; direct rooms have a client and a counselor."""

    MEMBER = "member"
    FACILITATOR = "facilitator"
    CLIENT = "client"
    COUNSELOR = "counselor"


class MembershipStatus(StrEnum):
    """Where somebody stands with a room. Muted and suspended are `joined`, for a time without some of it."""

    REQUESTED = "requested"
    JOINED = "joined"
    DECLINED = "declined"
    LEFT = "left"
    REMOVED = "removed"


@dataclass(frozen=True)
class RoomSettings:
    """What facilitators decide about a group. Times are in the units their names say."""

    name: str
    about: str = ""
    topics: frozenset[Topic] = frozenset()
    language: str = "en"
    tags: tuple[str, ...] = ()
    audience: Audience = Audience.ADULTS
    entry: WayIn = WayIn.OPEN
    guidelines: str = ""
    capacity: int = 50
    retention_days: int = 30
    slow_seconds: int = 0
    premoderate_first: int = 0
    newcomer_wait_minutes: int = 0


@dataclass(frozen=True)
class Handover:
    """A counselor's proposal that another counselor go on with the client. Only the client can accept it."""

    to: str
    to_name: str
    reason: str
    proposed_at: datetime


@dataclass(frozen=True)
class Room:
    """A lasting place to talk.

    `joined` counts members who are no staff. `facilitators` maps the ids of staff to their names; a direct room has a
    client (whose name here is their handle) and a counselor instead. `floor` is a sequence number that is known to have
    been reached, with the ordinal of its message: it keeps the sequence going when all messages are gone.
    """

    id: str
    kind: RoomKind
    settings: RoomSettings
    guidelines_version: int
    created_at: datetime
    version: int
    joined: int = 0
    closed: bool = False
    facilitators: dict[str, str] = field(default_factory=dict)
    floor: tuple[int, int] = (0, 0)
    client_id: str = ""
    client_name: str = ""
    counselor_id: str = ""
    counselor_name: str = ""
    handover: Handover | None = None

    @property
    def retention(self) -> timedelta:
        """How long a message can be read."""
        return timedelta(days=self.settings.retention_days)

    def rewritten(self, settings: RoomSettings) -> "Room":
        """With other settings; other guidelines have to be accepted anew."""
        changed = settings.guidelines != self.settings.guidelines
        return replace(
            self,
            settings=settings,
            guidelines_version=self.guidelines_version + changed,
            version=self.version + 1,
        )


@dataclass(frozen=True)
class Recent:
    """One of a member's latest messages: its intent and content as short digests, its number, its second."""

    key: str
    content: str
    seq: int
    at: int


@dataclass(frozen=True)
class Membership:
    """One person in one room, under a handle of its own.

    `posts` counts messages ever posted, `decisions` those of facilitators about this member; both change with every
    such act, so a write that has seen them can tell that nothing came between. `sees_from` is the first sequence
    number this member may see.
    """

    room_id: str
    member_id: str
    person_id: str
    role: MemberRole
    status: MembershipStatus
    handle: str
    joined_at: datetime
    guidelines_version: int = 0
    read_seq: int = 0
    read_ordinal: int = 0
    posts: int = 0
    decisions: int = 0
    recent: tuple[Recent, ...] = ()
    muted_until: datetime | None = None
    slow_until: datetime | None = None
    suspended_until: datetime | None = None
    reason: str = ""
    note: str = ""
    blocks: frozenset[str] = frozenset()
    blocked_by: frozenset[str] = frozenset()
    sees_from: int = 1

    @property
    def of_staff(self) -> bool:
        """Whether this is a facilitator or a counselor."""
        return self.role in (MemberRole.FACILITATOR, MemberRole.COUNSELOR)

    @property
    def last_posted_at(self) -> datetime | None:
        """When they last wrote here, as far as that is remembered."""
        return datetime.fromtimestamp(max(recent.at for recent in self.recent), UTC) if self.recent else None

    @property
    def hidden_from(self) -> frozenset[str]:
        """Members who are not shown to this one, nor this one to them."""
        return self.blocks | self.blocked_by

    def require_joined(self, now: datetime) -> None:
        """Raises NotAMember, Removed, MemberSuspended for whoever may not even read."""
        if self.status is MembershipStatus.REMOVED:
            raise Removed(self.reason)
        if self.status is not MembershipStatus.JOINED:
            raise NotAMember
        if self.suspended_until and now < self.suspended_until:
            raise MemberSuspended.until(self.suspended_until, self.reason)

    def require_voice(self, now: datetime) -> None:
        """Raises what `require_joined` does, and MemberMuted."""
        self.require_joined(now)
        if self.muted_until and now < self.muted_until:
            raise MemberMuted.until(self.muted_until, self.reason)

    def wait(self, slow_seconds: int, now: datetime) -> int:
        """How many seconds this member waits before the next message; 0 for those who may write now."""
        at = int(now.timestamp())
        times = sorted(recent.at for recent in self.recent)
        between = max(slow_seconds, int(SLOWED.total_seconds()) if self.slow_until and now < self.slow_until else 0)
        waits = [times[-1] + between - at] if times and between and not self.of_staff else []
        if len(times) >= MOST_A_MINUTE:
            waits.append(times[-MOST_A_MINUTE] + 60 - at)
        return max([0, *waits])

    def require_pace(self, slow_seconds: int, now: datetime) -> None:
        """Raises TooSoon with the seconds to wait."""
        if seconds := self.wait(slow_seconds, now):
            raise TooSoon(seconds)

    def posted(self, recent: Recent, ordinal: int) -> "Membership":
        """After one more message; whoever writes has read what is above it."""
        kept = (*self.recent, recent)[-RECENT_KEPT:]
        return replace(self, posts=self.posts + 1, recent=kept, read_seq=recent.seq, read_ordinal=ordinal)


def member_id_of(room_id: str, person_id: str) -> str:
    """Somebody's id in this room and nowhere else.

    Nobody but a client is told their own person id, so nobody else can tell that two of these belong together.
    """
    return derived_id("member", room_id, person_id)


def check_handle(handle: str) -> None:
    """Raises Invalid unless it is one we make: nobody is tempted to use a name that is known elsewhere."""
    if not is_our_handle(handle):
        raise Invalid("Please choose one of the handles offered.", field="body.handle")
