"""The edge: an API Gateway event (HTTP API, payload 2.0) becomes a call, its outcome an answer.

Everything is denied unless it passes here: the request came through CloudFront, is of a readable size and type, its
token is an access token of a sign-in that still stands, its body is what the route declares.
"""

import base64
import hmac
import importlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from http.cookies import CookieError, SimpleCookie
from typing import Any, Protocol

from pydantic import ValidationError
from pydantic_core import to_json

from functions.call import Call, Input, Reply
from functions.operation import Operation
from functions.problems import FAULT, problem, status_of
from functions.routing import Route
from shared.clock import Clock
from shared.errors import Invalid, Malformed, NotAllowed, NotFound, Refusal, TooMany
from shared.ids import ID_PATTERN, TOKEN_PATTERN
from shared.intents import Intent, Intents, Repeated
from shared.people.model import Principal
from shared.telemetry import fault, logger

Event = Mapping[str, Any]
_KEY_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
_PATTERNS = {"seq": "[1-9][0-9]{0,11}", "token": TOKEN_PATTERN}
_CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class IdempotencyKeyMissing(Malformed):
    """A change was asked for without saying which intent it belongs to."""

    code = "idempotency_key_missing"
    title = "An Idempotency-Key is needed"


class App(Protocol):
    """What the edge needs of a function's collaborators; handlers know the rest."""

    clock: Clock
    origin_key: str

    @property
    def intents(self) -> Intents: ...

    def authenticate(self, claims: Mapping[str, str]) -> Principal: ...


@dataclass(frozen=True)
class Edge:
    """Serves the routes of one function. `package` is where their handlers live."""

    routes: tuple[Route, ...]
    package: str
    app: Callable[[], App]

    def serve(self, event: Event) -> dict[str, Any]:
        """The answer to one event, whatever it holds; never raises for a request's sake."""
        route_key = str(event.get("routeKey", ""))
        try:
            reply = self._serve(route_key, event)
        except Refusal as refusal:
            reply = _refused(refusal)
            logger().info("refused", extra={"route": route_key, "code": refusal.code, "status": reply.status})
        except Exception as error:
            fault(error, route=route_key)
            reply = Reply(500, FAULT)
        return _answer(reply)

    def _serve(self, route_key: str, event: Event) -> Reply:
        app = self.app()
        headers = event.get("headers", {})
        if not hmac.compare_digest(headers.get("x-origin-key", "").encode(), app.origin_key.encode()):
            raise NotAllowed("Please use the site's own address.")
        route = next((route for route in self.routes if route.key == route_key), None)
        if route is None:
            raise NotFound
        handler, contract = _handler(self.package, route.handler)
        claims = _claims(event) if route.signed_in else {}
        principal = app.authenticate(claims) if route.signed_in else None
        content = _content(event, contract.most_bytes)
        intent = _intent(route, contract, headers, principal, content, event) if route.method in _CHANGES else None
        now = app.clock()
        call = Call(
            now=now,
            address=headers.get("x-viewer-address", ""),
            path=_path(event),
            cookies=_cookies(event),
            principal=principal,
            token=headers.get("authorization", "").removeprefix("Bearer "),
            known_tags=frozenset(tag.strip() for tag in headers.get("if-none-match", "").split(",")),
            intent=intent,
            key=headers.get("idempotency-key", "") if intent else "",
            intents=app.intents,
        )
        inputs = _inputs(contract, content, event)
        if contract.keyed:
            keyed: Reply = handler(app, call, **inputs)
            return keyed
        if intent and (answer := app.intents.recall(intent, now)):
            return Reply(**answer)
        try:
            reply: Reply = handler(app, call, **inputs)
        except (Refusal, Repeated):
            # The same request may have had its effect since we looked; then the refusal is only an echo of it.
            if intent is None or (answer := app.intents.recall(intent, now)) is None:
                raise
            return Reply(**answer)
        return reply


@cache
def _handler(package: str, name: str) -> tuple[Callable[..., Reply], Operation]:
    module, function = name.split(".")
    handler = getattr(importlib.import_module(f"{package}.{module}"), function)
    return handler, handler.operation


