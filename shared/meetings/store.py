"""How meetings are kept, in the rooms table.

MEETING#<id>   MEETING          one meeting, its newest state
MEETING#<id>   PRESENCE#<seat>  that a page keeps a seat: a lease
MEETINGS       <id>             one that is not over, or whose call may still have to be ended

A meeting is one item with a version: whoever changes it on the ground of an older one loses. Leases are apart from it,
or a dozen pages that keep their seats would stand in the way of every change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.appointments.model import Mode
from shared.clock import epoch, instant_text, parse_instant
from shared.meetings.circle import Care, Circle
from shared.meetings.model import Because, Ending, Meeting, MeetingKind, Notice, Provider
from shared.meetings.phone_numbers import PhoneNumbers
from shared.meetings.presence import Presence
from shared.meetings.seat import Seat, SeatRole, SeatStatus
from shared.meetings.usage import Month, tally_of
from shared.meetings.usage_store import UsageStore
from shared.tables import Item, Table, Write

KEPT = timedelta(days=30)  # who was in a call with whom is nobody's business for longer
_OPEN = "MEETINGS"
_LAST = "\uffff"
_CARES = ("stepped_out", "not_okay")


@dataclass(frozen=True)
class Gathered:
    """A meeting, and who keeps their seat in it."""

    meeting: Meeting
    presences: Mapping[str, Presence] = field(default_factory=dict)

    @property
    def last_seen_at(self) -> datetime:
        """When anybody was last heard of."""
        return max((presence.seen_at for presence in self.presences.values()), default=self.meeting.opened_at)

    def is_there(self, seat: Seat, now: datetime) -> bool:
        """Whether the page that holds a seat has been heard of lately."""
        presence = self.presences.get(seat.id)
        return presence is not None and presence.device == seat.device and presence.is_there(now)

    def host_is_there(self, now: datetime, but: str = "") -> bool:
        """Whether the page of a host has been heard of lately; `but` is a seat that does not count."""
        return any(
            seat.role.hosts and seat.status is SeatStatus.ADMITTED and seat.id != but and self.is_there(seat, now)
            for seat in self.meeting.seats
        )


@dataclass(frozen=True)
class MeetingStore:
    """Reads meetings, and makes the writes that change them."""

    table: Table

    def find(self, meeting_id: str) -> Gathered | None:
        """A meeting and its leases, as of now."""
        items = self.table.query(f"MEETING#{meeting_id}", "MEETING", f"PRESENCE#{_LAST}")
        if not items or items[0]["sk"] != "MEETING":
            return None
        return Gathered(_meeting(items[0]), {item["seat_id"]: _presence(item) for item in items[1:]})

    def open_ids(self) -> list[str]:
        """The meetings that are to be looked after."""
        return [item["sk"] for item in self.table.query(_OPEN, "0", _LAST, limit=10_000)]

    def put_new(self, meeting: Meeting) -> list[Write]:
        """Write a meeting that has just been opened. Lost (ChangedMeanwhile) when somebody else was faster."""
        listed = self.table.put({"pk": _OPEN, "sk": meeting.id, "expires_at": _end_of(meeting.opened_at)})
        return [self.table.put_new(_item(meeting)), listed]

    def replace(self, before: Meeting, after: Meeting) -> Write:
        """Write a changed meeting, unless it was changed meanwhile."""
        return self.table.put(_item(after), when="#version = :version", values={"version": before.version})

    def end(self, before: Gathered, after: Meeting, now: datetime) -> list[Write]:
        """Write a meeting that is over, count what its call came to, forget the number it was for: all, or nothing."""
        tally = tally_of(before.meeting, before.presences, now)
        counted = [UsageStore(self.table).add(Month.of(now), tally)] if tally else []
        called = [PhoneNumbers(self.table).forget(after.of)] if after.kind is MeetingKind.APPOINTMENT else []
        return [self.replace(before.meeting, after), *counted, *called]

    def changes(self, before: Meeting, after: Meeting) -> list[Write]:
        """The write of a changed meeting, or nothing where nothing is another."""
        return [self.replace(before, after)] if after != before else []

    def unlist(self, meeting_id: str) -> Write:
        """Look after a meeting no longer: it is over, and nothing carries it any more."""
        return self.table.delete(_OPEN, meeting_id)

    def keep(self, meeting: Meeting, presence: Presence) -> Write:
        """Write that a page keeps its seat."""
        item = {
            "pk": f"MEETING#{meeting.id}",
            "sk": f"PRESENCE#{presence.seat_id}",
            "seat_id": presence.seat_id,
            "device": presence.device,
            "seen_at": epoch(presence.seen_at),
            "seconds": presence.seconds,
            "expires_at": _end_of(meeting.opened_at),
        }
        return self.table.put(item)


def _end_of(opened_at: datetime) -> int:
    return epoch(opened_at + KEPT)


def _item(meeting: Meeting) -> Item:
    kept = _packed(meeting)
    kept["seats"] = [_packed(seat) for seat in meeting.seats]
    kept["notice"] = _packed(meeting.notice) if meeting.notice else None
    kept["circle"] = _packed_circle(meeting.circle) if meeting.circle else None
    return {"pk": f"MEETING#{meeting.id}", "sk": "MEETING", "expires_at": _end_of(meeting.opened_at), **kept}


def _packed(thing: Any) -> Item:
    return {name: instant_text(value) if isinstance(value, datetime) else value for name, value in vars(thing).items()}


def _unpacked(item: Item) -> Item:
    return {
        name: parse_instant(value) if value and (name == "at" or name.endswith(("_at", "_since"))) else value
        for name, value in item.items()
        if name not in ("pk", "sk", "expires_at")
    }


def _meeting(item: Item) -> Meeting:
    told = _unpacked(item)
    return Meeting(
        **{
            **told,
            "kind": MeetingKind(told["kind"]),
            "seats": tuple(map(_seat, told["seats"])),
            "host_ids": tuple(told["host_ids"]),
            "provider": Provider(told["provider"]) if told["provider"] else None,
            "because": Because(told["because"]) if told.get("because") else None,
            "notice": Notice(**_unpacked(told["notice"])) if told["notice"] else None,
            "ended_because": Ending(told["ended_because"]) if told["ended_because"] else None,
            "circle": _circle(told["circle"]) if told.get("circle") else None,
        }
    )


def _seat(item: Item) -> Seat:
    told = _unpacked(item)
    return Seat(
        **{**told, "role": SeatRole(told["role"]), "status": SeatStatus(told["status"]), "mode": Mode(told["mode"])}
    )


def _packed_circle(circle: Circle) -> Item:
    return {**_packed(circle), **{name: [_packed(care) for care in getattr(circle, name)] for name in _CARES}}


def _circle(item: Item) -> Circle:
    told = _unpacked(item)
    cares = {name: tuple(Care(**_unpacked(care)) for care in told[name]) for name in _CARES}
    lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
    return Circle(**{**told, **lists, **cares})


def _presence(item: Item) -> Presence:
    return Presence(item["seat_id"], item["device"], datetime.fromtimestamp(item["seen_at"], UTC), item["seconds"])
