"""The people of these tests, made through the site's API before the browsers come in."""

import ipaddress
import itertools
import os
import time
import uuid
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from local import cast as demonstration
from local.visitor import Visitor
from tests.e2e.running import Running

PASSWORD = "nine patient herons"
_STAFF_DOOR = "/api/staff/auth/sign-in"
_GOOD_FOR_S = 600  # of the quarter of an hour that a token holds


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


class FromElsewhere(Visitor):
    """Somebody at another address than the browsers of this machine, as CloudFront would pass them on."""

    def __init__(self, running: Running, address: str) -> None:
        super().__init__(running.api)
        self._http.headers.update({"x-origin-key": running.outputs["OriginKey"], "x-viewer-address": address})

    def cookies_of(self, door: str, credentials: dict[str, str]) -> list[Any]:
        """What a browser keeps after signing in, as Playwright wants it."""
        answer = self.ask("POST", door, credentials)
        assert answer.is_success, answer.text
        (cookie,) = answer.cookies.jar
        kept = {"name": cookie.name, "value": cookie.value, "path": cookie.path, "domain": "localhost"}
        return [{**kept, "httpOnly": True, "sameSite": "Strict"}]

    def comes_back(self, kept: Path, door: str, who: dict[str, str], password: str) -> None:
        """Signed in as in another process not long ago, or anew: there are few sign-ins in a quarter of an hour."""
        if kept.exists() and time.time() - kept.stat().st_mtime < _GOOD_FOR_S:
            self._token, self._returning = kept.read_text(), (door, {**who, "password": password})
            return
        assert self.sign_in(door, who, password), f"{who} is not let in"
        kept.write_text(self._token or "")


class Cast:
    """Makes people, each at an address of their own: the site counts how often one registers and signs in."""

    def __init__(self, running: Running) -> None:
        self._running = running
        # Of those that are for tests of networks (RFC 2544), beginning elsewhere in each process that shares a copy.
        first = ipaddress.IPv4Address("198.18.0.1") + os.getpid() % 500 * 200
        self._addresses = (str(first + number) for number in itertools.count())
        self._connections = ExitStack()
        self._signed_in: dict[str, FromElsewhere] = {}
        self.ada = self.visitor()
        ada = {"email": demonstration.ADA.email}
        self.ada.comes_back(running.state / "ada", _STAFF_DOOR, ada, demonstration.PASSWORD)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._connections.close()

    def client(self, zone: str, language: str = "en") -> Member:
        """A new client, who reads times in `zone`."""
        return Member(self.visitor().register(PASSWORD, zone, language))

    def signed_in(self, member: Member) -> FromElsewhere:
        """The client without a browser, signed in once, however often asked."""
        if member.handle not in self._signed_in:
            visitor = self._signed_in[member.handle] = self.visitor()
            assert visitor.sign_in("/api/auth/sign-in", {"handle": member.handle}, member.password)
        return self._signed_in[member.handle]

    def counselor(self, name: str, zone: str, **changes: Any) -> Colleague:
        """A new counselor whose hours are the demonstration's, in their own `zone`; `changes` to those hours."""
        made = self.colleague(name, "counselor")
        made.visitor.must("PATCH", "/api/staff/me", {"zone": zone})
        made.visitor.must("PUT", "/api/staff/availability", {**demonstration.TOMS_HOURS, "zone": zone, **changes})
        made.visitor.must("PUT", "/api/staff/profile", {**demonstration.TOMS_PROFILE, "name": name})
        return made

    def colleague(self, name: str, *roles: str) -> Colleague:
        """Somebody new on the staff, who has chosen a password and nothing else."""
        email = f"{uuid.uuid4().hex[:12]}@example.org"
        asked = {"email": email, "name": name, "roles": list(roles), "language": "en"}
        invitation = self.ada.must("POST", "/api/staff/people", asked)
        visitor = self.visitor()
        visitor.first_sign_in(email, invitation["one_time_password"], PASSWORD)
        return Colleague(invitation["person"]["id"], name, email, visitor)

    def visitor(self) -> FromElsewhere:
        """Somebody new, who has done nothing yet."""
        return self._connections.enter_context(FromElsewhere(self._running, next(self._addresses)))