def _claims(event: Event) -> Mapping[str, str]:
    """The claims API Gateway's authorizer has verified (signature, issuer, expiry, scope)."""
    claims: Mapping[str, str] = event["requestContext"].get("authorizer", {}).get("jwt", {}).get("claims", {})
    return claims


def _path(event: Event) -> Mapping[str, str]:
    """The ids and numbers in the address. What cannot be one leads nowhere; DynamoDB takes no key of any length."""
    found: Mapping[str, str] = event.get("pathParameters") or {}
    if not all(re.fullmatch(_PATTERNS.get(name, ID_PATTERN), value) for name, value in found.items()):
        raise NotFound
    return found


def _content(event: Event, most_bytes: int) -> bytes:
    raw = event.get("body") or ""
    content = base64.b64decode(raw) if event.get("isBase64Encoded") else raw.encode()
    if len(content) > most_bytes:
        raise Malformed(f"The request is larger than {most_bytes} bytes.", field="body")
    return content


def _intent(
    route: Route,
    contract: Operation,
    headers: Mapping[str, str],
    principal: Principal | None,
    content: bytes,
    event: Event,
) -> Intent | None:
    if contract.repeatable:
        return None
    key = headers.get("idempotency-key", "")
    if not key:
        raise IdempotencyKeyMissing("Please send one per intent, such as a UUID.", field="header.Idempotency-Key")
    if not 8 <= len(key) <= 64 or not _KEY_CHARACTERS.issuperset(key):
        raise Malformed("8 to 64 letters, digits and hyphens, please.", field="header.Idempotency-Key")
    caller = principal.id if principal else "signed out"
    return Intent.of(caller, key, f"{route.method} {event.get('rawPath', route.path)}", content)


def _inputs(contract: Operation, content: bytes, event: Event) -> dict[str, Input]:
    inputs: dict[str, Input] = {}
    if contract.body:
        content_type = event.get("headers", {}).get("content-type", "application/json")
        if content and content_type.split(";")[0].strip().lower() != "application/json":
            raise Malformed("Please send JSON (application/json).", field="header.Content-Type")
        inputs["body"] = _parsed("body", partial(contract.body.model_validate_json, content or b"{}", strict=True))
    if contract.query:
        asked = event.get("queryStringParameters") or {}
        inputs["query"] = _parsed("query", partial(contract.query.model_validate_strings, asked))
    elif event.get("queryStringParameters"):
        raise Invalid("This address takes no query.", field="query")
    return inputs


def _parsed(where: str, parse: Callable[[], Input]) -> Input:
    try:
        return parse()
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)
        if first[0]["type"] == "json_invalid":
            raise Malformed("The body is not JSON.", field="body") from None
        faults = [{"field": ".".join([where, *map(str, e["loc"])]), "detail": e["msg"]} for e in first[:10]]
        raise Invalid(faults[0]["detail"], field=faults[0]["field"], faults=faults) from None


def _cookies(event: Event) -> Mapping[str, str]:
    """API Gateway lists cookies apart from the headers; the local emulator leaves them in the header. Read both."""
    jar: SimpleCookie = SimpleCookie()
    for text in [*event.get("cookies", []), event.get("headers", {}).get("cookie", "")]:
        try:
            jar.load(text)
        except CookieError:
            continue
    return {name: morsel.value for name, morsel in jar.items()}


def _refused(refusal: Refusal) -> Reply:
    headers = {"Retry-After": str(refusal.retry_after)} if isinstance(refusal, TooMany) else {}
    return Reply(status_of(type(refusal)), problem(refusal), headers)


def _answer(reply: Reply) -> dict[str, Any]:
    content_type = "application/problem+json" if reply.status >= 400 else "application/json"
    answer: dict[str, Any] = {
        "statusCode": reply.status,
        "headers": {"Cache-Control": "no-store", "Content-Type": content_type, **reply.headers},
        "body": reply.text
        if reply.text is not None
        else to_json(reply.body).decode()
        if reply.body is not None
        else "",
    }
    if reply.cookies:
        answer["cookies"] = list(reply.cookies)
    return answer
