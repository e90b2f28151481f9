"""Makes the demo people, through the site's own API wherever there is one; what is there already stays as it is."""

import contextlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from local import aws
from local.cast import (
    ADA,
    AFTER_A_LOSS,
    INVITED,
    MAYA,
    NIGHT_OWLS,
    ONE_TIME_PASSWORD,
    PASSWORD,
    TALK,
    TO_TOM,
    TOM,
    TOMS_HOURS,
    TOMS_PROFILE,
    TOMS_ZONE,
    Colleague,
)
from local.places import Places
from local.visitor import Visitor
from shared.people.arrivals import first_admin_id

_STAFF_DOOR = "/api/staff/auth/sign-in"
_MEMBER_DOOR = "/api/auth/sign-in"


def seed(places: Places, outputs: Mapping[str, str]) -> str:
    """See that everyone of the cast is there, and say how to sign in as each of them.

    Raises Failed when the site does not let them in.
    """
    with Visitor(places.site_address) as ada:
        _welcome_first_admin(ada, places, outputs)
        for colleague in INVITED:
            with Visitor(places.site_address) as newcomer:
                _welcome(newcomer, colleague, ada)
                if colleague is TOM:
                    _open_practice(newcomer)
                if colleague is MAYA:
                    _open_rooms(newcomer)
    handle = _client(places)
    _talk(places, handle)
    _meet_soon(places, handle)
    return _sign_ins(places, handle)


