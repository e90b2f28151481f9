"""Routes: keeping a room safe."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from functions.call import Call, Input, Reply, View
from functions.decision_views import DecisionView
from functions.entry_views import MessageView
from functions.message_inputs import Seq
from functions.operation import operation
from functions.staff_api.app import StaffApp
from functions.staff_api.room_views import ConcernedView
from shared.errors import NotAllowed, NotFound
from shared.rooms.decisions import Decision, Step
from shared.rooms.model import MemberRole, Membership, MembershipStatus, member_id_of
from shared.rooms.moderation import Settled, Verdict
from shared.rooms.refusals import AlreadyDecided, RoomFull
from shared.rooms.writing import Changed
from shared.telemetry import fault


class RedactInput(Input):
    """Why it is taken away; everybody in the room reads it."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class DecisionInput(Input):
    """A step, and why; the member reads it. `seq` is the message it is about."""

    step: Step
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    hours: Annotated[int, Field(ge=1, le=720)] | None = None
    seq: Seq | None = None


class OutcomeInput(Input):
    """What is decided, and a note for whom it concerns."""

    outcome: Literal["approve", "decline", "redact", "dismiss", "admit", "uphold", "lift"]
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class StaffMemberView(View):
    """A member, to facilitators: the handle of this room and nothing else of the person."""

    id: str
    handle: str
    role: MemberRole
    status: MembershipStatus
    joined_at: datetime
    posts: int
    muted_until: datetime | None
    slow_until: datetime | None
    suspended_until: datetime | None
    decisions: int
    last_posted_at: datetime | None
    needs_a_word: bool
    note: str

    @classmethod
    def of(cls, member: Membership, decisions: int, *, needs_a_word: bool) -> "StaffMemberView":
        """The member."""
        return cls(
            id=member.member_id,
            handle=member.handle,
            role=member.role,
            status=member.status,
            joined_at=member.joined_at,
            posts=member.posts,
            muted_until=member.muted_until,
            slow_until=member.slow_until,
            suspended_until=member.suspended_until,
            decisions=decisions,
            last_posted_at=member.last_posted_at,
            needs_a_word=needs_a_word,
            note=member.note,
        )


class StaffMembersView(View):
    """Everybody who is or was in the room, by handle."""

    members: list[StaffMemberView]


class ConcernedDecisionsView(View):
    """Decisions, newest first."""

    decisions: list[ConcernedView]


@operation({200: MessageView}, NotAllowed, NotFound, AlreadyDecided)
def redact(app: StaffApp, call: Call, body: RedactInput) -> Reply:
    """Take a message away."""
    room_id, seq = call.path["room_id"], int(call.path["seq"])
    member_id = member_id_of(room_id, call.caller.id)

    def view(changed: Changed) -> MessageView:
        return MessageView.of(changed.message, member_id)

    settled = app.rooms.moderation.redact(call.caller, room_id, seq, body.reason, call.once(view), call.now)
    _tell(app, settled, call.now)
    assert settled.changed is not None  # noqa: S101 - a redaction changes its message
    return Reply.of(view(settled.changed))


@operation({200: StaffMembersView}, NotAllowed, NotFound)
def members(app: StaffApp, call: Call) -> Reply:
    """Everybody who is or was in a room."""
    room = app.rooms.facilitating.get(call.caller, call.path["room_id"])
    worries = {word.member.member_id for word in app.rooms.pulse.words(call.caller, [room], call.now)}
    decided = app.rooms.decisions.of(room.id, 1000)
    found = [
        StaffMemberView.of(
            member,
            sum(decision.member_id == member.member_id for decision in decided),
            needs_a_word=member.member_id in worries,
        )
        for member in app.rooms.store.members(room.id)
    ]
    return Reply.of(StaffMembersView(members=sorted(found, key=lambda member: (member.handle, member.id))))


@operation({201: DecisionView}, NotAllowed, NotFound, AlreadyDecided)
def decide(app: StaffApp, call: Call, body: DecisionInput) -> Reply:
    """Take a step about a member. It holds at once."""
    verdict = Verdict(body.step, body.reason, body.hours, body.seq or 0)
    decision, settled = app.rooms.moderation.decide(
        call.caller,
        call.path["room_id"],
        call.path["member_id"],
        verdict,
        call.named_intent,
        call.once(DecisionView.of, 201),
        call.now,
    )
    _tell(app, settled, call.now)
    return Reply.of(DecisionView.of(decision), 201)


@operation({200: ConcernedDecisionsView}, NotAllowed, NotFound)
def decisions(app: StaffApp, call: Call) -> Reply:
    """What was decided in a room."""
    room = app.rooms.facilitating.get(call.caller, call.path["room_id"])
    found: list[Decision] = app.rooms.decisions.of(room.id)
    return Reply.of(ConcernedDecisionsView(decisions=[ConcernedView.of(decision) for decision in found]))


@operation({204: None}, NotAllowed, NotFound, AlreadyDecided, RoomFull)
def settle(app: StaffApp, call: Call, body: OutcomeInput) -> Reply:
    """Decide about something that waits."""
    settled = app.rooms.settling.settle(
        call.caller,
        call.path["room_id"],
        call.path["item_id"],
        body.outcome,
        body.note,
        call.once(None, 204),
        call.now,
    )
    _tell(app, settled, call.now)
    return Reply(204)


def _tell(app: StaffApp, settled: Settled, now: datetime) -> None:
    """Let open pages know what became of it."""
    if settled.changed:
        app.rooms.broadcast.news(settled.room.id, settled.changed)
    if settled.member:
        member = settled.member
        suspended = member.suspended_until is not None and now < member.suspended_until
        barred = suspended or member.status is MembershipStatus.REMOVED
        (app.rooms.broadcast.gone if barred else app.rooms.broadcast.standing)(member)
        muted = member.muted_until is not None and now < member.muted_until
        if (barred or muted) and app.rooms.overview.circles.of(member.room_id):
            _put_out(app, member)


def _put_out(app: StaffApp, member: Membership) -> None:
    try:
        app.meetings.put_out(member.room_id, member.person_id)
    except Exception as error:  # the decision stands
        fault(error, at="circle")
