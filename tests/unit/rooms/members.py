"""Memberships and messages as they usually are, for tests of the models."""

from datetime import UTC, datetime, timedelta
from typing import Any

from shared.rooms.log import Message
from shared.rooms.model import MemberRole, Membership, MembershipStatus

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def member(member_id: str = "alice", **other: Any) -> Membership:
    """Somebody in a room."""
    usual: dict[str, Any] = {
        "room_id": "room",
        "member_id": member_id,
        "person_id": f"person of {member_id}",
        "role": MemberRole.MEMBER,
        "status": MembershipStatus.JOINED,
        "handle": "quiet-otter-482",
        "joined_at": NOON,
    }
    return Membership(**(usual | other))


def message(**other: Any) -> Message:
    """Something Alice said at noon."""
    usual: dict[str, Any] = {
        "seq": 7,
        "ordinal": 5,
        "author": "alice",
        "handle": "quiet-otter-482",
        "role": MemberRole.MEMBER,
        "text": "Good evening.",
        "client_id": "an-intent",
        "posted_at": NOON,
        "gone_at": NOON + timedelta(days=30),
        "warning": "night",
    }
    return Message(**(usual | other))
