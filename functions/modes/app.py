"""Woken by EventBridge Scheduler when a room's mode changes: tells the open pages, and plans the next wake-up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.config import Environment
from shared.rooms.modes import Modes
from shared.rooms.rota import State
from shared.telemetry import metrics

Tell = Callable[[str, State], None]
"""Sends the new state of a room to the sockets that have it open. Those it does not reach catch up."""


class ModesEnvironment(Environment):
    """What this function is told. Its own address is not among it: each invocation says that."""

    rooms_table: str
    schedule_group: str
    scheduler_role_arn: str
    modes_dlq_arn: str


@dataclass(frozen=True)
class ModesApp:
    """The collaborators of this function."""

    modes: Modes
    tell: Tell


def serve(app: ModesApp, event: dict[str, Any], now: datetime) -> bool:
    """Announce what there is to announce in the room that the event names; whether there was anything."""
    room_id = event["room_id"]
    state = app.modes.announce(room_id, now)
    if state is None:
        return False
    metrics().add_metric("ModeChanged", "Count", 1)
    app.tell(room_id, state)
    return True
