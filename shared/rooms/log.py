"""The log of a room: entries 1..n without a gap. Pure.

Whatever happens to a message is an entry of its own, a change that names the message. So whoever has seen everything
up to n asks for what comes after n, and has missed nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shared.errors import Conflict, NotFound
from shared.rooms.model import MemberRole, Membership
from shared.rooms.refusals import AlreadyDecided, TooLateToChange

EDITABLE_FOR = timedelta(minutes=15)
WITHDRAWABLE_FOR = timedelta(hours=24)


class MessageState(StrEnum):
    """`held` waits for a facilitator, `approved` was held and stands further down, the last two have no words left."""

    POSTED = "posted"
    HELD = "held"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REDACTED = "redacted"


class Reaction(StrEnum):
    """The few kinds there are: none of them can hurt."""

    HEART = "heart"
    HUG = "hug"
    STRENGTH = "strength"
    SAME = "same"
    THANKS = "thanks"


class HeldFor(StrEnum):
    """Why a message waits. The last three are what screening holds (`shared.safety.screening.Held`)."""

    SLOW = "slow"
    NEWCOMER = "newcomer"
    METHODS = "methods"
    CONTACT = "contact"
    WORDS = "words"


@dataclass(frozen=True)
class Words:
    """What somebody wants to say. `folded` hides it behind its warning, or behind a word of caution without one."""

    text: str
    warning: str = ""
    folded: bool = False


@dataclass(frozen=True)
class Position:
    """A place in a log: how many entries there are up to it, and how many of them are messages that all may see."""

    seq: int
    ordinal: int


@dataclass(frozen=True)
class Message:
    """What somebody said. `author` is a member id. `revision` grows with every change to it."""

    seq: int
    ordinal: int
    author: str
    handle: str
    role: MemberRole
    text: str
    client_id: str
    posted_at: datetime
    gone_at: datetime
    state: MessageState = MessageState.POSTED
    warning: str = ""
    folded: bool = False
    reply_to: int = 0
    edited_at: datetime | None = None
    held_for: HeldFor | None = None
    replaces: int = 0
    note: str = ""
    reactions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    revision: int = 1

    @property
    def position(self) -> Position:
        """Where it stands."""
        return Position(self.seq, self.ordinal)

    def edited(self, words: "Words", held_for: HeldFor | None, now: datetime) -> "Message":
        """With other words, by its author; held again where the new words have to wait. Raises TooLateToChange."""
        if self.state not in (MessageState.POSTED, MessageState.HELD) or now >= self.posted_at + EDITABLE_FOR:
            raise TooLateToChange("Messages can be changed for 15 minutes.")
        held_for = held_for or self.held_for
        return self._changed(
            text=words.text,
            warning=words.warning,
            folded=words.folded,
            edited_at=now,
            held_for=held_for,
            state=MessageState.HELD if held_for else MessageState.POSTED,
        )

    def withdrawn(self, now: datetime) -> "Message":
        """Taken back by its author; its words are gone. Raises TooLateToChange."""
        if self.state is MessageState.WITHDRAWN:
            return self
        if self.state not in (MessageState.POSTED, MessageState.HELD) or now >= self.posted_at + WITHDRAWABLE_FOR:
            raise TooLateToChange("Messages can be taken back for a day.")
        return self._emptied(MessageState.WITHDRAWN)

    def redacted(self, reason: str) -> "Message":
        """Taken away by a facilitator, who says why. Raises AlreadyDecided."""
        if self.state is not MessageState.POSTED:
            raise AlreadyDecided
        return replace(self._emptied(MessageState.REDACTED), note=reason)

    def declined(self, note: str) -> "Message":
        """Not let through; its author still reads it, and why. Raises AlreadyDecided."""
        self._held()
        return self._changed(state=MessageState.DECLINED, note=note)

    def approved(self) -> "Message":
        """Let through: it goes on as another entry further down, where nobody misses it. Raises AlreadyDecided."""
        self._held()
        return self._emptied(MessageState.APPROVED)

    def repeated(self, position: Position, now: datetime, gone_at: datetime) -> "Message":
        """The entry that an approved message goes on as."""
        return replace(
            self,
            seq=position.seq,
            ordinal=position.ordinal,
            posted_at=now,
            gone_at=gone_at,
            state=MessageState.POSTED,
            held_for=None,
            replaces=self.seq,
            revision=1,
        )

    def reacted(self, member_id: str, kinds: frozenset[Reaction]) -> "Message":
        """With exactly these reactions of a member. Raises Conflict for a message that has no words (any more)."""
        if self.state is not MessageState.POSTED:
            raise Conflict("This message is no longer there.")
        by_kind = {
            kind: (self.reactions.get(kind, frozenset()) - {member_id}) | ({member_id} if kind in kinds else set())
            for kind in Reaction
        }
        return self._changed(reactions={kind: members for kind, members in by_kind.items() if members})

    def visible_to(self, viewer: Membership, now: datetime) -> bool:
        """Whether this member is shown it. What was approved stands elsewhere, so this place is nobody's."""
        if now >= self.gone_at or self.seq < viewer.sees_from or self.state is MessageState.APPROVED:
            return False
        if self.held_for:
            return viewer.member_id == self.author or viewer.of_staff
        return self.author not in viewer.hidden_from

    def require_author(self, member_id: str) -> None:
        """Raises NotFound for everybody else: what others may not change is not there to change."""
        if self.author != member_id:
            raise NotFound

    def _held(self) -> None:
        if self.state is not MessageState.HELD:
            raise AlreadyDecided

    def _emptied(self, state: MessageState) -> "Message":
        return self._changed(state=state, text="", warning="", reactions={})

    def _changed(self, **changes: object) -> "Message":
        return replace(self, revision=self.revision + 1, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Change:
    """A message is different now. What it is like, the message says."""

    seq: int
    ordinal: int
    of: int
    at: datetime
    gone_at: datetime

    @property
    def position(self) -> Position:
        """Where it stands."""
        return Position(self.seq, self.ordinal)


Entry = Message | Change
