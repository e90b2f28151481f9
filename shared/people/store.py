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
from dataclasses import dataclass
from datetime import UTC, datetime

from shared.clock import epoch, instant_text, parse_instant
from shared.errors import Conflict, NotFound
from shared.ids import ID_PATTERN
from shared.people.model import Kind, Person, Role, SignIn, Status
from shared.tables import Item, Lost, Table, Write

_LAST = "\uffff"


class HandleTaken(Conflict):
    """Somebody was given this handle a moment before."""

    code = "handle_taken"
    title = "This handle has just been taken"


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
        return _person(item) if item else None

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
        return sorted(map(_person, items.values()), key=lambda person: (person.name.casefold(), person.id))

    def registrations_before(self, instant: datetime) -> list[str]:
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
                _item(person),
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

    def forget_registration(self, person_id: str) -> Write:
        """Nothing is left of it to clean up."""
        return self.table.delete("REGISTRATIONS", person_id)

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
            self.table.put(_item(person), when="attribute_not_exists(pk)"),
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
            values={"new": _sign_in_item(sign_in), "active": Status.ACTIVE},
        )

    def rotate(self, person_id: str, before: SignIn, after: SignIn) -> Write:
        """Replace a sign-in's digests, unless another refresh was faster."""
        return self.table.update(
            f"PERSON#{person_id}",
            "PERSON",
            f"SET sign_ins.#s{after.id} = :after",
            when=f"sign_ins.#s{after.id} = :before",
            values={"after": _sign_in_item(after), "before": _sign_in_item(before)},
        )

    def end_sign_ins(self, person_id: str, *, keep: SignIn | None = None) -> Write:
        """Forget every sign-in but one."""
        kept = {f"s{keep.id}": _sign_in_item(keep)} if keep else {}
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


def _item(person: Person) -> Item:
    """Empty sets and words are left out: DynamoDB has no empty sets."""
    item: Item = {
        "pk": f"PERSON#{person.id}",
        "sk": "PERSON",
        "person_id": person.id,
        "kind": person.kind,
        "status": person.status,
        "zone": person.zone,
        "language": person.language,
        "created_at": instant_text(person.created_at),
        "handle": person.handle,
        "name": person.name,
        "email": person.email,
        "roles": set(person.roles),
        "second_factor": person.second_factor,
        "codes": set(person.codes),
        "made_by": person.made_by,
        "sign_ins": {f"s{key}": _sign_in_item(value) for key, value in person.sign_ins.items()},
    }
    return {name: value for name, value in item.items() if value not in ("", set())}


def _person(item: Item) -> Person:
    return Person(
        id=item["person_id"],
        kind=Kind(item["kind"]),
        status=Status(item["status"]),
        zone=item["zone"],
        language=item["language"],
        created_at=parse_instant(item["created_at"]),
        handle=item.get("handle", ""),
        name=item.get("name", ""),
        email=item.get("email", ""),
        roles=frozenset(map(Role, item.get("roles", ()))),
        second_factor=item["second_factor"],
        codes=frozenset(item.get("codes", ())),
        sign_ins={key[1:]: _sign_in(key[1:], value) for key, value in item["sign_ins"].items()},
        made_by=item.get("made_by", ""),
    )


def _sign_in_item(sign_in: SignIn) -> Item:
    return {
        "current": sorted(sign_in.current),
        "previous": sorted(sign_in.previous),
        "rotated_at": epoch(sign_in.rotated_at),
        "expires_at": epoch(sign_in.expires_at),
    }


def _sign_in(sign_in_id: str, item: Item) -> SignIn:
    return SignIn(
        id=sign_in_id,
        current=frozenset(item["current"]),
        previous=frozenset(item["previous"]),
        rotated_at=datetime.fromtimestamp(item["rotated_at"], UTC),
        expires_at=datetime.fromtimestamp(item["expires_at"], UTC),
    )


def _used_challenge(_old: Item | None) -> Exception:
    return Conflict("This check was used before. Please load the page again.", field="body.challenge")


def _handle_taken(_old: Item | None) -> Exception:
    return HandleTaken("Please choose another one.", field="body.handle")


def _email_taken(_old: Item | None) -> Exception:
    return EmailTaken(field="body.email")


def _not_found(_old: Item | None) -> Exception:
    return NotFound()
