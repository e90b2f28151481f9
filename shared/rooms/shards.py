"""A frame to more sockets than one function should wait for: cut into shards, which `fanout` takes from a queue.

A message is JSON: `frame`, base64 of the bytes, and `to`, the connection ids.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pydantic_core import from_json, to_json

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

SIZE = 200
# With these a message has at most 70 kB, of the 256 KiB that SQS takes.
LARGEST_FRAME = 32 * 1024  # bytes: what API Gateway posts in one frame
LONGEST_ID = 128  # characters; API Gateway makes 16


class Shard(NamedTuple):
    """One frame and who gets it."""

    frame: bytes
    to: tuple[str, ...]


def split(ids: Sequence[str], size: int = SIZE) -> list[tuple[str, ...]]:
    """`ids` in order, in as few parts of at most `size` as can be."""
    return [tuple(ids[start : start + size]) for start in range(0, len(ids), size)]


def pack(shard: Shard) -> str:
    """As a message. Raises ValueError for what would be too large for one, or for a socket."""
    if len(shard.frame) > LARGEST_FRAME or len(shard.to) > SIZE or any(len(id_) > LONGEST_ID for id_ in shard.to):
        raise ValueError("too large a shard")
    return to_json({"frame": base64.b64encode(shard.frame).decode(), "to": shard.to}).decode()


def unpack(message: str) -> Shard:
    """What `pack` wrote. Raises ValueError for anything else, without quoting it."""
    try:
        match from_json(message):
            case {"frame": str(frame), "to": [*to]} if all(isinstance(id_, str) and id_ for id_ in to):
                return Shard(base64.b64decode(frame, validate=True), tuple(to))
    except ValueError:
        pass
    raise ValueError("not a shard")


@dataclass(frozen=True)
class Shards:
    """The queue."""

    client: "SQSClient"
    url: str

    def put(self, frame: bytes, ids: Sequence[str]) -> None:
        """Leave a frame to `fanout`. Raises ValueError if it is too large, ClientError if SQS fails."""
        for part in split(ids):
            self.client.send_message(QueueUrl=self.url, MessageBody=pack(Shard(frame, part)))
