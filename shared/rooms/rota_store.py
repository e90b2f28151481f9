"""How rotas are kept, and what the members were last told.

    ROOM#<id>   ROTA   the whole rota: a hundred shifts and 800 swaps are 150 kB, of an item's 400
    ROOM#<id>   MODE   the mode last announced, and of which version of the rota and which instant it was true

Whoever forgets a room removes both: a rota that begins anew at version 1 is older than what was announced before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from shared.clock import instant_text, parse_instant
from shared.rooms.rota import RoomMode, Rota, State, Swap, SwapState
from shared.rooms.shifts import Shift
from shared.tables import Item, Lost, Table, Write

_INSTANTS = ("until", "next_live_at", "look_again_at")


class AlreadyAnnounced(Exception):  # noqa: N818 - not an error: members know, or are being told
    """What is to be announced was announced, or something newer. `ours` says whether by this very attempt."""

    def __init__(self, *, ours: bool) -> None:
        super().__init__()
        self.ours = ours


@dataclass(frozen=True)
class Announced:
    """What the members were told at `at`, by the rota's version `rota_version`; `since` when the mode has been this.

    `look_again_at` is when it may cease to be true. `attempt` names who wrote it.
    """

    state: State
    since: datetime
    rota_version: int
    at: datetime
    look_again_at: datetime | None
    attempt: str


@dataclass(frozen=True)
class RotaStore:
    """Reads rotas and announcements, and makes the writes that change them."""

    table: Table

    def find(self, room_id: str) -> Rota | None:
        """The rota of a room, if anybody has written one."""
        item = self.table.get(*_rota_key(room_id))
        return _rota(item) if item else None

    def find_many(self, room_ids: Iterable[str]) -> dict[str, tuple[Rota, Announced | None]]:
        """Rotas and what was announced of them, by room, of those rooms that have a rota."""
        wanted = sorted(set(room_ids))
        items = self.table.get_many([key(room_id) for room_id in wanted for key in (_rota_key, _mode_key)])
        return {
            room_id: (_rota(items[_rota_key(room_id)]), _announced(items.get(_mode_key(room_id))))
            for room_id in wanted
            if _rota_key(room_id) in items
        }

    def replace(self, room_id: str, rota: Rota) -> Write:
        """Replace the rota whose version is one less than this one's; version 1 is the first."""
        item = _rota_item(room_id, rota)
        if rota.version == 1:
            return self.table.put_new(item)
        return self.table.put(item, when="#version = :before", values={"before": rota.version - 1})

    def announce(self, room_id: str, announced: Announced) -> Write:
        """Write down what is announced, unless it is older than what was. Lost as AlreadyAnnounced."""
        newer = "rota_version < :version OR (rota_version = :version AND announced_at < :at)"
        return self.table.put(
            _mode_item(room_id, announced),
            when=f"attribute_not_exists(pk) OR {newer}",
            values={"version": announced.rota_version, "at": instant_text(announced.at)},
            lost=_already(announced.attempt),
        )


def _already(attempt: str) -> Lost:
    return lambda old: AlreadyAnnounced(ours=old is not None and old["attempt"] == attempt)


def _rota_key(room_id: str) -> tuple[str, str]:
    return f"ROOM#{room_id}", "ROTA"


def _mode_key(room_id: str) -> tuple[str, str]:
    return f"ROOM#{room_id}", "MODE"


def _rota_item(room_id: str, rota: Rota) -> Item:
    pk, sk = _rota_key(room_id)
    return {
        "pk": pk,
        "sk": sk,
        "zone": rota.zone,
        "shifts": [asdict(shift) for shift in rota.shifts],
        "swaps": [{**asdict(swap), "on": swap.on.isoformat()} for swap in rota.swaps],
        "without_cover": rota.without_cover,
        "version": rota.version,
    }


def _rota(item: Item) -> Rota:
    return Rota(
        zone=item["zone"],
        shifts=tuple(Shift(**shift) for shift in item["shifts"]),
        swaps=tuple(map(_swap, item["swaps"])),
        without_cover=RoomMode(item["without_cover"]),
        version=item["version"],
    )


def _swap(kept: Mapping[str, Any]) -> Swap:
    return Swap(**{**kept, "on": date.fromisoformat(kept["on"]), "state": SwapState(kept["state"])})


def _mode_item(room_id: str, announced: Announced) -> Item:
    pk, sk = _mode_key(room_id)
    state = announced.state
    instants = (state.until, state.next_live_at, announced.look_again_at)
    return {
        "pk": pk,
        "sk": sk,
        "mode": state.mode,
        "since": instant_text(announced.since),
        "rota_version": announced.rota_version,
        "announced_at": instant_text(announced.at),
        "attempt": announced.attempt,
        **{name: instant_text(at) for name, at in zip(_INSTANTS, instants, strict=True) if at},
    }


def _announced(item: Item | None) -> Announced | None:
    if item is None:
        return None
    until, next_live_at, look_again_at = (parse_instant(item[n]) if n in item else None for n in _INSTANTS)
    return Announced(
        state=State(RoomMode(item["mode"]), until, next_live_at),
        since=parse_instant(item["since"]),
        rota_version=item["rota_version"],
        at=parse_instant(item["announced_at"]),
        look_again_at=look_again_at,
        attempt=item["attempt"],
    )
