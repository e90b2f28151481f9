"""Signing in, staying signed in, signing out: our own record of sign-ins decides, whatever a token says."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.errors import ChangedMeanwhile, NotFound, SignInRequired
from shared.people.accounts import Accounts, Tokens, WrongCredentials, sign_in_id
from shared.people.model import MAX_SIGN_INS, SIGNED_IN_FOR, Kind, Person, Principal, SignIn, Status
from shared.people.store import People
from shared.tables import commit


@dataclass(frozen=True)
class SignedIn:
    """A sign-in, for the caller: the access token for the page's memory, the cookie for the browser's jar."""

    person: Person
    access_token: str
    expires_at: datetime
    cookie: str


@dataclass(frozen=True)
class SignIns:
    """Begins, renews and ends sign-ins of one kind of person."""

    people: People
    accounts: Accounts
    kind: Kind

    def begin(self, person: Person, tokens: Tokens, now: datetime) -> SignedIn:
        """Remember a new sign-in of someone whose credentials Cognito has accepted.

        More than ten at a time: the oldest ends. Raises WrongCredentials for somebody who is not active.
        """
        if person.status is not Status.ACTIVE or person.kind is not self.kind:
            raise WrongCredentials
        secret = secrets.token_urlsafe(24)
        sign_in = SignIn(tokens.sign_in, frozenset({_digest(secret)}), frozenset(), now, now + SIGNED_IN_FOR)
        standing = sorted((s for s in person.sign_ins.values() if s.stands(now)), key=lambda s: s.rotated_at)
        kept = {s.id for s in standing[-(MAX_SIGN_INS - 1) :]}
        drop = [old for old in person.sign_ins if old not in kept]
        commit(self.people.table.client, [self.people.add_sign_in(person, sign_in, drop)])
        return SignedIn(person, tokens.access, _end(tokens, now), _cookie(person, sign_in, secret, tokens))

    def note_second_factor(self, person: Person) -> Person:
        """Remember that this person signs in with a second factor, and the person as they are then."""
        if not person.second_factor:
            commit(self.people.table.client, [self.people.change(person.id, second_factor=True)])
        return replace(person, second_factor=True)

    def renew(self, cookie: str, now: datetime) -> SignedIn:
        """A new access token and a new cookie for a sign-in that stands.

        A cookie that was renewed before ends the whole sign-in: somebody else may hold a copy (RFC 9700, 4.14.2).
        Raises SignInRequired.
        """
        person, sign_in, presented, refresh_token = self._parse(cookie)
        fresh = secrets.token_urlsafe(24)
        for _ in range(3):
            after = sign_in.rotated(_digest(presented), _digest(fresh), now)
            if after is None:
                commit(self.people.table.client, [self.people.end_sign_in(person.id, sign_in.id)])
                raise SignInRequired
            try:
                tokens = self.accounts.refresh(refresh_token)
            except WrongCredentials:
                raise SignInRequired from None
            if tokens.sign_in != sign_in.id:
                raise SignInRequired
            after = replace(after, expires_at=now + SIGNED_IN_FOR)
            try:
                commit(self.people.table.client, [self.people.rotate(person.id, sign_in, after)])
            except ChangedMeanwhile:
                person, sign_in, presented, refresh_token = self._parse(cookie)
                continue
            return SignedIn(person, tokens.access, _end(tokens, now), _cookie(person, after, fresh, tokens))
        raise SignInRequired

    def end(self, cookie: str) -> None:
        """End this sign-in; nothing to end is fine too."""
        try:
            person, sign_in, presented, _ = self._parse(cookie)
        except SignInRequired:
            return
        if _digest(presented) in sign_in.current | sign_in.previous:
            commit(self.people.table.client, [self.people.end_sign_in(person.id, sign_in.id)])

    def authenticate(self, claims: Mapping[str, str], now: datetime) -> Principal:
        """Who a verified token speaks for.

        API Gateway has checked signature, issuer, client and expiry; it knows nothing of sign-outs and would take an
        ID token. Raises SignInRequired unless it is an access token of a sign-in that stands, of an active person.
        """
        person = self.people.find(claims.get("username", ""))
        sign_in = person.sign_ins.get(sign_in_id(claims.get("origin_jti", ""))) if person else None
        if (
            claims.get("token_use") != "access"
            or claims.get("client_id") != self.accounts.client_id
            or person is None
            or sign_in is None
            or not sign_in.stands(now)
            or person.status is not Status.ACTIVE
            or person.kind is not self.kind
        ):
            raise SignInRequired
        return replace(person.principal, sign_in=sign_in.id)

    def _parse(self, cookie: str) -> tuple[Person, SignIn, str, str]:
        """Whose cookie it is, for which sign-in, the secret it presents, and Cognito's refresh token."""
        parts = cookie.split(".", 3)
        if len(parts) != 4:
            raise SignInRequired
        person_id, sign_in_name, presented, refresh_token = parts
        try:
            person = self.people.get(person_id)
        except NotFound:
            raise SignInRequired from None
        sign_in = person.sign_ins.get(sign_in_name)
        if sign_in is None or person.status is not Status.ACTIVE or person.kind is not self.kind:
            raise SignInRequired
        return person, sign_in, presented, refresh_token


def _digest(secret: str) -> str:
    """Of a secret of 192 random bits: no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()[:32]


def _end(tokens: Tokens, now: datetime) -> datetime:
    return now + timedelta(seconds=tokens.expires_in)


def _cookie(person: Person, sign_in: SignIn, secret: str, tokens: Tokens) -> str:
    return f"{person.id}.{sign_in.id}.{secret}.{tokens.refresh}"
