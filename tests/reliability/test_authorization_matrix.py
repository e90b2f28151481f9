"""Who may do what: every route of both tables, tried by everybody. What is not in `MAY` must be refused.

Refused means 401 or 403. A route without a row fails: whoever adds one says here whom it is for. That one's own things
are not another's is tested where the things are.
"""

import re
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
FACILITATORS = {"Maya"}
LOOKING_AFTER_ROOMS = {"Tom", "Maya"}
EDITORS_OF_WORDS = {"Maya", "Ada"}

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
    "GET /api/me/calendar-feed": CLIENTS,
    "POST /api/me/calendar-feed": CLIENTS,
    "DELETE /api/me/calendar-feed": CLIENTS,
    "GET /api/calendars/{token}/calendar.ics": EVERYBODY,  # for the token in the address
    "GET /api/me/devices": CLIENTS,
    "PUT /api/me/devices": CLIENTS,
    "DELETE /api/me/devices/{device_id}": CLIENTS,
    "GET /api/me/channels": CLIENTS,
    "PUT /api/me/channels/email": CLIENTS,
    "PUT /api/me/channels/email/verification": CLIENTS,
    "DELETE /api/me/channels/email": CLIENTS,
    "PUT /api/me/channels/sms": CLIENTS,
    "PUT /api/me/channels/sms/verification": CLIENTS,
    "DELETE /api/me/channels/sms": CLIENTS,
    "GET /api/staff/me/channels": STAFF,
    "PUT /api/staff/me/channels/email": STAFF,
    "PUT /api/staff/me/channels/email/verification": STAFF,
    "DELETE /api/staff/me/channels/email": STAFF,
    "PUT /api/staff/me/channels/sms": STAFF,
    "PUT /api/staff/me/channels/sms/verification": STAFF,
    "DELETE /api/staff/me/channels/sms": STAFF,
    "GET /api/unsubscribe/{token}": EVERYBODY,  # for whoever has the link
    "POST /api/unsubscribe/{token}": EVERYBODY,
    "GET /api/reminders": CLIENTS,
    "PUT /api/reminders": CLIENTS,
    "GET /api/notices": CLIENTS,
    "PUT /api/notices/read": CLIENTS,
    "POST /api/live/tickets": CLIENTS,
    "GET /api/counselors": CLIENTS,
    "GET /api/counselors/{counselor_id}": CLIENTS,
    "GET /api/counselors/{counselor_id}/slots": CLIENTS,
    "GET /api/counselors/{counselor_id}/series": CLIENTS,
    "POST /api/series": CLIENTS,
    "GET /api/appointments/{appointment_id}/series": CLIENTS,
    "GET /api/appointments/{appointment_id}/series/moves": CLIENTS,
    "POST /api/appointments/{appointment_id}/series/moves": CLIENTS,
    "POST /api/appointments/{appointment_id}/series/cancel": CLIENTS,
    "POST /api/appointments": CLIENTS,
    "GET /api/appointments": CLIENTS,
    "GET /api/appointments/{appointment_id}": CLIENTS,
    "GET /api/appointments/{appointment_id}/calendar": CLIENTS,
    "POST /api/appointments/{appointment_id}/reschedule": CLIENTS,
    "POST /api/appointments/{appointment_id}/cancel": CLIENTS,
    "POST /api/appointments/{appointment_id}/late": CLIENTS,
    "GET /api/waitlist": CLIENTS,
    "PUT /api/waitlist": CLIENTS,
    "DELETE /api/waitlist": CLIENTS,
    "GET /api/offers": CLIENTS,
    "GET /api/offers/{offer_id}": CLIENTS,
    "POST /api/offers/{offer_id}/take": CLIENTS,
    "POST /api/offers/{offer_id}/decline": CLIENTS,
    "GET /api/staff/waitlist": COUNSELORS | ADMINS,
    "GET /api/appointments/{appointment_id}/meeting": CLIENTS,
    "POST /api/appointments/{appointment_id}/meeting": CLIENTS,
    "POST /api/appointments/{appointment_id}/room": CLIENTS,
    "GET /api/appointments/{appointment_id}/dial-in": CLIENTS,
    "PUT /api/appointments/{appointment_id}/phone-number": CLIENTS,
    "DELETE /api/appointments/{appointment_id}/phone-number": CLIENTS,
    "GET /api/staff/appointments/{appointment_id}/phone": COUNSELORS,
    "POST /api/staff/appointments/{appointment_id}/call-out": COUNSELORS,
    "GET /api/rooms/{room_id}/meeting": CLIENTS,
    "POST /api/rooms/{room_id}/meeting": CLIENTS,
    "GET /api/meetings/{meeting_id}": CLIENTS,
    "POST /api/meetings/{meeting_id}/moves": CLIENTS,
    "PUT /api/meetings/{meeting_id}/seat": CLIENTS,
    "DELETE /api/meetings/{meeting_id}/seat": CLIENTS,
    "GET /api/staff/appointments/{appointment_id}/meeting": COUNSELORS,
    "POST /api/staff/appointments/{appointment_id}/meeting": COUNSELORS,
    "POST /api/staff/appointments/{appointment_id}/room": COUNSELORS,
    "GET /api/staff/rooms/{room_id}/meeting": FACILITATORS,
    "POST /api/staff/rooms/{room_id}/meeting": FACILITATORS,
    "GET /api/staff/meetings/{meeting_id}": LOOKING_AFTER_ROOMS,
    "POST /api/staff/meetings/{meeting_id}/moves": LOOKING_AFTER_ROOMS,
    "POST /api/staff/meetings/{meeting_id}/turns": LOOKING_AFTER_ROOMS,
    "POST /api/staff/meetings/{meeting_id}/admissions": LOOKING_AFTER_ROOMS,
    "POST /api/staff/meetings/{meeting_id}/seats/{seat_id}/care": LOOKING_AFTER_ROOMS,
    "PUT /api/staff/meetings/{meeting_id}/seat": LOOKING_AFTER_ROOMS,
    "DELETE /api/staff/meetings/{meeting_id}/seat": LOOKING_AFTER_ROOMS,
    "POST /api/staff/meetings/{meeting_id}/seats/{seat_id}/admission": LOOKING_AFTER_ROOMS,
    "POST /api/staff/meetings/{meeting_id}/seats/{seat_id}/removal": LOOKING_AFTER_ROOMS,
    "PUT /api/staff/meetings/{meeting_id}/notice": LOOKING_AFTER_ROOMS,
    "POST /api/staff/meetings/{meeting_id}/end": LOOKING_AFTER_ROOMS,
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
    "GET /api/staff/me/calendar-feed": STAFF,
    "POST /api/staff/me/calendar-feed": STAFF,
    "DELETE /api/staff/me/calendar-feed": STAFF,
    "GET /api/staff/me/devices": STAFF,
    "PUT /api/staff/me/devices": STAFF,
    "DELETE /api/staff/me/devices/{device_id}": STAFF,
    "GET /api/staff/reminders": STAFF,
    "PUT /api/staff/reminders": STAFF,
    "GET /api/staff/notices": STAFF,
    "PUT /api/staff/notices/read": STAFF,
    "GET /api/staff/appointments/{appointment_id}/notices": COUNSELORS,
    "POST /api/staff/live/tickets": STAFF,
    "GET /api/staff/profile": COUNSELORS,
    "PUT /api/staff/profile": COUNSELORS,
    "GET /api/staff/availability": COUNSELORS,
    "PUT /api/staff/availability": COUNSELORS,
    "GET /api/staff/busy-calendar": COUNSELORS,
    "PUT /api/staff/busy-calendar": COUNSELORS,
    "DELETE /api/staff/busy-calendar": COUNSELORS,
    "GET /api/staff/agenda": COUNSELORS,
    "POST /api/staff/blocks": COUNSELORS,
    "DELETE /api/staff/blocks/{block_id}": COUNSELORS,
    "GET /api/staff/appointments/{appointment_id}": COUNSELORS,
    "POST /api/staff/appointments/{appointment_id}/cancel": COUNSELORS,
    "GET /api/staff/appointments/{appointment_id}/series": COUNSELORS,
    "POST /api/staff/appointments/{appointment_id}/series/cancel": COUNSELORS,
    "POST /api/staff/appointments/{appointment_id}/noshow": COUNSELORS,
    "POST /api/staff/appointments/{appointment_id}/late": COUNSELORS,
    "GET /api/staff/appointments/{appointment_id}/note": COUNSELORS,
    "PUT /api/staff/appointments/{appointment_id}/note": COUNSELORS,
    "GET /api/staff/appointments/{appointment_id}/notes-before": COUNSELORS,
    "GET /api/staff/appointments/{appointment_id}/next": COUNSELORS,
    "POST /api/staff/appointments/{appointment_id}/next": COUNSELORS,
    "POST /api/staff/appointments/{appointment_id}/concerns": COUNSELORS,
    "GET /api/staff/people": ADMINS,
    "POST /api/staff/people": ADMINS,
    "POST /api/staff/people/{person_id}/invitation": ADMINS,
    "PATCH /api/staff/people/{person_id}": ADMINS,
    "GET /api/staff/usage": ADMINS,
    "GET /api/counselors/{counselor_id}/desk": CLIENTS,
    "POST /api/counselors/{counselor_id}/room": CLIENTS,
    "GET /api/memberships": CLIENTS,
    "POST /api/invitations": CLIENTS,
    "GET /api/rooms": CLIENTS,
    "GET /api/rooms/{room_id}": CLIENTS,
    "POST /api/rooms/{room_id}/handles": CLIENTS,
    "POST /api/rooms/{room_id}/membership": CLIENTS,
    "DELETE /api/rooms/{room_id}/membership": CLIENTS,
    "PUT /api/rooms/{room_id}/guidelines": CLIENTS,
    "GET /api/rooms/{room_id}/messages": CLIENTS,
    "POST /api/rooms/{room_id}/messages": CLIENTS,
    "PATCH /api/rooms/{room_id}/messages/{seq}": CLIENTS,
    "DELETE /api/rooms/{room_id}/messages/{seq}": CLIENTS,
    "PUT /api/rooms/{room_id}/messages/{seq}/reactions": CLIENTS,
    "PUT /api/rooms/{room_id}/read": CLIENTS,
    "POST /api/rooms/{room_id}/messages/{seq}/reports": CLIENTS,
    "GET /api/rooms/{room_id}/blocks": CLIENTS,
    "PUT /api/rooms/{room_id}/blocks/{member_id}": CLIENTS,
    "DELETE /api/rooms/{room_id}/blocks/{member_id}": CLIENTS,
    "GET /api/rooms/{room_id}/decisions": CLIENTS,
    "POST /api/rooms/{room_id}/decisions/{decision_id}/appeal": CLIENTS,
    "GET /api/rooms/{room_id}/gatherings": CLIENTS,
    "PUT /api/rooms/{room_id}/gatherings/{gathering_id}/coming": CLIENTS,
    "PUT /api/rooms/{room_id}/handover": CLIENTS,
    "GET /api/staff/rooms": LOOKING_AFTER_ROOMS,
    "POST /api/staff/rooms": FACILITATORS,
    "GET /api/staff/rooms/{room_id}": LOOKING_AFTER_ROOMS,
    "PUT /api/staff/rooms/{room_id}": FACILITATORS,
    "PUT /api/staff/rooms/{room_id}/closed": FACILITATORS,
    "GET /api/staff/facilitators": FACILITATORS,
    "PUT /api/staff/rooms/{room_id}/facilitators": FACILITATORS,
    "POST /api/staff/rooms/{room_id}/invitation": FACILITATORS,
    "DELETE /api/staff/rooms/{room_id}/invitation": FACILITATORS,
    "GET /api/staff/rooms/{room_id}/messages": STAFF,
    "POST /api/staff/rooms/{room_id}/messages": STAFF,
    "PATCH /api/staff/rooms/{room_id}/messages/{seq}": STAFF,
    "DELETE /api/staff/rooms/{room_id}/messages/{seq}": STAFF,
    "PUT /api/staff/rooms/{room_id}/messages/{seq}/reactions": STAFF,
    "PUT /api/staff/rooms/{room_id}/read": STAFF,
    "POST /api/staff/rooms/{room_id}/messages/{seq}/redact": FACILITATORS,
    "GET /api/staff/rooms/{room_id}/members": FACILITATORS,
    "POST /api/staff/rooms/{room_id}/members/{member_id}/decisions": FACILITATORS,
    "GET /api/staff/rooms/{room_id}/decisions": FACILITATORS,
    "GET /api/staff/queue": FACILITATORS,
    "POST /api/staff/rooms/{room_id}/queue/{item_id}": FACILITATORS,
    "GET /api/staff/rooms/{room_id}/rota": FACILITATORS,
    "PUT /api/staff/rooms/{room_id}/rota": FACILITATORS,
    "POST /api/staff/rooms/{room_id}/rota/swaps": FACILITATORS,
    "GET /api/staff/rooms/{room_id}/gatherings": FACILITATORS,
    "POST /api/staff/rooms/{room_id}/gatherings": FACILITATORS,
    "POST /api/staff/rooms/{room_id}/gatherings/series": FACILITATORS,
    "POST /api/staff/rooms/{room_id}/gatherings/{gathering_id}/cancel": FACILITATORS,
    "POST /api/staff/rooms/{room_id}/gatherings/{gathering_id}/series/cancel": FACILITATORS,
    "GET /api/staff/words": EDITORS_OF_WORDS,
    "PUT /api/staff/words": EDITORS_OF_WORDS,
    "GET /api/staff/procedure": STAFF,
    "PUT /api/staff/procedure": ADMINS,
    "POST /api/staff/rooms/{room_id}/members/{member_id}/concerns": FACILITATORS,
    "GET /api/staff/concerns": LOOKING_AFTER_ROOMS,
    "POST /api/staff/rooms/{room_id}/concerns/{concern_id}/acknowledge": LOOKING_AFTER_ROOMS,
    "POST /api/staff/rooms/{room_id}/concerns/{concern_id}/resolve": LOOKING_AFTER_ROOMS,
    "GET /api/staff/desk": COUNSELORS,
    "PUT /api/staff/desk": COUNSELORS,
    "GET /api/staff/rooms/{room_id}/colleagues": COUNSELORS,
    "POST /api/staff/rooms/{room_id}/handover": COUNSELORS,
    "DELETE /api/staff/rooms/{room_id}/handover": COUNSELORS,
}

