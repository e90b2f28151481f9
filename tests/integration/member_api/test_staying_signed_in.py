"""`POST /api/auth/refresh`: the cookie, its rotation, and what happens when an old one comes back."""

from datetime import timedelta

import pytest

from tests.support.api import Answer, Browser
from tests.support.cast import Client, sign_in
from tests.support.clock import VirtualClock
from tests.support.site import Site


def refresh(browser: Browser, cookies: list[str] | None = None) -> Answer:
    answer = browser.post("/api/auth/refresh", key="", cookies=cookies)
    if answer.status == 200:
        browser.token = answer.json["access_token"]
    return answer


def test_a_reload_stays_signed_in_with_a_new_token_and_a_new_cookie(alice: Client) -> None:
    before, old_token = alice.browser.cookies, alice.browser.token

    answer = refresh(alice.browser)

    assert answer.status == 200
    assert answer.json["person"]["handle"] == alice.handle
    assert alice.browser.token != old_token
    assert alice.browser.cookies != before
    assert alice.browser.get("/api/me").status == 200


def test_without_a_cookie_signing_in_is_required(sam: Browser) -> None:
    answer = refresh(sam)

    assert (answer.status, answer.code) == (401, "sign_in_required")


def test_a_cookie_works_when_it_comes_in_the_header_as_the_emulator_sends_it(alice: Client) -> None:
    (cookie,) = alice.browser.cookies

    answer = alice.browser.post("/api/auth/refresh", key="", cookies=[], headers={"cookie": f"theme=dark; {cookie}"})

    assert answer.status == 200


def test_the_cookie_before_is_good_for_half_a_minute(alice: Client, clock: VirtualClock) -> None:
    old = alice.browser.cookies
    assert refresh(alice.browser).status == 200

    clock.advance(timedelta(seconds=29))
    assert refresh(alice.browser, old).status == 200
    assert refresh(alice.browser).status == 200


def test_two_tabs_that_refresh_one_after_the_other_with_the_same_cookie_both_stay(alice: Client, site: Site) -> None:
    shared = alice.browser.cookies
    other_tab = Browser(site.gateway)

    first, second = refresh(alice.browser, shared), refresh(other_tab, shared)

    assert (first.status, second.status) == (200, 200)
    for answer in (first, second):
        held = [cookie.split(";")[0] for cookie in answer.cookies]
        assert refresh(Browser(site.gateway), held).status == 200


def test_an_old_cookie_after_that_ends_the_sign_in_for_whoever_holds_it(alice: Client, clock: VirtualClock) -> None:
    stolen = alice.browser.cookies
    assert refresh(alice.browser).status == 200
    clock.advance(timedelta(seconds=30))

    assert refresh(alice.browser, stolen).status == 401
    assert alice.browser.get("/api/me").status == 401
    assert refresh(alice.browser).status == 401


def test_it_ends_no_other_sign_in(alice: Client, site: Site, clock: VirtualClock) -> None:
    phone = site.browser("203.0.113.99")
    sign_in(phone, alice.handle, alice.password)
    stolen = alice.browser.cookies
    refresh(alice.browser)
    clock.advance(timedelta(minutes=1))
    refresh(alice.browser, stolen)

    assert phone.get("/api/me").status == 200
    assert refresh(phone).status == 200


def test_each_refresh_gives_another_thirty_days(alice: Client, clock: VirtualClock) -> None:
    for _ in range(3):
        clock.advance(timedelta(days=29))
        assert refresh(alice.browser).status == 200

    clock.advance(timedelta(days=30))
    assert refresh(alice.browser).status == 401


def test_a_cookie_is_no_good_for_somebody_else(alice: Client, ben: Client) -> None:
    (mine,) = alice.browser.cookies
    (theirs,) = ben.browser.cookies
    swapped = mine.split("=")[0] + "=" + ".".join([ben.id, *mine.split("=", 1)[1].split(".")[1:]])

    assert refresh(Browser(alice.browser.gateway), [swapped]).status == 401
    assert theirs != mine
    assert ben.browser.get("/api/me").status == 200


@pytest.mark.parametrize(
    "value",
    ["", "x", "a.b.c", "a.b.c.d", "....", "a.b.c.d.e.f", "\x00.b.c.d", "ü.b.c.d", "x" * 3000 + ".b.c.d", '"a.b.c.d"'],
)
def test_a_made_up_cookie_is_refused_whatever_it_holds(sam: Browser, value: str) -> None:
    assert refresh(sam, [f"hearthline-member={value}"]).status == 401


def test_cognitos_own_refusal_ends_it_too(alice: Client, site: Site) -> None:
    site.cognito_behind_the_scenes.admin_disable_user(UserPoolId=site.members.id, Username=alice.id)
    site.cognito_behind_the_scenes.admin_delete_user(UserPoolId=site.members.id, Username=alice.id)

    assert refresh(alice.browser).status == 401
