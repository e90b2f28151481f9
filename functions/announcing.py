"""Announcing modes and telling open pages: what `modes` does when it is woken, and `sweep` for what was missed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from functions.broadcast import Broadcast
from functions.sockets import sockets
from shared import aws
from shared.clock import utc_now
from shared.config import Environment
from shared.rooms.connections import Connections
from shared.rooms.modes import Modes
from shared.rooms.rota import State
from shared.rooms.rota_store import RotaStore
from shared.schedules import Schedules
from shared.tables import Table
from shared.telemetry import metrics

Tell = Callable[[str, State], None]
"""Sends the new state of a room to the sockets that have it open. Those it does not reach catch up."""


class AnnouncingEnvironment(Environment):
    """What a function that announces is told."""

    rooms_table: str
    live_endpoint: str
    schedule_group: str
    scheduler_role_arn: str
    wake_ups_dlq_arn: str


@dataclass(frozen=True)
class Announcing:
    """Announces, tells, and counts."""

    modes: Modes
    tell: Tell

    def announce(self, room_id: str, now: datetime) -> bool:
        """Announce what there is to announce in a room; whether there was anything."""
        state = self.modes.announce(room_id, now)
        return self._told({room_id: state} if state else {}) > 0

    def repair(self, room_ids: Iterable[str], now: datetime) -> int:
        """Announce what was missed in these rooms; in how many there was anything."""
        return self._told(self.modes.repair(room_ids, now))

    def _told(self, news: dict[str, State]) -> int:
        for room_id, state in news.items():
            self.tell(room_id, state)
        if news:
            metrics().add_metric("ModeChanged", "Count", len(news))
        return len(news)


def announcing(told: AnnouncingEnvironment, target: str) -> Announcing:
    """The collaborators as a function is told them. `target` is the ARN of `modes`, which schedules wake."""
    table = Table(aws.dynamodb(), told.rooms_table)
    schedules = Schedules(aws.scheduler(), told.schedule_group, target, told.scheduler_role_arn, told.wake_ups_dlq_arn)
    broadcast = Broadcast(Connections(table), sockets(told.live_endpoint), utc_now)
    return Announcing(Modes(RotaStore(table), schedules), broadcast.mode)
