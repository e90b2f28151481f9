"""What CloudFront would do, done on the laptop."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx

from infra.headers import SECURITY_HEADERS
from local.gateway import gateway
from local.places import Places

OUTPUTS = {
    "HttpApiId": "api1",
    "LiveApiId": "live1",
    "LiveStage": "live",
    "OriginKey": "the-origin-key",
    "SiteDomain": "d111.cloudfront.net",
}
Emulator = Callable[[httpx.Request], httpx.Response]


def ask(emulator: Emulator, method: str, path: str, **more: object) -> httpx.Response:
    """The gateway's answer to a browser, with `emulator` behind it."""
    app = gateway(Places(8080, 4566, Path("/nowhere")), OUTPUTS, httpx.MockTransport(emulator))

    async def browse() -> httpx.Response:
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app, client=("127.0.0.9", 50000))
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8080") as browser:
                return await browser.request(method, path, **more)

    return asyncio.run(browse())


def _echo(seen: list[httpx.Request]) -> Emulator:
    def emulator(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={}, headers={"x-amz-cf-id": "1", "referrer-policy": "unsafe-url"})

    return emulator


def test_the_api_is_asked_with_the_origin_key_and_the_visitors_address() -> None:
    seen: list[httpx.Request] = []
    ask(_echo(seen), "POST", "/api/register?a=1", json={"b": 2})
    (request,) = seen
    assert str(request.url) == "http://127.0.0.1:4566/_aws/execute-api/api1/$default/api/register?a=1"
    assert request.content == b'{"b":2}'
    assert request.headers["x-origin-key"] == "the-origin-key"
    assert request.headers["x-viewer-address"] == "127.0.0.9"


def test_nobody_can_claim_another_address_or_bring_a_key_of_their_own() -> None:
    seen: list[httpx.Request] = []
    claim = {"x-viewer-address": "203.0.113.9", "x-origin-key": "guess", "x-forwarded-for": "203.0.113.9"}
    ask(_echo(seen), "GET", "/api/me", headers=claim)
    (request,) = seen
    assert request.headers.get_list("x-viewer-address") == ["127.0.0.9"]
    assert request.headers.get_list("x-origin-key") == ["the-origin-key"]
    assert "x-forwarded-for" not in request.headers


def test_a_page_is_asked_of_the_stacks_own_distribution() -> None:
    seen: list[httpx.Request] = []
    ask(_echo(seen), "GET", "/appointments/1")
    (request,) = seen
    assert str(request.url) == "http://127.0.0.1:4566/appointments/1"
    assert request.headers["host"] == "d111.cloudfront.net"
    assert "x-origin-key" not in request.headers


def test_every_answer_carries_the_security_headers_once() -> None:
    for path in ("/", "/api/me"):
        answer = ask(_echo([]), "GET", path)
        for name, value in SECURITY_HEADERS.items():
            assert answer.headers.get_list(name) == [value]


def test_a_cookie_keeps_everything_but_what_plain_http_cannot_keep() -> None:
    def emulator(_: httpx.Request) -> httpx.Response:
        cookies = [("set-cookie", f"{name}=1; Path=/api/auth; HttpOnly; Secure; SameSite=Strict") for name in "ab"]
        return httpx.Response(204, headers=cookies)

    answer = ask(emulator, "POST", "/api/auth/sign-in", json={})
    assert answer.headers.get_list("set-cookie") == [
        f"{name}=1; Path=/api/auth; HttpOnly; SameSite=Strict" for name in "ab"
    ]


def test_a_refusal_comes_through_as_it_is() -> None:
    def emulator(_: httpx.Request) -> httpx.Response:
        return httpx.Response(409, content=b"{}", headers={"content-type": "application/problem+json"})

    answer = ask(emulator, "POST", "/api/appointments", json={})
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")


def test_an_emulator_that_does_not_answer_is_a_problem_in_words() -> None:
    def emulator(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    answer = ask(emulator, "GET", "/api/me")
    assert answer.status_code == 502
    assert answer.json()["code"] == "unavailable"
