"""Routes: a counselor's other calendar, whose busy times keep clients from booking."""

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from functions.call import Call, Input, Reply, View
from functions.operation import operation
from functions.staff_api.app import StaffApp
from shared.appointments.busy.addresses import LONGEST, shortened
from shared.appointments.busy.service import CalendarAddress
from shared.appointments.busy.trouble import Trouble
from shared.appointments.busy.watched import Watched
from shared.errors import NotAllowed


class CalendarAddressInput(Input):
    """Where the calendar is, as its site tells it."""

    address: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]


class WatchedView(View):
    """A calendar that is watched. Whoever has its address can read it: it is shown only so far as to tell it apart.

    `skipped` events could not be read. While it cannot be read at all, `trouble` says why and `failing_since` since
    when; what was last read counts for a day.
    """

    address: str
    named_at: datetime
    read_at: datetime | None
    skipped: int
    failing_since: datetime | None
    trouble: Trouble | None

    @classmethod
    def of(cls, watched: Watched) -> "WatchedView":
        """What its owner sees."""
        return cls(
            address=shortened(watched.address),
            named_at=watched.named_at,
            read_at=watched.read_at,
            skipped=watched.skipped,
            failing_since=watched.failing_since,
            trouble=watched.trouble,
        )


class BusyCalendarView(View):
    """The calendar of the caller that is watched, if there is one."""

    calendar: WatchedView | None


@operation({200: BusyCalendarView}, NotAllowed)
def show(app: StaffApp, call: Call) -> Reply:
    """The calendar that is watched, and how reading it goes."""
    watched = app.busy_calendars.own(call.caller)
    return Reply.of(BusyCalendarView(calendar=WatchedView.of(watched) if watched else None))


@operation({200: WatchedView}, NotAllowed, CalendarAddress)
def watch(app: StaffApp, call: Call, body: CalendarAddressInput) -> Reply:
    """Watch the calendar at this address instead of any other. It is read within minutes, then every half hour."""
    watched = app.busy_calendars.watch(call.caller, body.address, call.once(WatchedView.of), call.now)
    return Reply.of(WatchedView.of(watched))


@operation({204: None}, NotAllowed)
def forget(app: StaffApp, call: Call) -> Reply:
    """Watch nothing any more: what was busy there can be booked at once."""
    app.busy_calendars.forget(call.caller, call.once(None, 204))
    return Reply(204)
