"""The socket that news will come by."""

from typing import Any

from playwright.sync_api import Page

from tests.e2e.cast import Member
from tests.e2e.client import Client
from tests.e2e.visits import Visits
from tests.e2e.witness import Witness

_TICKET = """async () => {
  const headers = {"content-type": "application/json", "idempotency-key": crypto.randomUUID()};
  const signedIn = await (await fetch("/api/auth/refresh", {method: "POST", headers, body: "{}"})).json();
  headers.authorization = `Bearer ${signedIn.access_token}`;
  return (await (await fetch("/api/live/tickets", {method: "POST", headers, body: "{}"})).json()).ticket;
}"""
_OPEN = """(protocols) => new Promise((resolve) => {
  const socket = new WebSocket(`ws://${location.host}/live`, protocols);
  socket.onopen = () => socket.send('{"type":"ping"}');
  socket.onmessage = ({data}) => { resolve({protocol: socket.protocol, ...JSON.parse(data)}); socket.close(); };
  socket.onclose = ({code}) => resolve({closed: code});
})"""


def open_socket(page: Page, *protocols: str) -> dict[str, Any]:
    """Open it, send a ping, and give what came back; or how it was closed."""
    answer: dict[str, Any] = page.evaluate(_OPEN, list(protocols))
    return answer


def test_a_ticket_opens_the_socket_once(visits: Visits, regular: Member, witness: Witness) -> None:
    page = visits.client(regular)
    page.goto("/account")
    Client(page).sees("Your account")
    ticket = page.evaluate(_TICKET)

    answer = open_socket(page, "hearthline", f"ticket.{ticket}")
    assert answer["type"] == "pong"
    assert answer["protocol"] == "hearthline"

    witness.expect_console("WebSocket connection to")
    assert "closed" in open_socket(page, "hearthline", f"ticket.{ticket}")


def test_without_a_ticket_the_socket_stays_shut(sam: Page, witness: Witness) -> None:
    witness.expect_console("WebSocket connection to")
    sam.goto("/")
    assert "closed" in open_socket(sam, "hearthline")
    assert "closed" in open_socket(sam, "hearthline", "ticket.guessed")
