"""How registrations are kept while they are not finished.

REGISTRATIONS     <id>      one that was begun, until it is activated: what the sweep looks through
CHALLENGE#<nonce> CHALLENGE a proof of work that was used
"""

from dataclasses import dataclass
from datetime import datetime

from shared.clock import epoch, instant_text, parse_instant
from shared.errors import Conflict
from shared.people.items import person_item
from shared.people.model import Person, Status
from shared.tables import Item, Table, Write

_LAST = "\uffff"


class HandleTaken(Conflict):
    """Somebody was given this handle a moment before."""

    code = "handle_taken"
    title = "This handle has just been taken"


@dataclass(frozen=True)
class Registrations:
    """Makes the writes of a registration, step by step."""

    table: Table

    def begun_before(self, instant: datetime) -> list[str]:
        """Ids of people whose registration was begun before then and never finished."""
        rows = self.table.query("REGISTRATIONS", "0", _LAST)
        return [row["sk"] for row in rows if parse_instant(row["begun_at"]) < instant]

    def reserve(self, person: Person, nonce: str, now: datetime) -> list[Write]:
        """Begin a registration: the handle and the proof of work are this person's, who is `pending`.

        All of it may be written again by the same registration (same id), so that a repeat goes on where a crash
        stopped it. Raises on commit HandleTaken, or Conflict if the proof was used.
        """
        mine = "attribute_not_exists(pk) OR person_id = :me"
        values = {"me": person.id}
        used = {"pk": f"CHALLENGE#{nonce}", "sk": "CHALLENGE", "person_id": person.id, "expires_at": epoch(now) + 7200}
        handle = {"pk": f"HANDLE#{person.handle}", "sk": "HANDLE", "person_id": person.id}
        begun = {"pk": "REGISTRATIONS", "sk": person.id, "begun_at": instant_text(now), "handle": person.handle}
        return [
            self.table.put(used, when=mine, values=values, lost=_used_challenge),
            self.table.put(handle, when=mine, values=values, lost=_handle_taken),
            self.table.put(
                person_item(person),
                when="attribute_not_exists(pk) OR (#status = :pending AND made_by = :made_by)",
                values={"pending": Status.PENDING, "made_by": person.made_by},
            ),
            self.table.put(begun),
        ]

    def activate(self, person: Person) -> list[Write]:
        """Finish a registration: from now on this person can sign in."""
        return [
            self.table.update(
                f"PERSON#{person.id}",
                "PERSON",
                "SET #status = :active, codes = :codes",
                when="#status = :pending",
                values={"active": Status.ACTIVE, "pending": Status.PENDING, "codes": set(person.codes)},
            ),
            self.table.delete("REGISTRATIONS", person.id),
        ]

    def abandon(self, person_id: str, handle: str) -> list[Write]:
        """Undo a registration that was never finished. Lost if it was finished meanwhile."""
        return [
            self.table.delete(
                f"PERSON#{person_id}", "PERSON", when="#status = :pending", values={"pending": Status.PENDING}
            ),
            self.table.delete(f"HANDLE#{handle}", "HANDLE", when="person_id = :me", values={"me": person_id}),
        ]

    def forget(self, person_id: str) -> Write:
        """Nothing is left of it to clean up."""
        return self.table.delete("REGISTRATIONS", person_id)


def _used_challenge(_old: Item | None) -> Exception:
    return Conflict("This check was used before. Please load the page again.", field="body.challenge")


def _handle_taken(_old: Item | None) -> Exception:
    return HandleTaken("Please choose another one.", field="body.handle")
