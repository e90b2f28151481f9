"""How the log of a room is kept.

ROOM#<room>  LOG#<twelve digits>   one entry; the digits are its sequence number

An entry is never shown once its `gone_at` is over. It is erased some days later: the room must have been told by then
how far its log had come (`RoomStore.raise_floor`), or the numbers would begin anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta

from shared.clock import epoch, instant_text, parse_instant
from shared.rooms.log import Change, Entry, HeldFor, Message, MessageState, Position
from shared.rooms.model import MemberRole, Room
from shared.tables import Item, Lost, Table, Write, changed_meanwhile

KEPT_AFTER_GONE = timedelta(days=7)
_LAST = 10**12 - 1


class SeqTaken(Exception):  # noqa: N818 - not an error: somebody else was a moment faster, and the next number is free
    """Another entry has this number."""


@dataclass(frozen=True)
class LogStore:
    """Reads entries, and makes the writes that add and change them."""

    table: Table

    def tail(self, room: Room) -> Position:
        """How far the log has come, as of now.

        The floor may be above the last entry there is: a change goes with its message, which may be older than others.
        """
        newest, floor = self.newest(room.id), Position(*room.floor)
        return newest.position if newest and newest.seq > floor.seq else floor

    def newest(self, room_id: str) -> Entry | None:
        """The last entry there is, as of now."""
        entries = self.latest(room_id, 1)
        return entries[0] if entries else None

    def latest(self, room_id: str, limit: int) -> list[Entry]:
        """At most `limit` entries, the last ones, in order, as of now."""
        return self.before(room_id, _LAST + 1, limit)

    def after(self, room_id: str, seq: int, limit: int) -> list[Entry]:
        """At most `limit` entries above `seq`, in order."""
        items = self.table.query(f"ROOM#{room_id}", _sk(seq + 1), _sk(_LAST), limit=limit)
        return list(map(_entry, items))

    def before(self, room_id: str, seq: int, limit: int) -> list[Entry]:
        """At most `limit` entries below `seq`, the nearest ones, in order."""
        items = self.table.query(f"ROOM#{room_id}", _sk(0), _sk(seq - 1), newest_first=True, limit=limit)
        return list(map(_entry, reversed(items)))

    def find(self, room_id: str, seq: int) -> Message | None:
        """The message with this number; None when there is none, or another kind of entry."""
        return self.find_many(room_id, [seq]).get(seq)

    def find_many(self, room_id: str, seqs: Iterable[int]) -> dict[int, Message]:
        """The messages among these numbers."""
        items = self.table.get_many([(f"ROOM#{room_id}", _sk(seq)) for seq in sorted(set(seqs))])
        entries = map(_entry, items.values())
        return {entry.seq: entry for entry in entries if isinstance(entry, Message)}

    def append(self, room_id: str, entry: Entry) -> Write:
        """Add an entry. Lost: SeqTaken."""
        return self.table.put_new(_item(room_id, entry), lost=_seq_taken)

    def replace(self, room_id: str, before: Message, after: Message, lost: Lost = changed_meanwhile) -> Write:
        """Write a changed message, unless it was changed meanwhile."""
        return self.table.put(
            _item(room_id, after), when="revision = :before", values={"before": before.revision}, lost=lost
        )


def _sk(seq: int) -> str:
    return f"LOG#{seq:012}"


def _item(room_id: str, entry: Entry) -> Item:
    item: Item = {
        "pk": f"ROOM#{room_id}",
        "sk": _sk(entry.seq),
        **{field.name: getattr(entry, field.name) for field in fields(entry)},
        "gone_at": epoch(entry.gone_at),
        "expires_at": epoch(entry.gone_at + KEPT_AFTER_GONE),
    }
    if isinstance(entry, Change):
        return {**item, "at": instant_text(entry.at)}
    item["posted_at"] = instant_text(entry.posted_at)
    item["edited_at"] = instant_text(entry.edited_at) if entry.edited_at else ""
    item["reactions"] = {kind: sorted(members) for kind, members in entry.reactions.items()}
    # What is not there costs nothing: most messages have no more than their words.
    return {name: value for name, value in item.items() if value not in ("", None, {}, 0, False)}


def _entry(item: Item) -> Entry:
    gone_at = datetime.fromtimestamp(item["gone_at"], UTC)
    if "of" in item:
        return Change(item["seq"], item["ordinal"], item["of"], parse_instant(item["at"]), gone_at)
    return Message(
        seq=item["seq"],
        ordinal=item.get("ordinal", 0),
        author=item["author"],
        handle=item["handle"],
        role=MemberRole(item["role"]),
        text=item.get("text", ""),
        client_id=item["client_id"],
        posted_at=parse_instant(item["posted_at"]),
        gone_at=gone_at,
        state=MessageState(item["state"]),
        warning=item.get("warning", ""),
        folded=item.get("folded", False),
        reply_to=item.get("reply_to", 0),
        edited_at=parse_instant(item["edited_at"]) if "edited_at" in item else None,
        held_for=HeldFor(item["held_for"]) if "held_for" in item else None,
        replaces=item.get("replaces", 0),
        note=item.get("note", ""),
        reactions={kind: frozenset(members) for kind, members in item.get("reactions", {}).items()},
        revision=item["revision"],
    )


def _seq_taken(_old: Item | None) -> Exception:
    return SeqTaken()
