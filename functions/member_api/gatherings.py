"""Routes: the dates of a room."""

from functions.call import Call, Input, Reply, View
from functions.member_api.app import MemberApp
from functions.operation import operation
from functions.room_views import GatheringView
from shared.errors import Conflict, NotFound
from shared.rooms.gatherings import Gathering
from shared.rooms.model import Membership
from shared.rooms.refusals import MemberSuspended, NotAMember, Removed


class ComingInput(Input):
    """Whether one means to come."""

    coming: bool


class GatheringsView(View):
    """Those ahead, soonest first."""

    gatherings: list[GatheringView]


@operation({200: GatheringsView}, NotFound)
def ahead(app: MemberApp, call: Call) -> Reply:
    """What is planned in a room."""
    visit = app.rooms.rooms.show(call.caller, call.path["room_id"])
    member_id = visit.membership.member_id if visit.membership else ""
    found = app.rooms.gatherings.ahead(visit.room.id, call.now)
    return Reply.of(GatheringsView(gatherings=[GatheringView.of(one, member_id) for one in found]))


@operation({200: GatheringView}, NotFound, NotAMember, Removed, MemberSuspended, Conflict)
def come(app: MemberApp, call: Call, body: ComingInput) -> Reply:
    """Say that one means to come, or not to."""
    room_id, gathering_id = call.path["room_id"], call.path["gathering_id"]
    once = call.once(_view)
    came = app.rooms.gatherings.come(call.caller, room_id, gathering_id, once, call.now, coming=body.coming)
    return Reply.of(_view(came))


def _view(came: tuple[Gathering, Membership]) -> GatheringView:
    gathering, member = came
    return GatheringView.of(gathering, member.member_id)
