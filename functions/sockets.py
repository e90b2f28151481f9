"""Frames on their way to sockets: posted by this function itself, or left to `fanout` when there are very many."""

import os
from collections.abc import Callable

from functions.broadcast import Delivery, Frames
from shared import aws
from shared.rooms.push import Push
from shared.rooms.shards import Shards
from shared.sigv4 import from_environment
from shared.telemetry import logger

MOST_AT_ONCE = 400  # sockets: about what is posted in a tenth of a second, while somebody waits for their answer


def sockets(endpoint: str, queue_url: str = "") -> Delivery:
    """A delivery through the management endpoint of the socket's stage; to big rooms by way of the queue of shards."""
    push = _push(endpoint)

    def deliver(frames: Frames) -> tuple[str, ...]:
        if queue_url and sum(len(ids) for _, ids in frames) > MOST_AT_ONCE:
            shards = Shards(aws.sqs(), queue_url)
            for body, ids in frames:
                shards.put(body, ids)
            return ()
        outcome = push.send(frames)
        if outcome.given_up:  # a grant that is missing shows in no other way
            logger().warning("frames given up", extra={"delivered": outcome.delivered, "given_up": outcome.given_up})
        return outcome.gone

    return deliver


def closer(endpoint: str) -> Callable[[str], None]:
    """What ends the socket with an id, through the same endpoint."""
    return _push(endpoint).close


def _push(endpoint: str) -> Push:
    return Push(endpoint, os.environ["AWS_REGION"], from_environment)
