"""The open sockets of a site: what was sent to each, and which of them are gone without anybody having said so."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Sockets:
    """Stands in for API Gateway's management API: a `Delivery` (functions/broadcast.py)."""

    sent: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    gone: set[str] = field(default_factory=set)
    broken: bool = False

    def __call__(self, frames: Sequence[tuple[bytes, Sequence[str]]]) -> tuple[str, ...]:
        """Deliver; the ids that are gone."""
        if self.broken:
            raise ConnectionError
        for body, ids in frames:
            for connection_id in ids:
                if connection_id not in self.gone:
                    self.sent[connection_id].append(json.loads(body))
        return tuple(id_ for _, ids in frames for id_ in ids if id_ in self.gone)

    def of(self, connection_id: str, kind: str = "") -> list[dict[str, Any]]:
        """What this socket was sent, or only frames of one type."""
        return [frame for frame in self.sent[connection_id] if not kind or frame["type"] == kind]
