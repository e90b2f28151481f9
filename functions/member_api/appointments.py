"""Routes: a client's appointments."""

from functools import partial
from typing import Annotated, Literal

from pydantic import Field

from functions.appointment_views import AppointmentView, DelayInput
from functions.call import Call, Input, Reply, View
from functions.inputs import Instant, Zone
from functions.member_api.app import MemberApp
from functions.operation import operation
from shared.appointments.calendar_file import calendar_file
from shared.appointments.delays import Delays
from shared.appointments.model import Appointment, Mode
from shared.appointments.refusals import (
    AlreadyBookedThen,
    ModeNotOffered,
    NotSoon,
    SlotNotOffered,
    SlotTaken,
    TooLate,
    TooManyAppointments,
)
from shared.appointments.service import Booking
from shared.errors import Busy, ChangedMeanwhile, NotFound
from shared.ids import ID_PATTERN

Version = Annotated[int, Field(ge=1)]


class BookingInput(Input):
    """With whom, when and how. `zone` is the client's: reminders and the counselor's page speak of it."""

    counselor_id: Annotated[str, Field(pattern=ID_PATTERN)]
    start: Instant
    mode: Mode
    zone: Zone


class WhenInput(Input):
    """Those ahead, or those that are over."""

    when: Literal["upcoming", "past"] = "upcoming"


class TitleInput(Input):
    """What the calendar shows, in the client's own words. Else it is what they decided for all their appointments."""

    title: Annotated[str, Field(min_length=1, max_length=80)] | None = None


class MoveInput(Input):
    """The new time, and the version the client has seen."""

    start: Instant
    version: Version


class CancelInput(Input):
    """The version the client has seen."""

    version: Version


class AppointmentsView(View):
    """The caller's appointments."""

    appointments: list[AppointmentView]


def _viewed(call: Call) -> partial[AppointmentView]:
    return partial(AppointmentView.of, now=call.now)


def _reply(appointment: Appointment, call: Call, status: int = 200) -> Reply:
    return Reply.of(AppointmentView.of(appointment, call.now), status)


@operation(
    {201: AppointmentView}, NotFound, ModeNotOffered, SlotNotOffered, SlotTaken, AlreadyBookedThen, TooManyAppointments
)
def book(app: MemberApp, call: Call, body: BookingInput) -> Reply:
    """Book a free time."""
    wanted = Booking(body.counselor_id, body.start, body.mode, body.zone)
    booked = app.appointments.book(call.caller, wanted, call.once(_viewed(call), 201), call.now)
    return _reply(booked, call, 201)


@operation({200: AppointmentsView})
def mine(app: MemberApp, call: Call, query: WhenInput) -> Reply:
    """The caller's appointments: those ahead soonest first, or the past ones latest first."""
    listed = app.appointments.upcoming if query.when == "upcoming" else app.appointments.past
    shown = [AppointmentView.of(appointment, call.now) for appointment in listed(call.caller, call.now)]
    return Reply.of(AppointmentsView(appointments=shown))


@operation({200: AppointmentView}, NotFound)
def show(app: MemberApp, call: Call) -> Reply:
    """One appointment of the caller's."""
    return _reply(app.appointments.get(call.caller, call.path["appointment_id"]), call)


@operation({200: None}, NotFound)
def calendar(app: MemberApp, call: Call, query: TitleInput) -> Reply:
    """One appointment as a calendar file, with nothing in it but the time and a neutral title."""
    appointment = app.appointments.get(call.caller, call.path["appointment_id"])
    headers = {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": 'attachment; filename="appointment.ics"',
    }
    title = query.title or app.inbox.calendar_title(app.people.get(call.caller.id))
    return Reply(200, headers=headers, text=calendar_file([appointment], title, call.now))


@operation({200: AppointmentView}, NotFound, TooLate, ChangedMeanwhile, SlotNotOffered, SlotTaken, AlreadyBookedThen)
def reschedule(app: MemberApp, call: Call, body: MoveInput) -> Reply:
    """Move an appointment to another free time."""
    once = call.once(_viewed(call))
    appointment_id = call.path["appointment_id"]
    moved = app.appointments.reschedule(call.caller, appointment_id, body.start, body.version, once, call.now)
    return _reply(moved, call)


@operation({200: AppointmentView}, NotFound, TooLate, ChangedMeanwhile)
def cancel(app: MemberApp, call: Call, body: CancelInput) -> Reply:
    """Call an appointment off."""
    once = call.once(_viewed(call))
    cancelled = app.appointments.cancel(call.caller, call.path["appointment_id"], body.version, "", once, call.now)
    return _reply(cancelled, call)


@operation({200: AppointmentView}, NotFound, NotSoon, Busy)
def late(app: MemberApp, call: Call, body: DelayInput) -> Reply:
    """Say that the caller comes a little late; their counselor is told."""
    once = call.once(_viewed(call))
    appointment_id = call.path["appointment_id"]
    return _reply(Delays(app.appointments).say(call.caller, appointment_id, body.minutes, once, call.now), call)