ROOM: dict[str, Any] = {"name": "Night owls", "guidelines": "Be kind."}
TEA = {"title": "Tea", "start": "2027-03-08T09:00:00Z", "end": "2027-03-08T10:00:00Z", "zone": "UTC"}

# What can be asked of a route without being a mistake of its own: where a role decides, a body is read before it does.
PAGE = {"device": NOBODYS, "mode": "video"}
DEVICE = {
    "endpoint": "https://fcm.googleapis.com/fcm/send/nobodys",
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}
REMINDERS: dict[str, Any] = {"before": [60], "channels": ["push"], "quiet": None, "version": 0}
BODIES: dict[str, dict[str, Any]] = {
    "PUT /api/me/devices": DEVICE,
    "PUT /api/staff/me/devices": DEVICE,
    "PUT /api/me/channels/email": {"address": "alice@mail.example"},
    "PUT /api/me/channels/email/verification": {"code": "123456"},
    "PUT /api/me/channels/sms": {"address": "+1 206 555 0100"},
    "PUT /api/me/channels/sms/verification": {"code": "123456"},
    "PUT /api/staff/me/channels/email": {"address": "tom@mail.example"},
    "PUT /api/staff/me/channels/email/verification": {"code": "123456"},
    "PUT /api/staff/me/channels/sms": {"address": "+1 206 555 0100"},
    "PUT /api/staff/me/channels/sms/verification": {"code": "123456"},
    "PUT /api/reminders": REMINDERS,
    "PUT /api/staff/reminders": REMINDERS,
    "PUT /api/notices/read": {"until": "2026-11-24T18:00:00Z"},
    "PUT /api/staff/notices/read": {"until": "2026-11-24T18:00:00Z"},
    "PUT /api/appointments/{appointment_id}/phone-number": {"number": "+1 206 555 0100"},
    "POST /api/appointments/{appointment_id}/meeting": PAGE,
    "PUT /api/waitlist": {"modes": ["video"], "zone": "Europe/Lisbon"},
    "POST /api/appointments/{appointment_id}/late": {"minutes": 10},
    "POST /api/offers/{offer_id}/take": {"mode": "video", "zone": "Europe/Lisbon"},
    "PUT /api/meetings/{meeting_id}/seat": PAGE,
    "POST /api/staff/appointments/{appointment_id}/meeting": PAGE,
    "PUT /api/staff/meetings/{meeting_id}/seat": PAGE,
    "POST /api/staff/meetings/{meeting_id}/seats/{seat_id}/admission": {"admit": True},
    "PUT /api/staff/meetings/{meeting_id}/notice": {"minutes": 5},
    "POST /api/rooms/{room_id}/meeting": PAGE,
    "POST /api/meetings/{meeting_id}/moves": {"move": "raise_hand"},
    "POST /api/staff/rooms/{room_id}/meeting": PAGE,
    "POST /api/staff/meetings/{meeting_id}/moves": {"move": "raise_hand"},
    "POST /api/staff/meetings/{meeting_id}/turns": {"seat": NOBODYS},
    "POST /api/staff/meetings/{meeting_id}/seats/{seat_id}/care": {"kind": "seen"},
    "PUT /api/staff/profile": {
        "name": "Tom",
        "about": "",
        "languages": ["en"],
        "topics": ["grief"],
        "modes": ["video"],
        "published": False,
    },
    "PUT /api/staff/availability": {"zone": "Europe/Lisbon", "weekly": []},
    "PUT /api/staff/busy-calendar": {"address": "https://calendar.example/basic.ics"},
    "POST /api/staff/blocks": {"start": "2027-03-08T09:00:00Z", "end": "2027-03-08T10:00:00Z"},
    "POST /api/staff/appointments/{appointment_id}/cancel": {"reason": "I am ill.", "version": 1},
    "POST /api/staff/appointments/{appointment_id}/series/cancel": {"scope": "all", "reason": "Ill.", "version": 1},
    "POST /api/staff/appointments/{appointment_id}/noshow": {"version": 1},
    "POST /api/staff/appointments/{appointment_id}/late": {"minutes": 10},
    "PUT /api/staff/appointments/{appointment_id}/note": {"kind": "free", "text": "She sleeps again.", "version": 0},
    "POST /api/staff/appointments/{appointment_id}/next": {"start": "2027-03-08T09:00:00Z"},
    "POST /api/staff/appointments/{appointment_id}/concerns": {"level": "concern"},
    "POST /api/staff/people": {"email": "eve@lighthouse.example", "name": "Eve", "roles": ["counselor"]},
    "PATCH /api/staff/people/{person_id}": {"roles": ["counselor"]},
    "POST /api/staff/rooms": ROOM,
    "PUT /api/staff/rooms/{room_id}": ROOM | {"version": 1},
    "PUT /api/staff/rooms/{room_id}/closed": {"closed": True},
    "PUT /api/staff/rooms/{room_id}/facilitators": {"ids": [NOBODYS]},
    "POST /api/staff/rooms/{room_id}/messages": {"text": "Good evening."},
    "PATCH /api/staff/rooms/{room_id}/messages/{seq}": {"text": "Good evening."},
    "PUT /api/staff/rooms/{room_id}/messages/{seq}/reactions": {"kinds": ["heart"]},
    "PUT /api/staff/rooms/{room_id}/read": {"seq": 1},
    "POST /api/staff/rooms/{room_id}/messages/{seq}/redact": {"reason": "A phone number."},
    "POST /api/staff/rooms/{room_id}/members/{member_id}/decisions": {"step": "remind", "reason": "Be kind."},
    "POST /api/staff/rooms/{room_id}/queue/{item_id}": {"outcome": "approve"},
    "PUT /api/staff/rooms/{room_id}/rota": {"zone": "UTC", "without_cover": "slow", "shifts": [], "version": 0},
    "POST /api/staff/rooms/{room_id}/rota/swaps": {
        "shift_id": NOBODYS,
        "on": "2027-03-08",
        "do": "offer",
        "version": 1,
    },
    "POST /api/staff/rooms/{room_id}/gatherings": TEA,
    "POST /api/staff/rooms/{room_id}/gatherings/series": TEA | {"repeat": {"every": 1, "count": 4}},
    "POST /api/staff/rooms/{room_id}/gatherings/{gathering_id}/series/cancel": {"scope": "all"},
    "PUT /api/staff/words": {"language": "en", "phrases": [{"text": "a phrase", "action": "hold"}], "version": 0},
    "PUT /api/staff/procedure": {"language": "en", "text": "Stay.", "numbers": [], "confirmed": True, "version": 0},
    "POST /api/staff/rooms/{room_id}/members/{member_id}/concerns": {"level": "concern"},
    "POST /api/staff/rooms/{room_id}/concerns/{concern_id}/acknowledge": {"version": 1},
    "POST /api/staff/rooms/{room_id}/concerns/{concern_id}/resolve": {"version": 1, "note": "We talked."},
    "PUT /api/staff/desk": {"reply_within_hours": 24, "version": 0},
    "POST /api/staff/rooms/{room_id}/handover": {"to": NOBODYS, "reason": "I am moving."},
}
QUERIES = {
    "GET /api/staff/agenda": "from=2027-03-01&days=7",
    "GET /api/staff/words": "language=en",
    "GET /api/staff/procedure": "language=en",
}


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert {route.key for route in ROUTES} == set(MAY)


def test_only_what_lets_people_in_and_a_feed_is_open_to_the_signed_out() -> None:
    assert {route.key for route in ROUTES if not route.signed_in} == {
        "GET /api/registration-challenge",
        "POST /api/register",
        "POST /api/auth/sign-in",
        "POST /api/auth/refresh",
        "POST /api/auth/sign-out",
        "POST /api/auth/recover",
        "GET /api/calendars/{token}/calendar.ics",
        "GET /api/unsubscribe/{token}",
        "POST /api/unsubscribe/{token}",
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
    return re.sub(r"\{\w+\}", NOBODYS, path.replace("{seq}", "1").replace("{token}", "0" * 64))


def _browser(actor: Client | StaffMember | Browser) -> Browser:
    return actor if isinstance(actor, Browser) else actor.browser


def _sign_in_again(actor: Client | StaffMember | Browser) -> None:
    if isinstance(actor, Client) and actor.browser.get("/api/me").status == 401:
        assert sign_in(actor.browser, actor.handle, actor.password).status == 200
    if isinstance(actor, StaffMember) and actor.browser.get("/api/staff/me").status == 401:
        assert staff_sign_in(actor.browser, actor.email, actor.password).status == 200
