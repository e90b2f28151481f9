"""Deciding about what waits in a room's queue. Whoever is faster decides; the other is told so."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from shared.errors import Invalid
from shared.ids import derived_id
from shared.intents import Once
from shared.people.model import Principal
from shared.rooms.decisions import AppealOutcome, Step
from shared.rooms.log import Message, MessageState, Position
from shared.rooms.model import Membership, MembershipStatus, Room
from shared.rooms.moderation import Moderation, Settled, Verdict
from shared.rooms.queue import QueueItem, Waiting
from shared.rooms.refusals import AlreadyDecided
from shared.rooms.writing import Addition, Changed, LogWriter
from shared.tables import Write, commit


@dataclass(frozen=True)
class Case:
    """Something that waits, who decides about it, and what is written when it is decided, whatever the outcome."""

    caller: Principal
    room: Room
    item: QueueItem
    note: str
    closing: list[Write]
    now: datetime


@dataclass(frozen=True)
class Settling:
    """The use case, one method for each kind of thing and outcome."""

    moderation: Moderation

    def settle(
        self, caller: Principal, room_id: str, item_id: str, outcome: str, note: str, once: Once, now: datetime
    ) -> Settled:
        """Decide about something that waits. Raises NotAllowed, NotFound, AlreadyDecided, Invalid, RoomFull."""
        room = self.moderation.facilitated(caller, room_id)
        item = self.moderation.queue.find(room_id, item_id)
        if item is None:
            raise AlreadyDecided
        act = self._acts().get((item.kind, outcome))
        if act is None:
            raise Invalid("This can't be decided in that way.", field="body.outcome")
        closing = [once(None), self.moderation.queue.done(item)]
        return act(Case(caller, room, item, note, closing, now))

    def _acts(self) -> dict[tuple[Waiting, str], Callable[[Case], Settled]]:
        return {
            (Waiting.HELD, "approve"): self._approve,
            (Waiting.HELD, "decline"): self._decline,
            (Waiting.REPORT, "redact"): self._redact,
            (Waiting.REPORT, "dismiss"): self._dismiss,
            (Waiting.REQUEST, "admit"): self._admit,
            (Waiting.REQUEST, "decline"): self._refuse,
            (Waiting.APPEAL, "uphold"): self._uphold,
            (Waiting.APPEAL, "lift"): self._lift,
        }

    def _approve(self, case: Case) -> Settled:
        log, room = self.moderation.log, case.room
        held = log.find(room.id, case.item.seq)
        if held is None or case.now >= held.gone_at:
            return self._dismiss(case)  # it waited longer than messages are kept
        approved = held.approved()

        def make(end: Position) -> Addition:
            again = held.repeated(Position(end.seq + 1, end.ordinal + 1), case.now, case.now + room.retention)
            replaced = log.replace(room.id, held, approved, lost=lambda _old: AlreadyDecided())
            return Addition([again], [*case.closing, replaced])

        entry = LogWriter(log).add(room, make).entries[0]
        assert isinstance(entry, Message)  # noqa: S101 - made above
        return Settled(room, changed=Changed(entry, entry))

    def _decline(self, case: Case) -> Settled:
        log = self.moderation.log
        held = log.find(case.room.id, case.item.seq)
        if held is None or case.now >= held.gone_at:
            return self._dismiss(case)

        def find() -> Message:
            message = log.find(case.room.id, case.item.seq)
            if message is None:
                raise AlreadyDecided
            return message

        def change(message: Message) -> tuple[Message, list[Write]]:
            return message.declined(case.note), case.closing

        return Settled(case.room, changed=LogWriter(log).change(case.room, find, change, case.now))

    def _redact(self, case: Case) -> Settled:
        message = self.moderation.log.find(case.room.id, case.item.seq)
        if message is None or message.state is not MessageState.POSTED:
            return self._dismiss(case)  # its author was faster
        redacted = self.moderation.redacting(
            case.caller, case.room, case.item.seq, case.note, lambda _after: case.closing, case.now
        )
        return Settled(case.room, changed=redacted)

    def _dismiss(self, case: Case) -> Settled:
        self._commit(case.closing)
        return Settled(case.room)

    def _admit(self, case: Case) -> Settled:
        member = self._asking(case)
        joined = MembershipStatus.JOINED
        after = replace(member, status=joined, joined_at=case.now, decisions=member.decisions + 1)
        counted = self.moderation.rooms.count(case.room, +1)
        self._commit([*case.closing, counted, *self._moved(case, member, after, "MemberAdmitted")])
        return Settled(case.room, member=after)

    def _refuse(self, case: Case) -> Settled:
        member = self._asking(case)
        after = replace(member, status=MembershipStatus.DECLINED, reason=case.note, decisions=member.decisions + 1)
        self._commit([*case.closing, *self._moved(case, member, after, "MemberDeclined")])
        return Settled(case.room, member=after)

    def _uphold(self, case: Case) -> Settled:
        upheld = self.moderation.decisions.settle(case.room.id, case.item.decision_id, AppealOutcome.UPHELD)
        self._commit([*case.closing, upheld])
        return Settled(case.room, member=self.moderation.rooms.member(case.room.id, case.item.member_id))

    def _lift(self, case: Case) -> Settled:
        member = self.moderation.rooms.member(case.room.id, case.item.member_id)
        if member is None:
            raise AlreadyDecided
        verdict = Verdict(Step.LIFT, case.note)
        decision_id = derived_id("lift", case.item.id)
        _, after, writes = self.moderation.deciding(case.caller, case.room, member, verdict, decision_id, case.now)
        lifted = self.moderation.decisions.settle(case.room.id, case.item.decision_id, AppealOutcome.LIFTED)
        self._commit([*case.closing, lifted, *writes])
        return Settled(case.room, member=after)

    def _asking(self, case: Case) -> Membership:
        member = self.moderation.rooms.member(case.room.id, case.item.member_id)
        if member is None or member.status is not MembershipStatus.REQUESTED:
            raise AlreadyDecided
        return member

    def _moved(self, case: Case, before: Membership, after: Membership, what: str) -> list[Write]:
        fact = f"{before.room_id} {before.decisions}"
        entry = self.moderation.audit.entry(before.person_id, what, case.caller.id, case.now, fact=fact)
        return [self.moderation.rooms.replace(after, before), entry]

    def _commit(self, writes: list[Write]) -> None:
        commit(self.moderation.rooms.table.client, writes)
