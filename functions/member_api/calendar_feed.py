"""Routes: the address under which a client's own calendar programme reads their appointments."""

from functions import calendar_feeds
from functions.calendar_feeds import CalendarFeedView, NewCalendarFeedView
from functions.call import Call, Nothing, Reply
from functions.member_api.app import MemberApp
from functions.operation import operation
from shared.errors import ChangedMeanwhile


@operation({200: CalendarFeedView})
def show(app: MemberApp, call: Call) -> Reply:
    """Whether the caller has a feed. Its address is not told again."""
    return calendar_feeds.show(app, call)


@operation({201: NewCalendarFeedView}, ChangedMeanwhile)
def make(app: MemberApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - nothing to say
    """Make an address, shown this once; one from before leads nowhere from now on."""
    return calendar_feeds.make(app, call)


@operation({204: None}, ChangedMeanwhile)
def remove(app: MemberApp, call: Call) -> Reply:
    """Have no feed from now on."""
    return calendar_feeds.remove(app, call)
