"""What every route refuses, whoever sends it and whatever it is for. Routes that are added are tried too."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pytest

from functions.member_api.routes import ROUTES as MEMBER_ROUTES
from functions.operation import Operation
from functions.routing import Route
from functions.staff_api.routes import ROUTES as STAFF_ROUTES
from tests.support.api import NO_KEY, Answer, Browser, claims_of
from tests.support.cast import Client, StaffMember
from tests.support.events import http_event
from tests.support.site import Site


def contract(route: Route) -> Operation:
    """What the route declares."""
    package = "functions.member_api" if route in MEMBER_ROUTES else "functions.staff_api"
    module, function = route.handler.split(".")
    found: Operation = getattr(import_module(f"{package}.{module}"), function).operation
    return found


ROUTES = (*MEMBER_ROUTES, *STAFF_ROUTES)
CHANGES = [route for route in ROUTES if route.method != "GET"]
WITH_BODY = [route for route in CHANGES if contract(route).body]
NEEDING_A_KEY = [route for route in CHANGES if not contract(route).repeatable]
WITHOUT_QUERY = [route for route in ROUTES if not contract(route).query]


@dataclass(frozen=True)
class Everybody:
    """A browser that may use the route."""

    client: Client
    admin: StaffMember

    def send(self, route: Route, **parts: Any) -> Answer:
        path = re.sub(r"\{\w+\}", "0" * 32, route.path.replace("{seq}", "1").replace("{token}", "0" * 64))
        browser = self.admin.browser if path.startswith("/api/staff") else self.client.browser
        return browser.request(route.method, path, **parts)


@pytest.fixture
def everybody(alice: Client, ada: StaffMember) -> Everybody:
    return Everybody(alice, ada)


def outcomes(routes: list[Route], send: Callable[[Route], Answer]) -> dict[str, tuple[int, str, str]]:
    """Each route's status, code and field."""
    answers = {route.key: send(route) for route in routes}
    return {key: (answer.status, answer.code, answer.field) for key, answer in answers.items()}


def all_are(routes: list[Route], *outcome: Any) -> dict[str, Any]:
    return {route.key: outcome for route in routes}


def test_unknown_fields_are_refused_by_name(everybody: Everybody) -> None:
    for route in WITH_BODY:
        answer = everybody.send(route, body={"surprise": 1})
        named = [fault["field"] for fault in answer.json["faults"]]
        assert (answer.status, answer.code) == (422, "invalid"), route.key
        assert "body.surprise" in named, (route.key, named)


@pytest.mark.parametrize("content", ["[]", '"text"', "7", "null", "true"])
def test_a_body_that_is_no_object_is_refused(everybody: Everybody, content: str) -> None:
    assert outcomes(WITH_BODY, lambda route: everybody.send(route, content=content)) == all_are(
        WITH_BODY, 422, "invalid", "body"
    )


@pytest.mark.parametrize("content", ["{", "{'a': 1}", '{"a": NaN', "\x00", '{"a": "\\ud800"}', "[" * 5000, '{"a":1}x'])
def test_what_is_not_json_is_refused(everybody: Everybody, content: str) -> None:
    assert outcomes(WITH_BODY, lambda route: everybody.send(route, content=content)) == all_are(
        WITH_BODY, 400, "malformed", "body"
    )


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ";"])
def test_another_content_type_is_refused(everybody: Everybody, content_type: str) -> None:
    def send(route: Route) -> Answer:
        return everybody.send(route, body={"a": 1}, headers={"content-type": content_type})

    assert outcomes(WITH_BODY, send) == all_are(WITH_BODY, 400, "malformed", "header.Content-Type")


def test_the_charset_of_the_content_type_does_not_matter(alice: Client) -> None:
    for content_type in ("application/json; charset=utf-8", "Application/JSON", "application/json;charset=UTF-8"):
        answer = alice.browser.patch("/api/me", {"language": "es"}, headers={"content-type": content_type})
        assert answer.status == 200


