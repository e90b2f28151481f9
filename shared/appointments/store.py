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
from shared.appointments.model import Appointment, AppointmentStatus, Block, Delay, Mode, series_ids
from shared.appointments.slots import Taken
from shared.clock import instant_text, parse_instant
from shared.tables import Item, Lost, Table, Write

Stretch = tuple[datetime, datetime]
MARK_LENGTH = 8
_INSTANTS = ("start", "end", "booked_at", "changed_at")
_DELAYS = ("client_delay", "counselor_delay")


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
    appointments_on: Mapping[date, frozenset[str]] = field(default_factory=dict)


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

    def series_of(self, appointment: Appointment) -> list[Appointment]:
        """All of its series, by start; itself alone if it is of none."""
        if not appointment.series_id:
            return [appointment]
        return self.find_many(series_ids(appointment.series_id, appointment.series_length))

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
            appointments_on={
                date.fromisoformat(item["sk"][4:]): frozenset(item.get("appointments", ())) for item in items
            },
        )

    def between(self, person_id: str, start: datetime, end: datetime) -> list[Appointment]:
        """All of somebody's appointments on these UTC days, cancelled ones too, by start."""
        return self.find_many(self.days(person_id, start.date(), end.date()).appointment_ids)

    def put_new(self, appointment: Appointment) -> Write:
        """Write a new appointment."""
        return self.table.put_new(_appointment_item(appointment))

    def replace(self, before: Appointment, after: Appointment) -> Write:
        """Write a changed appointment, unless it was changed meanwhile.

        That somebody is late makes no new version, and is not to be lost by whoever read the appointment before.
        """
        delays = {name: _delay_item(delay) for name in _DELAYS if (delay := getattr(before, name))}
        said = [f"#{name} = :{name}" if name in delays else f"attribute_not_exists(#{name})" for name in _DELAYS]
        return self.table.put(
            _appointment_item(after),
            when=" AND ".join(["#version = :version", "#status = :status", *said]),
            values={"version": before.version, "status": before.status, **delays},
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
        return self.change_days_of_many(person_id, kind, {id_: changes}, {}, lost)

    def change_days_of_many(
        self,
        person_id: str,
        kind: str,
        changes: Mapping[str, Mapping[date, DayChange]],
        listed: Mapping[date, frozenset[str]],
        lost: Lost,
    ) -> list[Write]:
        """The same for several entries, by id, of which no two take the same cell: one write per day all the same.

        `listed` is what each day has listed; a day to which one entry comes and which another leaves is lost as well
        if its list is another by now, since DynamoDB cannot add to a set and take from it at once.
        """
        by_day: dict[date, dict[str, DayChange]] = {}
        for id_, days in changes.items():
            for day, change in days.items():
                if change.take or change.free or change.listed is not None:
                    by_day.setdefault(day, {})[id_] = change
        return [
            self._change_day(person_id, kind, day, of_day, listed.get(day, frozenset()), lost)
            for day, of_day in sorted(by_day.items())
        ]

    def _change_day(
        self,
        person_id: str,
        kind: str,
        day: date,
        changes: Mapping[str, DayChange],
        listed: frozenset[str],
        lost: Lost,
    ) -> Write:
        take = {cell: id_ for id_, change in changes.items() for cell in change.take}
        free = {cell: id_ for id_, change in changes.items() for cell in change.free}
        come = {id_ for id_, change in changes.items() if change.listed}
        go = {id_ for id_, change in changes.items() if change.listed is False}
        fresh = sorted((cell, id_) for cell, id_ in take.items() if free.get(cell) != id_)
        marks = {id_: f"m{number}" for number, id_ in enumerate(dict.fromkeys(id_ for _, id_ in fresh))}
        sets = [f"#c{cell:02} = :{marks[id_]}" for cell, id_ in fresh]
        values: Item = {mark: id_[:MARK_LENGTH] for id_, mark in marks.items()}
        # What is given up and taken at once is the entries' own: their versions are checked in the same transaction.
        conditions = [f"attribute_not_exists(#c{cell:02})" for cell in sorted(take.keys() - free.keys())]
        if come and go:
            sets.append(f"#{kind} = :list")
            conditions.append(f"#{kind} = :listed")
            values |= {"list": set(listed | come) - go, "listed": set(listed)}
        words = ["SET " + ", ".join(sets)] if sets else []
        if gone := sorted(free.keys() - take.keys()):
            words.append("REMOVE " + ", ".join(f"#c{cell:02}" for cell in gone))
        if (come or go) and not (come and go):
            words.append(f"{'ADD' if come else 'DELETE'} #{kind} :ids")
            values["ids"] = come or go
        return self.table.update(
            f"CALENDAR#{person_id}",
            f"DAY#{day}",
            " ".join(words),
            when=" AND ".join(conditions),
            values=values,
            lost=lost,
        )


def day_changes(free: Stretch | None, take: Stretch | None, *, unlist: bool) -> dict[date, DayChange]:
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
    delays = {name: _delay_item(delay) for name in _DELAYS if (delay := getattr(appointment, name))}
    told = {name: value for name, value in appointment.__dict__.items() if name not in _DELAYS}
    return {"pk": pk, "sk": sk, **told, **instants, **delays}


def _delay_item(delay: Delay) -> Item:
    return {"minutes": delay.minutes, "said_at": instant_text(delay.said_at)}


def _appointment(item: Item) -> Appointment:
    told = {name: value for name, value in item.items() if name not in ("pk", "sk")}
    told |= {name: parse_instant(told[name]) for name in _INSTANTS}
    told |= {
        name: Delay(told[name]["minutes"], parse_instant(told[name]["said_at"])) for name in _DELAYS if name in told
    }
    return Appointment(**{**told, "status": AppointmentStatus(told["status"]), "mode": Mode(told["mode"])})


def _block_item(block: Block) -> Item:
    pk, sk = _block_key(block.id)
    instants = {name: instant_text(getattr(block, name)) for name in ("start", "end")}
    return {"pk": pk, "sk": sk, **block.__dict__, **instants}


def _block(item: Item) -> Block:
    told = {name: value for name, value in item.items() if name not in ("pk", "sk")}
    return Block(**{**told, "start": parse_instant(told["start"]), "end": parse_instant(told["end"])})
