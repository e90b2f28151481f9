"""The address of one's own calendar feed: what clients and staff do with it alike."""

from datetime import datetime

from functions.api_app import ApiApp
from functions.call import Call, Reply, View


class CalendarFeedView(View):
    """When the address was made; nothing if there is none. The address itself is shown once."""

    made_at: datetime | None


class NewCalendarFeedView(View):
    """The path of the new address, on this site."""

    path: str


def show(app: ApiApp, call: Call) -> Reply:
    """Whether the caller has a feed."""
    return Reply.of(CalendarFeedView(made_at=app.feeds.made_at(call.caller)))


def make(app: ApiApp, call: Call) -> Reply:
    """A new address; the old one ends."""
    token = app.feeds.make(call.caller, call.key, call.named_intent, call.now)
    return Reply.of(NewCalendarFeedView(path=f"/api/calendars/{token}/calendar.ics"), 201)


def remove(app: ApiApp, call: Call) -> Reply:
    """No feed from now on."""
    app.feeds.remove(call.caller, call.once(None, 204))
    return Reply(204)