@pytest.mark.parametrize("filler", ["x", "é", "🌙"])
def test_more_bytes_than_a_route_takes_are_refused_and_as_many_are_read(everybody: Everybody, filler: str) -> None:
    bytes_each = len(filler.encode())

    def content(route: Route, more: int) -> str:
        return '{"a":"' + filler * ((contract(route).most_bytes - 8) // bytes_each + more) + '"}'

    read = outcomes(WITH_BODY, lambda route: everybody.send(route, content=content(route, 0)))
    refused = outcomes(WITH_BODY, lambda route: everybody.send(route, content=content(route, 8)))

    assert {status for status, _, _ in read.values()} == {422}
    assert refused == all_are(WITH_BODY, 400, "malformed", "body")


def test_changes_need_an_idempotency_key_unless_they_may_be_repeated_as_they_are(everybody: Everybody) -> None:
    assert outcomes(NEEDING_A_KEY, lambda route: everybody.send(route, body={}, key=NO_KEY)) == all_are(
        NEEDING_A_KEY, 400, "idempotency_key_missing", "header.Idempotency-Key"
    )


@pytest.mark.parametrize(
    "key", ["1234567", "x" * 65, "with space", "under_score", "semi;colon", "ключключ", "a" * 7 + "\n"]
)
def test_a_key_that_cannot_be_one_is_refused(everybody: Everybody, key: str) -> None:
    assert outcomes(NEEDING_A_KEY, lambda route: everybody.send(route, body={}, key=key)) == all_are(
        NEEDING_A_KEY, 400, "malformed", "header.Idempotency-Key"
    )


def test_only_these_may_be_repeated_without_a_key() -> None:
    assert {route.key for route in CHANGES if route not in NEEDING_A_KEY} == {
        f"POST {prefix}{path}"
        for prefix in ("/api", "/api/staff")
        for path in (
            "/auth/sign-in",
            "/auth/refresh",
            "/auth/sign-out",
            "/auth/sign-out-everywhere",
            "/live/tickets",
        )
    } | {
        "POST /api/staff/auth/answer",
        "POST /api/staff/auth/totp",
        "PUT /api/staff/auth/totp",
        "POST /api/invitations",
        "POST /api/rooms/{room_id}/handles",
        "PUT /api/rooms/{room_id}/read",
        "PUT /api/staff/rooms/{room_id}/read",
        "PUT /api/meetings/{meeting_id}/seat",
        "DELETE /api/meetings/{meeting_id}/seat",
        "PUT /api/staff/meetings/{meeting_id}/seat",
        "DELETE /api/staff/meetings/{meeting_id}/seat",
        "DELETE /api/appointments/{appointment_id}/phone-number",
        "DELETE /api/me/devices/{device_id}",
        "DELETE /api/staff/me/devices/{device_id}",
        "DELETE /api/me/channels/email",
        "DELETE /api/me/channels/sms",
        "DELETE /api/staff/me/channels/email",
        "DELETE /api/staff/me/channels/sms",
        "POST /api/unsubscribe/{token}",
    }


def test_a_query_where_none_is_taken_is_refused(everybody: Everybody) -> None:
    routes = [route for route in WITHOUT_QUERY if not contract(route).body]

    assert outcomes(routes, lambda route: everybody.send(route, query="page=2")) == all_are(
        routes, 422, "invalid", "query"
    )


@pytest.mark.parametrize("origin_key", ["", "wrong", "ключ", "0f4e6a52-5ed3-11f1-9d5c-0242ac12000"])
def test_requests_that_did_not_come_through_cloudfront_are_refused(alice: Client, origin_key: str) -> None:
    answer = alice.browser.get("/api/me", headers={"x-origin-key": origin_key})

    assert (answer.status, answer.code) == (403, "not_allowed")


def test_every_answer_is_json_that_no_cache_keeps(alice: Client, sam: Browser) -> None:
    for answer in (alice.browser.get("/api/me"), sam.post("/api/auth/refresh", key=""), sam.post("/api/register")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Type"] == (
            "application/json" if answer.status == 200 else "application/problem+json"
        )


def test_a_problem_has_the_shape_of_rfc_9457_and_quotes_nothing(sam: Browser) -> None:
    answer = sam.post("/api/auth/sign-in", {"handle": "quiet-otter-482", "password": ["very secret words"]})

    assert {"type", "title", "status", "detail", "code", "field"} <= set(answer.json)
    assert answer.json["type"] == "https://hearthline.org/problems/invalid"
    assert "very secret words" not in answer.text
    assert "quiet-otter-482" not in answer.text


def test_a_body_in_base64_is_read_as_well(site: Site, alice: Client) -> None:
    event = http_event(
        "PATCH /api/me",
        "/api/me",
        content=base64.b64encode(b'{"language":"ar"}').decode(),
        headers={"idempotency-key": "12345678", "authorization": f"Bearer {alice.browser.token}"},
        claims=claims_of(alice.browser.token),
    )
    answer = site.gateway._edges[0].serve({**event, "isBase64Encoded": True})

    assert answer["statusCode"] == 200
    assert alice.browser.get("/api/me").json["language"] == "ar"


def test_an_event_of_a_route_that_is_in_no_table_is_not_found(site: Site) -> None:
    answer = site.gateway._edges[0].serve(http_event("GET /api/everything", "/api/everything"))

    assert answer["statusCode"] == 404
