"""Routes: the address under which a member of staff's own calendar programme reads their appointments."""

from functions import calendar_feeds
from functions.calendar_feeds import CalendarFeedView, NewCalendarFeedView
from functions.call import Call, Nothing, Reply
from functions.operation import operation
from functions.staff_api.app import StaffApp
from shared.errors import ChangedMeanwhile


@operation({200: CalendarFeedView})
def show(app: StaffApp, call: Call) -> Reply:
    """Whether the caller has a feed. Its address is not told again."""
    return calendar_feeds.show(app, call)


@operation({201: NewCalendarFeedView}, ChangedMeanwhile)
def make(app: StaffApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - nothing to say
    """Make an address, shown this once; one from before leads nowhere from now on."""
    return calendar_feeds.make(app, call)


@operation({204: None}, ChangedMeanwhile)
def remove(app: StaffApp, call: Call) -> Reply:
    """Have no feed from now on."""
    return calendar_feeds.remove(app, call)
