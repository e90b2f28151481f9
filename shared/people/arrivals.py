"""Staff at their first sign-in: the invited become active, and the first admin comes to be."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from shared.audit import Audit
from shared.people.model import Kind, Person, Role, Status
from shared.people.store import People
from shared.tables import commit


@dataclass(frozen=True)
class Arrivals:
    """`admin_email` is the address in the stack's settings: its account at Cognito is made with the stack."""

    people: People
    audit: Audit
    admin_email: str

    def resolve(self, email: str) -> str | None:
        """The id behind a staff e-mail address."""
        found = self.people.id_of_email(email)
        if found is None and email.casefold() == self.admin_email.casefold():
            return first_admin_id(self.admin_email)
        return found

    def arrive(self, person_id: str, email: str, now: datetime) -> Person | None:
        """Whoever has just proved who they are, active from now on if they were invited."""
        person = self.people.find(person_id)
        dynamodb = self.people.table.client
        if person is None and person_id == first_admin_id(self.admin_email):
            admin = Person(
                id=person_id,
                kind=Kind.STAFF,
                status=Status.ACTIVE,
                zone="UTC",
                language="en",
                created_at=now,
                name=email.split("@")[0],
                email=email,
                roles=frozenset({Role.ADMIN}),
            )
            arrived = self.audit.entry(person_id, "FirstAdminArrived", person_id, now, fact="first")
            commit(dynamodb, [*self.people.hire(admin), arrived])
            return admin
        if person and person.status is Status.INVITED:
            arrived = self.audit.entry(person_id, "Arrived", person_id, now, fact="first")
            commit(dynamodb, [self.people.change(person_id, status=Status.ACTIVE), arrived])
            return replace(person, status=Status.ACTIVE)
        return person


def first_admin_id(email: str) -> str:
    """The id the stack gives the first admin's account, so that both sides know it beforehand."""
    return hashlib.sha256(f"first-admin:{email.strip().lower()}".encode()).hexdigest()[:32]
