"""How the emergency procedure is kept, in the rooms table, beside the phrase lists.

PROCEDURE   <language>   text, numbers, version, changed_at, confirmed_at, by
"""

from dataclasses import dataclass

from shared.clock import instant_text, parse_instant
from shared.safety.procedure import PhoneNumber, Procedure
from shared.tables import Item, Table, Write

_PK = "PROCEDURE"


@dataclass(frozen=True)
class ProcedureStore:
    """Reads what was written, and makes the writes that change it."""

    table: Table

    def all(self) -> dict[str, Procedure]:
        """The procedures that were ever written, by language."""
        found = map(_procedure, self.table.query(_PK, "a", "z\uffff"))
        return {procedure.language: procedure for procedure in found}

    def replace(self, procedure: Procedure, by: str) -> Write:
        """Keep this one in place of the one whose version is one less. Lost (ChangedMeanwhile) if it is another."""
        item: Item = {
            "pk": _PK,
            "sk": procedure.language,
            "text": procedure.text,
            "numbers": [{"name": one.name, "number": one.number} for one in procedure.numbers],
            "version": procedure.version,
            "changed_at": procedure.changed_at and instant_text(procedure.changed_at),
            "confirmed_at": procedure.confirmed_at and instant_text(procedure.confirmed_at),
            "by": by,
        }
        if procedure.version == 1:
            return self.table.put_new(item)
        return self.table.put(item, when="#version = :before", values={"before": procedure.version - 1})


def _procedure(item: Item) -> Procedure:
    confirmed_at = item["confirmed_at"]
    return Procedure(
        language=item["sk"],
        text=item["text"],
        numbers=tuple(PhoneNumber(one["name"], one["number"]) for one in item["numbers"]),
        version=item["version"],
        changed_at=parse_instant(item["changed_at"]),
        confirmed_at=parse_instant(confirmed_at) if confirmed_at else None,
    )
