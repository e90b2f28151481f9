"""What CloudFront would do, done on the laptop."""

import asyncio
import base64
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
    return ask_all(emulator, [httpx.Request(method, f"http://localhost:8080{path}", **more)])[0]


def ask_all(emulator: Emulator, requests: list[httpx.Request]) -> list[httpx.Response]:
    """One gateway's answers, one after the other."""
    app = gateway(Places(8080, 4566, Path("/nowhere")), OUTPUTS, httpx.MockTransport(emulator))

    async def browse() -> list[httpx.Response]:
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app, client=("127.0.0.9", 50000))
            async with httpx.AsyncClient(transport=transport) as browser:
                return [await browser.send(request) for request in requests]

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


def test_no_more_files_are_asked_for_at_once_than_the_emulator_has_processes_for() -> None:
    under_way, most = 0, 0

    async def emulator(request: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        for _ in range(10):  # the others get their turn
            await asyncio.sleep(0)
        under_way -= 1
        return httpx.Response(200, content=request.url.path.encode())

    app = gateway(Places(8080, 4566, Path("/nowhere")), OUTPUTS, httpx.MockTransport(emulator))

    async def browse() -> list[httpx.Response]:
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app, client=("127.0.0.9", 50000))
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8080") as browser:
                return await asyncio.gather(*(browser.get(f"/assets/{number}.js") for number in range(12)))

    assert [answer.text for answer in asyncio.run(browse())] == [f"/assets/{number}.js" for number in range(12)]
    assert most == 3


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


def test_whoever_works_on_it_reads_the_mails_that_were_sent() -> None:
    mail = {
        "MessageId": "1",
        "Source": "hearth@laptop.example",
        "To": ["alice@mail.example"],
        "Subject": "Your <code>",
        "BodyText": "Your code is 123456. <b>",
        "Timestamp": 1.0,
    }
    asked: list[str] = []

    def emulator(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, json={"messages": {"000000000000": [mail, {**mail, "Subject": "Reminder"}]}})

    inbox = ask(emulator, "GET", "/_local/mail").text
    assert asked == ["http://127.0.0.1:4566/_ministack/ses/messages"]
    assert inbox.index("Reminder") < inbox.index("Your &lt;code&gt;")
    one = ask(emulator, "GET", "/_local/mail/0").text
    assert "Your code is 123456. &lt;b&gt;" in one
    assert "alice@mail.example" in one
    assert ask(emulator, "GET", "/_local/mail/2").status_code == 404


def test_what_is_pushed_to_this_machine_is_kept_for_whoever_asks() -> None:
    phone = "http://localhost:8080/_local/push/phone"
    sealed = {"headers": {"TTL": "60", "Authorization": "vapid t=a.b.c, k=d", "Cookie": "a=b"}}
    nothing, first, _, kept, other = ask_all(
        lambda _: httpx.Response(500),
        [
            httpx.Request("GET", phone),
            httpx.Request("POST", phone, content=b"one", **sealed),
            httpx.Request("POST", phone, content=b"two", **sealed),
            httpx.Request("GET", phone),
            httpx.Request("GET", f"{phone}-of-ben"),
        ],
    )
    assert nothing.json() == other.json() == []
    assert first.status_code == 201
    assert [base64.b64decode(message["body"]) for message in kept.json()] == [b"one", b"two"]
    assert kept.json()[0]["headers"] == {
        "authorization": "vapid t=a.b.c, k=d",
        "content-encoding": "",
        "ttl": "60",
        "topic": "",
        "urgency": "",
    }
