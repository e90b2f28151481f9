"""Woken by EventBridge Scheduler when a room's mode changes: tells the open pages, and plans the next wake-up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from functions.broadcast import Broadcast
from functions.sockets import sockets
from shared import aws
from shared.clock import utc_now
from shared.config import Environment
from shared.rooms.connections import Connections
from shared.rooms.modes import Modes
from shared.rooms.rota import State
from shared.rooms.rota_store import RotaStore
from shared.rooms.schedules import Schedules
from shared.tables import Table
from shared.telemetry import fault, metrics

Tell = Callable[[str, State], None]
"""Sends the new state of a room to the sockets that have it open. Those it does not reach catch up."""


class ModesEnvironment(Environment):
    """What this function is told. Its own address is not among it: each invocation says that."""

    rooms_table: str
    live_endpoint: str
    schedule_group: str
    scheduler_role_arn: str
    modes_dlq_arn: str


@dataclass(frozen=True)
class ModesApp:
    """The collaborators of this function."""

    modes: Modes
    tell: Tell


@cache
def app(own_arn: str) -> ModesApp:
    """The collaborators of this process. `own_arn` is the function's own, as its invocations say it."""
    told = ModesEnvironment.load()
    rooms = Table(aws.dynamodb(), told.rooms_table)
    schedules = Schedules(aws.scheduler(), told.schedule_group, own_arn, told.scheduler_role_arn, told.modes_dlq_arn)
    pages = Broadcast(Connections(rooms), sockets(told.live_endpoint), utc_now)
    return ModesApp(Modes(RotaStore(rooms), schedules), pages.mode)


def handler(event: dict[str, Any], context: Any) -> dict[str, bool]:
    """Look at one room."""
    return answer(app(context.invoked_function_arn), event, utc_now())


def answer(app: ModesApp, event: dict[str, Any], now: datetime) -> dict[str, bool]:
    """Serve one event. An error is logged and raised, so that Lambda tries again and then keeps the event."""
    try:
        return {"changed": serve(app, event, now)}
    except Exception as error:
        fault(error)
        raise
    finally:
        # Most looks find nothing new; Powertools would warn of each.
        if metrics().metric_set:
            metrics().flush_metrics()


def serve(app: ModesApp, event: dict[str, Any], now: datetime) -> bool:
    """Announce what there is to announce in the room that the event names; whether there was anything."""
    room_id = event["room_id"]
    state = app.modes.announce(room_id, now)
    if state is None:
        return False
    metrics().add_metric("ModeChanged", "Count", 1)
    app.tell(room_id, state)
    return True
