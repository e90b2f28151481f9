"""The people of these tests, made through the site's API before the browsers come in."""

import uuid
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from local import cast as demonstration
from local.visitor import Visitor

PASSWORD = "nine patient herons"


@dataclass(frozen=True)
class Member:
    """A client with an account. `codes` are what they saved."""

    handle: str
    codes: tuple[str, ...] = ()
    password: str = PASSWORD


@dataclass(frozen=True)
class Colleague:
    """Somebody on the staff with an account. `visitor` is signed in as them."""

    id: str
    name: str
    email: str
    visitor: Visitor
    password: str = PASSWORD


class Cast:
    """Makes people. The site lets one address register 20 and sign in 60 times in a while: be sparing."""

    def __init__(self, site: str) -> None:
        self._site = site
        self._connections = ExitStack()
        self.ada = self._visitor()
        if not self.ada.sign_in("/api/staff/auth/sign-in", {"email": demonstration.ADA.email}, demonstration.PASSWORD):
            raise AssertionError("The first admin is not let in.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._connections.close()

    def client(self, zone: str, language: str = "en") -> Member:
        """A new client, who reads times in `zone`."""
        with Visitor(self._site) as visitor:
            return Member(visitor.register(PASSWORD, zone, language))

    def counselor(self, name: str, zone: str, **changes: Any) -> Colleague:
        """A new counselor whose hours are the demonstration's, in their own `zone`; `changes` to those hours."""
        email = f"{uuid.uuid4().hex[:12]}@example.org"
        invitation = self.ada.must(
            "POST", "/api/staff/people", {"email": email, "name": name, "roles": ["counselor"], "language": "en"}
        )
        visitor = self._visitor()
        visitor.first_sign_in(email, invitation["one_time_password"], PASSWORD)
        visitor.must("PATCH", "/api/staff/me", {"zone": zone})
        visitor.must("PUT", "/api/staff/availability", {**demonstration.TOMS_HOURS, "zone": zone, **changes})
        visitor.must("PUT", "/api/staff/profile", {**demonstration.TOMS_PROFILE, "name": name})
        return Colleague(invitation["person"]["id"], name, email, visitor)

    def _visitor(self) -> Visitor:
        return self._connections.enter_context(Visitor(self._site))
