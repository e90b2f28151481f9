"""How a ticket for the socket is shown."""

from datetime import datetime

from functions.call import View
from shared.people.tickets import Ticket


class TicketView(View):
    """Carry it in the subprotocols: `["hearthline", "ticket." + ticket]`."""

    ticket: str
    expires_at: datetime

    @classmethod
    def of(cls, ticket: Ticket) -> "TicketView":
        """The ticket, to its owner."""
        return cls(ticket=ticket.text, expires_at=ticket.expires_at)
