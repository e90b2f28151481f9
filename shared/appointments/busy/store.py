"""How the other calendars of counselors, and the busy times in them, are kept.

    BUSY        COUNSELOR#<id>   the address of a calendar, when it was read, since when and why it cannot be
    BUSY#<id>   TIMES            when its owner is busy: of each UTC day 96 bits, written in hexadecimal

A counselor's practice says that there is one, so that booking with all others costs no further read.
"""

from dataclasses import dataclass
from datetime import date, datetime

from shared.appointments.busy.times import BusyTimes
from shared.appointments.busy.trouble import Trouble
from shared.appointments.busy.watched import Watched
from shared.appointments.cells import PER_DAY
from shared.clock import instant_text, parse_instant
from shared.tables import Item, Table, Write

_PK = "BUSY"
_INSTANTS = ("named_at", "tried_at", "read_at", "failing_since")


@dataclass(frozen=True)
class BusyStore:
    """Reads watched calendars and busy times, and makes the writes that change them."""

    table: Table

    def find(self, counselor_id: str) -> Watched | None:
        """The calendar a counselor has named, as of now."""
        item = self.table.get(_PK, _sk(counselor_id))
        return _watched(item) if item else None

    def all(self) -> list[Watched]:
        """Every calendar that is watched: one small item a counselor."""
        return [_watched(item) for item in self.table.query(_PK, "COUNSELOR#", "COUNSELOR#\uffff")]

    def times(self, counselor_id: str) -> BusyTimes | None:
        """When a counselor is busy elsewhere, if that was ever read."""
        item = self.table.get(f"{_PK}#{counselor_id}", "TIMES")
        if item is None:
            return None
        days = {date.fromisoformat(day): _quarters(bits) for day, bits in item["days"].items()}
        return BusyTimes(parse_instant(item["read_at"]), days)

    def watch(self, watched: Watched) -> list[Write]:
        """Watch this calendar instead of any other; nothing is known of it yet."""
        named = {"counselor_id": watched.counselor_id, "address": watched.address, "mark": watched.mark}
        item = {"pk": _PK, "sk": _sk(watched.counselor_id), **named, "named_at": instant_text(watched.named_at)}
        return [self.table.put(item), self._no_times(watched.counselor_id)]

    def forget(self, counselor_id: str) -> list[Write]:
        """Watch nothing, and know nothing of what was watched."""
        return [self.table.delete(_PK, _sk(counselor_id)), self._no_times(counselor_id)]

    def note_read(self, watched: Watched, times: BusyTimes, skipped: int) -> list[Write]:
        """Keep what was read, unless another address was named meanwhile."""
        at = instant_text(times.read_at)
        read = self.table.update(
            _PK,
            _sk(watched.counselor_id),
            "SET #tried_at = :at, #read_at = :at, #skipped = :skipped REMOVE #failing_since, #trouble",
            when="#mark = :mark",
            values={"at": at, "skipped": skipped, "mark": watched.mark},
        )
        days = {day.isoformat(): _bits(numbers) for day, numbers in times.days.items() if numbers}
        kept = {"pk": f"{_PK}#{watched.counselor_id}", "sk": "TIMES", "read_at": at, "days": days}
        return [read, self.table.put(kept)]

    def note_trouble(self, watched: Watched, trouble: Trouble, now: datetime) -> Write:
        """Note that it could not be read, and since when; what was known stays."""
        return self.table.update(
            _PK,
            _sk(watched.counselor_id),
            "SET #tried_at = :at, #trouble = :trouble, #failing_since = if_not_exists(#failing_since, :at)",
            when="#mark = :mark",
            values={"at": instant_text(now), "trouble": trouble, "mark": watched.mark},
        )

    def _no_times(self, counselor_id: str) -> Write:
        return self.table.delete(f"{_PK}#{counselor_id}", "TIMES")


def _sk(counselor_id: str) -> str:
    return f"COUNSELOR#{counselor_id}"


def _watched(item: Item) -> Watched:
    told = {name: value for name, value in item.items() if name not in ("pk", "sk")}
    told |= {name: parse_instant(told[name]) for name in _INSTANTS if name in told}
    return Watched(**{**told, "trouble": Trouble(told["trouble"]) if "trouble" in told else None})


def _bits(numbers: frozenset[int]) -> str:
    return f"{sum(1 << number for number in numbers):x}"


def _quarters(bits: str) -> frozenset[int]:
    value = int(bits, 16)
    return frozenset(number for number in range(PER_DAY) if value >> number & 1)
