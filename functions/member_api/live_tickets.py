"""Route: a ticket for the socket."""

from functions.call import Call, Nothing, Reply
from functions.live_ticket import TicketView
from functions.member_api.app import MemberApp
from functions.operation import operation


@operation({201: TicketView}, repeatable=True)
def issue(app: MemberApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - nothing to say
    """A ticket that opens the socket once, within half a minute."""
    return Reply.of(TicketView.of(app.tickets.issue(call.caller, call.now)), 201)
