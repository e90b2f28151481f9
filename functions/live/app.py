"""The socket: opened with a ticket, kept by pings, told what happens in rooms, forgotten when it closes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from functions.broadcast import Broadcast, Delivery
from functions.frames import Trouble, frame
from functions.live.conversation import Conversation
from functions.problems import FAULT, status_of
from functions.sockets import closer, sockets
from shared import aws
from shared.clock import Clock, utc_now
from shared.config import Environment
from shared.errors import Refusal, SignInRequired
from shared.meetings.signals import Signals
from shared.meetings.store import MeetingStore
from shared.people.store import People
from shared.people.tickets import Tickets
from shared.rooms.connections import Connections
from shared.rooms.log_store import LogStore
from shared.rooms.room_store import RoomStore
from shared.tables import Table
from shared.telemetry import fault, logger

SUBPROTOCOL = "hearthline"
_TICKET = "ticket."
_FAULT = Trouble(code=FAULT["code"], detail=FAULT["detail"])


class LiveEnvironment(Environment):
    """What this function is told."""

    people_table: str
    rooms_table: str
    live_endpoint: str


@dataclass(frozen=True)
class LiveApp:
    """The collaborators of this function."""

    people: People
    tickets: Tickets
    connections: Connections
    conversation: Conversation
    clock: Clock

    @classmethod
    def of(
        cls, people: Table, rooms: Table, deliver: Delivery, close: Callable[[str], None], clock: Clock
    ) -> "LiveApp":
        """Made of two tables and a way to sockets."""
        connections, store, known = Connections(rooms), RoomStore(rooms), People(people)
        broadcast = Broadcast(connections, deliver, clock, store.apart)
        signals = Signals(MeetingStore(rooms))
        conversation = Conversation(known, store, LogStore(rooms), connections, signals, broadcast, close)
        return cls(known, Tickets(people), connections, conversation, clock)


@cache
def app() -> LiveApp:
    """The collaborators of this process."""
    told = LiveEnvironment.load()
    people, rooms = Table(aws.dynamodb(), told.people_table), Table(aws.dynamodb(), told.rooms_table)
    return LiveApp.of(people, rooms, sockets(told.live_endpoint), closer(told.live_endpoint), utc_now)


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer one event of the WebSocket API."""
    context = event["requestContext"]
    try:
        return serve(app(), event)
    except Refusal as refusal:
        logger().info("refused", extra={"route": context["routeKey"], "code": refusal.code})
        return {"statusCode": status_of(type(refusal))}
    except Exception as error:
        fault(error, route=context["routeKey"])
        if context["routeKey"] in ("$connect", "$disconnect"):
            return {"statusCode": 500}
        return {"statusCode": 200, "body": frame(_FAULT).decode()}


def serve(app: LiveApp, event: dict[str, Any]) -> dict[str, Any]:
    """Open, hear or forget a socket. Raises Refusal when it may not be opened."""
    context = event["requestContext"]
    connection_id, now = context["connectionId"], app.clock()
    if context["routeKey"] == "$connect":
        return _connect(app, connection_id, event.get("headers") or {}, now)
    if context["routeKey"] == "$disconnect":
        app.conversation.disconnected(connection_id)
        return {"statusCode": 200}
    answer = app.conversation.answer(connection_id, event.get("body") or "", now)
    return {"statusCode": 200, **({"body": frame(answer).decode()} if answer else {})}


def _connect(app: LiveApp, connection_id: str, headers: dict[str, str], now: datetime) -> dict[str, Any]:
    """The ticket comes as a subprotocol: browsers can set no other header, and an address would be logged."""
    offered = next((value for name, value in headers.items() if name.lower() == "sec-websocket-protocol"), "")
    protocols = [protocol.strip() for protocol in offered.split(",")]
    ticket = next((p.removeprefix(_TICKET) for p in protocols if p.startswith(_TICKET)), "")
    if SUBPROTOCOL not in protocols or not ticket:
        raise SignInRequired
    person_id, sign_in = app.tickets.redeem(ticket, now)
    person = app.people.find(person_id)
    if person is None or not person.signed_in(sign_in, now):
        raise SignInRequired
    app.connections.open(connection_id, person_id, sign_in, now)
    return {"statusCode": 200, "headers": {"Sec-WebSocket-Protocol": SUBPROTOCOL}}
