"""Routes: the dates of a room, for its facilitators."""

from typing import Annotated

from pydantic import StringConstraints

from functions.call import Call, Input, Nothing, Reply, View
from functions.inputs import Instant, Zone
from functions.operation import operation
from functions.recurrence_inputs import RecurrenceInput
from functions.room_views import GatheringView
from functions.staff_api.app import StaffApp
from shared.errors import NotAllowed, NotFound
from shared.intents import Once
from shared.recurrence import Recurrence, Scope
from shared.rooms.gatherings import Gathering, TooManyGatherings

ONCE = Recurrence(1, 1)


class GatheringInput(Input):
    """What and when. The zone is the one it is planned in."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    start: Instant
    end: Instant
    zone: Zone


class RepeatedGatheringInput(GatheringInput):
    """What and when first, and how often."""

    repeat: RecurrenceInput


class ScopeInput(Input):
    """Which of those planned together are meant."""

    scope: Scope


class StaffGatheringsView(View):
    """Some of them, soonest first."""

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
    (planned,) = _plan(app, call, body, ONCE, call.once(_first, 201))
    return Reply.of(GatheringView.of(planned), 201)


@operation({201: StaffGatheringsView}, NotAllowed, NotFound, TooManyGatherings)
def plan_many(app: StaffApp, call: Call, body: RepeatedGatheringInput) -> Reply:
    """Plan the same every week or every two: as many dates as the rule makes, all or none."""
    planned = _plan(app, call, body, body.repeat.rule("body.repeat"), call.once(_views, 201))
    return Reply.of(_views(planned), 201)


@operation({200: GatheringView}, NotAllowed, NotFound)
def cancel(app: StaffApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says which
    """Call a date off."""
    room_id, gathering_id = call.path["room_id"], call.path["gathering_id"]
    once = call.once(_first)
    return Reply.of(_first(app.rooms.gatherings.cancel(call.caller, room_id, gathering_id, Scope.ONE, once, call.now)))


@operation({200: StaffGatheringsView}, NotAllowed, NotFound)
def cancel_many(app: StaffApp, call: Call, body: ScopeInput) -> Reply:
    """Call a date off, it and those that follow of its series, or all of it that is ahead."""
    room_id, gathering_id = call.path["room_id"], call.path["gathering_id"]
    once = call.once(_views)
    return Reply.of(_views(app.rooms.gatherings.cancel(call.caller, room_id, gathering_id, body.scope, once, call.now)))


def _plan(app: StaffApp, call: Call, body: GatheringInput, rule: Recurrence, once: Once) -> list[Gathering]:
    wanted = Gathering("", body.title, body.start, body.end, body.zone)
    room_id = call.path["room_id"]
    return app.rooms.gatherings.plan(call.caller, room_id, wanted, rule, call.named_intent, once, call.now)


def _first(gatherings: list[Gathering]) -> GatheringView:
    return GatheringView.of(gatherings[0])


def _views(gatherings: list[Gathering]) -> StaffGatheringsView:
    return StaffGatheringsView(gatherings=[GatheringView.of(gathering) for gathering in gatherings])
