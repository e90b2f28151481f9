"""What waits for a facilitator of a room: held messages, reports, requests to join, appeals.

ROOM#<room>  QUEUE#<id>   one thing that waits. Ids are derived from what it is about, so that a repeat lands on it
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from shared.clock import instant_text, parse_instant
from shared.ids import derived_id
from shared.rooms.decisions import Decision
from shared.rooms.log import HeldFor, Message
from shared.rooms.model import Membership
from shared.rooms.refusals import AlreadyDecided
from shared.tables import Item, Table, Write

_LAST = "\uffff"


class Waiting(StrEnum):
    """What kind of thing waits."""

    HELD = "held"
    REPORT = "report"
    REQUEST = "request"
    APPEAL = "appeal"


class ReportReason(StrEnum):
    """Why somebody asks a facilitator to look."""

    UNKIND = "unkind"
    UNSAFE = "unsafe"
    PRIVATE = "private"
    SPAM = "spam"
    OTHER = "other"


class ReportedAlready(Exception):  # noqa: N818 - not an error: the report is there
    """The same member reported the same message before."""


@dataclass(frozen=True)
class QueueItem:
    """One thing that waits. Who reported is kept only so that one person counts once; it is never shown to anybody."""

    id: str
    room_id: str
    kind: Waiting
    at: datetime
    member_id: str
    handle: str
    seq: int = 0
    reason: str = ""
    note: str = ""
    held_for: HeldFor | None = None
    decision_id: str = ""
    reports: int = 0


@dataclass(frozen=True)
class QueueStore:
    """Reads what waits, and makes the writes that let something wait or take it away."""

    table: Table

    def of(self, room_id: str) -> list[QueueItem]:
        """Everything that waits in a room, oldest first."""
        items = self.table.query(f"ROOM#{room_id}", "QUEUE#", f"QUEUE#{_LAST}")
        return sorted(map(_queue_item, items), key=lambda item: (item.at, item.id))

    def find(self, room_id: str, item_id: str) -> QueueItem | None:
        """One of them, as of now."""
        item = self.table.get(f"ROOM#{room_id}", f"QUEUE#{item_id}")
        return _queue_item(item) if item else None

    def held(self, room_id: str, message: Message, now: datetime) -> Write:
        """Let a message wait."""
        about = {"seq": message.seq, "held_for": message.held_for}
        return self._wait(held_id(room_id, message), room_id, Waiting.HELD, message.author, message.handle, now, about)

    def forget_held(self, room_id: str, message: Message) -> Write:
        """A message that was taken back, or has other words now, waits no more as it was."""
        return self.table.delete(f"ROOM#{room_id}", f"QUEUE#{held_id(room_id, message)}")

    def request(self, membership: Membership, now: datetime) -> Write:
        """Let somebody who wants to come in wait."""
        item_id = request_id(membership.room_id, membership.member_id)
        about = {"note": membership.note}
        return self._wait(
            item_id, membership.room_id, Waiting.REQUEST, membership.member_id, membership.handle, now, about
        )

    def appeal(self, membership: Membership, decision: Decision, text: str, now: datetime) -> Write:
        """Let an appeal wait, with the reason of the decision it is against."""
        item_id = derived_id("appeal", membership.room_id, decision.id)
        about = {"note": text, "reason": decision.reason, "decision_id": decision.id}
        return self._wait(
            item_id, membership.room_id, Waiting.APPEAL, membership.member_id, membership.handle, now, about
        )

    def report(
        self, room_id: str, message: Message, reporter: str, reason: ReportReason, note: str, now: datetime
    ) -> Write:
        """Add a report of a message to those of others. Lost: ReportedAlready."""
        return self.table.update(
            f"ROOM#{room_id}",
            f"QUEUE#{report_id(room_id, message.seq)}",
            "SET #id = :id, #room_id = :room, #kind = :kind, #at = if_not_exists(#at, :now), #member_id = :author, "
            "#handle = :handle, #seq = :seq, #said = list_append(if_not_exists(#said, :none), :said) "
            "ADD #reporters :me",
            when="NOT contains(#reporters, :reporter)",
            values={
                "id": report_id(room_id, message.seq),
                "room": room_id,
                "kind": Waiting.REPORT,
                "now": instant_text(now),
                "author": message.author,
                "handle": message.handle,
                "seq": message.seq,
                "none": [],
                "said": [{"reason": reason, "note": note}],
                "me": {reporter},
                "reporter": reporter,
            },
            lost=lambda _old: ReportedAlready(),
        )

    def done(self, item: QueueItem) -> Write:
        """Take something away because it is decided. Lost: AlreadyDecided."""
        return self.table.delete(
            f"ROOM#{item.room_id}",
            f"QUEUE#{item.id}",
            when="attribute_exists(pk)",
            lost=lambda _old: AlreadyDecided(),
        )

    def forget(self, room_id: str, item_id: str) -> Write:
        """Take something away that need not be there (any more)."""
        return self.table.delete(f"ROOM#{room_id}", f"QUEUE#{item_id}")

    def _wait(
        self, item_id: str, room_id: str, kind: Waiting, member_id: str, handle: str, now: datetime, about: Item
    ) -> Write:
        item = {
            "pk": f"ROOM#{room_id}",
            "sk": f"QUEUE#{item_id}",
            "id": item_id,
            "room_id": room_id,
            "kind": kind,
            "at": instant_text(now),
            "member_id": member_id,
            "handle": handle,
            **{name: value for name, value in about.items() if value},
        }
        return self.table.put(item)


def held_id(room_id: str, message: Message) -> str:
    """The id under which a held message waits: other words have another, so that nobody lets unseen ones through."""
    return derived_id("held", room_id, str(message.seq), str(message.revision))


def report_id(room_id: str, seq: int) -> str:
    """The id under which the reports of a message wait."""
    return derived_id("report", room_id, str(seq))


def request_id(room_id: str, member_id: str) -> str:
    """The id under which a request to join waits."""
    return derived_id("request", room_id, member_id)


def _queue_item(item: Item) -> QueueItem:
    said: list[dict[str, Any]] = item.get("said", [])
    return QueueItem(
        id=item["id"],
        room_id=item["room_id"],
        kind=Waiting(item["kind"]),
        at=parse_instant(item["at"]),
        member_id=item["member_id"],
        handle=item["handle"],
        seq=item.get("seq", 0),
        reason=", ".join(dict.fromkeys(each["reason"] for each in said)) or item.get("reason", ""),
        note="\n".join(each["note"] for each in said if each["note"]) or item.get("note", ""),
        held_for=HeldFor(item["held_for"]) if "held_for" in item else None,
        decision_id=item.get("decision_id", ""),
        reports=len(item.get("reporters", ())),
    )
