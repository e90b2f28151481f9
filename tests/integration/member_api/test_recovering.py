"""`POST /api/auth/recover`: the way back in for somebody who gave us no address."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support.api import Browser, fresh_key
from tests.support.cast import Client, sign_in
from tests.support.site import Site

NEW = "eleven copper kettles sing"
NEWER = "twelve wooden sledges rest"


def recover(browser: Browser, handle: str, code: str, password: str = NEW, key: str | None = None) -> Any:
    body = {"handle": handle, "recovery_code": code, "new_password": password}
    return browser.post("/api/auth/recover", body, key=key)


def test_a_code_sets_a_new_password_and_tells_how_many_are_left(alice: Client, sam: Browser) -> None:
    recovered = recover(sam, alice.handle, alice.codes[3])

    assert (recovered.status, recovered.json) == (200, {"codes_left": 7})
    assert sign_in(sam, alice.handle, alice.password).status == 401
    signed_in = sign_in(sam, alice.handle, NEW)
    assert signed_in.json["person"]["recovery_codes_left"] == 7


def test_every_sign_in_ends(alice: Client, sam: Browser) -> None:
    assert alice.browser.get("/api/me").status == 200

    recover(sam, alice.handle, alice.codes[0])

    assert alice.browser.get("/api/me").status == 401
    assert alice.browser.post("/api/auth/refresh", key="").status == 401


def test_a_code_is_good_once_and_the_others_stay_good(alice: Client, sam: Browser) -> None:
    assert recover(sam, alice.handle, alice.codes[0]).status == 200

    again = recover(sam, alice.handle, alice.codes[0], NEWER)

    assert (again.status, again.code) == (401, "wrong_credentials")
    assert sign_in(sam, alice.handle, NEW).status == 200
    assert recover(sam, alice.handle, alice.codes[1], NEWER).json == {"codes_left": 6}


def test_all_eight_work_down_to_none(alice: Client, site: Site) -> None:
    left = []
    for number, code in enumerate(alice.codes):
        site.clock.advance(timedelta(minutes=30))  # at most five an hour
        left.append(
            recover(site.browser(f"192.0.2.{number}"), alice.handle, code, f"{NEW} {number}").json["codes_left"]
        )

    assert left == [7, 6, 5, 4, 3, 2, 1, 0]
    assert sign_in(site.browser(), alice.handle, f"{NEW} 7").json["person"]["recovery_codes_left"] == 0


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_a_code_may_be_typed_loosely(alice: Client, sam: Browser, typed: Any) -> None:
    assert recover(sam, alice.handle.upper(), typed(alice.codes[0])).status == 200


def test_the_same_request_twice_takes_one_code(alice: Client, sam: Browser) -> None:
    key = fresh_key()
    first = recover(sam, alice.handle, alice.codes[0], key=key)
    again = recover(sam, alice.handle, alice.codes[0], key=key)

    assert again == first
    assert sign_in(sam, alice.handle, NEW).json["person"]["recovery_codes_left"] == 7


def test_the_same_key_with_another_code_is_refused(alice: Client, sam: Browser) -> None:
    key = fresh_key()
    recover(sam, alice.handle, alice.codes[0], key=key)

    refused = recover(sam, alice.handle, alice.codes[1], NEWER, key=key)

    assert (refused.status, refused.code) == (422, "idempotency_key_reused")
    assert sign_in(sam, alice.handle, NEW).json["person"]["recovery_codes_left"] == 7


def test_a_wrong_code_and_an_unknown_handle_look_the_same_and_cause_the_same_calls(
    alice: Client, ben: Client, sam: Browser, site: Site
) -> None:
    recover(sam, "calm-heron-000", ben.codes[0])  # by then each process has read what it reads once
    site.crashes.calls.clear()
    wrong = recover(sam, alice.handle, ben.codes[0])
    calls_for_wrong = list(site.crashes.calls)
    site.crashes.calls.clear()
    unknown = recover(sam, "quiet-otter-000", ben.codes[0])

    assert (wrong.status, wrong.code) == (401, "wrong_credentials")
    assert unknown == wrong
    assert site.crashes.calls == calls_for_wrong
    assert sign_in(sam, alice.handle, alice.password).status == 200


WRONG_RECOVERIES: list[Any] = [
    ({"new_password": "short"}, 422, "password_too_short", "body.new_password"),
    ({"new_password": "password1234"}, 422, "password_too_common", "body.new_password"),
    ({"recovery_code": "K7QF"}, 422, "invalid", "body.recovery_code"),
    ({"recovery_code": "x" * 65}, 422, "invalid", "body.recovery_code"),
    ({"recovery_code": 7}, 422, "invalid", "body.recovery_code"),
    ({"handle": "--"}, 422, "invalid", "body.handle"),
    ({"email": "alice@example.org"}, 422, "invalid", "body.email"),
]


def test_what_cannot_work_is_refused_by_field_and_takes_no_code(alice: Client, sam: Browser) -> None:
    for changed, status, code, field in WRONG_RECOVERIES:
        body = {"handle": alice.handle, "recovery_code": alice.codes[0], "new_password": NEW, **changed}
        refused = sam.post("/api/auth/recover", body)

        assert (refused.status, refused.code, refused.field) == (status, code, field)
    assert recover(sam, alice.handle, alice.codes[0]).json == {"codes_left": 7}
