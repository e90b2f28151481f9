"""Routes: meetings, for staff."""

from functools import partial
from typing import Annotated

from pydantic import Field

from functions.call import Call, Input, Nothing, Reply
from functions.meeting_views import MeetingView
from functions.meetings import arrive, keep, leave, of_appointment, show, told
from functions.operation import operation
from functions.staff_api.app import StaffApp
from functions.staff_api.room_views import StaffRoomDetailView
from shared.errors import Busy, ChangedMeanwhile, NotAllowed, NotFound
from shared.intents import Once
from shared.meetings.refusals import MeetingEnded
from shared.meetings.seat import SeatStatus
from shared.rooms.direct import Party
from shared.rooms.visit import Visit

__all__ = ["admit", "arrive", "end", "keep", "leave", "notice", "of_appointment", "open_room", "remove", "show"]


class AdmitInput(Input):
    """Whether somebody who waits is let in."""

    admit: bool


class NoticeInput(Input):
    """In about how many minutes the host will be there."""

    minutes: Annotated[int, Field(ge=0, le=60)]


@operation({200: MeetingView}, NotFound, NotAllowed, MeetingEnded, Busy)
def admit(app: StaffApp, call: Call, body: AdmitInput) -> Reply:
    """Let somebody in who waits, or not this time."""
    status = SeatStatus.ADMITTED if body.admit else SeatStatus.DECLINED
    return _decide(app, call, status)


@operation({200: MeetingView}, NotFound, NotAllowed, MeetingEnded, Busy)
def remove(app: StaffApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says whom
    """Have somebody leave; they can't come back to this meeting."""
    return _decide(app, call, SeatStatus.REMOVED)


@operation({200: MeetingView}, NotFound, NotAllowed, MeetingEnded, Busy)
def notice(app: StaffApp, call: Call, body: NoticeInput) -> Reply:
    """Tell those who wait that one knows they are there."""
    seen = app.meetings.hosting.notice(call.caller, call.path["meeting_id"], body.minutes, _once(call), call.now)
    return told(app, call, seen)


@operation({200: MeetingView}, NotFound, NotAllowed, MeetingEnded, Busy)
def end(app: StaffApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says which
    """End it for everybody."""
    return told(app, call, app.meetings.hosting.end(call.caller, call.path["meeting_id"], _once(call), call.now))


@operation({201: StaffRoomDetailView}, NotAllowed, NotFound, ChangedMeanwhile)
def open_room(app: StaffApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says which
    """The room of the two whose appointment it is, made if there is none: for what is better written."""
    appointment = app.appointments.of_counselor(call.caller, call.path["appointment_id"])
    client = Party(appointment.client_id, app.people.get(appointment.client_id).handle)
    counselor = Party(appointment.counselor_id, appointment.counselor_name)

    def view(visit: Visit) -> StaffRoomDetailView:
        return StaffRoomDetailView.seen(app, app.rooms.overview.closely(visit, call.caller, call.now), call.now)

    once = call.once(view, 201)
    visit = app.rooms.direct.open(client, counselor, call.named_intent, once, call.now, by_counselor=True)
    return Reply.of(view(visit), 201)


def _decide(app: StaffApp, call: Call, status: SeatStatus) -> Reply:
    meeting_id, seat_id = call.path["meeting_id"], call.path["seat_id"]
    return told(app, call, app.meetings.hosting.decide(call.caller, meeting_id, seat_id, status, _once(call), call.now))


def _once(call: Call) -> Once:
    return call.once(partial(MeetingView.of_seen, now=call.now))
