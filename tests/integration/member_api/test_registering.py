"""`POST /api/register`: an account for nothing but a password."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support.api import Browser, fresh_key
from tests.support.cast import ALICES_PASSWORD, BENS_PASSWORD, Client, sign_in, solve, wish
from tests.support.clock import VirtualClock
from tests.support.site import Site


def test_the_challenge_offers_five_handles_that_are_free(sam: Browser) -> None:
    offer = sam.get("/api/registration-challenge")

    assert offer.status == 200
    assert len(set(offer.json["handles"])) == 5
    assert offer.json["challenge"]["max_number"] == 60_000
    assert offer.json["challenge"]["expires_at"] == "2027-03-01T12:30:00Z"
    assert offer.headers["Cache-Control"] == "no-store"


def test_handle_and_recovery_codes_come_back_once_and_only_digests_are_kept(sam: Browser, site: Site) -> None:
    body = wish(sam, ALICES_PASSWORD)
    registered = sam.post("/api/register", body)

    assert registered.status == 201
    assert registered.json["handle"] == body["handle"]
    assert len(set(registered.json["recovery_codes"])) == 8
    kept = str(site.items(site.tables.people)) + str(site.items(site.tables.audit))
    for secret in (ALICES_PASSWORD, *registered.json["recovery_codes"]):
        assert secret not in kept
        assert secret.replace("-", "") not in kept


def test_zone_and_language_are_taken_over(alice: Client) -> None:
    me = alice.browser.get("/api/me").json

    assert (me["zone"], me["language"]) == ("Europe/Lisbon", "en")
    assert me["created_at"] == "2027-03-01T12:00:00Z"
    assert set(me) == {"id", "handle", "zone", "language", "recovery_codes_left", "created_at"}


def test_a_repeat_with_the_same_key_gives_the_same_answer_and_makes_nobody_else(sam: Browser, site: Site) -> None:
    body, key = wish(sam, ALICES_PASSWORD), fresh_key()

    first = sam.post("/api/register", body, key=key)
    again = sam.post("/api/register", body, key=key)

    assert (first.status, again.status) == (201, 201)
    assert again.json == first.json
    assert len(site.member_usernames()) == 1


def test_a_repeat_in_a_new_process_shows_the_same_codes(sam: Browser, site: Site) -> None:
    body, key = wish(sam, ALICES_PASSWORD), fresh_key()
    first = sam.post("/api/register", body, key=key)

    site.start()
    again = Browser(site.gateway).post("/api/register", body, key=key)

    assert again.json == first.json


def test_a_repeat_past_midnight_shows_the_same_codes(sam: Browser, clock: VirtualClock) -> None:
    clock.advance(timedelta(hours=11, minutes=45))
    body, key = wish(sam, ALICES_PASSWORD), fresh_key()
    first = sam.post("/api/register", body, key=key)

    clock.advance(timedelta(minutes=20))
    again = sam.post("/api/register", body, key=key)

    assert again.json == first.json


def test_the_same_key_for_another_wish_is_refused(sam: Browser, site: Site) -> None:
    key = fresh_key()
    body = wish(sam, ALICES_PASSWORD)
    sam.post("/api/register", body, key=key)

    other = sam.post("/api/register", {**body, "password": BENS_PASSWORD}, key=key)

    assert (other.status, other.code) == (422, "idempotency_key_reused")
    assert sign_in(sam, body["handle"], BENS_PASSWORD).status == 401
    assert sign_in(sam, body["handle"], ALICES_PASSWORD).status == 200


def test_a_challenge_can_be_used_once(sam: Browser, site: Site) -> None:
    body = wish(sam, ALICES_PASSWORD)
    offered = sam.get("/api/registration-challenge").json["handles"]
    assert sam.post("/api/register", body).status == 201

    again = sam.post("/api/register", {**body, "password": BENS_PASSWORD})

    assert again.status == 409
    assert len(site.member_usernames()) == 1
    assert body["handle"] not in offered


def test_a_handle_somebody_else_was_faster_to_take_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.people.registration.new_handle", lambda: "quiet-otter-482")
    first, second = site.browser("203.0.113.1"), site.browser("203.0.113.2")
    one, other = wish(first, ALICES_PASSWORD), wish(second, BENS_PASSWORD)

    assert first.post("/api/register", one).status == 201
    refused = second.post("/api/register", other)

    assert (refused.status, refused.code, refused.field) == (409, "handle_taken", "body.handle")
    assert sign_in(first, "quiet-otter-482", ALICES_PASSWORD).status == 200
    assert sign_in(second, "quiet-otter-482", BENS_PASSWORD).status == 401
    assert len(site.member_usernames()) == 1


@pytest.mark.parametrize(
    ("changed", "status", "code", "field"),
    [
        ({"number": -1}, 422, "invalid", "body.number"),
        ({"number": 10_000_000}, 422, "challenge_failed", "body.number"),
        ({"number": "7"}, 422, "invalid", "body.number"),
        ({"number": True}, 422, "invalid", "body.number"),
        ({"handle": "wild-lynx-999"}, 422, "invalid", "body.handle"),
        ({"handle": "x" * 81}, 422, "invalid", "body.handle"),
        ({"password": "short"}, 422, "password_too_short", "body.password"),
        ({"password": "password1234"}, 422, "password_too_common", "body.password"),
        ({"password": "i am Lighthouse Counseling"}, 422, "password_too_common", "body.password"),
        ({"password": " violet teapots hum quietly"}, 422, "invalid", "body.password"),
        ({"password": "violet teapots\nhum quietly"}, 422, "invalid", "body.password"),
        ({"password": "violet teapots hum quietly " * 9 + "x"}, 422, "invalid", "body.password"),
        ({"password": "violet teapots hum quietly " * 10}, 422, "invalid", "body.password"),
        ({"password": None}, 422, "invalid", "body.password"),
        ({"zone": "Mars/Base"}, 422, "invalid", "body.zone"),
        ({"zone": "../../etc/passwd"}, 422, "invalid", "body.zone"),
        ({"zone": "Europe"}, 422, "invalid", "body.zone"),
        ({"zone": ""}, 422, "invalid", "body.zone"),
        ({"zone": "x" * 65}, 422, "invalid", "body.zone"),
        ({"language": "english"}, 422, "invalid", "body.language"),
        ({"language": "EN"}, 422, "invalid", "body.language"),
        ({"name": "Alice"}, 422, "invalid", "body.name"),
        ({"challenge": None}, 422, "invalid", "body.challenge"),
    ],
)
def test_a_wish_that_cannot_be_granted_is_refused_by_field_and_makes_nobody(
    sam: Browser, site: Site, changed: dict[str, Any], status: int, code: str, field: str
) -> None:
    refused = sam.post("/api/register", {**wish(sam, ALICES_PASSWORD), **changed})

    assert (refused.status, refused.code, refused.field) == (status, code, field)
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert site.member_usernames() == set()


def test_a_challenge_for_another_handle_cannot_be_made_from_a_genuine_one(sam: Browser) -> None:
    body = wish(sam, ALICES_PASSWORD)
    wanted = "quiet-otter-482"
    forged = {**body["challenge"], "salt": body["challenge"]["salt"].replace(body["handle"], wanted)}

    refused = sam.post("/api/register", {**body, "challenge": forged, "handle": wanted})

    assert (refused.status, refused.code) == (422, "challenge_failed")


def test_a_forged_signature_of_any_characters_is_refused(sam: Browser) -> None:
    body = wish(sam, ALICES_PASSWORD)
    forged = {**body["challenge"], "signature": "é" * 64}

    assert sam.post("/api/register", {**body, "challenge": forged}).code == "challenge_failed"


def test_a_challenge_of_half_an_hour_ago_is_refused(sam: Browser, clock: VirtualClock) -> None:
    body = wish(sam, ALICES_PASSWORD)
    clock.advance(timedelta(minutes=30))

    assert sam.post("/api/register", body).code == "challenge_failed"


def test_a_challenge_of_days_ago_is_refused_kindly(sam: Browser, site: Site, clock: VirtualClock) -> None:
    body = wish(sam, ALICES_PASSWORD)
    clock.advance(timedelta(days=3))
    site.start()

    assert sam.post("/api/register", body).status in {409, 422}


def test_the_number_is_what_a_browser_finds(sam: Browser) -> None:
    challenge = sam.get("/api/registration-challenge").json["challenge"]

    assert 0 <= solve(challenge) <= challenge["max_number"]
