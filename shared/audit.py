"""Who did what to whose record: append-only, one entry per fact, never any content."""

from dataclasses import dataclass
from datetime import datetime

from shared.clock import instant_text
from shared.ids import derived_id
from shared.tables import Item, Table, Write


@dataclass(frozen=True)
class Audit:
    """Writes entries. The functions' roles allow putting, never changing or removing them."""

    table: Table

    def entry(self, whose: str, what: str, by: str, now: datetime, *, fact: str) -> Write:
        """The write that records: at `now`, `by` did `what` (such as `PasswordChanged`) to `whose` record.

        `fact` names the occurrence, so that a repeat overwrites its own entry with the same words.
        """
        item: Item = {
            "pk": f"PERSON#{whose}",
            "sk": f"{instant_text(now)}#{derived_id(whose, what, fact)}",
            "what": what,
            "by": by,
            "at": instant_text(now),
        }
        return self.table.put(item)
