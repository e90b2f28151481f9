"""Rooms with a rota, at the services: without the HTTP around them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shared.audit import Audit
from shared.errors import NotFound
from shared.ids import new_id
from shared.intents import Intent, Intents, Once
from shared.people.model import Kind, Principal, Role
from shared.rooms.coverage import Coverage
from shared.rooms.modes import Modes
from shared.rooms.rota import Rota, State
from shared.rooms.rota_store import RotaStore
from shared.rooms.shifts import Shift
from shared.schedules import Schedules
from shared.tables import Table
from tests.support.clock import VirtualClock
from tests.support.crash import Crashes
from tests.support.dynamodb_local import TableNames, raw_items
from tests.support.scheduler import FAILURES, GROUP, ROLE, TARGET, Scheduler


def facilitator() -> Principal:
    """Somebody who looks after rooms."""
    return Principal(new_id(), Kind.STAFF, frozenset({Role.FACILITATOR}))


@dataclass
class Rooms:
    """Facilitators and what they can do with the rota of a room. A room belongs to everybody in `team`."""

    dynamodb: Any
    tables: TableNames
    clock: VirtualClock = field(default_factory=VirtualClock)
    team: tuple[Principal, ...] = field(default_factory=lambda: (facilitator(), facilitator(), facilitator()))

    def __post_init__(self) -> None:
        self.scheduler = Scheduler(self.clock)
        self.crashes = Crashes()
        client = self.scheduler.client()
        for watched in (self.dynamodb, client):
            self.crashes.watch(watched)
        table = Table(self.dynamodb, self.tables.rooms)
        self.coverage = Coverage(
            RotaStore(table), Audit(Table(self.dynamodb, self.tables.audit), days=365), self._facilitates
        )
        self.modes = Modes(self.coverage.store, Schedules(client, GROUP, TARGET, ROLE, FAILURES))
        self.intents = Intents(Table(self.dynamodb, self.tables.people))

    def room(self, *shifts: tuple[Principal, int, int, int], zone: str = "UTC") -> str:
        """A new room, its id, with these shifts: whose, weekday, from and until in hours of the day."""
        room_id = new_id()
        weekly = tuple(
            Shift(f"s{number}", who.id, weekday, start * 60, end * 60)
            for number, (who, weekday, start, end) in enumerate(shifts)
        )
        self.write(self.team[0], room_id, Rota(zone, weekly))
        return room_id

    def write(self, caller: Principal, room_id: str, rota: Rota, once: Once | None = None) -> Rota:
        """Replace the rota that `rota.version` says the caller has seen."""
        return self.coverage.write(caller, room_id, rota, once or self.once(), self.clock())

    def swap(self, verb: str, caller: Principal, room_id: str, shift_id: str, on: date, **more: Any) -> Rota:
        """`offer`, `withdraw`, `take` or `drop`, seen as it is now unless `version` says otherwise."""
        version = more.get("version", self.coverage.get(room_id).version)
        change = getattr(self.coverage, verb)
        result: Rota = change(caller, room_id, shift_id, on, version, more.get("once") or self.once(), self.clock())
        return result

    def announce(self, room_id: str) -> State | None:
        """What open pages are told now."""
        return self.modes.announce(room_id, self.clock())

    def once(self, key: str = "") -> Once:
        """A fresh intent, or the one that `key` names."""
        intent = Intent.of("somebody", key or new_id(), "a test", b"")
        return lambda rota: self.intents.remember(intent, {"status": 200, "body": rota.version}, self.clock())

    def items(self, table: str) -> list[Mapping[str, Any]]:
        """Everything one of the tables holds."""
        return sorted(raw_items(self.dynamodb, table), key=lambda item: (item["pk"]["S"], item["sk"]["S"]))

    def _facilitates(self, caller: Principal, _room_id: str) -> None:
        if caller not in self.team:
            raise NotFound
