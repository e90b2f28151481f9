"""What a route is handed and what it gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

from shared.intents import Intent, Intents, Once
from shared.people.model import Principal

Result = TypeVar("Result")


class Input(BaseModel):
    """Base of everything a caller sends: unknown fields are refused, types are not guessed."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class View(BaseModel):
    """Base of everything a caller is shown."""

    model_config = ConfigDict(frozen=True)


class Nothing(Input):
    """The body of a request that says all in its address: `{}` or nothing at all."""


@dataclass(frozen=True)
class Reply:
    """An answer. `body` is JSON-ready; None means an empty body."""

    status: int
    body: dict[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()
    text: str | None = None

    @classmethod
    def of(cls, view: View, status: int = 200, *, cookies: tuple[str, ...] = ()) -> "Reply":
        """A view as JSON."""
        return cls(status, view.model_dump(mode="json", by_alias=True), cookies=cookies)


@dataclass(frozen=True)
class Call:
    """One request, understood: who calls, when, and what for.

    `address` is the viewer's network address. It is there to be hashed for rate limits and for nothing else: it is
    never stored, logged or answered. `token` is the access token itself, for the few calls to Cognito that need it.
    `key` is the Idempotency-Key as it was sent, `known_tags` what stands in If-None-Match.
    """

    now: datetime
    address: str
    path: Mapping[str, str]
    cookies: Mapping[str, str]
    principal: Principal | None
    token: str
    intent: Intent | None
    intents: Intents
    key: str = ""
    known_tags: frozenset[str] = frozenset()

    @property
    def caller(self) -> Principal:
        """Who is signed in. Only for routes that require it."""
        if self.principal is None:
            raise LookupError("this route is open to people who are not signed in")
        return self.principal

    @property
    def named_intent(self) -> Intent:
        """What the Idempotency-Key names. Only for routes that take one."""
        if self.intent is None:
            raise LookupError("this route takes no Idempotency-Key")
        return self.intent

    def once(self, view: Callable[[Result], View] | None, status: int = 200) -> Once:
        """What a service adds to its transaction so that the answer `view` makes of its result is remembered."""
        intent = self.named_intent

        def remember(result: Result) -> Any:
            body = view(result).model_dump(mode="json", by_alias=True) if view else None
            return self.intents.remember(intent, {"status": status, "body": body}, self.now)

        return remember
