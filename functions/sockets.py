"""Frames on their way to sockets: posted by this function itself, or left to `fanout` when there are very many."""

import os

from functions.broadcast import Delivery, Frames
from shared import aws
from shared.rooms.push import Push
from shared.rooms.shards import Shards
from shared.sigv4 import from_environment

MOST_AT_ONCE = 400  # sockets: about what is posted in a tenth of a second, while somebody waits for their answer


def sockets(endpoint: str, queue_url: str = "") -> Delivery:
    """A delivery through the management endpoint of the socket's stage; to big rooms by way of the queue of shards."""
    push = Push(endpoint, os.environ["AWS_REGION"], from_environment)

    def deliver(frames: Frames) -> tuple[str, ...]:
        if queue_url and sum(len(ids) for _, ids in frames) > MOST_AT_ONCE:
            shards = Shards(aws.sqs(), queue_url)
            for body, ids in frames:
                shards.put(body, ids)
            return ()
        return push.send(frames).gone

    return deliver
