"""Every quarter of an hour: repair what a crash or a lost event left behind."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from functions.broadcast import Broadcast
from functions.sockets import sockets
from shared import aws
from shared.clock import utc_now
from shared.config import Environment
from shared.people.accounts import Accounts
from shared.people.store import People
from shared.people.sweeping import UnfinishedRegistrations
from shared.rooms.connections import Connections
from shared.rooms.floors import Floors
from shared.rooms.log_store import LogStore
from shared.rooms.modes import Modes
from shared.rooms.room_store import RoomStore
from shared.rooms.rota_store import RotaStore
from shared.rooms.schedules import Schedules
from shared.tables import Table
from shared.telemetry import fault, logger, metrics


class SweepEnvironment(Environment):
    """What this function is told."""

    people_table: str
    rooms_table: str
    live_endpoint: str
    member_pool_id: str
    member_client_id: str
    schedule_group: str
    scheduler_role_arn: str
    modes_function_arn: str
    modes_dlq_arn: str


@dataclass(frozen=True)
class SweepApp:
    """The collaborators of this function."""

    registrations: UnfinishedRegistrations
    floors: Floors
    modes: Modes
    pages: Broadcast


@cache
def app() -> SweepApp:
    """The collaborators of this process."""
    told = SweepEnvironment.load()
    rooms = Table(aws.dynamodb(), told.rooms_table)
    people = People(Table(aws.dynamodb(), told.people_table))
    accounts = Accounts(aws.cognito(), told.member_pool_id, told.member_client_id)
    schedules = Schedules(
        aws.scheduler(), told.schedule_group, told.modes_function_arn, told.scheduler_role_arn, told.modes_dlq_arn
    )
    return SweepApp(
        UnfinishedRegistrations(people, accounts),
        Floors(RoomStore(rooms), LogStore(rooms)),
        Modes(RotaStore(rooms), schedules),
        Broadcast(Connections(rooms), sockets(told.live_endpoint), utc_now),
    )


def handler(_event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Sweep once. An error is logged and raised, so that the invocation is retried and counted."""
    try:
        swept = serve(app(), utc_now())
    except Exception as error:
        fault(error)
        raise
    logger().info("swept", extra=swept)
    metrics().add_metric("RegistrationsUndone", "Count", swept["registrations"])
    metrics().flush_metrics()
    return swept


def serve(app: SweepApp, now: datetime) -> dict[str, int]:
    """Undo unfinished registrations, raise floors, announce modes that were missed; how many there were of each."""
    undone = app.registrations.sweep(now)
    raised = app.floors.sweep(now)
    announced = app.modes.repair(app.floors.rooms.group_ids(), now)
    for room_id, state in announced.items():
        app.pages.mode(room_id, state)
    return {"registrations": undone, "floors": raised, "modes": len(announced)}
