"""Routes: taking part in an appointment by phone."""

from typing import Annotated

from pydantic import StringConstraints

from functions.call import Call, Input, Nothing, Reply, View
from functions.member_api.app import MemberApp
from functions.operation import operation
from shared.errors import NotFound
from shared.meetings.call_out import CallOut, NoPhone
from shared.meetings.dialling import NumberNotCalled
from shared.meetings.refusals import CallBusy, NotHeld


class DialInView(View):
    """How to take part by phone; nothing but `configured` where the organisation has no number.

    `called` says whether one may ask to be called, `has_number` whether one has left a number for this appointment.
    """

    configured: bool
    number: str | None = None
    pin: str | None = None
    called: bool = False
    has_number: bool = False


class NumberInput(Input):
    """The number to be called on, with its country code. Spaces, dots, dashes and brackets are fine."""

    number: Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=40)]


@operation({200: DialInView}, NotFound, NotHeld, CallBusy)
def dial_in(app: MemberApp, call: Call) -> Reply:
    """The number and the code of an appointment. The code is made when it is first looked up, and stays the same."""
    if app.phone is None:
        app.appointments.of_client(call.caller, call.path["appointment_id"])
        return Reply.of(DialInView(configured=False))
    found = app.phone.dial_in(call.caller, call.path["appointment_id"], call.now)
    view = DialInView(
        configured=True, number=found.number, pin=found.pin, called=found.called, has_number=found.has_number
    )
    return Reply.of(view)


@operation({204: None}, NotFound, NotHeld, NoPhone, NumberNotCalled, CallBusy)
def leave_number(app: MemberApp, call: Call, body: NumberInput) -> Reply:
    """Leave a number for this appointment alone. It is sealed, used for calls to it, and shown to nobody."""
    once = call.once(None, 204)
    _phone(app, call).leave_number(call.caller, call.path["appointment_id"], body.number, once, call.now)
    return Reply(204)


@operation({204: None}, NotFound, NoPhone, repeatable=True)
def take_back_number(app: MemberApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says which
    """Have the number forgotten."""
    _phone(app, call).take_back_number(call.caller, call.path["appointment_id"])
    return Reply(204)


def _phone(app: MemberApp, call: Call) -> CallOut:
    if app.phone is None:
        app.appointments.of_client(call.caller, call.path["appointment_id"])
        raise NoPhone
    return app.phone
