"""Shards of big rooms, from their queue: each frame is posted to its sockets, once and at once.

What cannot be delivered is not tried again: whoever misses a frame sees the gap and pulls. Only an event that cannot
be read goes back to the queue, and from there to the queue of failed work.
"""

import os
from dataclasses import dataclass
from functools import cache
from typing import Any

from shared import aws
from shared.config import Environment
from shared.rooms.connections import Connections
from shared.rooms.push import Push
from shared.rooms.shards import Shard, unpack
from shared.sigv4 import from_environment
from shared.tables import Table
from shared.telemetry import fault, logger

_WITHIN = 5.0  # seconds for all the shards of an event: later than that people have pulled
_FORGET_AT_ONCE = 100  # rows of sockets that are gone; those left over come up again with the next frame


class FanoutEnvironment(Environment):
    """What this function is told."""

    rooms_table: str
    live_endpoint: str


@dataclass(frozen=True)
class FanoutApp:
    """The collaborators of this function."""

    push: Push
    connections: Connections


@cache
def app() -> FanoutApp:
    """The collaborators of this process."""
    told = FanoutEnvironment.load()
    push = Push(told.live_endpoint, os.environ["AWS_REGION"], from_environment)
    return FanoutApp(push, Connections(Table(aws.dynamodb(), told.rooms_table)))


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Deliver up to ten shards."""
    return serve(app(), event)


def serve(app: FanoutApp, event: dict[str, Any]) -> dict[str, Any]:
    """Post the frames and forget the sockets that are gone; names the messages that could not be read."""
    shards: list[Shard] = []
    unread: list[str] = []
    for record in event["Records"]:
        try:
            shards.append(unpack(record["body"]))
        except ValueError as error:
            fault(error, message_id=record["messageId"])
            unread.append(record["messageId"])
    outcome = app.push.send(shards, within=_WITHIN)
    logger().info(
        "sent",
        extra={"delivered": outcome.delivered, "gone": len(outcome.gone), "given_up": outcome.given_up},
    )
    _forget(app.connections, outcome.gone[:_FORGET_AT_ONCE])
    return {"batchItemFailures": [{"itemIdentifier": id_} for id_ in unread]}


def _forget(connections: Connections, gone: tuple[str, ...]) -> None:
    try:
        for id_ in gone:
            connections.close(id_)
    except Exception as error:  # the frames are out: sending them again would help nobody, and the leases run out
        fault(error)
