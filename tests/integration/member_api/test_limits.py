"""How often one may try, per handle and per address, and that no address is ever kept."""

from datetime import timedelta

import pytest

from tests.support.api import Answer, Browser
from tests.support.cast import ALICES_PASSWORD, Client, sign_in, wish
from tests.support.clock import VirtualClock
from tests.support.site import Site

NEW = "eleven copper kettles sing"


def recover(browser: Browser, handle: str, code: str) -> Answer:
    return browser.post("/api/auth/recover", {"handle": handle, "recovery_code": code, "new_password": NEW})


def wrong_sign_in(browser: Browser, handle: str) -> Answer:
    return sign_in(browser, handle, "not the right password")


def test_ten_tries_a_quarter_of_an_hour_per_handle_from_wherever_they_come(
    alice: Client, site: Site, clock: VirtualClock
) -> None:
    clock.advance(timedelta(minutes=15))
    for number in range(10):
        assert wrong_sign_in(site.browser(f"192.0.2.{number}"), alice.handle).status == 401

    refused = sign_in(site.browser("198.51.100.77"), alice.handle, alice.password)

    assert (refused.status, refused.code) == (429, "too_many")
    assert refused.headers["Retry-After"] == "900"
    assert refused.json["retry_after"] == 900


def test_the_wait_gets_shorter_and_ends(alice: Client, site: Site, clock: VirtualClock) -> None:
    clock.advance(timedelta(minutes=15))
    for _ in range(10):
        wrong_sign_in(site.browser(), alice.handle)

    clock.advance(timedelta(minutes=14))
    assert sign_in(site.browser(), alice.handle, alice.password).headers["Retry-After"] == "60"

    clock.advance(timedelta(minutes=1))
    assert sign_in(site.browser(), alice.handle, alice.password).status == 200


def test_it_concerns_nobody_else(alice: Client, ben: Client, site: Site) -> None:
    for number in range(12):
        wrong_sign_in(site.browser(f"192.0.2.{number}"), alice.handle)

    assert sign_in(site.browser(), ben.handle, ben.password).status == 200


def test_whoever_is_signed_in_stays_signed_in(alice: Client, site: Site) -> None:
    for number in range(12):
        wrong_sign_in(site.browser(f"192.0.2.{number}"), alice.handle)

    assert alice.browser.get("/api/me").status == 200
    assert alice.browser.post("/api/auth/refresh", key="").status == 200


def test_sixty_tries_a_quarter_of_an_hour_per_address_whatever_handle_they_are_for(sam: Browser) -> None:
    for number in range(60):
        assert wrong_sign_in(sam, f"quiet-otter-{number}").status == 401

    assert wrong_sign_in(sam, "quiet-otter-999").status == 429


def test_guessing_the_present_password_is_limited_too(alice: Client, clock: VirtualClock) -> None:
    clock.advance(timedelta(minutes=15))
    guess = {"current_password": "not the right password", "new_password": NEW}
    statuses = [alice.browser.post("/api/auth/password", guess).status for _ in range(11)]

    assert statuses == [401] * 10 + [429]


def test_five_recoveries_an_hour_per_handle(alice: Client, ben: Client, site: Site) -> None:
    statuses = [recover(site.browser(f"192.0.2.{n}"), alice.handle, ben.codes[0]).status for n in range(6)]
    assert statuses == [401] * 5 + [429]

    assert recover(site.browser("198.51.100.77"), alice.handle, alice.codes[0]).status == 429


def test_twenty_recoveries_an_hour_per_address(ben: Client, sam: Browser) -> None:
    statuses = [recover(sam, f"quiet-otter-{number}", ben.codes[0]).status for number in range(21)]

    assert statuses == [401] * 20 + [429]


def test_twenty_registrations_an_hour_per_address(sam: Browser, clock: VirtualClock) -> None:
    body = {**wish(sam, ALICES_PASSWORD), "number": 10_000_000}
    statuses = [sam.post("/api/register", body).status for _ in range(21)]
    assert statuses == [422] * 20 + [429]

    assert int(sam.post("/api/register", body).headers["Retry-After"]) == 3600
    clock.advance(timedelta(hours=1))
    assert sam.post("/api/register", wish(sam, ALICES_PASSWORD)).status == 201


@pytest.mark.parametrize("address", ["203.0.113.7", "2001:db8:85a3::8a2e:370:7334"])
def test_no_address_is_kept_anywhere_not_even_in_part(site: Site, ben: Client, address: str) -> None:
    browser = site.browser(address)
    body = wish(browser, ALICES_PASSWORD)
    browser.post("/api/register", body)
    wrong_sign_in(browser, body["handle"])
    sign_in(browser, body["handle"], ALICES_PASSWORD)
    recover(browser, body["handle"], ben.codes[0])

    everything = "".join(str(site.items(table)) for table in vars(site.tables).values())

    assert "LIMIT#" in everything
    assert address not in everything
    assert address.rsplit(".", 1)[0].rsplit(":", 2)[0] not in everything


def test_an_addresss_tries_of_two_days_cannot_be_linked(site: Site, sam: Browser, clock: VirtualClock) -> None:
    wrong_sign_in(sam, "quiet-otter-000")
    first = {item["pk"]["S"] for item in site.items(site.tables.people) if item["pk"]["S"].startswith("LIMIT#")}
    clock.advance(timedelta(days=1))
    wrong_sign_in(sam, "quiet-otter-000")
    both = {item["pk"]["S"] for item in site.items(site.tables.people) if item["pk"]["S"].startswith("LIMIT#")}

    assert len(first) == 2
    assert len(both) == 4


def test_counts_and_secrets_say_when_they_may_be_forgotten(site: Site, sam: Browser) -> None:
    wrong_sign_in(sam, "quiet-otter-000")

    assert {item["pk"]["S"].split("#")[0] for item in site.items(site.tables.people)} == {"LIMIT", "DAILY"}
    now = site.clock().timestamp()
    for item in site.items(site.tables.people):
        assert now < int(item["expires_at"]["N"]) <= now + 2 * 24 * 3600
