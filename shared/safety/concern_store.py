"""How concerns are kept, in the rooms table.

    ROOM#<room id>   CONCERN#<id>              one concern, its newest state
    ROOM#<room id>   CONCERNLOG#<at>#<event>   what happened to it, when and by whom: written once, never changed
    CONCERNS         OPEN#<raised_at>#<id>     where it is, until it is resolved

Each change puts all it touches into one transaction, so the log and the list of open ones never disagree with the
concern itself.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from shared.clock import instant_text, parse_instant
from shared.ids import derived_id
from shared.safety.model import Concern, ConcernStatus, Source
from shared.safety.screening import Level
from shared.tables import Item, Table, Write

_OPEN = "CONCERNS"
_INSTANTS = ("raised_at", "acknowledged_at", "resolved_at")
_MOST_OPEN = 10_000


@dataclass(frozen=True)
class ConcernStore:
    """Reads concerns, and makes the writes that change them."""

    table: Table

    def find(self, room_id: str, concern_id: str) -> Concern | None:
        """One concern of a room, as of now."""
        item = self.table.get(*_key(room_id, concern_id))
        return _concern(item) if item else None

    def open_in(self, room_ids: Collection[str]) -> list[Concern]:
        """The concerns of these rooms that are not resolved, oldest first."""
        listed = self.table.query(_OPEN, "OPEN#", "OPEN#\uffff", limit=_MOST_OPEN)
        keys = [_key(item["room_id"], item["id"]) for item in listed if item["room_id"] in room_ids]
        found = self.table.get_many(keys)
        concerns = [_concern(found[key]) for key in keys if key in found]
        return [concern for concern in concerns if concern.status is not ConcernStatus.RESOLVED]

    def put_new(self, concern: Concern) -> list[Write]:
        """Write a new concern. Lost (ChangedMeanwhile) when one of this id has been raised before."""
        pk, sk = _open_key(concern)
        return [
            self.table.put_new(_item(concern)),
            self.table.put({"pk": pk, "sk": sk, "room_id": concern.room_id, "id": concern.id}),
            self._logged(concern, concern.raised_by or "system", concern.raised_at),
        ]

    def replace(self, before: Concern, after: Concern, by: str, now: datetime) -> list[Write]:
        """Write a changed concern, unless it was changed meanwhile. A resolved one is no longer open."""
        writes = [
            self.table.put(
                _item(after),
                when="#version = :version AND #status = :status",
                values={"version": before.version, "status": before.status},
            ),
            self._logged(after, by, now),
        ]
        if after.status is ConcernStatus.RESOLVED:
            writes.append(self.table.delete(*_open_key(after)))
        return writes

    def _logged(self, concern: Concern, by: str, now: datetime) -> Write:
        at = instant_text(now)
        event = derived_id(concern.id, str(concern.version))
        item = {"concern_id": concern.id, "status": concern.status, "level": concern.level, "by": by, "at": at}
        return self.table.put_new({"pk": f"ROOM#{concern.room_id}", "sk": f"CONCERNLOG#{at}#{event}", **item})


def _key(room_id: str, concern_id: str) -> tuple[str, str]:
    return f"ROOM#{room_id}", f"CONCERN#{concern_id}"


def _open_key(concern: Concern) -> tuple[str, str]:
    return _OPEN, f"OPEN#{instant_text(concern.raised_at)}#{concern.id}"


def _item(concern: Concern) -> Item:
    pk, sk = _key(concern.room_id, concern.id)
    instants = {name: at and instant_text(at) for name in _INSTANTS for at in (getattr(concern, name),)}
    return {"pk": pk, "sk": sk, **concern.__dict__, **instants}


def _concern(item: Item) -> Concern:
    told = {name: value for name, value in item.items() if name not in ("pk", "sk")}
    told |= {name: parse_instant(told[name]) for name in _INSTANTS if told[name]}
    words = {"level": Level(told["level"]), "source": Source(told["source"]), "status": ConcernStatus(told["status"])}
    return Concern(**{**told, **words})
