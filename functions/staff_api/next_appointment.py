"""Routes: booking the next appointment with a client."""

from functools import cache

from functions.appointment_views import SlotView, StaffAppointmentView
from functions.call import Call, Input, Reply, View
from functions.inputs import Instant
from functions.operation import operation
from functions.staff_api.app import StaffApp
from shared.appointments.model import Appointment
from shared.appointments.refusals import CalledOff, SlotNotOffered, SlotTaken, TooManyAppointments
from shared.errors import NotAllowed, NotFound


class NextInput(Input):
    """One of the times on offer."""

    start: Instant


class SuggestedView(View):
    """Free times for both: the same one in a week if it is free, and others near to it.

    `booked` are the times the two have agreed on already, within a month.
    """

    same_time: SlotView | None
    others: list[SlotView]
    booked: list[SlotView]


@operation({200: SuggestedView}, NotAllowed, NotFound, CalledOff)
def suggested(app: StaffApp, call: Call) -> Reply:
    """Times for the next appointment with the client of this one."""
    found = app.next_bookings.suggested(call.caller, call.path["appointment_id"], call.now)
    same = SlotView.of(found.same_time) if found.same_time else None
    others, booked = (list(map(SlotView.of, slots)) for slots in (found.others, found.booked))
    return Reply.of(SuggestedView(same_time=same, others=others, booked=booked))


@operation({201: StaffAppointmentView}, NotAllowed, NotFound, CalledOff, SlotNotOffered, SlotTaken, TooManyAppointments)
def book(app: StaffApp, call: Call, body: NextInput) -> Reply:
    """Book the next appointment with the client of this one, as agreed with them."""

    @cache  # shown and remembered, it asks for the handle once
    def view(booked: Appointment) -> StaffAppointmentView:
        handles = app.people.handles_of({booked.client_id})
        return StaffAppointmentView.with_handle(booked, handles.get(booked.client_id, ""), call.now)

    once = call.once(view, 201)
    booked = app.next_bookings.book(call.caller, call.path["appointment_id"], body.start, once, call.now)
    return Reply.of(view(booked), 201)
