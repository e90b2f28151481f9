"""The staff: who invites them, who they are, and how they sign in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from shared.audit import Audit
from shared.errors import Invalid, NotAllowed, NotFound
from shared.ids import derived_id
from shared.intents import Intent, KeyReused, Once
from shared.people.accounts import Accounts
from shared.people.daily import DailySecrets
from shared.people.model import Kind, Person, Principal, Role, Status
from shared.people.store import People
from shared.tables import Write, commit

Hide = Callable[[str], list[Write]]
"""The writes that take a counselor out of what clients can find."""


@dataclass(frozen=True)
class Newcomer:
    """Whom an admin wants on the staff."""

    email: str
    name: str
    roles: frozenset[Role]
    language: str


@dataclass(frozen=True)
class Invitation:
    """Somebody new on the staff, and the password they use once."""

    person: Person
    one_time_password: str


@dataclass(frozen=True)
class Staff:
    """What admins do."""

    people: People
    accounts: Accounts
    daily: DailySecrets
    audit: Audit
    hide: Hide

    def everyone(self, caller: Principal) -> list[Person]:
        """The whole staff, by name."""
        _admins_only(caller)
        return self.people.staff()

    def invite(self, caller: Principal, newcomer: Newcomer, intent: Intent, now: datetime) -> Invitation:
        """Add somebody to the staff and have Cognito mail them a one-time password, good for seven days.

        The admin sees it too, to pass on by another way if the mail gets lost. A repeat finishes what a crash
        stopped, with the same password. Raises EmailTaken, KeyReused, NotAllowed.
        """
        _admins_only(caller)
        person = Person(
            id=derived_id("staff", intent.key),
            kind=Kind.STAFF,
            status=Status.INVITED,
            zone=caller.zone,
            language=newcomer.language,
            created_at=now,
            name=newcomer.name,
            email=newcomer.email,
            roles=newcomer.roles,
            made_by=intent.content,
        )
        before = self.people.find(person.id)
        if before and before.made_by != intent.content:
            raise KeyReused("Please use a fresh Idempotency-Key for a new request.", field="header.Idempotency-Key")
        if before is None:
            invited = self.audit.entry(person.id, "Invited", caller.id, now, fact=intent.key)
            commit(self.people.table.client, [*self.people.hire(person), invited])
        password = self._one_time_password(intent, now)
        if before is None or before.status is Status.INVITED:
            self.accounts.invite(person.id, newcomer.email, password)
        return Invitation(before or person, password)

    def invite_again(self, caller: Principal, person_id: str, intent: Intent, now: datetime) -> Invitation:
        """A new one-time password for someone who lost theirs; ends all their sign-ins."""
        _admins_only(caller)
        person = self._member(person_id)
        password = self._one_time_password(intent, now)
        again = self.audit.entry(person.id, "InvitedAgain", caller.id, now, fact=intent.key)
        commit(self.people.table.client, [self.people.end_sign_ins(person.id), again])
        self.accounts.invite(person.id, person.email, password)
        return Invitation(person, password)

    def change(
        self,
        caller: Principal,
        person_id: str,
        roles: frozenset[Role] | None,
        status: Status | None,
        intent: Intent,
        once: Once,
        now: datetime,
    ) -> Person:
        """Change somebody's roles, suspend or restore them. Nobody can lock themselves out.

        Cognito is told first, so that a repeat makes good what a crash left out: our own record decides anyway.
        """
        _admins_only(caller)
        person = self._member(person_id)
        after = replace(person, roles=person.roles if roles is None else roles, status=status or person.status)
        if person.id == caller.id and (Role.ADMIN not in after.roles or after.status is not Status.ACTIVE):
            raise Invalid("Ask another admin to change your own access.", field="path.person_id")
        if person.status is Status.INVITED and after.status is Status.ACTIVE:
            raise Invalid("They have not signed in yet.", field="body.status")
        writes = [once(after), self.people.change(person.id, roles=after.roles, status=after.status)]
        writes.append(self.audit.entry(person.id, "StaffChanged", caller.id, now, fact=intent.key))
        if Role.COUNSELOR not in after.roles or after.status is Status.SUSPENDED:
            writes += self.hide(person.id)
        if after.status is Status.SUSPENDED:
            self.accounts.suspend(person.id)
        elif person.status is Status.SUSPENDED:
            self.accounts.restore(person.id)
        commit(self.people.table.client, writes)
        return after

    def _member(self, person_id: str) -> Person:
        person = self.people.get(person_id)
        if person.kind is not Kind.STAFF:
            raise NotFound
        return person

    def _one_time_password(self, intent: Intent, now: datetime) -> str:
        """Twenty hexadecimal digits in groups, derived so that a repeat shows the same one."""
        digits = self.daily.digest(now.date(), "one-time-password", intent.key, now=now)[:20]
        return "-".join(digits[i : i + 5] for i in range(0, 20, 5))


def _admins_only(caller: Principal) -> None:
    if caller.kind is not Kind.STAFF or not caller.has(Role.ADMIN):
        raise NotAllowed("This is for admins.")
