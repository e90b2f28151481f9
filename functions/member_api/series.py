"""Routes: a client's series of appointments."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from pydantic import Field

from functions.appointment_views import AppointmentView, SlotView
from functions.call import Call, Input, Reply, View
from functions.inputs import Instant, SeenVersion, Zone
from functions.member_api.app import MemberApp
from functions.operation import operation
from functions.recurrence_inputs import RecurrenceInput
from shared.appointments.availability import MOST_REPEATS
from shared.appointments.model import Appointment, Mode
from shared.appointments.refusals import (
    ModeNotOffered,
    SeriesNotOffered,
    SlotNotOffered,
    TimesTaken,
    TooLate,
    TooManyAppointments,
    TooManyAtOnce,
)
from shared.appointments.series import Occasion, Standing
from shared.appointments.series_booking import Chosen, Series
from shared.appointments.series_changes import Cancelled, Move
from shared.errors import ChangedMeanwhile, NotFound
from shared.ids import ID_PATTERN
from shared.recurrence import Scope

Id = Annotated[str, Field(pattern=ID_PATTERN)]


class SeriesInput(RecurrenceInput):
    """From when on, and how often; in the counselor's zone it is the same time each week."""

    first: Instant


class SeriesBookingInput(SeriesInput):
    """The same, with exactly the starts to be booked: times of the series, or others in their weeks."""

    counselor_id: Id
    starts: Annotated[list[Instant], Field(min_length=2, max_length=MOST_REPEATS)]
    mode: Mode
    zone: Zone


class MovingInput(Input):
    """A new time for this one, and which of the others go along."""

    start: Instant
    scope: Scope = Scope.ONE


class MoveInput(Input):
    """One of the series, its new time, and the version the client has seen."""

    id: Id
    start: Instant
    version: Annotated[SeenVersion, Field(ge=1)]


class MovesInput(Input):
    """Exactly those that are moved."""

    moves: Annotated[list[MoveInput], Field(min_length=1, max_length=MOST_REPEATS)]


class CancelSeriesInput(Input):
    """Which are meant, and the version of this one that the client has seen."""

    scope: Scope
    version: Annotated[SeenVersion, Field(ge=1)]


class OccasionView(View):
    """A time that is wanted; where it is not free, the nearest that are."""

    start: datetime
    end: datetime
    standing: Standing
    others: list[SlotView]

    @classmethod
    def of(cls, occasion: Occasion) -> "OccasionView":
        """The occasion."""
        wanted, others = occasion.wanted, [SlotView.of(slot) for slot in occasion.others]
        return cls(start=wanted.start, end=wanted.end, standing=occasion.standing, others=others)


class PreviewView(View):
    """Each time of a series, in order."""

    occasions: list[OccasionView]


class SeriesView(View):
    """All appointments of a series, by start."""

    appointments: list[AppointmentView]


class MoveView(View):
    """Where one would go."""

    appointment: AppointmentView
    to: OccasionView


class MovesView(View):
    """Where those that are meant would go; `kept` can no longer be changed."""

    moves: list[MoveView]
    kept: list[AppointmentView]


class CancelledView(View):
    """What was called off; `kept` could no longer be."""

    cancelled: list[AppointmentView]
    kept: list[AppointmentView]


@operation({200: PreviewView}, NotFound, SeriesNotOffered, SlotNotOffered)
def preview(app: MemberApp, call: Call, query: SeriesInput) -> Reply:
    """What a series with this counselor would be, and what of it is free."""
    wanted = Series(call.path["counselor_id"], query.first, query.rule("query"))
    found = app.series_bookings.preview(call.caller, wanted, call.now)
    return Reply.of(PreviewView(occasions=[OccasionView.of(occasion) for occasion in found]))


@operation(
    {201: SeriesView}, NotFound, ModeNotOffered, SeriesNotOffered, SlotNotOffered, TimesTaken, TooManyAppointments
)
def book(app: MemberApp, call: Call, body: SeriesBookingInput) -> Reply:
    """Book a series: exactly these times, all or none."""

    def view(booked: list[Appointment]) -> SeriesView:
        return SeriesView(appointments=_views(booked, call))

    wanted = Series(body.counselor_id, body.first, body.rule("body"))
    chosen = Chosen(body.starts, body.mode, body.zone)
    booked = app.series_bookings.book(call.caller, wanted, chosen, call.once(view, 201), call.now)
    return Reply.of(view(booked), 201)


@operation({200: SeriesView}, NotFound)
def show(app: MemberApp, call: Call) -> Reply:
    """All of the series of one of the caller's appointments; that one alone if it is of none."""
    found = app.series_changes.all_of(call.caller, call.path["appointment_id"])
    return Reply.of(SeriesView(appointments=_views(found, call)))


@operation({200: MovesView}, NotFound, TooLate, ChangedMeanwhile, SlotNotOffered)
def preview_move(app: MemberApp, call: Call, query: MovingInput) -> Reply:
    """Where appointments would go with this one, and what of it is free."""
    appointment_id = call.path["appointment_id"]
    plan = app.series_changes.preview_move(call.caller, appointment_id, query.start, query.scope, call.now)
    moves = [MoveView(appointment=AppointmentView.of(one, call.now), to=OccasionView.of(to)) for one, to in plan.moves]
    return Reply.of(MovesView(moves=moves, kept=_views(plan.kept, call)))


@operation({200: SeriesView}, NotFound, TooLate, ChangedMeanwhile, SlotNotOffered, TimesTaken, TooManyAtOnce)
def move(app: MemberApp, call: Call, body: MovesInput) -> Reply:
    """Move exactly these appointments of a series, all or none."""

    def view(moved: list[Appointment]) -> SeriesView:
        return SeriesView(appointments=_views(moved, call))

    moves = [Move(one.id, one.start, one.version) for one in body.moves]
    moved = app.series_changes.move(call.caller, call.path["appointment_id"], moves, call.once(view), call.now)
    return Reply.of(view(moved))


@operation({200: CancelledView}, NotFound, TooLate, ChangedMeanwhile)
def cancel(app: MemberApp, call: Call, body: CancelSeriesInput) -> Reply:
    """Call off this one, it and those that follow, or all that are ahead."""

    def view(done: Cancelled) -> CancelledView:
        return CancelledView(cancelled=_views(done.cancelled, call), kept=_views(done.kept, call))

    appointment_id = call.path["appointment_id"]
    done = app.series_changes.cancel(
        call.caller, appointment_id, body.version, body.scope, "", call.once(view), call.now
    )
    return Reply.of(view(done))


def _views(found: Iterable[Appointment], call: Call) -> list[AppointmentView]:
    return [AppointmentView.of(one, call.now) for one in found]
