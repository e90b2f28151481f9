"""The cast: Alice and Ben seek help, Tom counsels, Maya facilitates, Ada runs the site. All come by the real doors."""

import hashlib
from dataclasses import dataclass
from typing import Any

from shared.people.arrivals import first_admin_id
from tests.support.api import Answer, Browser, fresh_key
from tests.support.site import Site

ALICES_PASSWORD = "violet teapots hum quietly"
BENS_PASSWORD = "nine lanterns over gravel"
ADAS_PASSWORD = "harbour clocks never argue"
TOMS_PASSWORD = "seventeen patient tortoises"
MAYAS_PASSWORD = "umbrellas drift past noon"


@dataclass
class Client:
    """Somebody who seeks help, signed in at one browser."""

    browser: Browser
    handle: str
    password: str
    codes: tuple[str, ...] = ()
    id: str = ""


@dataclass
class StaffMember:
    """Somebody on the staff, signed in at one browser."""

    browser: Browser
    email: str
    password: str
    id: str = ""


def wish(browser: Browser, password: str, **other: Any) -> dict[str, Any]:
    """The body of a registration: a fresh challenge, solved, and the first of the handles offered."""
    offer = browser.get("/api/registration-challenge").json
    challenge = offer["challenge"]
    return {
        "challenge": challenge,
        "number": solve(challenge),
        "handle": offer["handles"][0],
        "password": password,
        **other,
    }


def solve(challenge: dict[str, Any]) -> int:
    """What the browser finds by trying: the number whose hash with the salt is the target."""
    salted = hashlib.sha256(challenge["salt"].encode())
    for number in range(challenge["max_number"] + 1):
        tried = salted.copy()
        tried.update(str(number).encode())
        if tried.hexdigest() == challenge["target"]:
            return number
    raise AssertionError("nobody could solve this")


def half_registered(site: Site) -> str:
    """Somebody whose registration died just before its last step; their handle."""
    browser = site.browser("192.0.2.50")
    body = wish(browser, ALICES_PASSWORD)
    with site.crashes.at("AdminSetUserPassword", "after") as crash:
        browser.post("/api/register", body)
    assert crash.reached
    return str(body["handle"])


def sign_in(browser: Browser, handle: str, password: str) -> Answer:
    """Sign in at a browser; on success it holds the token."""
    answer = browser.post("/api/auth/sign-in", {"handle": handle, "password": password}, key="")
    if answer.status == 200:
        browser.token = answer.json["access_token"]
    return answer


def register_client(site: Site, password: str, *, address: str = "203.0.113.7") -> Client:
    """A new client, signed in."""
    browser = site.browser(address)
    body = wish(browser, password, zone="Europe/Lisbon", language="en")
    registered = browser.post("/api/register", body)
    assert registered.status == 201, registered.text
    signed_in = sign_in(browser, body["handle"], password)
    assert signed_in.status == 200, signed_in.text
    codes = tuple(registered.json["recovery_codes"])
    return Client(browser, body["handle"], password, codes, signed_in.json["person"]["id"])


def staff_sign_in(browser: Browser, email: str, password: str) -> Answer:
    """Sign in at a browser; on success it holds the token."""
    answer = browser.post("/api/staff/auth/sign-in", {"email": email, "password": password}, key="")
    return _holding(browser, answer)


def staff_answer(browser: Browser, email: str, step: dict[str, Any], answer: str) -> Answer:
    """Give what a step of signing in wants; on success the browser holds the token."""
    body = {"email": email, "challenge": step["challenge"], "session": step["session"], "answer": answer}
    return _holding(browser, browser.post("/api/staff/auth/answer", body, key=""))


def first_arrival(browser: Browser, email: str, one_time_password: str, password: str) -> StaffMember:
    """Somebody's first sign-in: with the one-time password, then with one of their own."""
    step = staff_sign_in(browser, email, one_time_password)
    assert step.status == 200, step.text
    assert step.json["challenge"] == "new_password"
    arrived = staff_answer(browser, email, step.json, password)
    assert arrived.status == 200, arrived.text
    return StaffMember(browser, email, password, arrived.json["person"]["id"])


def first_admin(site: Site, *, address: str = "198.51.100.1") -> StaffMember:
    """Ada, whose account is made with the stack: here as CloudFormation would make it."""
    one_time_password = "of-the-stack-4711"
    site.cognito_behind_the_scenes.admin_create_user(
        UserPoolId=site.staff.id,
        Username=first_admin_id(site.admin_email),
        TemporaryPassword=one_time_password,
        UserAttributes=[{"Name": "email", "Value": site.admin_email}, {"Name": "email_verified", "Value": "true"}],
    )
    return first_arrival(site.browser(address), site.admin_email, one_time_password, ADAS_PASSWORD)


def invite(admin: StaffMember, email: str, name: str, *roles: str, key: str | None = None) -> Answer:
    """An invitation by an admin."""
    body = {"email": email, "name": name, "roles": list(roles), "language": "en"}
    return admin.browser.post("/api/staff/people", body, key=key or fresh_key())


def hire(site: Site, admin: StaffMember, name: str, password: str, *roles: str, address: str) -> StaffMember:
    """Somebody new on the staff: invited, arrived, signed in."""
    email = f"{name.lower()}@lighthouse.example"
    invitation = invite(admin, email, name, *roles)
    assert invitation.status == 201, invitation.text
    return first_arrival(site.browser(address), email, invitation.json["one_time_password"], password)


def _holding(browser: Browser, answer: Answer) -> Answer:
    if answer.status == 200 and "access_token" in answer.json:
        browser.token = answer.json["access_token"]
    return answer
