"""Two at once: two strangers after one handle, one person with an impatient finger, two tabs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest

from functions.live.app import serve
from shared.errors import SignInRequired
from tests.support.api import Answer, Browser, fresh_key
from tests.support.cast import ALICES_PASSWORD, BENS_PASSWORD, Client, StaffMember, invite, sign_in, wish
from tests.support.events import socket_event
from tests.support.site import Site

ROUNDS = 6
NEW = "eleven copper kettles sing"


def at_once(*tasks: Callable[[], Answer]) -> list[Answer]:
    """Run them in threads that all start at the same moment; their answers in order."""
    barrier = Barrier(len(tasks))

    def run(task: Callable[[], Answer]) -> Answer:
        barrier.wait(10)
        return task()

    with ThreadPoolExecutor(len(tasks)) as threads:
        return list(threads.map(run, tasks))


def test_of_two_strangers_after_one_handle_exactly_one_gets_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(ROUNDS):
        wanted = f"quiet-otter-{100 + number}"
        monkeypatch.setattr("shared.people.registration.new_handle", lambda wanted=wanted: wanted)
        first, second = site.browser("192.0.2.1"), site.browser("192.0.2.2")
        one, other = wish(first, ALICES_PASSWORD), wish(second, BENS_PASSWORD)

        answers = at_once(
            lambda b=first, w=one: b.post("/api/register", w), lambda b=second, w=other: b.post("/api/register", w)
        )

        assert sorted(answer.status for answer in answers) == [201, 409]
        assert {answer.code for answer in answers} == {"", "handle_taken"}
        won = ALICES_PASSWORD if answers[0].status == 201 else BENS_PASSWORD
        lost = BENS_PASSWORD if answers[0].status == 201 else ALICES_PASSWORD
        assert sign_in(site.browser("192.0.2.3"), wanted, won).status == 200
        assert sign_in(site.browser("192.0.2.3"), wanted, lost).status == 401
        assert len(site.member_usernames()) == number + 1


def test_the_same_registration_sent_four_times_at_once_makes_one_person_and_one_answer(site: Site) -> None:
    for number in range(ROUNDS):
        browser, key = site.browser(f"192.0.2.{number}"), fresh_key()
        body = wish(browser, ALICES_PASSWORD)

        answers = at_once(*[lambda b=browser, w=body, k=key: b.post("/api/register", w, key=k)] * 4)

        assert [answer.status for answer in answers] == [201] * 4, [answer.text for answer in answers]
        assert all(answer.json == answers[0].json for answer in answers)
        assert len(site.member_usernames()) == number + 1
        assert sign_in(browser, body["handle"], ALICES_PASSWORD).json["person"]["recovery_codes_left"] == 8


def test_two_tabs_that_refresh_at_once_both_stay_signed_in(site: Site, alice: Client) -> None:
    for _ in range(ROUNDS):
        shared = alice.browser.cookies
        tabs = [Browser(site.gateway), Browser(site.gateway)]

        answers = at_once(*[lambda t=tab, c=shared: t.post("/api/auth/refresh", key="", cookies=c) for tab in tabs])

        assert [answer.status for answer in answers] == [200, 200], [answer.text for answer in answers]
        for answer in answers:
            assert alice.browser.get("/api/me", token=answer.json["access_token"]).status == 200
        site.clock.advance(timedelta(minutes=1))  # no grace left for what came before
        held = [cookie.split(";")[0] for cookie in answers[1].cookies]
        follow_up = Browser(site.gateway).post("/api/auth/refresh", key="", cookies=held)
        assert follow_up.status == 200
        alice.browser._keep(follow_up)


def test_one_recovery_code_sent_by_two_at_once_is_good_once(site: Site, alice: Client) -> None:
    for code in alice.codes[:2]:
        wishes = [
            {"handle": alice.handle, "recovery_code": code, "new_password": f"{NEW} {who}"} for who in ("one", "two")
        ]
        answers = at_once(*[lambda w=body: site.browser().post("/api/auth/recover", w) for body in wishes])

        assert sorted(answer.status for answer in answers) == [200, 401]
        winner = wishes[0] if answers[0].status == 200 else wishes[1]
        assert sign_in(site.browser(), alice.handle, winner["new_password"]).status == 200


def test_the_same_recovery_sent_twice_at_once_takes_one_code(site: Site, alice: Client) -> None:
    body: dict[str, Any] = {"handle": alice.handle, "recovery_code": alice.codes[0], "new_password": NEW}
    key = fresh_key()

    answers = at_once(*[lambda: site.browser().post("/api/auth/recover", body, key=key)] * 2)

    assert [answer.json for answer in answers] == [{"codes_left": 7}] * 2
    assert sign_in(site.browser(), alice.handle, NEW).json["person"]["recovery_codes_left"] == 7


def test_the_same_change_of_password_sent_twice_at_once_is_one(site: Site, alice: Client) -> None:
    password = alice.password
    for number in range(4):
        site.clock.advance(timedelta(minutes=15))
        body = {"current_password": password, "new_password": f"{NEW} {number}"}
        key = fresh_key()

        answers = at_once(
            *[
                lambda b=body, k=key: Browser(site.gateway, token=alice.browser.token).post(
                    "/api/auth/password", b, key=k
                )
            ]
            * 2
        )

        assert [answer.status for answer in answers] == [204, 204], [answer.text for answer in answers]
        password = body["new_password"]
        assert sign_in(site.browser(), alice.handle, password).status == 200
        assert alice.browser.get("/api/me").status == 200


def test_of_two_invitations_of_one_address_exactly_one_is_made(site: Site, ada: StaffMember) -> None:
    for number in range(ROUNDS):
        email = f"eve-{number}@lighthouse.example"

        answers = at_once(*[lambda e=email: invite(ada, e, "Eve", "counselor")] * 2)

        assert sorted(answer.status for answer in answers) == [201, 409], [answer.text for answer in answers]
        assert len(site.staff_usernames()) == number + 2


def test_a_ticket_presented_twice_at_once_opens_one_socket(site: Site, alice: Client) -> None:
    def connect(ticket: str, connection: str) -> Answer:
        try:
            serve(site.live_app, socket_event("$connect", connection, protocols=f"hearthline, ticket.{ticket}"))
        except SignInRequired:
            return Answer(401, {}, "{}")
        return Answer(200, {}, "{}")

    for number in range(ROUNDS):
        ticket = alice.browser.post("/api/live/tickets", key="").json["ticket"]
        answers = at_once(
            lambda t=ticket, n=number: connect(t, f"a{n}"), lambda t=ticket, n=number: connect(t, f"b{n}")
        )
        assert sorted(answer.status for answer in answers) == [200, 401]
