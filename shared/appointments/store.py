"""How appointments are kept.

    APPOINTMENT#<id>      APPOINTMENT        one appointment
    BLOCK#<id>            BLOCK              time a counselor keeps free
    CALENDAR#<person id>  DAY#2026-11-24     one UTC day of a counselor or client: `c37` exists when that quarter of
                                             an hour is taken (and begins the id of what takes it); the ids of the
                                             day's appointments, cancelled ones too, and blocks

The day items are lock and index in one. Taking a cell is conditional on its being free, in the same transaction as
the appointment; and since a day lists its appointments, nothing is ever looked up in an index that may lag behind.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from shared.appointments.cells import cells
from shared.appointments.model import Appointment, AppointmentStatus, Block, Mode
from shared.appointments.slots import Taken
from shared.clock import instant_text, parse_instant
from shared.tables import Item, Lost, Table, Write

_MARK = 8
_INSTANTS = ("start", "end", "booked_at", "changed_at")


@dataclass
class DayChange:
    """What happens to one day of one person, gathered because a transaction may touch an item only once."""

    take: set[int] = field(default_factory=set)
    free: set[int] = field(default_factory=set)
    listed: bool | None = None


@dataclass(frozen=True)
class Days:
    """A stretch of somebody's calendar."""

    taken: Taken
    appointment_ids: frozenset[str]
    block_ids: frozenset[str]


@dataclass(frozen=True)
class AppointmentStore:
    """Reads appointments, blocks and calendars, and makes the writes that change them."""

    table: Table

    def find(self, appointment_id: str) -> Appointment | None:
        """One appointment, as of now."""
        item = self.table.get(*_appointment_key(appointment_id))
        return _appointment(item) if item else None

    def find_many(self, ids: Iterable[str]) -> list[Appointment]:
        """These appointments, by start."""
        items = self.table.get_many([_appointment_key(appointment_id) for appointment_id in sorted(ids)])
        return sorted(map(_appointment, items.values()), key=lambda a: (a.start, a.id))

    def find_block(self, block_id: str) -> Block | None:
        """One block, as of now."""
        item = self.table.get(*_block_key(block_id))
        return _block(item) if item else None

    def find_blocks(self, ids: Iterable[str]) -> list[Block]:
        """These blocks, by start."""
        items = self.table.get_many([_block_key(block_id) for block_id in sorted(ids)])
        return sorted(map(_block, items.values()), key=lambda b: (b.start, b.id))

    def days(self, person_id: str, first: date, last: date) -> Days:
        """Somebody's calendar from one UTC day to another, both included; at most a thousand days with entries."""
        items = self.table.query(f"CALENDAR#{person_id}", f"DAY#{first}", f"DAY#{last}")
        return Days(
            taken={date.fromisoformat(item["sk"][4:]): _taken(item) for item in items},
            appointment_ids=frozenset(name for item in items for name in item.get("appointments", ())),
            block_ids=frozenset(name for item in items for name in item.get("blocks", ())),
        )

    def put_new(self, appointment: Appointment) -> Write:
        """Write a new appointment."""
        return self.table.put_new(_appointment_item(appointment))

    def replace(self, before: Appointment, after: Appointment) -> Write:
        """Write a changed appointment, unless it was changed meanwhile."""
        return self.table.put(
            _appointment_item(after),
            when="#version = :version AND #status = :status",
            values={"version": before.version, "status": before.status},
        )

    def put_block(self, block: Block) -> Write:
        """Write a new block."""
        return self.table.put_new(_block_item(block))

    def delete_block(self, block_id: str) -> Write:
        """Remove a block that is there."""
        return self.table.delete(*_block_key(block_id), when="attribute_exists(pk)")

    def change_days(
        self, person_id: str, kind: str, id_: str, changes: Mapping[date, DayChange], lost: Lost
    ) -> list[Write]:
        """One write per day touched. `kind` says which list the id belongs to: `appointments` or `blocks`.

        Lost when a cell to be taken is taken. A whole day makes an expression of 3 kB; DynamoDB allows 4.
        """
        return [
            self._change_day(person_id, kind, id_, day, change, lost)
            for day, change in sorted(changes.items())
            if change.take or change.free or change.listed is not None
        ]

    def _change_day(self, person_id: str, kind: str, id_: str, day: date, change: DayChange, lost: Lost) -> Write:
        # What is given up and taken at once is the entry's own: its version is checked in the same transaction.
        fresh = sorted(change.take - change.free)
        words = []
        values: Item = {}
        if fresh:
            words.append("SET " + ", ".join(f"#c{cell:02} = :mark" for cell in fresh))
            values["mark"] = id_[:_MARK]
        if change.free - change.take:
            words.append("REMOVE " + ", ".join(f"#c{cell:02}" for cell in sorted(change.free - change.take)))
        if change.listed is not None:
            words.append(f"{'ADD' if change.listed else 'DELETE'} #{kind} :id")
            values["id"] = {id_}
        when = " AND ".join(f"attribute_not_exists(#c{cell:02})" for cell in fresh)
        return self.table.update(
            f"CALENDAR#{person_id}", f"DAY#{day}", " ".join(words), when=when, values=values, lost=lost
        )


def day_changes(
    free: tuple[datetime, datetime] | None, take: tuple[datetime, datetime] | None, *, unlist: bool
) -> dict[date, DayChange]:
    """What happens to a calendar when one stretch of time is given up and another taken.

    The days of `take` list the entry; those of `free` alone cease to, if `unlist`.
    """
    changes: dict[date, DayChange] = {}
    for day, numbers in (cells(*free) if free else {}).items():
        change = changes.setdefault(day, DayChange())
        change.free |= numbers
        change.listed = False if unlist else None
    for day, numbers in (cells(*take) if take else {}).items():
        change = changes.setdefault(day, DayChange())
        change.take |= numbers
        change.listed = True
    return changes


def _taken(item: Item) -> frozenset[int]:
    return frozenset(int(name[1:]) for name in item if len(name) == 3 and name[0] == "c" and name[1:].isdigit())


def _appointment_key(appointment_id: str) -> tuple[str, str]:
    return f"APPOINTMENT#{appointment_id}", "APPOINTMENT"


def _block_key(block_id: str) -> tuple[str, str]:
    return f"BLOCK#{block_id}", "BLOCK"


def _appointment_item(appointment: Appointment) -> Item:
    pk, sk = _appointment_key(appointment.id)
    instants = {name: instant_text(getattr(appointment, name)) for name in _INSTANTS}
    return {"pk": pk, "sk": sk, **appointment.__dict__, **instants}


def _appointment(item: Item) -> Appointment:
    told = {name: value for name, value in item.items() if name not in ("pk", "sk")}
    told |= {name: parse_instant(told[name]) for name in _INSTANTS}
    return Appointment(**{**told, "status": AppointmentStatus(told["status"]), "mode": Mode(told["mode"])})


def _block_item(block: Block) -> Item:
    pk, sk = _block_key(block.id)
    instants = {name: instant_text(getattr(block, name)) for name in ("start", "end")}
    return {"pk": pk, "sk": sk, **block.__dict__, **instants}


def _block(item: Item) -> Block:
    told = {name: value for name, value in item.items() if name not in ("pk", "sk")}
    return Block(**{**told, "start": parse_instant(told["start"]), "end": parse_instant(told["end"])})
