"""Routes: a series of appointments, for its counselor."""

from functools import cache
from typing import Annotated

from pydantic import Field

from functions.appointment_views import StaffAppointmentView
from functions.call import Call, Input, Reply, View
from functions.inputs import SeenVersion
from functions.operation import operation
from functions.staff_api.agenda import Words
from functions.staff_api.app import StaffApp
from shared.appointments.model import Appointment
from shared.appointments.refusals import TooLate
from shared.appointments.series_changes import Cancelled
from shared.errors import ChangedMeanwhile, NotAllowed, NotFound
from shared.recurrence import Scope


class CounselorCancelSeriesInput(Input):
    """Which are meant, and the version of this one that the counselor has seen. The client reads the reason."""

    scope: Scope
    reason: Annotated[Words, Field(min_length=1)]
    version: Annotated[SeenVersion, Field(ge=1)]


class StaffSeriesView(View):
    """All appointments of a series, by start."""

    appointments: list[StaffAppointmentView]


class StaffCancelledView(View):
    """What was called off; `kept` could no longer be."""

    cancelled: list[StaffAppointmentView]
    kept: list[StaffAppointmentView]


@operation({200: StaffSeriesView}, NotAllowed, NotFound)
def show(app: StaffApp, call: Call) -> Reply:
    """All of the series of an appointment with the caller; that one alone if it is of none."""
    found = app.series_changes.all_of(call.caller, call.path["appointment_id"])
    return Reply.of(StaffSeriesView(appointments=_views(app, call, found)))


@operation({200: StaffCancelledView}, NotAllowed, NotFound, TooLate, ChangedMeanwhile)
def cancel(app: StaffApp, call: Call, body: CounselorCancelSeriesInput) -> Reply:
    """Call off this one, it and those that follow, or all that are ahead, with a reason."""

    @cache  # shown and remembered, it asks for the handle once
    def view(done: Cancelled) -> StaffCancelledView:
        views = _views(app, call, [*done.cancelled, *done.kept])
        return StaffCancelledView(cancelled=views[: len(done.cancelled)], kept=views[len(done.cancelled) :])

    appointment_id = call.path["appointment_id"]
    done = app.series_changes.cancel(
        call.caller, appointment_id, body.version, body.scope, body.reason, call.once(view), call.now
    )
    return Reply.of(view(done))


def _views(app: StaffApp, call: Call, found: list[Appointment]) -> list[StaffAppointmentView]:
    handles = app.people.handles_of({one.client_id for one in found})
    return [StaffAppointmentView.with_handle(one, handles.get(one.client_id, ""), call.now) for one in found]
