"""Routes: a counselor's calendar."""

from datetime import date, datetime
from functools import cache
from typing import Annotated

from pydantic import Field, StringConstraints

from functions.appointment_views import DelayInput, OneStaffAppointmentView, StaffAppointmentView
from functions.call import Call, Input, Nothing, Reply, View
from functions.inputs import Day, Instant
from functions.operation import operation
from functions.staff_api.app import StaffApp
from shared.appointments.delays import Delays
from shared.appointments.missed import missed_before
from shared.appointments.model import Appointment, Block
from shared.appointments.refusals import NotSoon, NotStarted, SlotTaken, TimeHeld, TooLate
from shared.errors import Busy, ChangedMeanwhile, NotAllowed, NotFound

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Version = Annotated[int, Field(ge=1)]


class AgendaInput(Input):
    """Which dates, in the counselor's own zone."""

    first: Annotated[Day, Field(alias="from")]
    days: Annotated[int, Field(ge=1, le=31)] = 7


class BlockInput(Input):
    """Time to keep free. The note is for the counselor alone."""

    start: Instant
    end: Instant
    note: Words = ""


class CounselorCancelInput(Input):
    """The client reads the reason."""

    reason: Annotated[Words, Field(min_length=1)]
    version: Version


class NoshowInput(Input):
    """The version the counselor has seen."""

    version: Version


class BlockView(View):
    """Time that is kept free."""

    id: str
    start: datetime
    end: datetime
    note: str

    @classmethod
    def of(cls, block: Block) -> "BlockView":
        """The block."""
        return cls(id=block.id, start=block.start, end=block.end, note=block.note)


class AgendaView(View):
    """What is in the calendar, in order of time."""

    zone: str
    first: Annotated[date, Field(serialization_alias="from")]
    days: int
    appointments: list[StaffAppointmentView]
    blocks: list[BlockView]


@operation({200: AgendaView}, NotAllowed)
def show(app: StaffApp, call: Call, query: AgendaInput) -> Reply:
    """The caller's calendar on these dates."""
    agenda = app.agendas.show(call.caller, query.first, query.days)
    handles = app.people.handles_of({appointment.client_id for appointment in agenda.appointments})
    view = AgendaView(
        zone=call.caller.zone,
        first=query.first,
        days=query.days,
        appointments=[
            StaffAppointmentView.with_handle(a, handles.get(a.client_id, ""), call.now) for a in agenda.appointments
        ],
        blocks=[BlockView.of(block) for block in agenda.blocks],
    )
    return Reply.of(view)


@operation({201: BlockView}, NotAllowed, SlotTaken, TimeHeld)
def block(app: StaffApp, call: Call, body: BlockInput) -> Reply:
    """Keep time free."""
    kept = app.agendas.block(call.caller, body.start, body.end, body.note, call.once(BlockView.of, 201), call.now)
    return Reply.of(BlockView.of(kept), 201)


@operation({204: None}, NotAllowed, NotFound)
def unblock(app: StaffApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says which
    """Give time free again."""
    app.agendas.unblock(call.caller, call.path["block_id"], call.once(None, 204))
    return Reply(204)


@operation({200: OneStaffAppointmentView}, NotAllowed, NotFound)
def appointment(app: StaffApp, call: Call) -> Reply:
    """One appointment with the caller."""
    found = app.appointments.of_counselor(call.caller, call.path["appointment_id"])
    return Reply.of(_view(app, call, found))


@operation({200: OneStaffAppointmentView}, NotAllowed, NotFound, TooLate, ChangedMeanwhile)
def cancel(app: StaffApp, call: Call, body: CounselorCancelInput) -> Reply:
    """Call an appointment off, with a reason."""

    @cache  # shown and remembered, it asks for the handle once
    def view(cancelled: Appointment) -> OneStaffAppointmentView:
        return _view(app, call, cancelled)

    appointment_id = call.path["appointment_id"]
    return Reply.of(
        view(app.appointments.cancel(call.caller, appointment_id, body.version, body.reason, call.once(view), call.now))
    )


@operation({200: OneStaffAppointmentView}, NotAllowed, NotFound, NotStarted, ChangedMeanwhile)
def noshow(app: StaffApp, call: Call, body: NoshowInput) -> Reply:
    """Note that the client did not come."""

    @cache
    def view(missed: Appointment) -> OneStaffAppointmentView:
        return _view(app, call, missed)

    appointment_id = call.path["appointment_id"]
    return Reply.of(view(app.appointments.noshow(call.caller, appointment_id, body.version, call.once(view), call.now)))


@operation({200: OneStaffAppointmentView}, NotAllowed, NotFound, NotSoon, Busy)
def late(app: StaffApp, call: Call, body: DelayInput) -> Reply:
    """Say that the caller comes a little late; their client is told."""

    @cache
    def view(delayed: Appointment) -> OneStaffAppointmentView:
        return _view(app, call, delayed)

    appointment_id = call.path["appointment_id"]
    return Reply.of(
        view(Delays(app.appointments).say(call.caller, appointment_id, body.minutes, call.once(view), call.now))
    )


def _view(app: StaffApp, call: Call, appointment: Appointment) -> OneStaffAppointmentView:
    handles = app.people.handles_of({appointment.client_id})
    handle = handles.get(appointment.client_id, "")
    missed = missed_before(app.appointments.store, appointment, call.now)
    return OneStaffAppointmentView.alone(appointment, handle, missed, call.now)
