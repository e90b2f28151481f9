"""Routes: a time that came free and is held for the caller."""

from datetime import datetime

from functions.appointment_views import AppointmentView, CounselorNameView
from functions.call import Call, Input, Nothing, Reply, View
from functions.inputs import Zone
from functions.member_api.app import MemberApp
from functions.operation import operation
from shared.appointments.model import Appointment, Mode
from shared.appointments.offer import Offer, OfferStatus
from shared.appointments.refusals import (
    AlreadyBookedThen,
    ModeNotOffered,
    OfferOver,
    SlotNotOffered,
    TooManyAppointments,
)
from shared.errors import NotFound


class HeldTimeView(View):
    """A time, and until when it is held. It can be met in each of the `modes`."""

    id: str
    status: OfferStatus
    counselor: CounselorNameView
    modes: list[Mode]
    start: datetime
    end: datetime
    until: datetime
    appointment_id: str | None

    @classmethod
    def of(cls, offer: Offer, now: datetime) -> "HeldTimeView":
        """The offer. One that ran out has lapsed, also while nobody has passed it on yet."""
        lapsed = offer.status is OfferStatus.OPEN and not offer.is_open(now)
        return cls(
            id=offer.id,
            status=OfferStatus.LAPSED if lapsed else offer.status,
            counselor=CounselorNameView(id=offer.counselor_id, name=offer.counselor_name),
            modes=sorted(offer.modes),
            start=offer.start,
            end=offer.end,
            until=offer.until,
            appointment_id=offer.appointment_id or None,
        )


class HeldTimesView(View):
    """What is held for the caller now: one time, or none."""

    offers: list[HeldTimeView]


class TakeInput(Input):
    """How to meet, and the client's zone, as in a booking."""

    mode: Mode
    zone: Zone


@operation({200: HeldTimesView})
def open_now(app: MemberApp, call: Call) -> Reply:
    """The time that is held for the caller now, if any."""
    held = app.waitlist.open_offers(call.caller, call.now)
    return Reply.of(HeldTimesView(offers=[HeldTimeView.of(offer, call.now) for offer in held]))


@operation({200: HeldTimeView}, NotFound)
def show(app: MemberApp, call: Call) -> Reply:
    """A time that is held for the caller, or was."""
    return Reply.of(HeldTimeView.of(app.waitlist.offer(call.caller, call.path["offer_id"]), call.now))


@operation(
    {201: AppointmentView}, NotFound, ModeNotOffered, OfferOver, AlreadyBookedThen, TooManyAppointments, SlotNotOffered
)
def take(app: MemberApp, call: Call, body: TakeInput) -> Reply:
    """Take the time: it becomes an appointment, and the caller leaves the waiting list."""

    def view(taken: Appointment) -> AppointmentView:
        return AppointmentView.of(taken, call.now)

    once = call.once(view, 201)
    taken = app.waitlist.take(call.caller, call.path["offer_id"], body.mode, body.zone, once, call.now)
    return Reply.of(view(taken), 201)


@operation({204: None}, NotFound, OfferOver)
def decline(app: MemberApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says which
    """Let the time go to somebody else. The caller keeps their place in line."""
    app.waitlist.decline(call.caller, call.path["offer_id"], call.once(None, 204), call.now)
    return Reply(204)
