"""A day in rooms, a request of each kind, for `python -m tests.bench.capacity`."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.support import cast, groups, practice
from tests.support.cast import Client, StaffMember
from tests.support.live import Device, device
from tests.support.site import Site

Take = Callable[[str, Callable[[], Any]], Any]

SETTINGS: dict[str, Any] = {
    "name": "Night owls",
    "about": "For people who lie awake.",
    "topics": ["sleep"],
    "tags": ["nights"],
    "guidelines": "Be kind. What is said here stays here.",
    "capacity": 30,
}
WORDS = (
    "I went for a walk, made some tea, and wrote down three things that went well. They were small, and that is fine."
)
MEMBERS = 25
LOG = 60  # entries there are before the first page is asked for
_ROOM, _STAFF_ROOM = "/api/rooms/{room_id}", "/api/staff/rooms/{room_id}"


def a_day(site: Site, take: Take, ada: StaffMember, tom: StaffMember, alice: Client) -> None:
    """Everything that can be asked about rooms: a group of 25, most of whom have it open, and a direct room."""
    maya = cast.hire(site, ada, "Maya", cast.MAYAS_PASSWORD, "facilitator", address="198.51.100.3")
    lena = cast.hire(site, ada, "Lena", cast.MAYAS_PASSWORD, "facilitator", address="198.51.100.5")
    ben = cast.register_client(site, cast.BENS_PASSWORD, address="203.0.113.8")
    room = _making(take, maya, lena)
    _entering(site, take, alice, room)
    for client in (ben, *(_register(site, n) for n in range(MEMBERS - 2))):
        groups.join(client, room["id"])
        device(site, client, f"of-{client.handle}", room["id"])
    _sockets(site, take, alice, room["id"])
    _talking(site, take, alice, ben, maya, room["id"])
    _looking_after(site, take, alice, ben, maya, room["id"])
    _dates(site, take, alice, maya, room["id"])
    _direct(site, take, alice, ada, tom)
    take(f"DELETE {_ROOM}/membership", lambda: alice.browser.delete(f"/api/rooms/{room['id']}/membership"))


def _making(take: Take, maya: StaffMember, lena: StaffMember) -> dict[str, Any]:
    staff = maya.browser
    room: dict[str, Any] = take("POST /api/staff/rooms", lambda: staff.post("/api/staff/rooms", SETTINGS)).json
    path = f"/api/staff/rooms/{room['id']}"
    take("GET /api/staff/rooms", lambda: staff.get("/api/staff/rooms"))
    take(f"GET {_STAFF_ROOM}", lambda: staff.get(path))
    take(f"PUT {_STAFF_ROOM}", lambda: staff.put(path, SETTINGS | {"version": room["version"]}))
    take(f"PUT {_STAFF_ROOM}/closed", lambda: staff.put(f"{path}/closed", {"closed": False}))
    take("GET /api/staff/facilitators", lambda: staff.get("/api/staff/facilitators"))
    both = {"ids": [maya.id, lena.id]}
    take(f"PUT {_STAFF_ROOM}/facilitators", lambda: staff.put(f"{path}/facilitators", both))
    take(f"DELETE {_STAFF_ROOM}/invitation", lambda: staff.delete(f"{path}/invitation"))
    take(f"GET {_STAFF_ROOM}/rota", lambda: staff.get(f"{path}/rota"))
    shifts = [
        {"id": f"{day:032x}", "facilitator_id": maya.id, "weekday": day, "start": "00:00", "end": "24:00"}
        for day in range(1, 8)
    ]
    rota = {"zone": "UTC", "without_cover": "slow", "shifts": shifts, "version": 0}
    version = take(f"PUT {_STAFF_ROOM}/rota", lambda: staff.put(f"{path}/rota", rota)).json["version"]
    swap = {"shift_id": f"{3:032x}", "on": "2027-03-10", "do": "offer", "version": version}
    take(f"POST {_STAFF_ROOM}/rota/swaps", lambda: staff.post(f"{path}/rota/swaps", swap))
    invitation = take(f"POST {_STAFF_ROOM}/invitation", lambda: staff.post(f"{path}/invitation"))
    return room | {"token": invitation.json["token"]}


def _entering(site: Site, take: Take, alice: Client, room: dict[str, Any]) -> None:
    browser, path = alice.browser, f"/api/rooms/{room['id']}"
    take("GET /api/rooms", lambda: browser.get("/api/rooms", query="topic=sleep"))
    take("POST /api/invitations", lambda: browser.post("/api/invitations", {"token": room["token"]}, key=""))
    take(f"POST {_ROOM}/handles", lambda: browser.post(f"{path}/handles", key=""))
    entrance = groups.entrance(alice, room["id"])
    take(f"POST {_ROOM}/membership", lambda: browser.post(f"{path}/membership", entrance))
    take(f"PUT {_ROOM}/guidelines", lambda: browser.put(f"{path}/guidelines", {"version": 1}))


def _sockets(site: Site, take: Take, alice: Client, room_id: str) -> None:
    """What each open page costs, by the hour: fifteen pings, and what it says besides."""
    alices: Device = device(site, alice, "alices-phone")
    take("socket: watch", lambda: alices.says("watch", room_id))
    take("socket: ping, one room open", lambda: alices.says("ping"))
    take("socket: typing", lambda: alices.says("typing", room_id))
    take("socket: unwatch", lambda: alices.says("unwatch", room_id))
    alices.says("watch", room_id)
    take("socket: $disconnect, one room open", lambda: alices.goes())


def _talking(site: Site, take: Take, alice: Client, ben: Client, maya: StaffMember, room_id: str) -> None:
    browser, path = alice.browser, f"/api/rooms/{room_id}/messages"
    for n in range(LOG):
        site.clock.advance(timedelta(seconds=10))
        groups.say((alice, ben)[n % 2], room_id, WORDS)
    site.clock.advance(timedelta(minutes=1))
    posted = take(f"POST {_ROOM}/messages", lambda: browser.post(path, {"text": WORDS})).json["entry"]
    again = {"text": WORDS}
    site.clock.advance(timedelta(minutes=1))
    browser.post(path, again, key="the-same-intent")
    take(f"POST {_ROOM}/messages (sent again)", lambda: browser.post(path, again, key="the-same-intent"))
    take(f"GET {_ROOM}/messages", lambda: browser.get(path))
    one = f"{path}/{posted['seq']}"
    take(f"GET {_ROOM}/messages (after=, one new)", lambda: browser.get(path, query=f"after={posted['seq']}"))
    take(f"PUT {_ROOM}/messages/{{seq}}/reactions", lambda: ben.browser.put(f"{one}/reactions", {"kinds": ["heart"]}))
    take(f"PATCH {_ROOM}/messages/{{seq}}", lambda: browser.patch(one, {"text": f"{WORDS} Truly."}))
    take(f"PUT {_ROOM}/read", lambda: ben.browser.put(f"/api/rooms/{room_id}/read", {"seq": posted["seq"]}))
    take(f"DELETE {_ROOM}/messages/{{seq}}", lambda: browser.delete(one))
    take("GET /api/memberships", lambda: browser.get("/api/memberships"))
    take(f"GET {_ROOM}", lambda: browser.get(f"/api/rooms/{room_id}"))

    staff, path = maya.browser, f"/api/staff/rooms/{room_id}/messages"
    take(f"GET {_STAFF_ROOM}/messages", lambda: staff.get(path))
    read = {"seq": posted["seq"]}
    take(f"PUT {_STAFF_ROOM}/read", lambda: staff.put(f"/api/staff/rooms/{room_id}/read", read))
    seq = take(f"POST {_STAFF_ROOM}/messages", lambda: staff.post(path, {"text": WORDS})).json["entry"]["seq"]
    reacted = {"kinds": ["hug"]}
    take(f"PUT {_STAFF_ROOM}/messages/{{seq}}/reactions", lambda: staff.put(f"{path}/{seq}/reactions", reacted))
    take(f"PATCH {_STAFF_ROOM}/messages/{{seq}}", lambda: staff.patch(f"{path}/{seq}", {"text": WORDS}))
    take(f"DELETE {_STAFF_ROOM}/messages/{{seq}}", lambda: staff.delete(f"{path}/{seq}"))


def _looking_after(site: Site, take: Take, alice: Client, ben: Client, maya: StaffMember, room_id: str) -> None:
    browser, staff = alice.browser, maya.browser
    path, theirs = f"/api/rooms/{room_id}", f"/api/staff/rooms/{room_id}"
    site.clock.advance(timedelta(minutes=1))
    unkind = groups.say(ben, room_id, "Nobody asked you.").json["entry"]
    bens = unkind["author"]["id"]
    report = {"reason": "unkind", "note": "That hurt."}
    report_path = f"{path}/messages/{unkind['seq']}/reports"
    take(f"POST {_ROOM}/messages/{{seq}}/reports", lambda: browser.post(report_path, report))
    take(f"PUT {_ROOM}/blocks/{{member_id}}", lambda: browser.put(f"{path}/blocks/{bens}", {}))
    take(f"GET {_ROOM}/blocks", lambda: browser.get(f"{path}/blocks"))
    take(f"DELETE {_ROOM}/blocks/{{member_id}}", lambda: browser.delete(f"{path}/blocks/{bens}"))

    item = take("GET /api/staff/queue", lambda: staff.get("/api/staff/queue")).json["items"][0]
    outcome = {"outcome": "dismiss"}
    queue = f"{theirs}/queue/{item['id']}"
    take(f"POST {_STAFF_ROOM}/queue/{{item_id}}", lambda: staff.post(queue, outcome))
    redact = f"{theirs}/messages/{unkind['seq']}/redact"
    take(f"POST {_STAFF_ROOM}/messages/{{seq}}/redact", lambda: staff.post(redact, {"reason": "It was unkind."}))
    take(f"GET {_STAFF_ROOM}/members", lambda: staff.get(f"{theirs}/members"))
    mute = {"step": "mute", "reason": "Please rest for a day.", "hours": 24}
    decisions = f"{theirs}/members/{bens}/decisions"
    take(f"POST {_STAFF_ROOM}/members/{{member_id}}/decisions", lambda: staff.post(decisions, mute))
    take(f"GET {_STAFF_ROOM}/decisions", lambda: staff.get(f"{theirs}/decisions"))
    made = take(f"GET {_ROOM}/decisions", lambda: ben.browser.get(f"{path}/decisions")).json["decisions"][0]
    appeal = f"{path}/decisions/{made['id']}/appeal"
    take(f"POST {_ROOM}/decisions/{{decision_id}}/appeal", lambda: ben.browser.post(appeal, {"text": "I am sorry."}))

    words = take("GET /api/staff/words", lambda: staff.get("/api/staff/words", query="language=es")).json
    take("PUT /api/staff/words", lambda: staff.put("/api/staff/words", words))
    groups.say(alice, room_id, "I want to end my life tonight.")
    concern = take("GET /api/staff/concerns", lambda: staff.get("/api/staff/concerns")).json["concerns"][0]
    one, route = f"{theirs}/concerns/{concern['id']}", f"{_STAFF_ROOM}/concerns/{{concern_id}}"
    take(f"POST {route}/acknowledge", lambda: staff.post(f"{one}/acknowledge", {"version": 1}))
    resolve = {"version": 2, "note": "We talked on the phone."}
    take(f"POST {route}/resolve", lambda: staff.post(f"{one}/resolve", resolve))


def _dates(site: Site, take: Take, alice: Client, maya: StaffMember, room_id: str) -> None:
    start = site.clock() + timedelta(days=3)
    plan = {
        "title": "An hour together",
        "start": start.isoformat().replace("+00:00", "Z"),
        "end": (start + timedelta(hours=1)).isoformat().replace("+00:00", "Z"),
        "zone": "UTC",
    }
    path, theirs = f"/api/rooms/{room_id}/gatherings", f"/api/staff/rooms/{room_id}/gatherings"
    planned = take(f"POST {_STAFF_ROOM}/gatherings", lambda: maya.browser.post(theirs, plan)).json
    take(f"GET {_STAFF_ROOM}/gatherings", lambda: maya.browser.get(theirs))
    take(f"GET {_ROOM}/gatherings", lambda: alice.browser.get(path))
    come = f"{path}/{planned['id']}/coming"
    coming = {"coming": True}
    take(f"PUT {_ROOM}/gatherings/{{gathering_id}}/coming", lambda: alice.browser.put(come, coming))
    cancel = f"{theirs}/{planned['id']}/cancel"
    take(f"POST {_STAFF_ROOM}/gatherings/{{gathering_id}}/cancel", lambda: maya.browser.post(cancel))


def _direct(site: Site, take: Take, alice: Client, ada: StaffMember, tom: StaffMember) -> None:
    eve = cast.hire(site, ada, "Eve", cast.TOMS_PASSWORD, "counselor", address="198.51.100.4")
    practice.opens(eve, words=practice.profile(name="Eve Eames"))
    browser, staff = alice.browser, tom.browser
    take("GET /api/staff/desk", lambda: staff.get("/api/staff/desk"))
    desk = {"reply_within_hours": 24, "absence": None, "version": 0}
    take("PUT /api/staff/desk", lambda: staff.put("/api/staff/desk", desk))
    take("GET /api/counselors/{counselor_id}/desk", lambda: browser.get(f"/api/counselors/{tom.id}/desk"))
    path = f"/api/counselors/{tom.id}/room"
    room_id = take("POST /api/counselors/{counselor_id}/room", lambda: browser.post(path)).json["id"]
    theirs = f"/api/staff/rooms/{room_id}"
    take(f"GET {_STAFF_ROOM}/colleagues", lambda: staff.get(f"{theirs}/colleagues"))
    ask = {"to": eve.id, "reason": "I am moving away."}
    take(f"POST {_STAFF_ROOM}/handover", lambda: staff.post(f"{theirs}/handover", ask))
    take(f"DELETE {_STAFF_ROOM}/handover", lambda: staff.delete(f"{theirs}/handover"))
    staff.post(f"{theirs}/handover", ask)
    version = browser.get(f"/api/rooms/{room_id}").json["handover"]["version"]
    accept = {"accept": True, "share_history": True, "version": version}
    take(f"PUT {_ROOM}/handover", lambda: browser.put(f"/api/rooms/{room_id}/handover", accept))


def _register(site: Site, number: int) -> Client:
    return cast.register_client(site, cast.BENS_PASSWORD, address=f"203.0.113.{20 + number}")
