"""Registering: a handle and a password, nothing else."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.audit import Audit
from shared.errors import ChangedMeanwhile
from shared.ids import derived_id
from shared.intents import Intent, KeyReused
from shared.people.accounts import Accounts
from shared.people.codes import code_digest, make_codes
from shared.people.daily import DailySecrets
from shared.people.handles import new_handle
from shared.people.limits import REGISTER_PER_ADDRESS, Limits
from shared.people.model import Kind, Person, Status
from shared.people.passwords import check_password
from shared.people.proof import Challenge, Challenges
from shared.people.registrations import Registrations
from shared.people.store import People
from shared.tables import commit

OFFERED = 5


@dataclass(frozen=True)
class Wish:
    """What somebody who registers asks for."""

    challenge: Challenge
    number: int
    handle: str
    password: str
    zone: str
    language: str


@dataclass(frozen=True)
class Registered:
    """The new client. The codes are shown once: only their digests are kept."""

    person: Person
    recovery_codes: list[str]


@dataclass(frozen=True)
class Registration:
    """Makes clients."""

    people: People
    accounts: Accounts
    challenges: Challenges
    daily: DailySecrets
    limits: Limits
    audit: Audit
    organisation: str

    def offer(self, now: datetime) -> Challenge:
        """A challenge with handles that are free at the moment."""
        handles = self.people.free_handles(list({new_handle() for _ in range(OFFERED + 3)}))
        return self.challenges.set(handles[:OFFERED], now)

    def register(self, wish: Wish, intent: Intent, address: str, now: datetime) -> Registered:
        """Make the client: at most one per intent, with the same codes each time it is repeated.

        Three steps, each of which may be repeated: reserve handle and proof, make the account at Cognito, activate.
        What a crash leaves behind is finished by a repeat, or undone by `sweep` after an hour.
        Raises ChallengeFailed, PasswordTooShort, PasswordTooCommon, HandleTaken, KeyReused, TooMany.
        """
        self.limits.spend(REGISTER_PER_ADDRESS, address, now)
        self.challenges.check(wish.challenge, wish.number, wish.handle, now)
        check_password(wish.password, wish.handle, self.organisation)
        codes = make_codes(self.daily, intent.key, wish.password, _day(wish.challenge), now)
        person = Person(
            id=derived_id("client", intent.key),
            kind=Kind.CLIENT,
            status=Status.PENDING,
            zone=wish.zone,
            language=wish.language,
            created_at=now,
            handle=wish.handle,
            codes=frozenset(map(code_digest, codes)),
            made_by=intent.content,
        )
        before = self.people.find(person.id)
        if before and before.made_by != intent.content:
            raise KeyReused("Please use a fresh Idempotency-Key for a new request.", field="header.Idempotency-Key")
        if before is None or before.status is Status.PENDING:
            try:
                self._make(person, wish, intent, now)
            except ChangedMeanwhile:  # sent twice at once, and the other was faster
                made = self.people.find(person.id)
                if made is None or made.made_by != intent.content or made.status is not Status.ACTIVE:
                    raise
        return Registered(person, codes)

    def _make(self, person: Person, wish: Wish, intent: Intent, now: datetime) -> None:
        dynamodb, steps = self.people.table.client, Registrations(self.people.table)
        commit(dynamodb, steps.reserve(person, wish.challenge.nonce, now))
        self.accounts.create(person.id)
        self.accounts.set_password(person.id, wish.password)
        registered = self.audit.entry(person.id, "Registered", person.id, now, fact=intent.key)
        commit(dynamodb, [*steps.activate(person), registered])


def _day(challenge: Challenge) -> date:
    """Codes belong to the day the challenge was set, so that a repeat past midnight makes the same ones."""
    return challenge.set_at.date()
