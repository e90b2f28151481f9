"""Who may do what: every route of both tables, tried by everybody. What is not in `MAY` must be refused.

Refused means 401 or 403. A route without a row fails: whoever adds one says here whom it is for. That one's own things
are not another's is tested where the things are.
"""

from typing import Any

import pytest

from functions.member_api.routes import ROUTES as MEMBER_ROUTES
from functions.staff_api.routes import ROUTES as STAFF_ROUTES
from tests.support.api import Answer, Browser
from tests.support.cast import Client, StaffMember, sign_in, staff_sign_in

ROUTES = (*MEMBER_ROUTES, *STAFF_ROUTES)
NOBODYS = "0" * 32

EVERYBODY = {"signed out", "Alice", "Ben", "Tom", "Maya", "Ada"}
CLIENTS = {"Alice", "Ben"}
STAFF = {"Tom", "Maya", "Ada"}
COUNSELORS = {"Tom"}
ADMINS = {"Ada"}

MAY = {
    "GET /api/registration-challenge": EVERYBODY,
    "POST /api/register": EVERYBODY,
    "POST /api/auth/sign-in": EVERYBODY,
    "POST /api/auth/refresh": CLIENTS,  # for the cookie of a sign-in
    "POST /api/auth/sign-out": EVERYBODY,
    "POST /api/auth/recover": EVERYBODY,
    "POST /api/auth/sign-out-everywhere": CLIENTS,
    "POST /api/auth/password": CLIENTS,
    "POST /api/auth/recovery-codes": CLIENTS,
    "GET /api/me": CLIENTS,
    "PATCH /api/me": CLIENTS,
    "POST /api/live/tickets": CLIENTS,
    "GET /api/counselors": CLIENTS,
    "GET /api/counselors/{counselor_id}": CLIENTS,
    "GET /api/counselors/{counselor_id}/slots": CLIENTS,
    "POST /api/appointments": CLIENTS,
    "GET /api/appointments": CLIENTS,
    "GET /api/appointments/{appointment_id}": CLIENTS,
    "GET /api/appointments/{appointment_id}/calendar": CLIENTS,
    "POST /api/appointments/{appointment_id}/reschedule": CLIENTS,
    "POST /api/appointments/{appointment_id}/cancel": CLIENTS,
    "POST /api/staff/auth/sign-in": EVERYBODY,
    "POST /api/staff/auth/answer": EVERYBODY,
    "POST /api/staff/auth/refresh": STAFF,  # for the cookie of a sign-in
    "POST /api/staff/auth/sign-out": EVERYBODY,
    "POST /api/staff/auth/sign-out-everywhere": STAFF,
    "POST /api/staff/auth/password": STAFF,
    "POST /api/staff/auth/totp": STAFF,
    "PUT /api/staff/auth/totp": STAFF,
    "GET /api/staff/me": STAFF,
    "PATCH /api/staff/me": STAFF,
    "POST /api/staff/live/tickets": STAFF,
    "GET /api/staff/profile": COUNSELORS,
    "PUT /api/staff/profile": COUNSELORS,
    "GET /api/staff/availability": COUNSELORS,
    "PUT /api/staff/availability": COUNSELORS,
    "GET /api/staff/agenda": COUNSELORS,
    "POST /api/staff/blocks": COUNSELORS,
    "DELETE /api/staff/blocks/{block_id}": COUNSELORS,
    "GET /api/staff/appointments/{appointment_id}": COUNSELORS,
    "POST /api/staff/appointments/{appointment_id}/cancel": COUNSELORS,
    "POST /api/staff/appointments/{appointment_id}/noshow": COUNSELORS,
    "GET /api/staff/people": ADMINS,
    "POST /api/staff/people": ADMINS,
    "POST /api/staff/people/{person_id}/invitation": ADMINS,
    "PATCH /api/staff/people/{person_id}": ADMINS,
}

