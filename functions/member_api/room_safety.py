"""Routes: reporting, blocking, and what was decided about oneself."""

from typing import Annotated

from pydantic import StringConstraints

from functions.call import Call, Input, Nothing, Reply, View
from functions.decision_views import DecisionsView, DecisionView
from functions.member_api.app import MemberApp
from functions.operation import operation
from shared.errors import NotFound
from shared.rooms.decision_store import AlreadyAppealed
from shared.rooms.queue import ReportReason
from shared.rooms.refusals import NotAMember


class ReportInput(Input):
    """Why a facilitator should look at it."""

    reason: ReportReason
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class AppealInput(Input):
    """Why it should be looked at again."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class BlockedView(View):
    """Somebody the caller has blocked."""

    id: str
    handle: str


class BlocksView(View):
    """Those the caller has blocked in this room."""

    members: list[BlockedView]


@operation({204: None}, NotFound, NotAMember)
def report(app: MemberApp, call: Call, body: ReportInput) -> Reply:
    """Ask the facilitators to look at a message. Nobody is told who asked."""
    seq = int(call.path["seq"])
    once = call.once(None, 204)
    app.rooms.moderation.report(call.caller, call.path["room_id"], seq, body.reason, body.note, once, call.now)
    return Reply(204)


@operation({200: BlocksView}, NotFound, NotAMember)
def blocks(app: MemberApp, call: Call) -> Reply:
    """Whom the caller has blocked in this room."""
    found = app.rooms.rooms.blocked(call.caller, call.path["room_id"])
    return Reply.of(BlocksView(members=[BlockedView(id=one.member_id, handle=one.handle) for one in found]))


@operation({204: None}, NotFound, NotAMember)
def block(app: MemberApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says whom
    """Hide a member from the caller and the caller from them, in this room."""
    return _block(app, call, blocked=True)


@operation({204: None}, NotFound, NotAMember)
def unblock(app: MemberApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says whom
    """Hide them no more."""
    return _block(app, call, blocked=False)


@operation({200: DecisionsView}, NotFound)
def decisions(app: MemberApp, call: Call) -> Reply:
    """What facilitators decided about the caller in this room."""
    found = app.rooms.moderation.about_me(call.caller, call.path["room_id"])
    return Reply.of(DecisionsView(decisions=[DecisionView.of(decision) for decision in found]))


@operation({201: DecisionView}, NotFound, AlreadyAppealed)
def appeal(app: MemberApp, call: Call, body: AppealInput) -> Reply:
    """Ask to have a decision looked at again."""
    room_id, decision_id = call.path["room_id"], call.path["decision_id"]
    once = call.once(DecisionView.of, 201)
    appealed = app.rooms.moderation.appeal(call.caller, room_id, decision_id, body.text, once, call.now)
    return Reply.of(DecisionView.of(appealed), 201)


def _block(app: MemberApp, call: Call, *, blocked: bool) -> Reply:
    room_id, member_id = call.path["room_id"], call.path["member_id"]
    app.rooms.rooms.block(call.caller, room_id, member_id, call.once(None, 204), blocked=blocked)
    return Reply(204)
