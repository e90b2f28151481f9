"""`POST /api/auth/sign-in`, and whose tokens are taken afterwards."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support.api import Browser
from tests.support.cast import ALICES_PASSWORD, Client, StaffMember, half_registered, sign_in
from tests.support.clock import VirtualClock
from tests.support.site import Site


def test_handle_and_password_give_a_token_for_a_quarter_of_an_hour_and_a_cookie(alice: Client, sam: Browser) -> None:
    answer = sign_in(sam, alice.handle, alice.password)

    assert answer.status == 200
    assert answer.json["expires_at"] == "2027-03-01T12:15:00Z"
    assert answer.json["person"]["handle"] == alice.handle
    (cookie,) = answer.cookies
    assert cookie.startswith("hearthline-member=")
    assert "HttpOnly" in cookie
    assert answer.json["access_token"] not in cookie
    assert sam.get("/api/me").json["id"] == alice.id


@pytest.mark.parametrize("typed", [str.upper, lambda handle: handle.replace("-", " "), lambda handle: f" {handle} "])
def test_the_handle_may_be_typed_loosely(alice: Client, sam: Browser, typed: Any) -> None:
    assert sign_in(sam, typed(alice.handle), alice.password).status == 200


def test_the_password_may_not(alice: Client, sam: Browser) -> None:
    assert sign_in(sam, alice.handle, alice.password.upper()).status == 401
    assert sign_in(sam, alice.handle, alice.password + " ").status == 401


def test_a_wrong_password_and_an_unknown_handle_look_the_same_and_cause_the_same_calls(
    alice: Client, sam: Browser, site: Site
) -> None:
    sign_in(sam, "calm-heron-000", "a guess")  # by then each process has read what it reads once
    site.crashes.calls.clear()
    wrong = sign_in(sam, alice.handle, "not the right password")
    calls_for_wrong = list(site.crashes.calls)
    site.crashes.calls.clear()
    unknown = sign_in(sam, "quiet-otter-000", "not the right password")
    calls_for_unknown = list(site.crashes.calls)

    assert (wrong.status, wrong.code) == (401, "wrong_credentials")
    assert unknown == wrong
    assert calls_for_unknown == calls_for_wrong
    assert wrong.cookies == ()


def test_nobody_can_tell_a_handle_exists_by_when_the_limit_strikes(
    alice: Client, site: Site, clock: VirtualClock
) -> None:
    clock.advance(timedelta(minutes=15))
    spellings = [str.upper, str.title, lambda handle: handle.replace("-", " "), lambda handle: f" {handle}"]
    seen = {}
    for number, handle in enumerate((alice.handle, "quiet-otter-000")):
        browser = site.browser(f"192.0.2.{number}")
        seen[handle] = [sign_in(browser, spellings[n % 4](handle), "not the right password").status for n in range(12)]

    assert seen[alice.handle] == seen["quiet-otter-000"]


def test_staff_cannot_come_in_by_the_clients_door(tom: StaffMember, sam: Browser) -> None:
    assert sign_in(sam, tom.email, tom.password).status == 401


def test_somebody_half_registered_cannot_sign_in(site: Site, sam: Browser) -> None:
    handle = half_registered(site)

    assert sign_in(sam, handle, ALICES_PASSWORD).status == 401


@pytest.mark.parametrize("field", ["handle", "password"])
def test_what_is_missing_is_named(sam: Browser, field: str) -> None:
    body = {"handle": "quiet-otter-482", "password": "not the right password"}
    del body[field]

    refused = sam.post("/api/auth/sign-in", body)

    assert (refused.status, refused.field) == (422, f"body.{field}")


def test_without_a_token_the_gateway_lets_nobody_through(sam: Browser) -> None:
    assert sam.get("/api/me").status == 401


def tokens(site: Site, client: Client) -> dict[str, str]:
    """A fresh sign-in at Cognito itself, with every token it gives."""
    answer = site.cognito_behind_the_scenes.admin_initiate_auth(
        UserPoolId=site.members.id,
        ClientId=site.members.client_id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": client.id, "PASSWORD": client.password},
    )
    result: dict[str, str] = answer["AuthenticationResult"]
    return result


def test_a_genuine_token_of_a_sign_in_we_did_not_begin_is_refused(site: Site, alice: Client) -> None:
    answer = alice.browser.get("/api/me", token=tokens(site, alice)["AccessToken"])

    assert (answer.status, answer.code) == (401, "sign_in_required")


def test_an_id_token_in_place_of_the_access_token_is_refused(
    site: Site, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    initiate = site.cognito.admin_initiate_auth

    def overheard(**asked: Any) -> Any:
        answer = initiate(**asked)
        given.append(answer["AuthenticationResult"]["IdToken"])
        return answer

    monkeypatch.setattr(site.cognito, "admin_initiate_auth", overheard)
    sign_in(alice.browser, alice.handle, alice.password)

    assert alice.browser.get("/api/me").status == 200
    assert alice.browser.get("/api/me", token=given[0]).status == 401


def test_a_token_of_the_other_pool_is_refused_by_each_api(alice: Client, tom: StaffMember) -> None:
    assert alice.browser.get("/api/me", token=tom.browser.token).status == 401
    assert tom.browser.get("/api/staff/me", token=alice.browser.token).status == 401


def test_a_sign_in_ends_after_thirty_days_whatever_its_token_says(alice: Client, clock: VirtualClock) -> None:
    clock.advance(timedelta(days=30) - timedelta(seconds=1))
    assert alice.browser.get("/api/me").status == 200

    clock.advance(timedelta(seconds=1))
    assert alice.browser.get("/api/me").status == 401


def test_the_eleventh_device_ends_the_sign_in_that_was_used_longest_ago(
    alice: Client, site: Site, clock: VirtualClock
) -> None:
    devices = [alice.browser]
    for _ in range(10):
        clock.advance(timedelta(hours=1))
        devices.append(site.browser())
        assert sign_in(devices[-1], alice.handle, alice.password).status == 200

    assert [device.get("/api/me").status for device in devices] == [401] + [200] * 10


def test_two_people_are_two_people(alice: Client, ben: Client) -> None:
    assert alice.browser.get("/api/me").json["id"] == alice.id
    assert ben.browser.get("/api/me").json["id"] == ben.id
    assert alice.id != ben.id
