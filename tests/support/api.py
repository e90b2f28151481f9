"""The API as a browser sees it: paths in, answers out, cookies kept. CloudFront and API Gateway are played here."""

import base64
import json
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import unquote

from functions.edge import Edge
from functions.member_api.routes import ROUTES as MEMBER_ROUTES
from functions.routing import Route
from functions.staff_api.routes import ROUTES as STAFF_ROUTES
from tests.support.events import http_event

NO_KEY = ""


def fresh_key() -> str:
    """An Idempotency-Key that nobody has used."""
    return str(uuid.uuid4())


@dataclass(frozen=True)
class Answer:
    """What came back. `cookies` are the Set-Cookie values as they are."""

    status: int
    headers: Mapping[str, str]
    text: str
    cookies: tuple[str, ...] = ()

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.text)

    @property
    def code(self) -> str:
        """The code of the problem, empty for a good answer."""
        return str(self.json["code"]) if self.status >= 400 else ""

    @property
    def field(self) -> str:
        """The field the problem names."""
        return str(self.json.get("field", ""))


class Gateway:
    """Both HTTP functions behind their route tables. `apps` maps each table's package to its collaborators."""

    def __init__(self, member_app: Callable[[], Any], staff_app: Callable[[], Any]) -> None:
        self._edges = (
            Edge(MEMBER_ROUTES, "functions.member_api", member_app),
            Edge(STAFF_ROUTES, "functions.staff_api", staff_app),
        )
        self._routes = [sorted(edge.routes, key=lambda route: "{" in route.path) for edge in self._edges]

    def request(self, method: str, path: str, token: str, **parts: Any) -> Answer:
        """Route a request as API Gateway does; for signed-in routes a readable token is needed.

        The authorizer's other checks (signature, issuer, expiry, scope) are AWS's: a token of the wrong kind passes
        here, so that tests see whether our own code refuses it.
        """
        for edge, routes in zip(self._edges, self._routes, strict=True):
            for route in routes:
                if found := _matches(route, method, path):
                    claims = claims_of(token) if route.signed_in else None
                    if route.signed_in and claims is None:
                        return Answer(401, {}, '{"message":"Unauthorized","code":"unauthorized"}')
                    event = http_event(route.key, path, path_parameters=found.groupdict(), claims=claims, **parts)
                    return _answer(edge.serve(event))
        return Answer(404, {}, '{"message":"Not Found","code":"no_such_route"}')


def claims_of(token: str) -> dict[str, str] | None:
    """The claims in a token as the authorizer passes them on (all text); None when there is no token."""
    parts = token.split(".")
    if len(parts) != 3:
        return None
    claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in claims.items()}


@dataclass
class Browser:
    """One browser: its cookies, the access token in its page's memory, and the address it is at."""

    gateway: Gateway
    address: str = "203.0.113.7"
    token: str = ""
    jar: dict[str, tuple[str, str]] = field(default_factory=dict)

    def get(self, path: str, **parts: Any) -> Answer:
        """Ask. `query` is what stands behind the question mark."""
        return self.request("GET", path, **parts)

    def post(self, path: str, body: object = None, **parts: Any) -> Answer:
        """Send JSON with a fresh Idempotency-Key, or `key`, or none (`NO_KEY`)."""
        return self.request("POST", path, body=body or {}, **parts)

    def put(self, path: str, body: object, **parts: Any) -> Answer:
        """As `post`."""
        return self.request("PUT", path, body=body, **parts)

    def patch(self, path: str, body: object, **parts: Any) -> Answer:
        """As `post`."""
        return self.request("PATCH", path, body=body, **parts)

    def delete(self, path: str, **parts: Any) -> Answer:
        """As `post`, without a body."""
        return self.request("DELETE", path, **parts)

    def request(
        self,
        method: str,
        path: str,
        *,
        key: str | None = None,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
        cookies: list[str] | None = None,
        **parts: Any,
    ) -> Answer:
        """Any request. Cookies the answer sets are kept, unless `cookies` replaces what is sent."""
        token = self.token if token is None else token
        sent = {"authorization": f"Bearer {token}" if token else "", **(headers or {})}
        if method != "GET":
            sent["idempotency-key"] = fresh_key() if key is None else key
        fitting = [f"{name}={value}" for name, (value, under) in self.jar.items() if path.startswith(under)]
        answer = self.gateway.request(
            method,
            path,
            token,
            headers=sent,
            address=self.address,
            cookies=fitting if cookies is None else cookies,
            **parts,
        )
        if cookies is None:
            self._keep(answer)
        return answer

    @property
    def cookies(self) -> list[str]:
        """Everything in the jar, to be presented again later."""
        return [f"{name}={value}" for name, (value, _) in self.jar.items()]

    def _keep(self, answer: Answer) -> None:
        for text in answer.cookies:
            for name, morsel in SimpleCookie(text).items():
                self.jar.pop(name, None)
                if morsel["max-age"] != "0":
                    self.jar[name] = (morsel.value, morsel["path"])


def _matches(route: Route, method: str, path: str) -> re.Match[str] | None:
    if route.method != method:
        return None
    return _pattern(route.path).fullmatch(unquote(path))


@cache
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path)))


def _answer(given: dict[str, Any]) -> Answer:
    return Answer(given["statusCode"], given["headers"], given["body"], tuple(given.get("cookies", ())))
