"""Reading a room's log, and remembering how far one has read."""

from dataclasses import dataclass
from datetime import datetime

from shared.errors import Conflict
from shared.people.model import Principal
from shared.rooms.log import Change, Entry, Message
from shared.rooms.log_store import LogStore
from shared.rooms.model import Membership
from shared.rooms.room_store import RoomStore
from shared.tables import commit


@dataclass(frozen=True)
class Page:
    """A stretch of a log as a member sees it. `changed` are the messages that its changes speak of, as of now."""

    viewer: Membership
    entries: list[Entry]
    changed: dict[int, Message]
    tail: int
    more: bool


@dataclass(frozen=True)
class Reading:
    """Use cases of whoever may read."""

    rooms: RoomStore
    log: LogStore

    def page(
        self, caller: Principal, room_id: str, *, after: int | None, before: int | None, limit: int, now: datetime
    ) -> Page:
        """Entries above `after`, or below `before`, or the newest, in order, as the caller sees them.

        One read of the log, strongly consistent; a second one only for messages that changed and are not on the page.
        Numbers that are missing on a page are gone for good. Raises NotFound, NotAMember, Removed, MemberSuspended.
        """
        visit = self.rooms.visit(room_id, caller.id)
        member = visit.present()
        member.require_joined(now)
        if after is not None:
            entries = self.log.after(room_id, after, limit + 1)
            more, entries = len(entries) > limit, entries[:limit]
        else:
            entries = self.log.before(room_id, before if before is not None else 10**12, limit + 1)
            more, entries = len(entries) > limit and any(entry.gone_at > now for entry in entries), entries[-limit:]
        at_the_end = before is None and not (after is not None and more) and entries
        tail = max(entries[-1].seq, visit.room.floor[0]) if at_the_end else self.log.tail(visit.room).seq
        return Page(member, entries, self._changed(room_id, entries, forwards=before is None), tail, more)

    def read(self, caller: Principal, room_id: str, seq: int, now: datetime) -> None:
        """Note that the caller has read up to here; markers only move forward. Raises NotFound, NotAMember."""
        visit = self.rooms.visit(room_id, caller.id)
        member = visit.present()
        member.require_joined(now)
        entries = self.log.before(room_id, seq + 1, 1)
        if not entries or entries[0].seq <= member.read_seq:
            return
        try:
            commit(self.rooms.table.client, [self.rooms.read_up_to(member, entries[0].seq, entries[0].ordinal)])
        except Conflict:  # another device of theirs has read further
            return

    def _changed(self, room_id: str, entries: list[Entry], *, forwards: bool) -> dict[int, Message]:
        """Backwards, every message comes as it is now: what its changes were is of no use to anybody."""
        if not forwards:
            return {}
        shown = {entry.seq: entry for entry in entries if isinstance(entry, Message)}
        wanted = {entry.of for entry in entries if isinstance(entry, Change)}
        return {
            **{seq: shown[seq] for seq in wanted & shown.keys()},
            **self.log.find_many(room_id, wanted - shown.keys()),
        }
