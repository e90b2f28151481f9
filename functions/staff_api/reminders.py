"""Routes: reminders and notices, for staff."""

from datetime import datetime
from typing import Literal

from functions.call import Call, Reply, View
from functions.operation import operation
from functions.reminders import decide, notices, read, show
from functions.staff_api.app import StaffApp
from shared.errors import NotAllowed, NotFound
from shared.reminders.channel import Channel, Delivery
from shared.reminders.notice import Notice, NoticeKind

__all__ = ["decide", "notices", "of_appointment", "read", "show"]


class ToldView(View):
    """That one of the two was told something, and what became of it on each channel that it went out on."""

    to: Literal["client", "counselor"]
    kind: NoticeKind
    at: datetime
    deliveries: dict[Channel, Delivery]


class WhatWasToldView(View):
    """What the two of an appointment were told of it in the last two weeks, in order of time."""

    told: list[ToldView]


@operation({200: WhatWasToldView}, NotAllowed, NotFound)
def of_appointment(app: StaffApp, call: Call) -> Reply:
    """What was told of an appointment with the caller, to both: when and how, and never in which words."""
    appointment = app.appointments.of_counselor(call.caller, call.path["appointment_id"])
    told = app.inbox.about(appointment.id, (appointment.client_id, appointment.counselor_id), call.now)
    return Reply.of(WhatWasToldView(told=[_view(notice, appointment.client_id) for notice in told]))


def _view(notice: Notice, client_id: str) -> ToldView:
    to: Literal["client", "counselor"] = "client" if notice.person_id == client_id else "counselor"
    return ToldView(to=to, kind=notice.kind, at=notice.at, deliveries=notice.deliveries)
