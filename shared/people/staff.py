"""The staff: who invites them, who they are, and how they sign in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from shared.audit import Audit
from shared.errors import Invalid, NotAllowed, NotFound
from shared.ids import derived_id
from shared.intents import Intent, Intents, KeyReused, Once
from shared.people.accounts import Accounts
from shared.people.daily import DailySecrets
from shared.people.model import Kind, Person, Principal, Role, Status
from shared.people.store import People
from shared.tables import Write, commit

INVITED_FOR = timedelta(days=7)  # as the pool is told in infra/identity.py
LetGo = Callable[[str, Role], list[Write]]
"""The writes after which somebody no longer shows in a role they have lost: to clients, or on a rota."""


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
    expires_on: date


@dataclass(frozen=True)
class Staff:
    """What admins do."""

    people: People
    accounts: Accounts
    intents: Intents
    daily: DailySecrets
    audit: Audit
    let_go: LetGo

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
        invitation = self._invitation(before or person, intent, (before or person).created_at, now)
        if before is None or before.status is Status.INVITED:
            self.accounts.invite(person.id, newcomer.email, invitation.one_time_password)
        return invitation

    def invite_again(self, caller: Principal, person_id: str, intent: Intent, now: datetime) -> Invitation:
        """A new one-time password for someone who lost theirs, or their authenticator; ends all their sign-ins.

        No mail is sent: the admin passes it on. It also forgets the second factor, or a lost phone would be a lost
        colleague.

        A repeat finishes what a crash stopped, and otherwise shows the same password without making it good again.
        Raises NotFound, KeyReused, NotAllowed.
        """
        _admins_only(caller)
        person = replace(self._member(person_id), second_factor=False)
        before = self.intents.progress(intent, now)
        invitation = self._invitation(person, intent, before.begun_at if before else now, now)
        dynamodb = self.people.table.client
        if not before:
            again = self.audit.entry(person.id, "InvitedAgain", caller.id, now, fact=intent.key)
            alone = self.people.change(person.id, sign_ins={}, second_factor=False)
            commit(dynamodb, [self.intents.begin(intent, now), alone, again])
        if not before or not before.finished:
            self.accounts.invite(person.id, person.email, invitation.one_time_password)
            self.accounts.forget_totp(person.id)
            commit(dynamodb, [self.intents.finish(intent)])
        return invitation

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
        """Change somebody's roles, suspend them, which ends their sign-ins, or restore them.

        Nobody can lock themselves out.

        Cognito is told first, so that a repeat makes good what a crash left out: our own record decides anyway.
        """
        _admins_only(caller)
        person = self._member(person_id)
        after = replace(person, roles=person.roles if roles is None else roles, status=status or person.status)
        if person.id == caller.id and (Role.ADMIN not in after.roles or after.status is not Status.ACTIVE):
            raise Invalid("Ask another admin to change your own access.", field="path.person_id")
        if person.status is Status.INVITED and after.status is Status.ACTIVE:
            raise Invalid("They have not signed in yet.", field="body.status")
        # Only what was asked for: another admin may be changing the rest at this moment.
        changes: dict[str, object] = {} if roles is None else {"roles": roles}
        changes |= {"status": status} if status else {}
        changes |= {"sign_ins": {}} if status is Status.SUSPENDED else {}
        writes = [once(after)]
        if changes:
            writes.append(self.people.change(person.id, **changes))
            writes.append(self.audit.entry(person.id, "StaffChanged", caller.id, now, fact=intent.key))
        for role in Role:
            if role not in after.roles or after.status is Status.SUSPENDED:
                writes += self.let_go(person.id, role)
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

    def _invitation(self, person: Person, intent: Intent, made_at: datetime, now: datetime) -> Invitation:
        """Twenty hexadecimal digits in groups, derived so that a repeat shows the same ones. Raises Forgotten."""
        digits = self.daily.digest(made_at.date(), "one-time-password", intent.key, now=now)[:20]
        password = "-".join(digits[i : i + 5] for i in range(0, 20, 5))
        return Invitation(person, password, (made_at + INVITED_FOR).date())


def _admins_only(caller: Principal) -> None:
    if caller.kind is not Kind.STAFF or not caller.has(Role.ADMIN):
        raise NotAllowed("This is for admins.")