def _welcome_first_admin(ada: Visitor, places: Places, outputs: Mapping[str, str]) -> None:
    """What the stack does in AWS and its local emulator cannot: make the first admin's account."""
    if ada.sign_in(_STAFF_DOOR, {"email": ADA.email}, PASSWORD):
        return
    cognito = aws.client(places, "cognito-idp")
    account = {"UserPoolId": outputs["StaffPoolId"], "Username": first_admin_id(ADA.email)}
    attributes = [{"Name": "email", "Value": ADA.email}, {"Name": "email_verified", "Value": "true"}]
    with contextlib.suppress(cognito.exceptions.UsernameExistsException):
        cognito.admin_create_user(**account, UserAttributes=attributes, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(**account, Password=ONE_TIME_PASSWORD, Permanent=False)
    ada.first_sign_in(ADA.email, ONE_TIME_PASSWORD, PASSWORD)
    ada.must("PATCH", "/api/staff/me", {"name": ADA.name})


def _welcome(newcomer: Visitor, colleague: Colleague, ada: Visitor) -> None:
    if newcomer.sign_in(_STAFF_DOOR, {"email": colleague.email}, PASSWORD):
        return
    known = {person["email"]: person["id"] for person in ada.must("GET", "/api/staff/people")["people"]}
    if colleague.email in known:
        invitation = ada.must("POST", f"/api/staff/people/{known[colleague.email]}/invitation", {})
    else:
        invitation = ada.must(
            "POST",
            "/api/staff/people",
            {"email": colleague.email, "name": colleague.name, "roles": list(colleague.roles), "language": "en"},
        )
    newcomer.first_sign_in(colleague.email, invitation["one_time_password"], PASSWORD)


def _open_practice(tom: Visitor) -> None:
    """Tom's profile and hours, unless he has written his own."""
    there = tom.ask("GET", "/api/staff/profile")
    if there.is_success and there.json().get("published"):
        return
    tom.must("PATCH", "/api/staff/me", {"zone": TOMS_ZONE})
    tom.must("PUT", "/api/staff/availability", TOMS_HOURS)
    tom.must("PUT", "/api/staff/profile", TOMS_PROFILE)


def _open_rooms(maya: Visitor) -> None:
    """Maya's groups, one of them looked after around the clock, unless she has made some herself."""
    if maya.must("GET", "/api/staff/rooms")["rooms"]:
        return
    me = maya.must("GET", "/api/staff/me")["id"]
    for wanted in (NIGHT_OWLS, AFTER_A_LOSS):
        room = maya.must("POST", "/api/staff/rooms", wanted)
        shifts = [
            {"id": f"{day:032x}", "facilitator_id": me, "weekday": day, "start": start, "end": end}
            for day in range(1, 8)
            for start, end in ((("00:00", "24:00"),) if wanted is NIGHT_OWLS else ())
        ]
        rota = {"zone": TOMS_ZONE, "without_cover": "slow", "shifts": shifts, "version": 0}
        maya.must("PUT", f"/api/staff/rooms/{room['id']}/rota", rota)


def _talk(places: Places, handle: str) -> None:
    """A few words in the first group, and to Tom, unless the client has been anywhere yet."""
    with Visitor(places.site_address) as client, Visitor(places.site_address) as maya:
        client.sign_in(_MEMBER_DOOR, {"handle": handle}, PASSWORD)
        maya.sign_in(_STAFF_DOOR, {"email": MAYA.email}, PASSWORD)
        rooms = client.must("GET", "/api/rooms")["rooms"]
        room = next((room["id"] for room in rooms if room["name"] == NIGHT_OWLS["name"]), None)
        if room is None or client.must("GET", "/api/memberships")["rooms"]:
            return
        chosen = client.must("POST", f"/api/rooms/{room}/handles", {})["handles"][0]
        entrance = {"handle": chosen, "guidelines_version": 1, "of_age": True}
        client.must("POST", f"/api/rooms/{room}/membership", entrance)
        for who, words in TALK:
            speaker, prefix = (client, "/api") if who == "client" else (maya, "/api/staff")
            speaker.must("POST", f"{prefix}/rooms/{room}/messages", {"text": words})
        (tom,) = client.must("GET", "/api/counselors")["counselors"][:1] or [None]
        if tom:
            direct = client.must("POST", f"/api/counselors/{tom['id']}/room", {})
            client.must("POST", f"/api/rooms/{direct['id']}/messages", {"text": TO_TOM})


def _meet_soon(places: Places, handle: str) -> None:
    """A video appointment with Tom that begins in a few minutes, so that meeting can be tried; unless one is near."""
    with Visitor(places.site_address) as client, Visitor(places.site_address) as tom:
        client.sign_in(_MEMBER_DOOR, {"handle": handle}, PASSWORD)
        tom.sign_in(_STAFF_DOOR, {"email": TOM.email}, PASSWORD)
        now = datetime.now(UTC)
        ahead = client.must("GET", "/api/appointments?when=upcoming")["appointments"]
        if any(datetime.fromisoformat(there["start"]) < now + timedelta(hours=1) for there in ahead):
            return
        start = now.replace(minute=0, second=0, microsecond=0)
        while start < now + timedelta(minutes=5):
            start += timedelta(minutes=15)
        rules = tom.must("GET", "/api/staff/availability")
        opened = _open_at(start, ZoneInfo(rules["zone"]))
        if opened is None or not tom.must("GET", "/api/staff/profile")["published"]:
            return
        only_then = rules | {"weekly": [], "exceptions": [opened], "notice_hours": 0, "length_minutes": 50}
        version = tom.must("PUT", "/api/staff/availability", only_then)["version"]
        try:
            me = tom.must("GET", "/api/staff/me")["id"]
            wish = {
                "counselor_id": me,
                "start": f"{start:%Y-%m-%dT%H:%M:%SZ}",
                "mode": "video",
                "zone": "Europe/London",
            }
            client.ask("POST", "/api/appointments", wish)
        finally:
            tom.must("PUT", "/api/staff/availability", rules | {"version": version})


def _open_at(start: datetime, zone: ZoneInfo) -> dict[str, object] | None:
    """An hour in which the counselor is there; None where it would go past midnight."""
    first, last = start.astimezone(zone), (start + timedelta(hours=1)).astimezone(zone)
    if first.date() != last.date():
        return None
    return {"on": f"{first:%Y-%m-%d}", "start": f"{first:%H:%M}", "end": f"{last:%H:%M}", "open": True}


def _client(places: Places) -> str:
    """The demo client's handle: made by the server, so it is remembered here."""
    remembered = places.state / "client.json"
    with Visitor(places.site_address) as client:
        if remembered.exists():
            handle = str(json.loads(remembered.read_text())["handle"])
            if client.sign_in(_MEMBER_DOOR, {"handle": handle}, PASSWORD):
                return handle
        handle = client.register(PASSWORD, "America/New_York", "en")
    remembered.write_text(json.dumps({"handle": handle}))
    return handle


def _sign_ins(places: Places, handle: str) -> str:
    address = places.site_address
    staff = [f"  {person.email:<24}{person.does}" for person in (ADA, *INVITED)]
    return "\n".join(
        [
            f"Everyone's password: {PASSWORD}",
            f"A client, at {address}/sign-in",
            f"  {handle}",
            f"Staff, at {address}/staff",
            *staff,
        ]
    )
