"""Routes: meetings, for clients and staff alike."""

from functools import partial
from typing import Annotated

from pydantic import Field

from functions.api_app import ApiApp
from functions.call import Call, Input, Nothing, Reply
from functions.meeting_views import KeptView, MeetingView, call_view
from functions.operation import operation
from shared.appointments.model import Mode
from shared.errors import Busy, NotAllowed, NotFound
from shared.ids import ID_PATTERN
from shared.meetings.model import MeetingKind
from shared.meetings.refusals import (
    CallBusy,
    Declined,
    HeldInWriting,
    MeetingEnded,
    MeetingFull,
    NotAdmitted,
    NotHeld,
    NotOpen,
    RemovedFromMeeting,
    SeatMoved,
)
from shared.meetings.seating import Page
from shared.meetings.seen import Seen
from shared.rooms.refusals import MemberMuted, MemberSuspended, NotAMember, Removed

OUTSIDE = (NotAMember, Removed, MemberSuspended, MemberMuted)
"""What keeps somebody from the circle of a room."""

Device = Annotated[str, Field(pattern=ID_PATTERN)]


class ArriveInput(Input):
    """The page that takes the seat, by an id it made up, and how its person wants to take part."""

    device: Device
    mode: Mode

    @property
    def page(self) -> Page:
        """The page."""
        return Page(self.device, self.mode)


class KeepInput(ArriveInput):
    """The same, a while later. `join`: be in the call, and be told what the browser needs for it."""

    join: bool = False


@operation({200: MeetingView}, NotFound, NotAllowed)
def of_appointment(app: ApiApp, call: Call) -> Reply:
    """The meeting of an appointment of the caller's, also before anybody came."""
    seen = app.meetings.service.of(call.caller, MeetingKind.APPOINTMENT, call.path["appointment_id"], call.now)
    return Reply.of(MeetingView.of_seen(seen, call.now))


@operation({201: MeetingView}, NotFound, NotAllowed, NotHeld, NotOpen, MeetingEnded, RemovedFromMeeting, Busy)
def arrive(app: ApiApp, call: Call, body: ArriveInput) -> Reply:
    """Come to an appointment, or come again with another page: a counselor is in, a client waits to be let in."""
    of = call.path["appointment_id"]
    once = call.once(partial(MeetingView.of_seen, now=call.now), 201)
    seen = app.meetings.service.arrive(call.caller, MeetingKind.APPOINTMENT, of, body.page, once, call.now)
    return told(app, call, seen, 201)


@operation({200: MeetingView}, NotFound, NotAllowed, *OUTSIDE)
def show(app: ApiApp, call: Call) -> Reply:
    """A meeting the caller has a seat in, or hosts."""
    seen = app.meetings.service.see(call.caller, call.path["meeting_id"], call.now)
    return Reply.of(MeetingView.of_seen(seen, call.now))


@operation(
    {200: KeptView},
    NotFound,
    NotAllowed,
    NotHeld,
    MeetingEnded,
    SeatMoved,
    NotAdmitted,
    Declined,
    RemovedFromMeeting,
    HeldInWriting,
    MeetingFull,
    CallBusy,
    *OUTSIDE,
    repeatable=True,
)
def keep(app: ApiApp, call: Call, body: KeepInput) -> Reply:
    """Keep the seat for three quarters of a minute. The answer may hold secrets of the call: nothing remembers it."""
    kept = app.meetings.service.keep(call.caller, call.path["meeting_id"], body.page, call.now, join=body.join)
    if kept.changed:
        app.meetings.tell(kept.seen.meeting)
    view = KeptView(meeting=MeetingView.of_seen(kept.seen, call.now), call=call_view(kept.call))
    return Reply.of(view)


@operation({204: None}, NotFound, NotAllowed, Busy, repeatable=True)
def leave(app: ApiApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says which
    """Leave the call, or the waiting room. The seat stays the caller's."""
    app.meetings.tell(app.meetings.service.leave(call.caller, call.path["meeting_id"], call.now))
    return Reply(204)


def told(app: ApiApp, call: Call, seen: Seen, status: int = 200, *, hosts_only: bool = False) -> Reply:
    """The meeting as the answer; open pages of everybody it concerns are told to look."""
    app.meetings.tell(seen.meeting, hosts_only=hosts_only)
    return Reply.of(MeetingView.of_seen(seen, call.now), status)
