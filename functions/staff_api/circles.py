"""Routes: circles of groups, for their facilitators."""

from functools import partial
from typing import Annotated

from pydantic import Field

from functions.call import Call, Input, Nothing, Reply
from functions.circles import come, move, of_room
from functions.meeting_views import MeetingView
from functions.meetings import OUTSIDE, told
from functions.operation import operation
from functions.staff_api.app import StaffApp
from shared.errors import Busy, Invalid, NotAllowed, NotFound
from shared.ids import ID_PATTERN
from shared.intents import Once
from shared.meetings.circling import CareKind, Turns
from shared.meetings.refusals import MeetingEnded, NotInCircle, OrderChanged

__all__ = ["admit_all", "care", "come", "move", "of_room", "turns"]

Id = Annotated[str, Field(pattern=ID_PATTERN)]


class TurnsInput(Input):
    """How talking is to go on; what is left out stays as it is.

    `seat`: who speaks, null for nobody. `order`: everybody in the call, in their new order. `seconds`: about how long
    each turn is to be, 0 for as long as it takes.
    """

    seat: Id | None = None
    order: Annotated[list[Id], Field(max_length=20)] | None = None
    seconds: Annotated[int, Field(ge=0, le=1800)] | None = None

    @property
    def turns(self) -> Turns:
        """What is to change. Raises Invalid when that is nothing."""
        if not self.model_fields_set:
            raise Invalid("Please say who speaks, in which order, or for how long.", field="body")
        seat_id = (self.seat or "") if "seat" in self.model_fields_set else None
        return Turns(seat_id, self.order, self.seconds)


class CareInput(Input):
    """What one has done for them."""

    kind: CareKind


@operation({200: MeetingView}, NotFound, NotAllowed, *OUTSIDE, MeetingEnded, NotInCircle, OrderChanged, Busy)
def turns(app: StaffApp, call: Call, body: TurnsInput) -> Reply:
    """Say whose turn it is, in which order people talk, and for about how long."""
    wanted, meeting_id = body.turns, call.path["meeting_id"]
    return told(app, call, app.meetings.circling.direct(call.caller, meeting_id, wanted, _once(call), call.now))


@operation({200: MeetingView}, NotFound, NotAllowed, *OUTSIDE, Busy)
def care(app: StaffApp, call: Call, body: CareInput) -> Reply:
    """Note that one knows that somebody is not okay, or has written to somebody who stepped out."""
    meeting_id, seat_id = call.path["meeting_id"], call.path["seat_id"]
    seen = app.meetings.circling.care(call.caller, meeting_id, seat_id, body.kind, _once(call), call.now)
    return told(app, call, seen, hosts_only=True)


@operation({200: MeetingView}, NotFound, NotAllowed, *OUTSIDE, MeetingEnded, Busy)
def admit_all(app: StaffApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says where
    """Let everybody in who waits."""
    return told(app, call, app.meetings.hosting.admit_all(call.caller, call.path["meeting_id"], _once(call), call.now))


def _once(call: Call) -> Once:
    return call.once(partial(MeetingView.of_seen, now=call.now))
