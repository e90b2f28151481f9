"""The open sockets of a site: what was sent to each, and which of them are gone without anybody having said so."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.support.frames import heard


@dataclass
class Sockets:
    """Stands in for API Gateway's management API: a `Delivery` (functions/broadcast.py), and the end of sockets.

    What was no frame of ours stays in `faults`, since whoever tells pages swallows what goes wrong.
    """

    sent: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    gone: set[str] = field(default_factory=set)
    closed: list[str] = field(default_factory=list)
    broken: bool = False
    faults: list[str] = field(default_factory=list)

    def __call__(self, frames: Sequence[tuple[bytes, Sequence[str]]]) -> tuple[str, ...]:
        """Deliver; the ids that are gone."""
        if self.broken:
            raise ConnectionError
        for body, ids in frames:
            told = self._checked(body)
            for connection_id in ids:
                if connection_id not in self.gone:
                    self.sent[connection_id].append(told)
        return tuple(id_ for _, ids in frames for id_ in ids if id_ in self.gone)

    def close(self, connection_id: str) -> None:
        """End a socket: what is sent to it afterwards finds it gone."""
        self.closed.append(connection_id)
        self.gone.add(connection_id)

    def of(self, connection_id: str, kind: str = "") -> list[dict[str, Any]]:
        """What this socket was sent, or only frames of one type."""
        return [frame for frame in self.sent[connection_id] if not kind or frame["type"] == kind]

    def _checked(self, body: bytes) -> dict[str, Any]:
        try:
            return heard(body)
        except Exception as error:
            self.faults.append(f"{type(error).__name__}: {error}")
            raise
