"""Signing out, here and everywhere: other devices lose access at once, although their tokens have not run out."""

from tests.support.api import Browser
from tests.support.cast import Client, sign_in
from tests.support.site import Site


def phone_of(site: Site, client: Client) -> Browser:
    phone = site.browser("203.0.113.99")
    assert sign_in(phone, client.handle, client.password).status == 200
    return phone


def signed_in(browser: Browser) -> bool:
    return browser.get("/api/me").status == 200


def can_refresh(browser: Browser) -> bool:
    return browser.post("/api/auth/refresh", key="").status == 200


def test_signing_out_ends_this_sign_in_and_removes_the_cookie_and_no_other(alice: Client, site: Site) -> None:
    phone = phone_of(site, alice)
    kept = alice.browser.cookies

    answer = alice.browser.post("/api/auth/sign-out", key="")

    assert (answer.status, answer.text) == (204, "")
    assert alice.browser.cookies == []
    assert not signed_in(alice.browser)
    assert alice.browser.post("/api/auth/refresh", key="", cookies=kept).status == 401
    assert signed_in(phone)


def test_signing_out_twice_or_without_a_cookie_is_fine(alice: Client, sam: Browser) -> None:
    kept = alice.browser.cookies

    assert alice.browser.post("/api/auth/sign-out", key="").status == 204
    assert alice.browser.post("/api/auth/sign-out", key="", cookies=kept).status == 204
    assert sam.post("/api/auth/sign-out", key="").status == 204
    assert sam.post("/api/auth/sign-out", key="", cookies=["hearthline-member=a.b.c.d"]).status == 204


def test_a_cookie_with_a_wrong_secret_signs_nobody_out(alice: Client, sam: Browser) -> None:
    person, sign_in_id, secret, token = alice.browser.cookies[0].split("=", 1)[1].split(".", 3)
    guessed = f"hearthline-member={person}.{sign_in_id}.{secret[::-1]}.{token}"

    assert sam.post("/api/auth/sign-out", key="", cookies=[guessed]).status == 204
    assert signed_in(alice.browser)


def test_signing_out_everywhere_ends_every_access_token_and_every_cookie_at_once(alice: Client, site: Site) -> None:
    phone = phone_of(site, alice)
    assert signed_in(phone)

    answer = alice.browser.post("/api/auth/sign-out-everywhere", key="")

    assert answer.status == 204
    for browser in (alice.browser, phone):
        assert not signed_in(browser)
        assert not can_refresh(browser)


def test_afterwards_one_can_sign_in_again(alice: Client) -> None:
    alice.browser.post("/api/auth/sign-out-everywhere", key="")

    assert sign_in(alice.browser, alice.handle, alice.password).status == 200
    assert signed_in(alice.browser)
    assert can_refresh(alice.browser)


def test_nobody_elses_sign_ins_end(alice: Client, ben: Client) -> None:
    alice.browser.post("/api/auth/sign-out-everywhere", key="")

    assert signed_in(ben.browser)
    assert can_refresh(ben.browser)
