"""Frames on their way to sockets: posted by this function itself, or in shards by others when there are very many."""

import os

from functions.broadcast import Delivery, Frames
from shared.rooms.push import Push
from shared.sigv4 import from_environment


def sockets(endpoint: str) -> Delivery:
    """A delivery through API Gateway's management endpoint of the socket's stage."""
    push = Push(endpoint, os.environ["AWS_REGION"], from_environment)

    def deliver(frames: Frames) -> tuple[str, ...]:
        return push.send(frames).gone

    return deliver
