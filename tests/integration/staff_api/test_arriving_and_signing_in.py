"""How staff come in: the first admin by the stack's settings, everybody else by invitation."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support import totp
from tests.support.api import Browser
from tests.support.cast import (
    ADAS_PASSWORD,
    TOMS_PASSWORD,
    Client,
    StaffMember,
    first_admin,
    first_arrival,
    invite,
    staff_answer,
    staff_sign_in,
)
from tests.support.clock import VirtualClock
from tests.support.site import Site

EMAIL = "tom@lighthouse.example"


def test_the_first_admin_comes_to_be_at_the_first_sign_in(site: Site) -> None:
    ada = first_admin(site)

    me = ada.browser.get("/api/staff/me").json
    assert me["roles"] == ["admin"]
    assert me["status"] == "active"
    assert me["email"] == site.admin_email
    (entry,) = site.items(site.tables.audit)
    assert entry["what"]["S"] == "FirstAdminArrived"


def test_the_first_admin_arrives_once(ada: StaffMember, site: Site) -> None:
    ada.browser.patch("/api/staff/me", {"name": "Ada"})
    again = staff_sign_in(site.browser(), site.admin_email.upper(), ADAS_PASSWORD)

    assert again.json["person"]["name"] == "Ada"
    assert len(site.items(site.tables.audit)) == 1


def test_nobody_becomes_admin_by_knowing_the_address_of_the_first(site: Site, sam: Browser) -> None:
    refused = staff_sign_in(sam, site.admin_email, "a guess at the password")

    assert (refused.status, refused.code) == (401, "wrong_credentials")


def test_the_invited_choose_a_password_of_their_own_before_they_are_let_in(ada: StaffMember, sam: Browser) -> None:
    invitation = invite(ada, EMAIL, "Tom", "counselor").json
    assert invitation["person"]["status"] == "invited"
    assert invitation["expires_on"] == "2027-03-08"

    step = staff_sign_in(sam, EMAIL, invitation["one_time_password"])
    assert step.json["challenge"] == "new_password"
    assert step.cookies == ()
    assert sam.get("/api/staff/me").status == 401

    arrived = staff_answer(sam, EMAIL, step.json, TOMS_PASSWORD)
    assert arrived.status == 200
    assert arrived.json["person"]["status"] == "active"
    assert "hearthline-staff=" in arrived.cookies[0]
    assert "Path=/api/staff/auth" in arrived.cookies[0]
    assert sam.get("/api/staff/me").json["name"] == "Tom"


def test_the_one_time_password_is_good_once(tom: StaffMember, ada: StaffMember, sam: Browser) -> None:
    invitation = invite(ada, "eve@lighthouse.example", "Eve", "counselor").json
    first_arrival(sam, "eve@lighthouse.example", invitation["one_time_password"], TOMS_PASSWORD)

    again = staff_sign_in(sam, "eve@lighthouse.example", invitation["one_time_password"])

    assert (again.status, again.code) == (401, "wrong_credentials")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password_too_short"),
        ("password1234", "password_too_common"),
        ("tom@lighthouse.example", "password_too_common"),
        ("eleven copper kettles ", "invalid"),
    ],
)
def test_the_first_password_of_ones_own_must_be_a_good_one(
    ada: StaffMember, sam: Browser, password: str, code: str
) -> None:
    step = staff_sign_in(sam, EMAIL, invite(ada, EMAIL, "Tom", "counselor").json["one_time_password"])

    refused = staff_answer(sam, EMAIL, step.json, password)

    assert (refused.status, refused.code, refused.field) == (422, code, "body.answer")
    assert staff_answer(sam, EMAIL, step.json, TOMS_PASSWORD).status == 200


def test_a_wrong_password_and_an_unknown_address_look_the_same_and_cause_the_same_calls(
    tom: StaffMember, sam: Browser, site: Site
) -> None:
    staff_sign_in(sam, "anybody@lighthouse.example", "a guess")  # by then each process has read what it reads once
    site.crashes.calls.clear()
    wrong = staff_sign_in(sam, tom.email, "a guess at the password")
    calls_for_wrong = list(site.crashes.calls)
    site.crashes.calls.clear()
    unknown = staff_sign_in(sam, "nobody@lighthouse.example", "a guess at the password")

    assert (wrong.status, wrong.code) == (401, "wrong_credentials")
    assert unknown == wrong
    assert site.crashes.calls == calls_for_wrong


def test_tries_are_limited_per_address_of_mail_in_whatever_case(
    tom: StaffMember, site: Site, clock: VirtualClock
) -> None:
    clock.advance(timedelta(minutes=15))
    for spelled in (tom.email, "nobody@lighthouse.example"):
        tries = [spelled.upper() if number % 2 else spelled for number in range(11)]
        statuses = [staff_sign_in(site.browser(f"192.0.2.{n}"), e, "a guess at it").status for n, e in enumerate(tries)]
        assert statuses == [401] * 10 + [429]


def test_clients_cannot_come_in_by_the_staffs_door(alice: Client, sam: Browser) -> None:
    assert staff_sign_in(sam, f"{alice.handle}@lighthouse.example", alice.password).status == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"email": "tom", "password": "a guess at the password"}, "body.email"),
        ({"email": "tom@" + "x" * 300 + ".org", "password": "a guess at the password"}, "body.email"),
        ({"email": EMAIL}, "body.password"),
        ({"email": EMAIL, "password": ""}, "body.password"),
        ({"email": EMAIL, "password": "x" * 257}, "body.password"),
    ],
)
def test_what_cannot_be_right_is_refused_by_field(sam: Browser, body: dict[str, Any], field: str) -> None:
    refused = sam.post("/api/staff/auth/sign-in", body)

    assert (refused.status, refused.field) == (422, field)


def new_step(ada: StaffMember, browser: Browser) -> dict[str, Any]:
    """Tom, invited, is asked for a password of his own."""
    step: dict[str, Any] = staff_sign_in(
        browser, EMAIL, invite(ada, EMAIL, "Tom", "counselor").json["one_time_password"]
    ).json
    return step


def with_authenticator(tom: StaffMember) -> str:
    """Tom's sign-in asks for a code from now on; the secret of his authenticator."""
    secret: str = tom.browser.post("/api/staff/auth/totp").json["secret"]
    assert tom.browser.put("/api/staff/auth/totp", {"code": totp.now(secret)}).status == 204
    return secret


