"""Keeping a room safe: members report, facilitators decide, members can appeal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shared.audit import Audit
from shared.errors import Invalid, NotFound
from shared.ids import derived_id
from shared.intents import Intent, Once
from shared.people.model import Principal
from shared.rooms.connections import Connections
from shared.rooms.decision_store import DecisionStore, with_appeal
from shared.rooms.decisions import Decision, Step, decided, end_of
from shared.rooms.log import Message
from shared.rooms.log_store import LogStore
from shared.rooms.model import Membership, MembershipStatus, Room
from shared.rooms.queue import QueueStore, ReportedAlready, ReportReason, report_id, request_id
from shared.rooms.room_store import RoomStore
from shared.rooms.writing import Changed, LogWriter
from shared.tables import Write, commit


@dataclass(frozen=True)
class Verdict:
    """A decision that is to be made."""

    step: Step
    reason: str
    hours: int | None = None
    seq: int = 0


@dataclass(frozen=True)
class Settled:
    """What became of something that waited: a message that changed or appeared, a member whose standing changed."""

    room: Room
    changed: Changed | None = None
    member: Membership | None = None


_PAST = {
    Step.REMIND: "Reminded",
    Step.SLOW: "Slowed",
    Step.MUTE: "Muted",
    Step.SUSPEND: "Suspended",
    Step.REMOVE: "Removed",
    Step.LIFT: "Restored",
}


@dataclass(frozen=True)
class Moderation:
    """Use cases. `facilitated` gives a room to those who facilitate it and raises NotAllowed, NotFound for others."""

    rooms: RoomStore
    log: LogStore
    queue: QueueStore
    decisions: DecisionStore
    connections: Connections
    audit: Audit
    facilitated: Callable[[Principal, str], Room]

    def report(
        self, caller: Principal, room_id: str, seq: int, reason: ReportReason, note: str, once: Once, now: datetime
    ) -> None:
        """Ask the facilitators to look at a message. Nobody is ever told who did.

        A second report of the same message by the same member changes nothing. Raises NotFound, NotAMember, Invalid.
        """
        member = self.rooms.visit(room_id, caller.id).present()
        member.require_joined(now)
        message = self.log.find(room_id, seq)
        if message is None or not message.visible_to(member, now):
            raise NotFound
        if message.author == member.member_id:
            raise Invalid("This is your own message: you can take it back.", field="path.seq")
        try:
            reported = self.queue.report(room_id, message, member.member_id, reason, note, now)
            commit(self.rooms.table.client, [once(None), reported])
        except ReportedAlready:
            commit(self.rooms.table.client, [once(None)])

    def redact(self, caller: Principal, room_id: str, seq: int, reason: str, once: Once, now: datetime) -> Settled:
        """Take a message away, and say why. Raises NotAllowed, NotFound, AlreadyDecided."""
        room = self.facilitated(caller, room_id)
        unreported = self.queue.forget(room.id, report_id(room.id, seq))
        message = self.redacting(caller, room, seq, reason, lambda after: [once(Changed(after, None)), unreported], now)
        return Settled(room, changed=message)

    def decide(
        self,
        caller: Principal,
        room_id: str,
        member_id: str,
        verdict: Verdict,
        intent: Intent,
        once: Once,
        now: datetime,
    ) -> tuple[Decision, Settled]:
        """Take a step about a member, which holds at once, also for sockets that are open.

        Raises NotAllowed, NotFound, AlreadyDecided.
        """
        room = self.facilitated(caller, room_id)
        member = self.rooms.member(room_id, member_id)
        if member is None or member.of_staff:
            raise NotFound
        decision, after, writes = self.deciding(caller, room, member, verdict, derived_id("decision", intent.key), now)
        commit(self.rooms.table.client, [once(decision), *writes])
        return decision, Settled(room, member=after)

    def appeal(
        self, caller: Principal, room_id: str, decision_id: str, text: str, once: Once, now: datetime
    ) -> Decision:
        """Ask to have a decision about oneself looked at again; possible after removal too.

        Raises NotFound, AlreadyAppealed.
        """
        member = self.rooms.visit(room_id, caller.id).membership
        decision = next((d for d in self.about_me(caller, room_id) if d.id == decision_id), None)
        if member is None or decision is None:
            raise NotFound
        after = with_appeal(decision, text, now)
        waits = self.queue.appeal(member, decision, text, now)
        commit(self.rooms.table.client, [once(after), self.decisions.appeal(decision, text, now), waits])
        return after

    def about_me(self, caller: Principal, room_id: str) -> list[Decision]:
        """Decisions about the caller, newest first. Raises NotFound."""
        member = self.rooms.visit(room_id, caller.id).membership
        if member is None:
            raise NotFound
        return self.decisions.about(room_id, member.member_id)

    def redacting(
        self,
        caller: Principal,
        room: Room,
        seq: int,
        reason: str,
        beside: Callable[[Message], list[Write]],
        now: datetime,
    ) -> Changed:
        """Take a message away, with what else is to be written then. Who may is for the caller to have checked."""

        def find() -> Message:
            message = self.log.find(room.id, seq)
            if message is None or now >= message.gone_at:
                raise NotFound
            return message

        def change(message: Message) -> tuple[Message, list[Write]]:
            after = message.redacted(reason)
            entry = self.audit.entry(caller.id, "MessageRedacted", caller.id, now, fact=f"{room.id} {seq}")
            return after, [*beside(after), entry]

        return LogWriter(self.log).change(room, find, change, now)

    def deciding(
        self, caller: Principal, room: Room, member: Membership, verdict: Verdict, decision_id: str, now: datetime
    ) -> tuple[Decision, Membership, list[Write]]:
        """A decision, the membership after it, and the writes of both. Who may is for the caller to have checked."""
        until = end_of(verdict.step, verdict.hours, now)
        after = decided(member, verdict.step, verdict.reason, until)
        decision = Decision(
            id=decision_id,
            room_id=room.id,
            member_id=member.member_id,
            handle=member.handle,
            step=verdict.step,
            reason=verdict.reason,
            by=caller.id,
            by_name=room.facilitators[caller.id],
            at=now,
            until=until,
            seq=verdict.seq,
        )
        writes = [
            self.rooms.replace(after, member),
            self.decisions.add(decision),
            self.audit.entry(member.person_id, f"Member{_PAST[verdict.step]}", caller.id, now, fact=decision_id),
        ]
        if verdict.step in (Step.SUSPEND, Step.REMOVE):
            writes += self.connections.unwatching(room.id, member.member_id, now)
        if verdict.step is Step.REMOVE and member.status is MembershipStatus.JOINED:
            writes.append(self.rooms.count(room, -1))
        if verdict.step is Step.REMOVE and member.status is MembershipStatus.REQUESTED:
            writes.append(self.queue.forget(room.id, request_id(room.id, member.member_id)))
        return decision, after, writes
