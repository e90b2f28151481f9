"""Rooms and memberships as DynamoDB items, and back. Empty words and sets are left out: DynamoDB has no empty sets."""

from dataclasses import asdict, fields
from datetime import datetime

from shared.clock import instant_text, parse_instant
from shared.rooms.model import (
    Audience,
    Handover,
    MemberRole,
    Membership,
    MembershipStatus,
    Recent,
    Room,
    RoomKind,
    RoomSettings,
    WayIn,
)
from shared.tables import Item
from shared.topics import Topic

_UNTIL = ("muted_until", "slow_until", "suspended_until")


def room_item(room: Room) -> Item:
    """The whole room."""
    item: Item = {
        "pk": f"ROOM#{room.id}",
        "sk": "ROOM",
        "id": room.id,
        "kind": room.kind,
        "settings": settings_item(room.settings),
        "guidelines_version": room.guidelines_version,
        "created_at": instant_text(room.created_at),
        "version": room.version,
        "joined": room.joined,
        "closed": room.closed,
        "facilitators": room.facilitators,
        "floor_seq": room.floor[0],
        "floor_ordinal": room.floor[1],
    }
    if room.kind is RoomKind.DIRECT:
        item |= {
            "client_id": room.client_id,
            "client_name": room.client_name,
            "counselor_id": room.counselor_id,
            "counselor_name": room.counselor_name,
        }
        if room.handover:
            item["handover"] = {**asdict(room.handover), "proposed_at": instant_text(room.handover.proposed_at)}
    return item


def room_of(item: Item) -> Room:
    """What `room_item` wrote."""
    handover = item.get("handover")
    return Room(
        id=item["id"],
        kind=RoomKind(item["kind"]),
        settings=_settings_of(item["settings"]),
        guidelines_version=item["guidelines_version"],
        created_at=parse_instant(item["created_at"]),
        version=item["version"],
        joined=item["joined"],
        closed=item["closed"],
        facilitators=item["facilitators"],
        floor=(item["floor_seq"], item["floor_ordinal"]),
        client_id=item.get("client_id", ""),
        client_name=item.get("client_name", ""),
        counselor_id=item.get("counselor_id", ""),
        counselor_name=item.get("counselor_name", ""),
        handover=Handover(**{**handover, "proposed_at": parse_instant(handover["proposed_at"])}) if handover else None,
    )


def settings_item(settings: RoomSettings) -> Item:
    """The settings, as a map."""
    return {**asdict(settings), "topics": sorted(settings.topics), "tags": list(settings.tags)}


def _settings_of(item: Item) -> RoomSettings:
    return RoomSettings(
        **{
            **item,
            "topics": frozenset(map(Topic, item["topics"])),
            "tags": tuple(item["tags"]),
            "audience": Audience(item["audience"]),
            "entry": WayIn(item["entry"]),
        }
    )


def membership_item(membership: Membership) -> Item:
    """The whole membership."""
    item: Item = {
        "pk": f"ROOM#{membership.room_id}",
        "sk": f"MEMBER#{membership.member_id}",
        **{field.name: getattr(membership, field.name) for field in fields(membership)},
        "joined_at": instant_text(membership.joined_at),
        "recent": [packed(recent) for recent in membership.recent],
        "blocks": set(membership.blocks),
        "blocked_by": set(membership.blocked_by),
    }
    for name in _UNTIL:
        item[name] = _text(item[name])
    return {name: value for name, value in item.items() if value not in ("", set())}


def membership_of(item: Item) -> Membership:
    """What `membership_item` wrote."""
    return Membership(
        room_id=item["room_id"],
        member_id=item["member_id"],
        person_id=item["person_id"],
        role=MemberRole(item["role"]),
        status=MembershipStatus(item["status"]),
        handle=item["handle"],
        joined_at=parse_instant(item["joined_at"]),
        guidelines_version=item["guidelines_version"],
        read_seq=item["read_seq"],
        read_ordinal=item["read_ordinal"],
        posts=item["posts"],
        decisions=item["decisions"],
        recent=tuple(map(_unpacked, item["recent"])),
        muted_until=_instant(item.get("muted_until")),
        slow_until=_instant(item.get("slow_until")),
        suspended_until=_instant(item.get("suspended_until")),
        reason=item.get("reason", ""),
        note=item.get("note", ""),
        blocks=frozenset(item.get("blocks", ())),
        blocked_by=frozenset(item.get("blocked_by", ())),
        sees_from=item["sees_from"],
    )


def packed(recent: Recent) -> str:
    """As short as it can be: a membership is written at every post, and each begun kilobyte costs."""
    return f"{recent.key} {recent.content} {recent.seq} {recent.at}"


def _unpacked(text: str) -> Recent:
    key, content, seq, at = text.split(" ")
    return Recent(key, content, int(seq), int(at))


def _text(instant: datetime | None) -> str:
    return instant_text(instant) if instant else ""


def _instant(text: str | None) -> datetime | None:
    return parse_instant(text) if text else None
