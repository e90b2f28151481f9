"""What each route costs in DynamoDB: `python -m tests.bench.capacity`.

Requests and capacity units (`units.py` says how they are known) of one request each, in an organisation with one
counselor, two clients and a week of appointments, and then with a group of 25 and its first 60 messages. Every
signed-in request pays one read for asking whether the sign-in still stands, and every change one for asking whether
its Idempotency-Key was used before; a message's key is known to its author's membership.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from functions.member_api.routes import ROUTES as MEMBER_ROUTES
from functions.staff_api.routes import ROUTES as STAFF_ROUTES
from tests.bench import rooms_day
from tests.bench.place import measured_site
from tests.bench.table import heading, table
from tests.bench.units import Units
from tests.support import cast, practice, totp
from tests.support.api import Answer
from tests.support.events import socket_event
from tests.support.practice import NINE
from tests.support.site import Site

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
Row = tuple[str, int, str, str]


class Meter:
    """Takes down what one request costs."""

    def __init__(self, site: Site) -> None:
        self._units = Units(site.behind_the_scenes)
        self._units.watch(site.dynamodb)
        self.rows: dict[str, Row] = {}

    def take(self, name: str, request: Callable[[], Any]) -> Any:
        """Make the request and note it under its name."""
        self._units.forget()
        answer = request()
        if isinstance(answer, Answer) and answer.status >= 300 and "(" not in name:
            raise SystemExit(f"{name}: {answer.text}")
        units = self._units
        self.rows[name] = (f"`{name}`", units.requests, f"{units.reads:g}", f"{units.writes:g}")
        return answer


def main() -> None:
    """Print the table; every route of both tables is in it."""
    with measured_site() as site:
        meter = Meter(site)
        _a_day(site, meter)
    missing = {route.key for route in (*MEMBER_ROUTES, *STAFF_ROUTES)} - meter.rows.keys()
    if missing:
        raise SystemExit(f"Not measured: {', '.join(sorted(missing))}")
    heading("DynamoDB per request")
    table(["route", "requests", "read units", "write units"], meter.rows.values())


def _a_day(site: Site, meter: Meter) -> None:
    take = meter.take
    ada = cast.first_admin(site)
    tom = cast.hire(site, ada, "Tom", cast.TOMS_PASSWORD, "counselor", address="198.51.100.2")
    sam = site.browser("192.0.2.66")
    take("GET /api/registration-challenge", lambda: sam.get("/api/registration-challenge"))
    wish = cast.wish(sam, cast.BENS_PASSWORD, zone="Europe/Lisbon", language="en")
    take("POST /api/register", lambda: sam.post("/api/register", wish))
    alice = cast.register_client(site, cast.ALICES_PASSWORD)
    browser, staff = alice.browser, tom.browser

    words = {"handle": alice.handle, "password": alice.password}
    take("POST /api/auth/sign-in", lambda: browser.post("/api/auth/sign-in", words, key=""))
    take("POST /api/auth/refresh", lambda: browser.post("/api/auth/refresh", key=""))
    take("GET /api/me", lambda: browser.get("/api/me"))
    take("PATCH /api/me", lambda: browser.patch("/api/me", {"zone": "Europe/Madrid"}))
    take("POST /api/live/tickets", lambda: browser.post("/api/live/tickets", key=""))

    take("GET /api/staff/profile", lambda: staff.get("/api/staff/profile"))
    take("PUT /api/staff/profile", lambda: staff.put("/api/staff/profile", practice.profile()))
    take("GET /api/staff/availability", lambda: staff.get("/api/staff/availability"))
    take("PUT /api/staff/availability", lambda: staff.put("/api/staff/availability", practice.availability()))
    for n in range(7):
        practice.book(alice, tom, NINE + n * DAY + 6 * HOUR)

    take("GET /api/counselors", lambda: browser.get("/api/counselors"))
    take("GET /api/counselors/{counselor_id}", lambda: browser.get(f"/api/counselors/{tom.id}"))
    query = "from=2027-03-03&days=14&zone=UTC"
    path = f"/api/counselors/{tom.id}/slots"
    take("GET /api/counselors/{counselor_id}/slots", lambda: browser.get(path, query=query))
    take("POST /api/appointments", lambda: browser.post("/api/appointments", practice.wish(tom)))
    take("POST /api/appointments (slot_taken)", lambda: browser.post("/api/appointments", practice.wish(tom)))
    one = practice.book(alice, tom, NINE + HOUR)
    path = f"/api/appointments/{one['id']}"
    take("GET /api/appointments", lambda: browser.get("/api/appointments"))
    take("GET /api/appointments/{appointment_id}", lambda: browser.get(path))
    take("GET /api/appointments/{appointment_id}/calendar", lambda: browser.get(f"{path}/calendar"))
    take(
        "POST /api/appointments/{appointment_id}/reschedule",
        lambda: practice.move(alice, one, NINE + 2 * DAY),
    )
    take("POST /api/appointments/{appointment_id}/cancel", lambda: practice.cancel(alice, one | {"version": 2}))

    take("GET /api/staff/agenda", lambda: staff.get("/api/staff/agenda", query="from=2027-03-03&days=7"))
    made = practice.block(tom, NINE + 20 * DAY).json
    take("POST /api/staff/blocks", lambda: practice.block(tom, NINE + 21 * DAY))
    take("DELETE /api/staff/blocks/{block_id}", lambda: staff.delete(f"/api/staff/blocks/{made['id']}"))
    two = practice.book(alice, tom, NINE + 3 * HOUR)
    three = practice.book(alice, tom, NINE + 4 * HOUR)
    path = "/api/staff/appointments/{appointment_id}"
    take(f"GET {path}", lambda: staff.get(f"/api/staff/appointments/{two['id']}"))
    take(f"POST {path}/cancel", lambda: practice.call_off(tom, two))
    site.clock.advance(NINE + 5 * HOUR - site.clock.now)
    take(f"POST {path}/noshow", lambda: practice.noshow(tom, three))

    rooms_day.a_day(site, take, ada, tom, alice)
    _the_staff(site, meter, ada, tom)
    take(
        "POST /api/auth/recovery-codes", lambda: browser.post("/api/auth/recovery-codes", {"password": alice.password})
    )
    code = browser.post("/api/auth/recovery-codes", {"password": alice.password}).json["recovery_codes"][0]
    fresh = {"current_password": alice.password, "new_password": "eleven copper kettles sing"}
    take("POST /api/auth/password", lambda: browser.post("/api/auth/password", fresh))
    take("POST /api/auth/sign-out-everywhere", lambda: browser.post("/api/auth/sign-out-everywhere", key=""))
    recovery = {"handle": alice.handle, "recovery_code": code, "new_password": "nine patient tin whistles"}
    take("POST /api/auth/recover", lambda: browser.post("/api/auth/recover", recovery))
    cast.sign_in(browser, alice.handle, "nine patient tin whistles")
    ticket = browser.post("/api/live/tickets", key="").json["ticket"]
    _the_socket(site, meter, ticket)
    take("POST /api/auth/sign-out", lambda: browser.post("/api/auth/sign-out", key=""))


def _the_staff(site: Site, meter: Meter, ada: cast.StaffMember, tom: cast.StaffMember) -> None:
    take, staff, admin = meter.take, tom.browser, ada.browser
    take("GET /api/staff/me", lambda: staff.get("/api/staff/me"))
    take("PATCH /api/staff/me", lambda: staff.patch("/api/staff/me", {"zone": "Europe/Madrid"}))
    take("POST /api/staff/live/tickets", lambda: staff.post("/api/staff/live/tickets", key=""))
    take("GET /api/staff/people", lambda: admin.get("/api/staff/people"))
    take("POST /api/staff/people", lambda: cast.invite(ada, "kim@lighthouse.example", "Kim", "counselor"))
    kim = next(p for p in admin.get("/api/staff/people").json["people"] if p["name"] == "Kim")["id"]
    path = "/api/staff/people/{person_id}"
    take(f"POST {path}/invitation", lambda: admin.post(f"/api/staff/people/{kim}/invitation"))
    take(f"PATCH {path}", lambda: admin.patch(f"/api/staff/people/{kim}", {"roles": ["facilitator"]}))
    words = {"email": tom.email, "password": tom.password}
    take("POST /api/staff/auth/sign-in", lambda: staff.post("/api/staff/auth/sign-in", words, key=""))
    take("POST /api/staff/auth/refresh", lambda: staff.post("/api/staff/auth/refresh", key=""))
    secret = ""

    def begin() -> Answer:
        nonlocal secret
        answer = staff.post("/api/staff/auth/totp", key="")
        secret = answer.json["secret"]
        return answer

    take("POST /api/staff/auth/totp", begin)
    take("PUT /api/staff/auth/totp", lambda: staff.put("/api/staff/auth/totp", {"code": totp.now(secret)}))
    another = site.browser("198.51.100.9")
    step = cast.staff_sign_in(another, tom.email, tom.password).json
    take("POST /api/staff/auth/answer", lambda: cast.staff_answer(another, tom.email, step, totp.now(secret)))
    fresh = {"current_password": tom.password, "new_password": "eleven copper kettles sing"}
    take("POST /api/staff/auth/password", lambda: staff.post("/api/staff/auth/password", fresh))
    take("POST /api/staff/auth/sign-out-everywhere", lambda: admin.post("/api/staff/auth/sign-out-everywhere", key=""))
    take("POST /api/staff/auth/sign-out", lambda: staff.post("/api/staff/auth/sign-out", key=""))


def _the_socket(site: Site, meter: Meter, ticket: str) -> None:
    from functions.live.app import serve

    opened = socket_event("$connect", "L0SM9cOFvHcCIhw=", protocols=f"hearthline, ticket.{ticket}")
    meter.take("$connect", lambda: serve(site.live_app, opened))
    ping = socket_event("$default", "L0SM9cOFvHcCIhw=", body='{"type":"ping"}')
    meter.take("$default (ping)", lambda: serve(site.live_app, ping))
    meter.take("$disconnect", lambda: serve(site.live_app, socket_event("$disconnect", "L0SM9cOFvHcCIhw=")))


if __name__ == "__main__":
    main()
