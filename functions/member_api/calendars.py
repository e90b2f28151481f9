"""Route: somebody's appointments, for their calendar programme. For clients and staff alike."""

from functions.call import Call, Reply
from functions.member_api.app import MemberApp
from functions.operation import operation
from shared.appointments.calendar_feed import calendar_feed, entity_tag, stretch
from shared.errors import NotFound, TooMany
from shared.people.limits import FEED_PER_ADDRESS


@operation({200: None, 304: None}, NotFound, TooMany)
def show(app: MemberApp, call: Call) -> Reply:
    """The feed behind a private address: times and a title that tells nothing, nothing else."""
    app.limits.spend(FEED_PER_ADDRESS, call.address, call.now)
    reader = app.feeds.reader(call.path["token"])
    shown = app.appointments.store.between(reader.id, *stretch(call.now))
    text = calendar_feed(shown, app.inbox.calendar_title(reader))
    headers = {"Cache-Control": "private, max-age=0, must-revalidate", "ETag": entity_tag(text)}
    if headers["ETag"] in call.known_tags:
        return Reply(304, headers=headers)
    return Reply(200, headers={**headers, "Content-Type": "text/calendar; charset=utf-8"}, text=text)