# What can be asked of a route without being a mistake of its own: where a role decides, a body is read before it does.
BODIES: dict[str, dict[str, Any]] = {
    "PUT /api/staff/profile": {
        "name": "Tom",
        "about": "",
        "languages": ["en"],
        "topics": ["grief"],
        "modes": ["video"],
        "published": False,
    },
    "PUT /api/staff/availability": {"zone": "Europe/Lisbon", "weekly": []},
    "POST /api/staff/blocks": {"start": "2027-03-08T09:00:00Z", "end": "2027-03-08T10:00:00Z"},
    "POST /api/staff/appointments/{appointment_id}/cancel": {"reason": "I am ill.", "version": 1},
    "POST /api/staff/appointments/{appointment_id}/noshow": {"version": 1},
    "POST /api/staff/people": {"email": "eve@lighthouse.example", "name": "Eve", "roles": ["counselor"]},
    "PATCH /api/staff/people/{person_id}": {"roles": ["counselor"]},
}
QUERIES = {"GET /api/staff/agenda": "from=2027-03-01&days=7"}


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert {route.key for route in ROUTES} == set(MAY)


def test_only_what_lets_people_in_is_open_to_the_signed_out() -> None:
    assert {route.key for route in ROUTES if not route.signed_in} == {
        "GET /api/registration-challenge",
        "POST /api/register",
        "POST /api/auth/sign-in",
        "POST /api/auth/refresh",
        "POST /api/auth/sign-out",
        "POST /api/auth/recover",
        "POST /api/staff/auth/sign-in",
        "POST /api/staff/auth/answer",
        "POST /api/staff/auth/refresh",
        "POST /api/staff/auth/sign-out",
    }


@pytest.fixture
def everybody(
    sam: Browser, alice: Client, ben: Client, tom: StaffMember, maya: StaffMember, ada: StaffMember
) -> dict[str, Client | StaffMember | Browser]:
    return {"signed out": sam, "Alice": alice, "Ben": ben, "Tom": tom, "Maya": maya, "Ada": ada}


def test_every_route_is_refused_to_everybody_the_matrix_does_not_list(
    everybody: dict[str, Client | StaffMember | Browser],
) -> None:
    let_in: dict[str, set[str]] = {key: set() for key in MAY}
    for route in ROUTES:
        for name, actor in everybody.items():
            answer = _try(route.method, route.path, route.key, _browser(actor))
            assert answer.status != 500, (route.key, name, answer.text)
            if answer.status not in {401, 403}:
                let_in[route.key].add(name)
            if "/auth/" in route.path:
                _sign_in_again(actor)

    assert let_in == MAY


def test_without_the_origins_key_nothing_is_open_to_anybody(alice: Client, ada: StaffMember, sam: Browser) -> None:
    for origin_key in ("", "wrong", "é", "0f4e6a52"):
        for route in ROUTES:
            path = _path(route.path)
            for browser in (sam, alice.browser, ada.browser):
                answer = browser.request(route.method, path, headers={"x-origin-key": origin_key})
                assert answer.status in {401, 403}, (route.key, origin_key)


def _try(method: str, path: str, key: str, browser: Browser) -> Answer:
    body = None if method == "GET" else BODIES.get(key, {})
    return browser.request(method, _path(path), body=body, query=QUERIES.get(key, ""))


def _path(path: str) -> str:
    for name in ("counselor_id", "appointment_id", "block_id", "person_id"):
        path = path.replace("{" + name + "}", NOBODYS)
    return path


def _browser(actor: Client | StaffMember | Browser) -> Browser:
    return actor if isinstance(actor, Browser) else actor.browser


def _sign_in_again(actor: Client | StaffMember | Browser) -> None:
    if isinstance(actor, Client) and actor.browser.get("/api/me").status == 401:
        assert sign_in(actor.browser, actor.handle, actor.password).status == 200
    if isinstance(actor, StaffMember) and actor.browser.get("/api/staff/me").status == 401:
        assert staff_sign_in(actor.browser, actor.email, actor.password).status == 200
