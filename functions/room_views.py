"""How rooms are shown."""

from datetime import datetime
from typing import Any

from functions.call import View
from shared.errors import Refusal
from shared.rooms.desks import Desk
from shared.rooms.gatherings import Gathering
from shared.rooms.model import (
    Audience,
    MemberRole,
    Membership,
    MembershipStatus,
    Room,
    RoomKind,
    WayIn,
    member_id_of,
)
from shared.rooms.overview import Glance
from shared.rooms.rota import RoomMode, State
from shared.topics import Topic


class ModeView(View):
    """Whether somebody keeps the room safe now, until when that holds, and when the next facilitator comes."""

    mode: RoomMode
    until: datetime | None
    next_live_at: datetime | None

    @classmethod
    def of(cls, state: State) -> "ModeView":
        """The mode."""
        return cls(mode=state.mode, until=state.until, next_live_at=state.next_live_at)


class FacilitatorView(View):
    """Somebody who keeps the room safe."""

    id: str
    name: str


class GatheringView(View):
    """A date of a room. `handles` of those who come are for facilitators; others see how many.

    `series_id` is shared by those that were planned together.
    """

    id: str
    title: str
    start: datetime
    end: datetime
    zone: str
    coming: int
    am_coming: bool
    cancelled: bool
    handles: list[str]
    series_id: str | None

    @classmethod
    def of(cls, gathering: Gathering, member_id: str = "", handles: list[str] | None = None) -> "GatheringView":
        """The date, to the member with this id."""
        return cls(
            id=gathering.id,
            title=gathering.title,
            start=gathering.start,
            end=gathering.end,
            zone=gathering.zone,
            coming=len(gathering.coming),
            am_coming=member_id in gathering.coming,
            cancelled=gathering.cancelled,
            handles=handles or [],
            series_id=gathering.series_id or None,
        )


class MembershipView(View):
    """Where the caller stands with the room. `post_blocked` is the code of what keeps them from writing now."""

    status: MembershipStatus
    member_id: str
    handle: str
    role: MemberRole
    muted_until: datetime | None
    slow_until: datetime | None
    suspended_until: datetime | None
    reason: str
    unread: int
    read_seq: int
    guidelines_version: int
    can_post: bool
    post_blocked: str | None
    wait_until: str | None

    @classmethod
    def of(cls, membership: Membership, unread: int, obstacle: Refusal | None) -> "MembershipView":
        """The caller's membership."""
        joined = membership.status is MembershipStatus.JOINED
        return cls(
            status=membership.status,
            member_id=membership.member_id,
            handle=membership.handle,
            role=membership.role,
            muted_until=membership.muted_until,
            slow_until=membership.slow_until,
            suspended_until=membership.suspended_until,
            reason=membership.reason,
            unread=unread,
            read_seq=membership.read_seq,
            guidelines_version=membership.guidelines_version,
            can_post=joined and obstacle is None,
            post_blocked=obstacle.code if obstacle else None,
            wait_until=obstacle.extra.get("until") or obstacle.extra.get("next_live_at") if obstacle else None,
        )


class AbsenceView(View):
    """Until when the counselor is away, in their own words."""

    note: str
    until: datetime


class CounselorDeskView(View):
    """Who the counselor is and when they usually answer."""

    name: str
    reply_within_hours: int
    absence: AbsenceView | None

    @classmethod
    def of(cls, name: str, desk: Desk, now: datetime) -> "CounselorDeskView":
        """The desk, to a client."""
        away = desk.away(now)
        absence = AbsenceView(note=away.note, until=away.until) if away else None
        return cls(name=name, reply_within_hours=desk.reply_within_hours, absence=absence)


class HandoverView(View):
    """Who is to go on with the client, if the client agrees. The answer names the `version` that was read."""

    to_name: str
    reason: str
    version: int


class RoomCardView(View):
    """A room in a list. `here` is only looked up for a single room."""

    id: str
    kind: RoomKind
    name: str
    about: str
    topics: list[Topic]
    language: str
    tags: list[str]
    audience: Audience
    entry: WayIn
    capacity: int
    members: int
    here: int | None
    retention_days: int
    slow_seconds: int
    guidelines_version: int
    mode: ModeView
    facilitators: list[FacilitatorView]
    next_gathering: GatheringView | None
    membership: MembershipView | None
    closed: bool
    counselor: CounselorDeskView | None
    handover: HandoverView | None

    @classmethod
    def of(cls, glance: Glance, now: datetime) -> "RoomCardView":
        """The room, to the caller."""
        return cls(**card_fields(glance, now))


class DutyView(View):
    """A stretch of time at which a facilitator is to be there."""

    start: datetime
    end: datetime


class RoomView(RoomCardView):
    """A room, with its guidelines, and when facilitators are to be there in the next seven days.

    `circle_on`: a circle is on, and the caller is in the room.
    """

    guidelines: str
    on_duty: list[DutyView]
    circle_on: bool

    @classmethod
    def of(cls, glance: Glance, now: datetime) -> "RoomView":
        """The room, to the caller."""
        return cls(
            **card_fields(glance, now),
            guidelines=glance.visit.room.settings.guidelines,
            on_duty=[DutyView(start=start, end=end) for start, end in glance.on_duty],
            circle_on=glance.circle_on,
        )


class RoomCardsView(View):
    """Rooms."""

    rooms: list[RoomCardView]


def card_fields(glance: Glance, now: datetime) -> dict[str, Any]:
    """Everything that lists show of a room."""
    room, membership = glance.visit.room, glance.visit.membership
    settings = room.settings
    gathering = glance.next_gathering
    member_id = membership.member_id if membership else ""
    return {
        "id": room.id,
        "kind": room.kind,
        "name": _name(room, membership),
        "about": settings.about,
        "topics": sorted(settings.topics),
        "language": settings.language,
        "tags": list(settings.tags),
        "audience": settings.audience,
        "entry": settings.entry,
        "capacity": settings.capacity,
        "members": room.joined,
        "here": glance.here,
        "retention_days": settings.retention_days,
        "slow_seconds": settings.slow_seconds,
        "guidelines_version": room.guidelines_version,
        "mode": ModeView.of(glance.state),
        "facilitators": [
            FacilitatorView(id=member_id_of(room.id, person_id), name=name)
            for person_id, name in sorted(room.facilitators.items(), key=lambda one: one[1].casefold())
        ],
        "next_gathering": GatheringView.of(gathering, member_id) if gathering else None,
        "membership": MembershipView.of(membership, glance.unread, glance.obstacle) if membership else None,
        "closed": room.closed,
        "counselor": CounselorDeskView.of(room.counselor_name, glance.desk, now) if glance.desk else None,
        "handover": HandoverView(to_name=room.handover.to_name, reason=room.handover.reason, version=room.version)
        if room.handover
        else None,
    }


def _name(room: Room, membership: Membership | None) -> str:
    """A direct room is called by whom one meets there."""
    if room.kind is RoomKind.GROUP or membership is None:
        return room.settings.name
    return room.client_name if membership.role is MemberRole.COUNSELOR else room.counselor_name
