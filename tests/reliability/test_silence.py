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
from shared.meetings.model import Provider
from tests.support import groups, practice, totp
from tests.support.api import Answer
from tests.support.cast import ALICES_PASSWORD, TOMS_PASSWORD, Client, StaffMember, invite, sign_in, staff_sign_in, wish
from tests.support.events import ORIGIN_KEY, socket_event
from tests.support.live import device
from tests.support.meeting import Attending
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


def test_a_whole_evening_in_rooms_leaves_no_trace_in_the_logs(
    site: Site, alice: Client, ben: Client, tom: StaffMember, maya: StaffMember, printed: io.StringIO
) -> None:
    practice.opens(tom)
    room = groups.found(site, maya, name="The night owls of Lisbon", guidelines="Kindness before cleverness.")
    entrances = [groups.entrance(client, room, note="My sister told me.") for client in (alice, ben)]
    asked = [
        c.browser.post(f"/api/rooms/{room.id}/membership", e) for c, e in zip((alice, ben), entrances, strict=True)
    ]
    said = [
        groups.say(alice, room, "The kitchen clock stopped.", warning="clocks and hours"),
        groups.say(ben, room, "I want to kill myself tonight."),
        groups.say(ben, room, "How many pills does it take?"),
        groups.say(ben, room, "Mine is too slow.", reply_to=1),
        groups.say(ben, room, "", reply_to=999),
    ]
    path, direct = f"/api/rooms/{room.id}", alice.browser.post(f"/api/counselors/{tom.id}/room")
    alices, bens = (answer.json["membership"]["member_id"] for answer in asked)
    answers = [
        *asked,
        *said,
        direct,
        alice.browser.patch(f"{path}/messages/1", {"text": "The kitchen clock began again."}),
        ben.browser.patch(f"{path}/messages/1", {"text": "Somebody else's clock, rewritten."}),
        ben.browser.put(f"{path}/messages/1/reactions", {"kinds": ["hug"]}),
        ben.browser.put(f"{path}/messages/1/reactions", {"kinds": ["a reaction of my own"]}),
        ben.browser.post(f"{path}/messages/1/reports", {"reason": "other", "note": "This clock is mine."}),
        ben.browser.put(f"{path}/blocks/{alices}", {}),
        alice.browser.delete(f"{path}/messages/1"),
        alice.browser.post("/api/invitations", {"token": "5ca1ab1e" * 5}, key=""),
        groups.say(alice, direct.json["id"], "Only for my counselor."),
        groups.say(tom, direct.json["id"], "Only for my client."),
        maya.browser.post(
            f"/api/staff{path.removeprefix('/api')}/members/{bens}/decisions",
            {"step": "remove", "reason": "Far too loud."},
        ),
        groups.say(ben, room, "May I say one more thing?"),
        ben.browser.get(f"{path}/decisions"),
    ]
    decision = answers[-1].json["decisions"][0]["id"]
    answers += [
        ben.browser.post(f"{path}/decisions/{decision}/appeal", {"text": "I was only whispering."}),
        ben.browser.delete(f"{path}/membership"),
        alice.browser.delete(f"{path}/membership"),
    ]

    told = printed.getvalue()
    assert told.count('"refused"') >= 4
    assert '"fault"' not in told
    words = {
        "kitchen",
        "clock",
        "kill myself",
        "pills",
        "slow",
        "whispering",
        "loud",
        "Only for",
        "night owls",
        "Kindness",
    }
    words |= {"sister", "reaction of my own", "5ca1ab1e", "one more thing", "tonight"}
    names = {alice.handle, ben.handle, alice.id, ben.id, tom.id, maya.id, alices, bens, room.id, direct.json["id"]}
    assert_silent(told, words | names | held_by(answers))


def test_faults_in_rooms_tell_where_and_never_what(
    site: Site, alice: Client, ben: Client, printed: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = groups.found(site)
    for client in (alice, ben):
        groups.join(client, room)
    groups.say(alice, room, "The kitchen clock stopped.")

    def broken(*asked: Any, **words: Any) -> Any:
        raise RuntimeError(f"{asked} {words}")

    for operation in ("batch_get_item", "query", "transact_write_items"):
        with monkeypatch.context() as patch:
            patch.setattr(site.dynamodb, operation, broken)
            groups.say(ben, room, "Mine runs backwards.")
            ben.browser.put(f"/api/rooms/{room.id}/messages/1/reactions", {"kinds": ["hug"]})
            ben.browser.get(f"/api/rooms/{room.id}/messages")
    device(site, ben, "c1", room)
    site.sockets.broken = True
    assert groups.say(alice, room, "It goes again.").status == 201

    told = printed.getvalue()
    assert told.count('"fault"') >= 6
    assert "ConnectionError" in told
    handles = {one["author"]["handle"] for one in groups.page(alice, room)["entries"]}
    assert_silent(told, {"kitchen", "clock", "backwards", "goes again", alice.id, ben.id, room.id, *handles})


def held_by(answers: list[Answer]) -> set[str]:
    """Ids, tokens, cookies: everything the answers held that could be found again in a log."""
    found = set().union(*(everything_in(answer) for answer in answers if answer.status < 400))
    return {word for word in found if not word.startswith("2027-") and "/" not in word}


def assert_silent(told: str, secrets: set[str]) -> None:
    heard = {secret for secret in secrets if secret in told}
    assert heard == set()


@pytest.mark.parametrize("carried_by", Provider)
def test_a_meeting_leaves_no_trace_in_the_logs(
    site: Site, alice: Client, ben: Client, tom: StaffMember, printed: io.StringIO, carried_by: Provider
) -> None:
    site.carried_by = carried_by
    site.start()
    practice.opens(tom)
    appointment_id = practice.book(alice, tom)["id"]
    site.clock.now = practice.NINE
    client, counselor = Attending(alice, appointment_id), Attending(tom, appointment_id)
    stranger = Attending(ben, appointment_id)
    answers = [client.arrives(), counselor.arrives(), stranger.arrives(), client.keeps(join=True)]
    answers += [counselor.lets_in(client), counselor.keeps(join=True), client.keeps(join=True)]
    site.chime.failing["CreateAttendee"] = ["ServiceUnavailableException"]
    answers += [counselor.keeps(join=True), counselor.keeps(join=True)]
    phone = device(site, alice, "c1")
    offer = {"kind": "offer", "call": "c0ffee00", "sdp": "v=0 a very private address"}
    phone.says("signal", meeting=client.meeting_id, device=client.device, to=counselor.seat, body=offer)
    phone.says("signal", meeting=client.meeting_id, device="0" * 32, to=counselor.seat, body=offer)
    site.sockets.broken = True
    answers += [client.leaves(), counselor.hosts("end")]

    told = printed.getvalue()
    assert '"refused"' in told
    assert '"fault"' in told
    named = {"Tom Tarrow", "a very private address", appointment_id, client.meeting_id, client.device}
    assert_silent(told, named.union(*(everything_in(answer) for answer in answers if answer.status < 400)))
