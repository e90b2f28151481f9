"""Route: a ticket for the socket."""

from functions.call import Call, Nothing, Reply
from functions.live_ticket import TicketView
from functions.operation import operation
from functions.staff_api.app import StaffApp


@operation({201: TicketView}, repeatable=True)
def issue(app: StaffApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - nothing to say
    """A ticket that opens the socket once, within half a minute."""
    return Reply.of(TicketView.of(app.tickets.issue(call.caller, call.now)), 201)
