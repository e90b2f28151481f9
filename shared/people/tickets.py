"""Tickets for the socket: good once, for half a minute, kept as digests. So no token ever stands in an address."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.clock import epoch
from shared.errors import SignInRequired
from shared.people.model import Principal
from shared.tables import Item, Table, commit

GOOD_FOR = timedelta(seconds=30)


@dataclass(frozen=True)
class Ticket:
    """What the caller carries to the socket."""

    text: str
    expires_at: datetime


@dataclass(frozen=True)
class Tickets:
    """Issues tickets and takes them back."""

    table: Table

    def issue(self, caller: Principal, now: datetime) -> Ticket:
        """A ticket for this caller and this sign-in."""
        ticket = Ticket(secrets.token_urlsafe(24), now + GOOD_FOR)
        item: Item = {
            "pk": f"TICKET#{_digest(ticket.text)}",
            "sk": "TICKET",
            "person_id": caller.id,
            "kind": caller.kind,
            "sign_in": caller.sign_in,
            "expires_at": epoch(ticket.expires_at),
        }
        commit(self.table.client, [self.table.put_new(item)])
        return ticket

    def redeem(self, text: str, now: datetime) -> tuple[str, str]:
        """The id of the person and of the sign-in the ticket was for. Raises SignInRequired if it is not good."""
        taken = self.table.delete(
            f"TICKET#{_digest(text)}",
            "TICKET",
            when="attribute_exists(pk) AND expires_at > :now",
            values={"now": epoch(now)},
            lost=_not_good,
        )
        item = commit(self.table.client, [taken]) or {}
        return item["person_id"], item["sign_in"]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _not_good(_old: Item | None) -> Exception:
    return SignInRequired()
