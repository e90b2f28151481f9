"""Routes: circles of groups, for clients and staff alike."""

from functools import partial

from functions.api_app import ApiApp
from functions.call import Call, Input, Reply
from functions.meeting_views import MeetingView
from functions.meetings import OUTSIDE, ArriveInput, told
from functions.operation import operation
from shared.errors import Busy, NotAllowed, NotFound
from shared.meetings.circling import Move
from shared.meetings.model import MeetingKind
from shared.meetings.refusals import (
    AlreadySpeaking,
    Declined,
    MeetingEnded,
    MeetingFull,
    NotAdmitted,
    NotInCircle,
    NotYourTurn,
    RemovedFromMeeting,
)
from shared.rooms.refusals import RoomClosed


class MoveInput(Input):
    """What somebody does about themselves."""

    move: Move


@operation({200: MeetingView}, NotFound, NotAllowed, *OUTSIDE)
def of_room(app: ApiApp, call: Call) -> Reply:
    """The circle that is on in a room; there is none until a facilitator opens it."""
    seen = app.meetings.circling.on(call.caller, call.path["room_id"], call.now)
    return Reply.of(MeetingView.of_seen(seen, call.now))


@operation(
    {201: MeetingView},
    NotFound,
    NotAllowed,
    *OUTSIDE,
    RoomClosed,
    MeetingEnded,
    RemovedFromMeeting,
    MeetingFull,
    Busy,
)
def come(app: ApiApp, call: Call, body: ArriveInput) -> Reply:
    """Come to the circle of a room, or come again: facilitators open it and are in, members wait to be let in."""
    room_id = call.path["room_id"]
    once = call.once(partial(MeetingView.of_seen, now=call.now), 201)
    seen = app.meetings.service.arrive(call.caller, MeetingKind.CIRCLE, room_id, body.page, once, call.now)
    return told(app, call, seen, 201)


@operation(
    {200: MeetingView},
    NotFound,
    NotAllowed,
    *OUTSIDE,
    MeetingEnded,
    RemovedFromMeeting,
    NotAdmitted,
    Declined,
    NotInCircle,
    AlreadySpeaking,
    NotYourTurn,
    Busy,
)
def move(app: ApiApp, call: Call, body: MoveInput) -> Reply:
    """Raise one's hand, let a turn go by, end it, step out, come back. `not_okay` is told to facilitators alone."""
    once = call.once(partial(MeetingView.of_seen, now=call.now))
    seen = app.meetings.circling.move(call.caller, call.path["meeting_id"], body.move, once, call.now)
    return told(app, call, seen, hosts_only=body.move.private)
