"""A counselor's desk: when they usually answer, and until when they are away.

PERSON#<counselor>  DESK   what the counselor has written
"""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.clock import instant_text, parse_instant
from shared.errors import NotAllowed
from shared.intents import Once
from shared.people.model import Principal, Role
from shared.tables import Item, Table, commit

ANSWERS_WITHIN_HOURS = 48


@dataclass(frozen=True)
class Absence:
    """What clients read while a counselor is away."""

    note: str
    until: datetime


@dataclass(frozen=True)
class Desk:
    """A counselor's promise of when they answer. `version` is 0 before they have written one."""

    reply_within_hours: int = ANSWERS_WITHIN_HOURS
    absence: Absence | None = None
    version: int = 0

    def away(self, now: datetime) -> Absence | None:
        """The absence, while it lasts."""
        return self.absence if self.absence and now < self.absence.until else None


@dataclass(frozen=True)
class Desks:
    """Reads desks and writes them."""

    table: Table

    def of(self, counselor_id: str) -> Desk:
        """A counselor's desk, or the usual one."""
        item = self.table.get(f"PERSON#{counselor_id}", "DESK")
        if item is None:
            return Desk()
        away = item.get("away")
        absence = Absence(away["note"], parse_instant(away["until"])) if away else None
        return Desk(item["reply_within_hours"], absence, item["version"])

    def write(self, caller: Principal, desk: Desk, once: Once) -> Desk:
        """Replace the caller's desk; `version` is the one they have seen. Raises NotAllowed, ChangedMeanwhile."""
        counselors_only(caller)
        after = replace(desk, version=desk.version + 1)
        item: Item = {
            "pk": f"PERSON#{caller.id}",
            "sk": "DESK",
            "reply_within_hours": after.reply_within_hours,
            "version": after.version,
        }
        if after.absence:
            item["away"] = {"note": after.absence.note, "until": instant_text(after.absence.until)}
        when = "#version = :seen" if desk.version else "attribute_not_exists(pk)"
        values = {"seen": desk.version} if desk.version else None
        commit(self.table.client, [once(after), self.table.put(item, when=when, values=values)])
        return after


def counselors_only(caller: Principal) -> None:
    """Raises NotAllowed for everybody else."""
    if not caller.has(Role.COUNSELOR):
        raise NotAllowed("This is for counselors.")
