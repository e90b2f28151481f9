"""Routes: the unsubscribe links in mails. Nobody is signed in, and nothing tells whether a link is somebody's."""

from functions.call import Call, Reply, View
from functions.member_api.app import MemberApp
from functions.operation import operation


class DoneView(View):
    """The same for every link: it says nothing of whether it was somebody's."""


@operation({200: DoneView}, repeatable=True)
def unsubscribe(app: MemberApp, call: Call) -> Reply:
    """Unsubscribe with one click, as mail programs do it (RFC 8058), and our own page. E-mail is off at once."""
    app.giving.unsubscribe(call.path["token"])
    return Reply.of(DoneView())


@operation({303: None})
def ask(app: MemberApp, call: Call) -> Reply:  # noqa: ARG001 - every handler is called with both
    """Where somebody opens the link in a browser: to a page with a button. Programs that open links press none."""
    return Reply(303, headers={"Location": f"/unsubscribe#{call.path['token']}"})
