"""Recognising a message that is sent again, and finding where it stands by now."""

from dataclasses import dataclass

from shared.intents import Intent, KeyReused
from shared.rooms.log import Message, MessageState
from shared.rooms.log_store import LogStore
from shared.rooms.model import RECENT_KEPT, Membership, Room

MOST_LOOKED_BACK = 2000


@dataclass(frozen=True)
class Repeats:
    """Looks for what was posted before."""

    log: LogStore

    def earlier(
        self, room: Room, member: Membership, intent: Intent, client_id: str, after: int | None
    ) -> Message | None:
        """The message that this intent of a member has become before, if it has; as it stands now.

        The membership remembers the latest intents. Somebody who comes back after more messages than that says how far
        they had seen the log when they first tried: their message can only be above it. Raises KeyReused.
        """
        for recent in member.recent:
            if recent.key == intent.key[:12]:
                if recent.content != intent.content[:8]:
                    raise KeyReused("Please use a fresh Idempotency-Key.", field="header.Idempotency-Key")
                message = self.log.find(room.id, recent.seq)
                return self._let_through(room, message) if message else None
        remembered_from = member.recent[0].seq if len(member.recent) == RECENT_KEPT else 0
        if after is None or after >= remembered_from:
            return None
        return next(
            (
                self._let_through(room, entry)
                for entry in self.log.after(room.id, after, MOST_LOOKED_BACK)
                if isinstance(entry, Message) and entry.author == member.member_id and entry.client_id == client_id
            ),
            None,
        )

    def _let_through(self, room: Room, message: Message) -> Message:
        """The message that an approved one goes on as; any other as it is."""
        if message.state is not MessageState.APPROVED:
            return message
        later = self.log.after(room.id, message.seq, MOST_LOOKED_BACK)
        return next((e for e in later if isinstance(e, Message) and e.replaces == message.seq), message)
