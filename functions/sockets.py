"""Frames on their way to sockets: posted by this function itself, or in shards by others when there are very many."""

import os
from collections.abc import Callable

from functions.broadcast import Delivery, Frames
from shared.rooms.push import Push
from shared.sigv4 import from_environment


def sockets(endpoint: str) -> Delivery:
    """A delivery through API Gateway's management endpoint of the socket's stage."""
    push = _push(endpoint)

    def deliver(frames: Frames) -> tuple[str, ...]:
        return push.send(frames).gone

    return deliver


def closer(endpoint: str) -> Callable[[str], None]:
    """What ends the socket with an id, through the same endpoint."""
    return _push(endpoint).close


def _push(endpoint: str) -> Push:
    return Push(endpoint, os.environ["AWS_REGION"], from_environment)
