"""People: who they are to us. A client is a handle; staff have a name and roles."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

SIGNED_IN_FOR = timedelta(days=30)
MAX_SIGN_INS = 10
GRACE = timedelta(seconds=30)


class Kind(StrEnum):
    """Which of the two pools somebody belongs to."""

    CLIENT = "client"
    STAFF = "staff"


class Role(StrEnum):
    """What somebody on the staff may do. One person can have any mix."""

    COUNSELOR = "counselor"
    FACILITATOR = "facilitator"
    ADMIN = "admin"


class Status(StrEnum):
    """`pending` clients are half registered; `invited` staff have not signed in yet."""

    PENDING = "pending"
    INVITED = "invited"
    ACTIVE = "active"
    SUSPENDED = "suspended"


@dataclass(frozen=True)
class Principal:
    """Who is calling, by which of their sign-ins, and since when they have an account."""

    id: str
    kind: Kind
    roles: frozenset[Role] = frozenset()
    zone: str = "UTC"
    language: str = "en"
    sign_in: str = ""
    since: datetime | None = None

    def has(self, role: Role) -> bool:
        """Whether the caller may act in this role."""
        return role in self.roles


@dataclass(frozen=True)
class SignIn:
    """One device that is signed in. Its id is the token's `origin_jti`; of the cookie's secret only digests are kept.

    `current` are digests the cookie may hold now. Each refresh replaces them by a new one and keeps the old as
    `previous` for `GRACE`: two tabs may refresh at once, and an answer may be lost on its way.
    """

    id: str
    current: frozenset[str]
    previous: frozenset[str]
    rotated_at: datetime
    expires_at: datetime

    def stands(self, now: datetime) -> bool:
        """Whether it has not run out."""
        return now < self.expires_at

    def rotated(self, presented: str, fresh: str, now: datetime) -> "SignIn | None":
        """This sign-in after a refresh that presented one digest and is given another.

        None means the cookie was used before and too long ago: it may have been stolen.
        """
        if not self.stands(now):
            return None
        if presented in self.current:
            return replace(self, current=frozenset({fresh}), previous=self.current, rotated_at=now)
        if presented in self.previous and now < self.rotated_at + GRACE:
            return replace(self, current=self.current | {fresh})
        return None


@dataclass(frozen=True)
class Person:
    """Somebody with an account. `handle` is a client's, `name` and `email` are staff's.

    `made_by` is the digest of the request that made them: a repeat of it is recognised by that.
    """

    id: str
    kind: Kind
    status: Status
    zone: str
    language: str
    created_at: datetime
    handle: str = ""
    name: str = ""
    email: str = ""
    roles: frozenset[Role] = frozenset()
    second_factor: bool = False
    codes: frozenset[str] = frozenset()
    made_by: str = ""
    sign_ins: dict[str, SignIn] = field(default_factory=dict)

    @property
    def principal(self) -> Principal:
        """This person as a caller."""
        return Principal(self.id, self.kind, self.roles, self.zone, self.language, since=self.created_at)

    def signed_in(self, sign_in_id: str, now: datetime) -> bool:
        """Whether they are active and this sign-in of theirs stands."""
        sign_in = self.sign_ins.get(sign_in_id)
        return self.status is Status.ACTIVE and sign_in is not None and sign_in.stands(now)
