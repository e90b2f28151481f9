"""Routes: calling a client who asked for it."""

from functions.call import Call, Nothing, Reply, View
from functions.operation import operation
from functions.staff_api.app import StaffApp
from shared.errors import NotAllowed, NotFound
from shared.meetings.call_out import NoNumber, NoPhone
from shared.meetings.dialling import NumberNotCalled
from shared.meetings.phone_book import AlreadyCalling, TooManyCalls
from shared.meetings.refusals import CallBusy, NotHeld, NotOpen


class PhoneView(View):
    """Whether the client has left a number to be called on. Which one, nobody is shown."""

    has_number: bool


@operation({200: PhoneView}, NotFound, NotAllowed)
def show(app: StaffApp, call: Call) -> Reply:
    """Whether the client of this appointment can be called."""
    appointment = app.appointments.of_counselor(call.caller, call.path["appointment_id"])
    there = app.phone is not None and app.phone.book.has_number(appointment.id, call.now)
    return Reply.of(PhoneView(has_number=there))


@operation(
    {202: None},
    NotFound,
    NotAllowed,
    NotHeld,
    NotOpen,
    NoPhone,
    NoNumber,
    TooManyCalls,
    AlreadyCalling,
    NumberNotCalled,
    CallBusy,
)
def call(app: StaffApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says whom
    """Let the client's phone ring: once for one request, and a few times at most for one appointment."""
    appointment_id = call.path["appointment_id"]
    if app.phone is None:
        app.appointments.of_counselor(call.caller, appointment_id)
        raise NoPhone
    app.phone.call(call.caller, appointment_id, call.named_intent, call.once(None, 202), call.now)
    return Reply(202)