@pytest.mark.parametrize("answer", ["abc", "12345", "1234567", "١٢٣٤٥٦", "12 456"])
def test_a_code_that_cannot_be_one_is_refused_before_cognito_is_asked(
    tom: StaffMember, sam: Browser, answer: str
) -> None:
    with_authenticator(tom)
    step = staff_sign_in(sam, tom.email, tom.password).json

    refused = staff_answer(sam, tom.email, step, answer)

    assert (refused.status, refused.code, refused.field) == (422, "wrong_code", "body.answer")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"challenge": "SMS_MFA"}, "body.challenge"),
        ({"session": "x" * 4097}, "body.session"),
        ({"session": None}, "body.session"),
        ({"email": "tom"}, "body.email"),
        ({"answer": ""}, "body.answer"),
        ({"code": "123456"}, "body.code"),
    ],
)
def test_an_answer_of_the_wrong_shape_is_refused_by_field(sam: Browser, changed: dict[str, Any], field: str) -> None:
    body = {"email": EMAIL, "challenge": "totp", "session": "A" * 44, "answer": "123456", **changed}

    refused = sam.post("/api/staff/auth/answer", body)

    assert (refused.status, refused.field) == (422, field)


@pytest.mark.parametrize(
    "session", ["", "x", "A" * 44, "2027-03-01.0.A", "2020-01-01.0.A", "é.é.é", "." * 9, "y" * 4096]
)
@pytest.mark.parametrize("challenge", ["new_password", "totp", "totp_setup"])
def test_nobody_gets_in_by_answering_a_step_that_was_never_set(
    tom: StaffMember, sam: Browser, challenge: str, session: str
) -> None:
    answer = TOMS_PASSWORD if challenge == "new_password" else "123456"

    refused = staff_answer(sam, tom.email, {"challenge": challenge, "session": session}, answer)

    assert (refused.status, refused.code) == (401, "wrong_credentials")


def test_a_step_can_be_answered_by_nobody_else(ada: StaffMember, sam: Browser) -> None:
    step = new_step(ada, sam)

    refused = staff_answer(sam, ada.email, step, "eleven copper kettles sing")

    assert (refused.status, refused.code) == (401, "wrong_credentials")
    assert staff_sign_in(sam, ada.email, ADAS_PASSWORD).status == 200


