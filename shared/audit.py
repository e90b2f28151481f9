"""Who did what to whose record: append-only, one entry per fact, never any content."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.clock import epoch, instant_text
from shared.ids import derived_id
from shared.tables import Item, Table, Write


@dataclass(frozen=True)
class Audit:
    """Writes entries, kept for `days`. The functions' roles allow putting them, never removing them."""

    table: Table
    days: int

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
            "expires_at": epoch(now + timedelta(days=self.days)),
        }
        return self.table.put(item)
