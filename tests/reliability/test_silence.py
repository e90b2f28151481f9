"""Nothing about anybody appears in what the functions print, whatever happens to them: not even when all goes wrong."""

import contextlib
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from functions.live.app import handler as live_handler
from functions.live.app import serve
from shared import telemetry
from shared.errors import Refusal
from tests.support import groups, totp
from tests.support.api import Answer
from tests.support.cast import ALICES_PASSWORD, TOMS_PASSWORD, Client, StaffMember, invite, sign_in, staff_sign_in, wish
from tests.support.events import ORIGIN_KEY, socket_event
from tests.support.live import device
from tests.support.site import Site

NEW = "eleven copper kettles sing"
WRONG = "a guess at the password"
ADDRESS = "2001:db8:85a3::8a2e:370:7334"


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Everything the functions write: logs, metrics, prints."""
    written = io.StringIO()
    monkeypatch.setattr(telemetry.logger().registered_handler, "stream", written)
    telemetry.logger().setLevel("DEBUG")
    with contextlib.redirect_stdout(written), contextlib.redirect_stderr(written):
        yield written
    telemetry.logger().setLevel("INFO")


def everything_in(answer: Answer) -> set[str]:
    """All words an answer holds, long enough to be telling."""
    found: set[str] = set()

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            for inner in value.values():
                collect(inner)
        elif isinstance(value, list):
            for inner in value:
                collect(inner)
        elif isinstance(value, str) and len(value) >= 12:
            found.add(value)

    collect(json.loads(answer.text) if answer.text else None)
    for cookie in answer.cookies:
        found.update(part for part in cookie.split(";")[0].split("=", 1)[1].split(".") if len(part) >= 12)
    return found


def test_a_whole_life_as_a_client_leaves_no_trace_in_the_logs(site: Site, printed: io.StringIO) -> None:
    browser = site.browser(ADDRESS)
    body = wish(browser, ALICES_PASSWORD)
    answers = [browser.post("/api/register", body)]
    codes = answers[0].json["recovery_codes"]
    answers += [
        browser.post("/api/register", {**body, "handle": "mine-alone-123"}),
        browser.post("/api/register", {**body, "password": "password1234"}),
        sign_in(browser, body["handle"], WRONG),
        sign_in(browser, body["handle"], ALICES_PASSWORD),
        browser.get("/api/me"),
        browser.patch("/api/me", {"zone": "Mars/Base"}),
        browser.patch("/api/me", {"nickname": "Alice of the lake"}),
        browser.post("/api/auth/refresh", key=""),
        browser.post("/api/auth/password", {"current_password": WRONG, "new_password": NEW}),
        browser.post("/api/auth/password", {"current_password": ALICES_PASSWORD, "new_password": NEW}),
        browser.post("/api/auth/recovery-codes", {"password": NEW}),
        browser.post("/api/live/tickets", key=""),
        browser.post("/api/auth/recover", {"handle": body["handle"], "recovery_code": codes[0], "new_password": NEW}),
        browser.request("POST", "/api/auth/sign-in", content='{"handle": "' + body["handle"]),
        browser.post("/api/auth/sign-out", key=""),
    ]
    ticket = answers[12].json["ticket"]
    with contextlib.suppress(Refusal):
        serve(site.live_app, socket_event("$connect", "c1", protocols=f"hearthline, ticket.{ticket}"))

    told = printed.getvalue()
    assert '"refused"' in told
    secrets = {body["handle"], ALICES_PASSWORD, NEW, WRONG, ADDRESS, "password1234", "Alice of the lake", "Mars/Base"}
    secrets |= {*codes, ORIGIN_KEY, ticket, "mine-alone-123"}
    assert_silent(told, secrets | held_by(answers))


def test_faults_tell_where_and_never_what(
    site: Site, alice: Client, tom: StaffMember, printed: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*asked: Any, **words: Any) -> Any:
        raise RuntimeError(f"{asked} {words}")

    for operation in ("get_item", "update_item", "transact_write_items"):
        with monkeypatch.context() as patch:
            patch.setattr(site.dynamodb, operation, broken)
            browser = site.browser(ADDRESS)
            sign_in(browser, alice.handle, alice.password)
            alice.browser.get("/api/me")
            alice.browser.patch("/api/me", {"zone": "Europe/Paris"})
            browser.post(
                "/api/auth/recover", {"handle": alice.handle, "recovery_code": alice.codes[0], "new_password": NEW}
            )
            staff_sign_in(browser, tom.email, tom.password)
            live_handler(socket_event("$connect", "c1", protocols="hearthline, ticket.very-secret-ticket"), None)
    with monkeypatch.context() as patch:
        patch.setattr(site.cognito, "admin_initiate_auth", broken)
        sign_in(site.browser(ADDRESS), alice.handle, alice.password)

    told = printed.getvalue()
    assert told.count('"fault"') >= 6
    assert "RuntimeError" in told
    secrets = {alice.handle, alice.password, alice.id, tom.email, tom.password, tom.id, NEW, ADDRESS, alice.codes[0]}
    assert_silent(told, {*secrets, "Europe/Paris", "very-secret-ticket", alice.browser.token})


def test_what_is_said_and_heard_on_sockets_leaves_no_trace_in_the_logs(
    site: Site, alice: Client, maya: StaffMember, printed: io.StringIO
) -> None:
    room = groups.found(site, maya)
    joined = groups.join(alice, room)
    one = device(site, alice, "c1", room)
    one.says("typing", room)
    one.sends('{"type":"watch","room":"a very private word"}')
    one.says("watch", "0" * 32)
    groups.say(maya, room, "Between the two of us.")
    site.sockets.broken = True
    groups.say(maya, room, "And nobody else.")

    told = printed.getvalue()
    assert '"refused"' in told
    assert '"fault"' in told
    membership = joined["membership"]
    secrets = {alice.id, maya.id, room.id, membership["handle"], membership["member_id"], "a very private word"}
    assert_silent(told, {*secrets, "Between the two of us.", "And nobody else."})


def test_a_whole_life_on_the_staff_leaves_no_trace_in_the_logs(
    site: Site, ada: StaffMember, tom: StaffMember, printed: io.StringIO
) -> None:
    email, browser = "eve@lighthouse.example", site.browser(ADDRESS)
    invitation = invite(ada, email, "Eve Marlowe", "counselor")
    again = invite(ada, email, "Eve Marlowe", "counselor")
    step = staff_sign_in(browser, email, invitation.json["one_time_password"])
    answer = {"email": email, "challenge": "new_password", "session": step.json["session"], "answer": TOMS_PASSWORD}
    arrived = browser.post("/api/staff/auth/answer", answer, key="")
    browser.token = arrived.json["access_token"]
    authenticator = browser.post("/api/staff/auth/totp")
    code = totp.now(authenticator.json["secret"])
    browser.put("/api/staff/auth/totp", {"code": code})
    staff_sign_in(site.browser(ADDRESS), email, WRONG)
    ada.browser.patch(f"/api/staff/people/{tom.id}", {"status": "suspended"})
    tom.browser.get("/api/staff/me")
    ada.browser.get("/api/staff/people")

    told = printed.getvalue()
    assert again.status == 409
    secrets = {email, "Eve Marlowe", invitation.json["one_time_password"], TOMS_PASSWORD, WRONG, ADDRESS, tom.email}
    secrets |= {authenticator.json["secret"], arrived.json["person"]["id"], tom.id, ada.id, site.admin_email}
    assert_silent(told, {*secrets, arrived.json["access_token"], f'"{code}"'})


def held_by(answers: list[Answer]) -> set[str]:
    """Ids, tokens, cookies: everything the answers held that could be found again in a log."""
    found = set().union(*(everything_in(answer) for answer in answers if answer.status < 400))
    return {word for word in found if not word.startswith("2027-") and "/" not in word}


def assert_silent(told: str, secrets: set[str]) -> None:
    heard = {secret for secret in secrets if secret in told}
    assert heard == set()
