"""People: who they are to us. A client is a handle; staff have a name and roles."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


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
    """Who is calling."""

    id: str
    kind: Kind
    roles: frozenset[Role] = frozenset()
    zone: str = "UTC"
    language: str = "en"

    def has(self, role: Role) -> bool:
        """Whether the caller may act in this role."""
        return role in self.roles


@dataclass(frozen=True)
class SignIn:
    """One device that is signed in. Its id is the token's `origin_jti`; only hashes of the cookie's secret are kept."""

    id: str
    secret_hash: str
    previous_hash: str
    rotated_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Person:
    """Somebody with an account. `handle` is a client's, `name` and `email` are staff's."""

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
    codes_left: int = 0
    sign_ins: dict[str, SignIn] = field(default_factory=dict)

    @property
    def principal(self) -> Principal:
        """This person as a caller."""
        return Principal(self.id, self.kind, self.roles, self.zone, self.language)


SIGNED_IN_FOR = timedelta(days=30)
MAX_SIGN_INS = 10
