"""Routes: the dates of a room, for its facilitators."""

from typing import Annotated

from pydantic import StringConstraints

from functions.call import Call, Input, Nothing, Reply, View
from functions.inputs import Instant, Zone
from functions.operation import operation
from functions.room_views import GatheringView
from functions.staff_api.app import StaffApp
from shared.errors import NotAllowed, NotFound
from shared.rooms.gatherings import Gathering, TooManyGatherings


class GatheringInput(Input):
    """What and when. The zone is the one it is planned in."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    start: Instant
    end: Instant
    zone: Zone


class StaffGatheringsView(View):
    """Those ahead, soonest first."""

    gatherings: list[GatheringView]


@operation({200: StaffGatheringsView}, NotAllowed, NotFound)
def ahead(app: StaffApp, call: Call) -> Reply:
    """What is planned in a room, and who means to come."""
    room = app.rooms.facilitating.get(call.caller, call.path["room_id"])
    found = app.rooms.gatherings.ahead(room.id, call.now)
    members = app.rooms.store.members_of(room.id, {id_ for gathering in found for id_ in gathering.coming})
    views = [
        GatheringView.of(one, handles=sorted(members[id_].handle for id_ in one.coming if id_ in members))
        for one in found
    ]
    return Reply.of(StaffGatheringsView(gatherings=views))


@operation({201: GatheringView}, NotAllowed, NotFound, TooManyGatherings)
def plan(app: StaffApp, call: Call, body: GatheringInput) -> Reply:
    """Plan a date."""
    wanted = Gathering("", body.title, body.start, body.end, body.zone)
    once = call.once(GatheringView.of, 201)
    room_id = call.path["room_id"]
    planned = app.rooms.gatherings.plan(call.caller, room_id, wanted, call.named_intent, once, call.now)
    return Reply.of(GatheringView.of(planned), 201)


@operation({200: GatheringView}, NotAllowed, NotFound)
def cancel(app: StaffApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says which
    """Call a date off."""
    room_id, gathering_id = call.path["room_id"], call.path["gathering_id"]
    once = call.once(GatheringView.of)
    return Reply.of(GatheringView.of(app.rooms.gatherings.cancel(call.caller, room_id, gathering_id, once)))