def test_a_step_cannot_be_answered_as_if_it_were_another(ada: StaffMember, sam: Browser) -> None:
    step = new_step(ada, sam)

    for challenge in ("totp", "totp_setup"):
        assert staff_answer(sam, EMAIL, {**step, "challenge": challenge}, "123456").status == 401
    assert staff_answer(sam, EMAIL, step, TOMS_PASSWORD).status == 200


def test_a_step_set_before_midnight_can_be_answered_after_it(
    ada: StaffMember, sam: Browser, clock: VirtualClock
) -> None:
    clock.advance(timedelta(hours=11, minutes=59))
    step = new_step(ada, sam)
    clock.advance(timedelta(minutes=2))

    assert staff_answer(sam, EMAIL, step, TOMS_PASSWORD).status == 200


def test_a_second_factor_is_asked_for_from_the_moment_it_is_confirmed(tom: StaffMember, site: Site) -> None:
    assert tom.browser.get("/api/staff/me").json["second_factor"] is False
    authenticator = tom.browser.post("/api/staff/auth/totp").json
    assert f"secret={authenticator['secret']}" in authenticator["otpauth"]
    confirmed = tom.browser.put("/api/staff/auth/totp", {"code": totp.now(authenticator["secret"])})
    assert confirmed.status == 204
    assert tom.browser.get("/api/staff/me").json["second_factor"] is True

    browser = site.browser()
    step = staff_sign_in(browser, tom.email, tom.password)
    assert step.json["challenge"] == "totp"
    assert step.cookies == ()

    assert staff_answer(browser, tom.email, step.json, totp.now(authenticator["secret"])).status == 200
    assert browser.get("/api/staff/me").json["email"] == tom.email


def test_a_wrong_code_is_refused_and_the_right_one_still_works(tom: StaffMember, site: Site) -> None:
    secret = with_authenticator(tom)
    browser = site.browser()
    step = staff_sign_in(browser, tom.email, tom.password).json

    refused = staff_answer(browser, tom.email, step, totp.wrong(secret))

    assert (refused.status, refused.code, refused.field) == (422, "wrong_code", "body.answer")
    assert staff_answer(browser, tom.email, step, totp.now(secret)).status == 200


def test_an_authenticator_whose_first_code_is_wrong_does_not_count(tom: StaffMember, site: Site) -> None:
    secret = tom.browser.post("/api/staff/auth/totp").json["secret"]

    refused = tom.browser.put("/api/staff/auth/totp", {"code": totp.wrong(secret)})

    assert (refused.status, refused.code, refused.field) == (422, "wrong_code", "body.code")
    assert tom.browser.get("/api/staff/me").json["second_factor"] is False
    assert "access_token" in staff_sign_in(site.browser(), tom.email, tom.password).json


@pytest.mark.parametrize("code", ["12345", "1234567", "abcdef", 123456, "12 456"])
def test_a_code_has_six_digits(tom: StaffMember, code: object) -> None:
    refused = tom.browser.put("/api/staff/auth/totp", {"code": code})

    assert (refused.status, refused.field) == (422, "body.code")


def test_staying_signed_in_and_signing_out_work_as_for_clients(tom: StaffMember, site: Site) -> None:
    old = tom.browser.cookies
    refreshed = tom.browser.post("/api/staff/auth/refresh", key="")
    assert refreshed.status == 200
    assert tom.browser.cookies != old

    assert tom.browser.post("/api/staff/auth/sign-out", key="").status == 204
    assert tom.browser.get("/api/staff/me").status == 401
    assert tom.browser.post("/api/staff/auth/refresh", key="", cookies=old).status == 401


def test_signing_out_everywhere_ends_every_device(tom: StaffMember, site: Site) -> None:
    laptop = site.browser()
    staff_sign_in(laptop, tom.email, tom.password)

    assert tom.browser.post("/api/staff/auth/sign-out-everywhere", key="").status == 204

    for browser in (tom.browser, laptop):
        assert browser.get("/api/staff/me").status == 401
        assert browser.post("/api/staff/auth/refresh", key="").status == 401


def test_the_cookie_of_one_api_is_no_good_at_the_other(tom: StaffMember, alice: Client, sam: Browser) -> None:
    (clients,), (staffs,) = alice.browser.cookies, tom.browser.cookies

    as_staff = f"hearthline-staff={clients.split('=', 1)[1]}"
    as_client = f"hearthline-member={staffs.split('=', 1)[1]}"

    assert sam.post("/api/staff/auth/refresh", key="", cookies=[as_staff]).status == 401
    assert sam.post("/api/auth/refresh", key="", cookies=[as_client]).status == 401
