"""Woken by EventBridge Scheduler when a room's mode changes: tells the open pages, and plans the next wake-up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.rooms.modes import Modes, frame
from shared.telemetry import metrics

Broadcast = Callable[[str, bytes], None]
"""Sends a frame to the sockets that have the room with this id open. Those it does not reach catch up."""


@dataclass(frozen=True)
class ModesApp:
    """The collaborators of this function."""

    modes: Modes
    broadcast: Broadcast


def serve(app: ModesApp, event: dict[str, Any], now: datetime) -> bool:
    """Announce what there is to announce in the room that the event names; whether there was anything."""
    room_id = event["room_id"]
    state = app.modes.announce(room_id, now)
    if state is None:
        return False
    metrics().add_metric("ModeChanged", "Count", 1)
    app.broadcast(room_id, frame(room_id, state))
    return True
