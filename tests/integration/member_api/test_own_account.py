"""`/api/me`, the password, new recovery codes."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support.api import Browser, fresh_key
from tests.support.cast import BENS_PASSWORD, Client, sign_in
from tests.support.clock import VirtualClock
from tests.support.site import Site

NEW = "eleven copper kettles sing"


def change_password(browser: Browser, current: str, new: str, key: str | None = None) -> Any:
    return browser.post("/api/auth/password", {"current_password": current, "new_password": new}, key=key)


def new_codes(browser: Browser, password: str, key: str | None = None) -> Any:
    return browser.post("/api/auth/recovery-codes", {"password": password}, key=key)


def recover(browser: Browser, handle: str, code: str, password: str = NEW) -> Any:
    return browser.post("/api/auth/recover", {"handle": handle, "recovery_code": code, "new_password": password})


def test_zone_and_language_can_be_changed_one_at_a_time(alice: Client) -> None:
    changed = alice.browser.patch("/api/me", {"zone": "America/Bogota"})
    assert (changed.status, changed.json["zone"], changed.json["language"]) == (200, "America/Bogota", "en")

    alice.browser.patch("/api/me", {"language": "es"})
    me = alice.browser.get("/api/me").json
    assert (me["zone"], me["language"]) == ("America/Bogota", "es")


def test_changing_nothing_is_fine(alice: Client) -> None:
    before = alice.browser.get("/api/me").json

    assert alice.browser.patch("/api/me", {}).json == before


def test_a_repeated_change_answers_as_before_and_does_not_undo_a_later_one(alice: Client) -> None:
    key = fresh_key()
    first = alice.browser.patch("/api/me", {"zone": "America/Bogota"}, key=key)
    alice.browser.patch("/api/me", {"zone": "Asia/Amman"})

    again = alice.browser.patch("/api/me", {"zone": "America/Bogota"}, key=key)

    assert again.json == first.json
    assert alice.browser.get("/api/me").json["zone"] == "Asia/Amman"


def test_the_same_key_for_another_change_is_refused(alice: Client) -> None:
    key = fresh_key()
    alice.browser.patch("/api/me", {"zone": "America/Bogota"}, key=key)

    refused = alice.browser.patch("/api/me", {"zone": "Asia/Amman"}, key=key)

    assert (refused.status, refused.code) == (422, "idempotency_key_reused")
    assert alice.browser.get("/api/me").json["zone"] == "America/Bogota"


def test_two_people_may_use_the_same_key(alice: Client, ben: Client) -> None:
    key = fresh_key()

    assert alice.browser.patch("/api/me", {"zone": "America/Bogota"}, key=key).json["handle"] == alice.handle
    assert ben.browser.patch("/api/me", {"zone": "Asia/Amman"}, key=key).json["handle"] == ben.handle


def test_a_key_is_free_again_after_a_day(alice: Client, clock: VirtualClock) -> None:
    key = fresh_key()
    alice.browser.patch("/api/me", {"zone": "America/Bogota"}, key=key)
    clock.advance(timedelta(hours=24))

    assert alice.browser.patch("/api/me", {"zone": "Asia/Amman"}, key=key).json["zone"] == "Asia/Amman"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"zone": "Mars/Base"}, "body.zone"),
        ({"zone": 7}, "body.zone"),
        ({"language": "Spanish"}, "body.language"),
        ({"handle": "my-own-name"}, "body.handle"),
        ({"id": "0" * 32}, "body.id"),
        ({"recovery_codes_left": 8}, "body.recovery_codes_left"),
    ],
)
def test_what_is_not_ones_to_change_or_does_not_exist_is_refused(
    alice: Client, body: dict[str, Any], field: str
) -> None:
    refused = alice.browser.patch("/api/me", body)

    assert (refused.status, refused.field) == (422, field)
    assert alice.browser.get("/api/me").json["zone"] == "Europe/Lisbon"


def test_the_new_password_counts_and_the_old_one_no_longer(alice: Client, sam: Browser) -> None:
    assert change_password(alice.browser, alice.password, NEW).status == 204

    assert sign_in(sam, alice.handle, alice.password).status == 401
    assert sign_in(sam, alice.handle, NEW).status == 200


def test_it_ends_the_sign_ins_of_others_at_once_and_keeps_this_one(alice: Client, site: Site) -> None:
    thief = site.browser("192.0.2.99")
    assert sign_in(thief, alice.handle, alice.password).status == 200

    change_password(alice.browser, alice.password, NEW)

    assert thief.get("/api/me").status == 401
    assert thief.post("/api/auth/refresh", key="").status == 401
    assert alice.browser.get("/api/me").status == 200
    assert alice.browser.post("/api/auth/refresh", key="").status == 200


def test_the_present_password_is_needed(alice: Client, sam: Browser) -> None:
    refused = change_password(alice.browser, "not the right password", NEW)

    assert (refused.status, refused.code, refused.field) == (401, "wrong_credentials", "body.current_password")
    assert sign_in(sam, alice.handle, alice.password).status == 200


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("short", "password_too_short"),
        ("password1234", "password_too_common"),
        (" eleven copper kettles", "invalid"),
    ],
)
def test_the_new_password_must_be_a_good_one(alice: Client, sam: Browser, new: str, code: str) -> None:
    refused = change_password(alice.browser, alice.password, new)

    assert (refused.status, refused.code, refused.field) == (422, code, "body.new_password")
    assert sign_in(sam, alice.handle, alice.password).status == 200


def test_changing_it_twice_with_one_key_is_changing_it_once(alice: Client, sam: Browser, site: Site) -> None:
    key = fresh_key()
    assert change_password(alice.browser, alice.password, NEW, key).status == 204
    audited = len(site.items(site.tables.audit))

    assert change_password(alice.browser, alice.password, NEW, key).status == 204
    assert change_password(alice.browser, NEW, BENS_PASSWORD, key).code == "idempotency_key_reused"
    assert sign_in(sam, alice.handle, NEW).status == 200
    assert len(site.items(site.tables.audit)) == audited


def test_new_codes_replace_the_old_ones(alice: Client, sam: Browser) -> None:
    made = new_codes(alice.browser, alice.password)

    assert made.status == 201
    codes = made.json["recovery_codes"]
    assert len(set(codes)) == 8
    assert set(codes).isdisjoint(alice.codes)
    assert alice.browser.get("/api/me").json["recovery_codes_left"] == 8
    assert recover(sam, alice.handle, alice.codes[0]).status == 401
    assert recover(sam, alice.handle, codes[0]).status == 200


def test_new_codes_need_the_password(alice: Client, sam: Browser) -> None:
    refused = new_codes(alice.browser, "not the right password")

    assert (refused.status, refused.code, refused.field) == (401, "wrong_credentials", "body.password")
    assert recover(sam, alice.handle, alice.codes[0]).status == 200


def test_asking_twice_with_one_key_shows_the_same_codes(alice: Client, site: Site) -> None:
    key = fresh_key()
    first = new_codes(alice.browser, alice.password, key)
    site.start()

    again = Browser(site.gateway, token=alice.browser.token).post(
        "/api/auth/recovery-codes", {"password": alice.password}, key=key
    )

    assert again.json == first.json


def test_a_repeat_past_midnight_shows_codes_that_work(alice: Client, sam: Browser, clock: VirtualClock) -> None:
    key = fresh_key()
    clock.advance(timedelta(hours=11, minutes=59))
    first = new_codes(alice.browser, alice.password, key)
    clock.advance(timedelta(minutes=2))

    again = new_codes(alice.browser, alice.password, key)

    assert again.json == first.json
    assert recover(sam, alice.handle, again.json["recovery_codes"][7]).status == 200


def test_the_audit_tells_what_was_done_and_not_with_what(alice: Client, site: Site) -> None:
    change_password(alice.browser, alice.password, NEW)
    new_codes(alice.browser, NEW)

    entries = site.items(site.tables.audit)
    assert sorted(entry["what"]["S"] for entry in entries) == ["PasswordChanged", "RecoveryCodesMade", "Registered"]
    assert {entry["by"]["S"] for entry in entries} == {alice.id}
    assert {entry["pk"]["S"] for entry in entries} == {f"PERSON#{alice.id}"}
    assert all(set(entry) == {"pk", "sk", "what", "by", "at", "expires_at"} for entry in entries)
