"""What people do with messages: post, edit, withdraw, react, read. Who may is checked here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial

from shared.errors import Invalid, NotFound
from shared.ids import derived_id
from shared.intents import Intent, Once
from shared.people.model import Principal
from shared.rooms.log import Entry, HeldFor, Message, MessageState, Position, Reaction, Words
from shared.rooms.log_store import LogStore
from shared.rooms.model import Membership, Recent, Room, RoomKind
from shared.rooms.queue import QueueStore
from shared.rooms.repeats import Repeats
from shared.rooms.room_store import RoomStore
from shared.rooms.rota import RoomMode, State
from shared.rooms.standing import require_may_post
from shared.rooms.writing import Addition, Changed, LogWriter
from shared.safety.concerns import Concerns
from shared.safety.screening import Findings, Level
from shared.tables import Write

_NOTHING_FOUND = Findings(level=None, held=None, fold=False)


@dataclass(frozen=True)
class Draft:
    """What somebody sends. `after` is the newest number they had seen when they first tried to send it."""

    text: str
    warning: str = ""
    reply_to: int = 0
    after: int | None = None


@dataclass(frozen=True)
class Posted:
    """The message as it stands, its author, the entry that is news (None in a repeat), and what screening thinks."""

    author: Membership
    message: Message
    entry: Entry | None
    level: Level | None


class _CameBetween(Exception):  # noqa: N818 - the member posted, or was decided about, at the same moment: look again
    pass


@dataclass(frozen=True)
class Talk:
    """Use cases. `mode` says whether a room is live, `screen` what to think of words."""

    rooms: RoomStore
    log: LogStore
    queue: QueueStore
    concerns: Concerns
    mode: Callable[[Room, datetime], State]
    screen: Callable[[str, datetime], Findings]

    @property
    def writer(self) -> LogWriter:
        """Adds to logs."""
        return LogWriter(self.log)

    def post(
        self, caller: Principal, room_id: str, draft: Draft, intent: Intent, client_id: str, now: datetime
    ) -> Posted:
        """Say something, once, however often it is asked with this intent.

        One transaction: the message at the next number, and the author's membership, which knows their latest intents,
        their pace and where they stand. Four write units; more only where a facilitator has to look at it.
        Raises NotFound, NotAMember, Removed, MemberSuspended, MemberMuted, RoomClosed, RoomResting, GuidelinesChanged,
        Newcomer, TooSoon, KeyReused, Busy.
        """
        while True:
            visit = self.rooms.visit(room_id, caller.id)
            member = visit.present()
            member.require_joined(now)
            found = self._screened(member, f"{draft.warning}\n{draft.text}", now)
            if earlier := Repeats(self.log).earlier(visit.room, member, intent, client_id, draft.after):
                return Posted(member, earlier, None, found.level)
            state = self._state(visit.room, now)
            require_may_post(visit.room, member, caller, state, now)
            member.require_pace(visit.room.settings.slow_seconds, now)
            self._check_reply(visit.room, member, draft, now)
            held_for = _held_for(visit.room, member, found, state)
            try:
                message = self._append(visit.room, member, draft, found, held_for, intent, client_id, now)
            except _CameBetween:
                continue
            return Posted(member, message, message, found.level)

    def edit(self, caller: Principal, room_id: str, seq: int, words: Words, once: Once, now: datetime) -> Posted:
        """Put other words in place of one's own, which are looked at anew.

        Raises NotFound, TooLateToChange, and what `post` raises about who may write.
        """
        visit = self.rooms.visit(room_id, caller.id)
        room, member = visit.room, visit.present()
        state = self._state(room, now)
        require_may_post(room, member, caller, state, now)
        found = self._screened(member, f"{words.warning}\n{words.text}", now)
        held_for = _held_for(room, member, found, state)
        words = Words(words.text, words.warning, found.fold)

        def change(message: Message) -> tuple[Message, list[Write]]:
            message.require_author(member.member_id)
            after = message.edited(words, held_for, now)
            aside = self._aside(room, member, after, found, derived_id(room.id, str(seq), str(after.revision)), now)
            return after, [once(None), *self._unqueued(room, message), *aside]

        changed = self.writer.change(room, self._finder(room, member, seq, now), change, now)
        return Posted(member, changed.message, changed.entry, found.level)

    def withdraw(self, caller: Principal, room_id: str, seq: int, once: Once, now: datetime) -> Changed:
        """Take one's own words back. Others may have read them. Raises NotFound, TooLateToChange, NotAMember."""
        visit = self.rooms.visit(room_id, caller.id)
        member = visit.present()
        member.require_joined(now)

        def change(message: Message) -> tuple[Message, list[Write]]:
            message.require_author(member.member_id)
            after = message.withdrawn(now)
            return after, [once(after), *self._unqueued(visit.room, message)]

        return self.writer.change(visit.room, self._finder(visit.room, member, seq, now), change, now)

    def react(
        self, caller: Principal, room_id: str, seq: int, kinds: frozenset[Reaction], once: Once, now: datetime
    ) -> Changed:
        """Replace the caller's reactions to a message. Raises NotFound, Conflict, and who may not write."""
        visit = self.rooms.visit(room_id, caller.id)
        member = visit.present()
        member.require_voice(now)

        def change(message: Message) -> tuple[Message, list[Write]]:
            after = message.reacted(member.member_id, kinds)
            return (message if after.reactions == message.reactions else after), [once(None)]

        return self.writer.change(visit.room, self._finder(visit.room, member, seq, now), change, now)

    def again(self, caller: Principal, room_id: str, seq: int, now: datetime) -> Posted:
        """A message as the caller sees it now: the answer to a repeat of `edit` or `react`, which keep no words.

        Raises NotFound, NotAMember, Removed, MemberSuspended.
        """
        visit = self.rooms.visit(room_id, caller.id)
        member = visit.present()
        member.require_joined(now)
        message = self._finder(visit.room, member, seq, now)()
        return Posted(member, message, None, self._screened(member, f"{message.warning}\n{message.text}", now).level)

    def _append(
        self,
        room: Room,
        member: Membership,
        draft: Draft,
        found: Findings,
        held_for: HeldFor | None,
        intent: Intent,
        client_id: str,
        now: datetime,
    ) -> Message:
        def make(end: Position) -> Addition:
            message = Message(
                seq=end.seq + 1,
                ordinal=end.ordinal if held_for else end.ordinal + 1,
                author=member.member_id,
                handle=member.handle,
                role=member.role,
                text=draft.text,
                client_id=client_id,
                posted_at=now,
                gone_at=now + room.retention,
                state=MessageState.HELD if held_for else MessageState.POSTED,
                warning=draft.warning,
                folded=found.fold,
                reply_to=draft.reply_to,
                held_for=held_for,
            )
            recent = Recent(intent.key[:12], intent.content[:8], message.seq, int(now.timestamp()))
            noted = self.rooms.post(member, member.posted(recent, message.ordinal), lambda _old: _CameBetween())
            # The reason's name, so that a repeat in another attempt lands on the same concern.
            return Addition([message], [noted, *self._aside(room, member, message, found, intent.key, now)])

        message = self.writer.add(room, make).entries[0]
        assert isinstance(message, Message)  # noqa: S101 - made above
        return message

    def _aside(
        self, room: Room, member: Membership, message: Message, found: Findings, occasion: str, now: datetime
    ) -> list[Write]:
        """What a message brings about beside itself: a place in the facilitators' queue, a concern."""
        writes = [self.queue.held(room.id, message, now)] if message.state is MessageState.HELD else []
        if found.level:
            concern_id = derived_id("concern", room.id, occasion)
            writes += self.concerns.raising(
                found.level, room.id, member.member_id, message.seq, member.handle, concern_id, now
            )
        return writes

    def _unqueued(self, room: Room, message: Message) -> list[Write]:
        """The message waits no more as it was."""
        return [self.queue.forget_held(room.id, message)] if message.state is MessageState.HELD else []

    def _screened(self, member: Membership, text: str, now: datetime) -> Findings:
        """Members' words are looked at, and clients' to their counselor; those of staff are not."""
        return _NOTHING_FOUND if member.of_staff else self.screen(text, now)

    def _state(self, room: Room, now: datetime) -> Callable[[], State]:
        """The mode of the room, looked up when it matters, and once."""
        return cache(partial(self.mode, room, now))

    def _check_reply(self, room: Room, member: Membership, draft: Draft, now: datetime) -> None:
        if not draft.reply_to:
            return
        answered = self.log.find(room.id, draft.reply_to)
        if answered is None or not answered.visible_to(member, now):
            raise Invalid("The message you answer is no longer there.", field="body.reply_to")

    def _finder(self, room: Room, member: Membership, seq: int, now: datetime) -> Callable[[], Message]:
        def find() -> Message:
            message = self.log.find(room.id, seq)
            if message is None or not message.visible_to(member, now):
                raise NotFound
            return message

        return find


def _held_for(room: Room, member: Membership, found: Findings, state: Callable[[], State]) -> HeldFor | None:
    """Nothing between a client and their counselor waits for anybody."""
    if member.of_staff or room.kind is RoomKind.DIRECT:
        return None
    if found.held:
        return HeldFor(found.held)
    if state().mode is RoomMode.SLOW:
        return HeldFor.SLOW
    return HeldFor.NEWCOMER if member.posts < room.settings.premoderate_first else None
