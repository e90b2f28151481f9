"""The socket: opened with a ticket, kept by pings, forgotten when it closes."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from pydantic_core import from_json, to_json

from shared import aws
from shared.clock import Clock, instant_text, utc_now
from shared.config import Environment
from shared.errors import NotFound, Refusal, SignInRequired
from shared.people.model import Status
from shared.people.store import People
from shared.people.tickets import Tickets
from shared.rooms.connections import Connections
from shared.tables import Table
from shared.telemetry import fault, logger

SUBPROTOCOL = "hearthline"
_TICKET = "ticket."


class LiveEnvironment(Environment):
    """What this function is told."""

    people_table: str
    rooms_table: str


@dataclass(frozen=True)
class LiveApp:
    """The collaborators of this function."""

    people: People
    tickets: Tickets
    connections: Connections
    clock: Clock


@cache
def app() -> LiveApp:
    """The collaborators of this process."""
    told = LiveEnvironment.load()
    people = Table(aws.dynamodb(), told.people_table)
    rooms = Table(aws.dynamodb(), told.rooms_table)
    return LiveApp(People(people), Tickets(people), Connections(rooms), utc_now)


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer one event of the WebSocket API."""
    try:
        return serve(app(), event)
    except Refusal as refusal:
        logger().info("refused", extra={"route": event["requestContext"]["routeKey"], "code": refusal.code})
        return {"statusCode": 401 if isinstance(refusal, SignInRequired) else 403}
    except Exception as error:
        fault(error, route=event["requestContext"]["routeKey"])
        return {"statusCode": 500}


def serve(app: LiveApp, event: dict[str, Any]) -> dict[str, Any]:
    """Open, keep or close a socket. Raises Refusal when it may not be opened."""
    context = event["requestContext"]
    connection_id, now = context["connectionId"], app.clock()
    if context["routeKey"] == "$connect":
        return _connect(app, connection_id, event.get("headers") or {}, now)
    if context["routeKey"] == "$disconnect":
        app.connections.close(connection_id)
        return {"statusCode": 200}
    return {"statusCode": 200, "body": to_json(_answer(app, connection_id, event.get("body") or "", now)).decode()}


def _connect(app: LiveApp, connection_id: str, headers: dict[str, str], now: datetime) -> dict[str, Any]:
    """The ticket comes as a subprotocol: browsers can set no other header, and an address would be logged."""
    offered = next((value for name, value in headers.items() if name.lower() == "sec-websocket-protocol"), "")
    protocols = [protocol.strip() for protocol in offered.split(",")]
    ticket = next((p.removeprefix(_TICKET) for p in protocols if p.startswith(_TICKET)), "")
    if SUBPROTOCOL not in protocols or not ticket:
        raise SignInRequired
    person_id, sign_in = app.tickets.redeem(ticket, now)
    person = app.people.find(person_id)
    if person is None or person.status is not Status.ACTIVE or sign_in not in person.sign_ins:
        raise SignInRequired
    app.connections.open(connection_id, person_id, sign_in, now)
    return {"statusCode": 200, "headers": {"Sec-WebSocket-Protocol": SUBPROTOCOL}}


def _answer(app: LiveApp, connection_id: str, body: str, now: datetime) -> dict[str, Any]:
    try:
        frame = from_json(body)
    except ValueError:
        frame = None
    if not isinstance(frame, dict) or frame.get("type") != "ping":
        return {"type": "problem", "code": "malformed", "detail": "This frame is not understood."}
    try:
        connection = app.connections.find(connection_id)
        if connection is None:
            raise NotFound
        until = app.connections.renew(connection, now)
    except NotFound:
        return {"type": "problem", "code": "not_found", "detail": "Please open a new connection."}
    return {"type": "pong", "at": instant_text(now), "lease_until": instant_text(until)}
