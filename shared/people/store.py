"""How people are kept.

PERSON#<id>       PERSON    somebody; their sign-ins and the digests of their recovery codes are part of the item
HANDLE#<handle>   HANDLE    whose handle this is
EMAIL#<digest>    EMAIL     whose e-mail address this is (staff only)
STAFF             <id>      one row per member of staff, for the admins' list
REGISTRATIONS     <id>      registrations begun and not finished, for the sweep
CHALLENGE#<nonce> CHALLENGE a proof of work that was used
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from shared.errors import Conflict, NotFound
from shared.ids import ID_PATTERN
from shared.people.items import person_item, person_of, sign_in_item
from shared.people.model import Person, SignIn, Status
from shared.tables import Item, Lost, Table, Write

_LAST = "\uffff"


class EmailTaken(Conflict):
    """There is already somebody on the staff with this address."""

    code = "email_taken"
    title = "Somebody with this e-mail address is already on the staff"


@dataclass(frozen=True)
class People:
    """Reads people, and makes the writes that change them."""

    table: Table

    def find(self, person_id: str) -> Person | None:
        """The person, as of now. What cannot be an id (it may come from anywhere) is nobody's."""
        if not re.fullmatch(ID_PATTERN, person_id):
            return None
        item = self.table.get(f"PERSON#{person_id}", "PERSON")
        return person_of(item) if item else None

    def find_many(self, person_ids: Iterable[str]) -> list[Person]:
        """Those of these people who are there, in one read for each hundred."""
        items = self.table.get_many([(f"PERSON#{person_id}", "PERSON") for person_id in sorted(set(person_ids))])
        return list(map(person_of, items.values()))

    def get(self, person_id: str) -> Person:
        """The person, as of now. Raises NotFound."""
        person = self.find(person_id)
        if person is None:
            raise NotFound
        return person

    def id_of_handle(self, handle: str) -> str | None:
        """Whose handle it is."""
        item = self.table.get(f"HANDLE#{handle}", "HANDLE")
        return str(item["person_id"]) if item else None

    def id_of_email(self, email: str) -> str | None:
        """Whose e-mail address it is, among the staff."""
        item = self.table.get(f"EMAIL#{_email_digest(email)}", "EMAIL")
        return str(item["person_id"]) if item else None

    def free_handles(self, handles: list[str]) -> list[str]:
        """Those that nobody has yet."""
        taken = self.table.get_many([(f"HANDLE#{handle}", "HANDLE") for handle in handles])
        return [handle for handle in handles if (f"HANDLE#{handle}", "HANDLE") not in taken]

    def handles_of(self, person_ids: set[str]) -> dict[str, str]:
        """The handles of these clients; someone who is gone is left out."""
        items = self.table.get_many([(f"PERSON#{person_id}", "PERSON") for person_id in sorted(person_ids)])
        return {item["pk"].removeprefix("PERSON#"): item.get("handle", "") for item in items.values()}

    def staff(self) -> list[Person]:
        """Everybody on the staff, by name. At most a thousand: this is for small organisations."""
        rows = self.table.query("STAFF", "0", _LAST)
        items = self.table.get_many([(f"PERSON#{row['sk']}", "PERSON") for row in rows])
        return sorted(map(person_of, items.values()), key=lambda person: (person.name.casefold(), person.id))

    def hire(self, person: Person) -> list[Write]:
        """Add somebody to the staff. Raises on commit EmailTaken, or ChangedMeanwhile if they are there already."""
        email = {"pk": f"EMAIL#{_email_digest(person.email)}", "sk": "EMAIL", "person_id": person.id}
        return [
            self.table.put(
                email,
                when="attribute_not_exists(pk) OR person_id = :me",
                values={"me": person.id},
                lost=_email_taken,
            ),
            self.table.put(person_item(person), when="attribute_not_exists(pk)"),
            self.table.put({"pk": "STAFF", "sk": person.id}),
        ]

    def change(self, person_id: str, **values: object) -> Write:
        """Set attributes of somebody who is there (`zone`, `language`, `name`, `roles`, `status`, `codes`…)."""
        words = {name: set(value) if isinstance(value, frozenset) else value for name, value in values.items()}
        change = "SET " + ", ".join(f"#{name} = :{name}" for name in words)
        return self.table.update(
            f"PERSON#{person_id}", "PERSON", change, when="attribute_exists(pk)", values=words, lost=_not_found
        )

    def use_code(self, person_id: str, digest: str, lost: Lost) -> Write:
        """Take one recovery code away and end every sign-in."""
        return self.table.update(
            f"PERSON#{person_id}",
            "PERSON",
            "SET sign_ins = :none DELETE codes :code",
            when="#status = :active AND contains(codes, :digest)",
            values={"none": {}, "code": {digest}, "digest": digest, "active": Status.ACTIVE},
            lost=lost,
        )

    def add_sign_in(self, person: Person, sign_in: SignIn, drop: list[str]) -> Write:
        """Remember a new sign-in and forget `drop`."""
        removed = " REMOVE " + ", ".join(f"sign_ins.#s{old}" for old in drop) if drop else ""
        return self.table.update(
            f"PERSON#{person.id}",
            "PERSON",
            f"SET sign_ins.#s{sign_in.id} = :new" + removed,
            when="#status = :active",
            values={"new": sign_in_item(sign_in), "active": Status.ACTIVE},
        )

    def rotate(self, person_id: str, before: SignIn, after: SignIn) -> Write:
        """Replace a sign-in's digests, unless another refresh was faster."""
        return self.table.update(
            f"PERSON#{person_id}",
            "PERSON",
            f"SET sign_ins.#s{after.id} = :after",
            when=f"sign_ins.#s{after.id} = :before",
            values={"after": sign_in_item(after), "before": sign_in_item(before)},
        )

    def end_sign_ins(self, person_id: str, *, keep: SignIn | None = None) -> Write:
        """Forget every sign-in but one."""
        kept = {f"s{keep.id}": sign_in_item(keep)} if keep else {}
        return self.change(person_id, sign_ins=kept)

    def end_sign_in(self, person_id: str, sign_in_id: str) -> Write:
        """Forget one sign-in; it need not be there."""
        return self.table.update(
            f"PERSON#{person_id}",
            "PERSON",
            f"REMOVE sign_ins.#s{sign_in_id}",
            when="attribute_exists(pk)",
            lost=_not_found,
        )


def _email_digest(email: str) -> str:
    return hashlib.sha256(email.strip().casefold().encode()).hexdigest()


def _email_taken(_old: Item | None) -> Exception:
    return EmailTaken(field="body.email")


def _not_found(_old: Item | None) -> Exception:
    return NotFound()
