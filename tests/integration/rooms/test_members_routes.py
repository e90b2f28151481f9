"""The members' routes: refused to whoever has no business there, done once however often they are asked."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support import groups, practice, roombook
from tests.support.api import Answer, Browser, fresh_key
from tests.support.cast import Client, StaffMember, hire
from tests.support.site import Site

NOBODYS = "0" * 32
TEXT = {"text": "Good evening."}
WRITING: dict[str, dict[str, Any]] = {
    "PUT guidelines": {"version": 1},
    "POST messages": TEXT,
    "PATCH messages/1": TEXT,
    "DELETE messages/1": {},
    "PUT messages/1/reactions": {"kinds": ["heart"]},
    "PUT read": {"seq": 1},
    "POST messages/1/reports": {"reason": "unkind"},
    f"PUT blocks/{NOBODYS}": {},
    f"DELETE blocks/{NOBODYS}": {},
    f"PUT gatherings/{NOBODYS}/coming": {"coming": True},
    "DELETE membership": {},
}
READING: dict[str, dict[str, Any]] = {"GET messages": {}, "GET blocks": {}}
LOOKING: dict[str, dict[str, Any]] = {"GET ": {}, "POST handles": {}, "GET gatherings": {}}
ANSWER = {"accept": True, "share_history": True, "version": 1}
OF_MEMBERS: dict[str, dict[str, Any]] = {
    "GET decisions": {},
    f"POST decisions/{NOBODYS}/appeal": TEXT,
    "PUT handover": {"accept": True, "share_history": True, "version": 1},
}
EVERYTHING = WRITING | READING | LOOKING | OF_MEMBERS


def ask(browser: Browser, room_id: str, route: str, body: dict[str, Any], **parts: Any) -> Answer:
    method, _, path = route.partition(" ")
    return browser.request(
        method, f"/api/rooms/{room_id}/{path}".rstrip("/"), body=None if method == "GET" else body, **parts
    )


def refusals(browser: Browser, room_id: str, routes: dict[str, dict[str, Any]]) -> dict[str, tuple[int, str]]:
    answers = {route: ask(browser, room_id, route, body) for route, body in routes.items()}
    return {route: (answer.status, answer.code) for route, answer in answers.items()}


def all_are(routes: dict[str, dict[str, Any]], *outcome: Any) -> dict[str, Any]:
    return dict.fromkeys(routes, outcome)


def test_a_group_is_closed_to_those_who_are_not_in_it(
    site: Site, alice: Client, ben: Client, sam: Browser, maya: StaffMember
) -> None:
    room = groups.found(site, maya)
    groups.join(alice, room)
    groups.say(alice, room)

    strangers = WRITING | READING
    assert refusals(ben.browser, room.id, strangers) == all_are(strangers, 409, "not_a_member")
    assert refusals(ben.browser, room.id, LOOKING) == all_are(LOOKING, 200, "")
    assert refusals(ben.browser, room.id, OF_MEMBERS) == all_are(OF_MEMBERS, 404, "not_found")
    assert {status for status, _ in refusals(sam, room.id, EVERYTHING).values()} == {401}
    assert {status for status, _ in refusals(maya.browser, room.id, EVERYTHING).values()} == {401}
    assert alice.browser.get(f"/api/staff/rooms/{room.id}/messages").status == 401
    assert [entry["text"] for entry in groups.page(alice, room)["entries"]] == ["Good evening."]


def test_a_room_out_of_sight_looks_like_one_that_is_not_there(
    site: Site, alice: Client, ben: Client, tom: StaffMember
) -> None:
    practice.opens(tom)
    direct = alice.browser.post(f"/api/counselors/{tom.id}/room").json["id"]
    invited = groups.found(site, entry="invitation").id
    entrance = {"handle": "quiet-otter-482", "guidelines_version": 1, "of_age": True}
    everything = EVERYTHING | {"POST membership": entrance}

    for hidden in (direct, invited, NOBODYS):
        assert refusals(ben.browser, hidden, everything) == all_are(everything, 404, "not_found"), hidden
    assert ben.browser.get("/api/rooms").json["rooms"] == []
    assert ben.browser.get("/api/memberships").json["rooms"] == []
    assert ben.browser.post("/api/invitations", {"token": "0" * 40}, key="").status == 404


def test_what_cannot_be_meant_is_refused_and_named(site: Site, alice: Client) -> None:
    room = groups.found(site)
    groups.join(alice, room)
    groups.say(alice, room)
    wrong = [
        ("POST messages", {"text": "   "}, "body.text"),
        ("POST messages", {"text": "x" * 4001}, "body.text"),
        ("POST messages", {"text": "x", "warning": "y" * 81}, "body.warning"),
        ("POST messages", {"text": "x", "reply_to": 0}, "body.reply_to"),
        ("POST messages", {"text": "x", "reply_to": 7}, "body.reply_to"),
        ("POST messages", {"text": "x", "after": -1}, "body.after"),
        ("PATCH messages/1", {"text": ""}, "body.text"),
        ("PUT messages/1/reactions", {"kinds": ["hate"]}, "body.kinds.0"),
        ("PUT read", {"seq": 0}, "body.seq"),
        ("POST messages/1/reports", {"reason": "unkind"}, "path.seq"),
        ("POST messages/1/reports", {"reason": "dull"}, "body.reason"),
        ("POST messages/1/reports", {"reason": "unkind", "note": "n" * 501}, "body.note"),
        ("PUT guidelines", {"version": 0}, "body.version"),
    ]
    for route, body, field in wrong:
        answer = ask(alice.browser, room.id, route, body)
        assert (answer.status, answer.field) == (422, field), (route, body, answer.text)
    for query in ("limit=0", "limit=101", "after=-1", "before=0", "after=1&before=3", "since=1"):
        assert alice.browser.get(f"/api/rooms/{room.id}/messages", query=query).status == 422, query
    for missing in ("messages/0", "messages/01", "messages/x", "messages/9"):
        assert ask(alice.browser, room.id, f"DELETE {missing}", {}).status == 404, missing
    assert len(groups.page(alice, room)["entries"]) == 1
    assert ask(alice.browser, room.id, "POST messages", {"text": "x" * 4000}).status == 201


def test_wrong_ways_in_are_refused_and_named(site: Site, alice: Client, ben: Client) -> None:
    room = groups.found(site, capacity=1)
    path = f"/api/rooms/{room.id}/membership"
    mine = groups.entrance(alice, room)
    for change, status, code in (
        ({"handle": "Alice-the-great"}, 422, "invalid"),
        ({"of_age": False}, 422, "not_of_age"),
        ({"guidelines_version": 2}, 409, "guidelines_changed"),
        ({"note": "n" * 301}, 422, "invalid"),
    ):
        answer = alice.browser.post(path, mine | change)
        assert (answer.status, answer.code) == (status, code), answer.text
    assert alice.browser.post(path, mine).status == 201
    assert alice.browser.post(path, mine).code == "already_a_member"
    assert ben.browser.post(path, groups.entrance(ben, room)).code == "room_full"
    other = groups.found(site)
    groups.join(alice, other, handle="quiet-otter-482")
    taken = ben.browser.post(f"/api/rooms/{other.id}/membership", groups.entrance(ben, other, handle="quiet-otter-482"))
    assert (taken.status, taken.code, taken.field) == (409, "handle_taken", "body.handle")
    assert roombook.faults(site.items(site.tables.rooms)) == []


def test_everything_a_member_does_twice_is_done_once(site: Site, alice: Client, ben: Client, maya: StaffMember) -> None:
    room = groups.found(site, maya)
    groups.join(ben, room)
    groups.say(ben, room)
    hers = alice.browser.post(f"/api/rooms/{room.id}/handles", key="").json
    his = ben.browser.post(f"/api/rooms/{room.id}/handles", key="").json["member_id"]
    start = site.clock() + timedelta(days=1)
    gathering = {
        "title": "Tea",
        "start": practice.text(start),
        "end": practice.text(start + timedelta(hours=1)),
        "zone": "UTC",
    }
    planned = maya.browser.post(f"/api/staff/rooms/{room.id}/gatherings", gathering).json["id"]
    entrance = {"handle": hers["handles"][0], "guidelines_version": 1, "of_age": True}

    def twice(route: str, body: dict[str, Any], status: int, **otherwise: Any) -> Any:
        key = fresh_key()
        first = ask(alice.browser, room.id, route, body, key=key)
        assert first.status == status, (route, first.text)
        after = site.items(site.tables.rooms)
        site.start()
        again = ask(alice.browser, room.id, route, body, key=key)
        assert (again.status, again.text) == (first.status, first.text), route
        assert sorted(map(str, site.items(site.tables.rooms))) == sorted(map(str, after)), route
        assert roombook.faults(after) == []
        if otherwise:
            other = ask(alice.browser, room.id, route, body | otherwise, key=key)
            assert (other.status, other.code) == (422, "idempotency_key_reused"), route
        return first.json if first.text else None

    joined = twice("POST membership", entrance, 201, of_age=False)
    assert (joined["membership"]["status"], joined["members"]) == ("joined", 2)
    seq = twice("POST messages", {"text": "Is it late?"}, 201, text="No.")["entry"]["seq"]
    edited = twice(f"PATCH messages/{seq}", {"text": "It is late."}, 200, text="No.")
    assert (edited["entry"]["text"], edited["help"]) == ("It is late.", None)
    assert twice("PUT messages/1/reactions", {"kinds": ["hug"]}, 200, kinds=[])["reacted"] == ["hug"]
    twice("POST messages/1/reports", {"reason": "unkind", "note": "Hm."}, 204, note="Oh.")
    twice(f"PUT blocks/{his}", {}, 204)
    assert [one["id"] for one in alice.browser.get(f"/api/rooms/{room.id}/blocks").json["members"]] == [his]
    twice(f"DELETE blocks/{his}", {}, 204)
    assert alice.browser.get(f"/api/rooms/{room.id}/blocks").json["members"] == []
    came = twice(f"PUT gatherings/{planned}/coming", {"coming": True}, 200, coming=False)
    assert (came["coming"], came["am_coming"], came["handles"]) == (1, True, [])
    (ahead,) = alice.browser.get(f"/api/rooms/{room.id}/gatherings").json["gatherings"]
    assert (ahead["id"], ahead["coming"]) == (planned, 1)
    assert twice(f"DELETE messages/{seq}", {}, 200)["state"] == "withdrawn"
    twice("PUT guidelines", {"version": 1}, 200)
    maya.browser.post(
        f"/api/staff/rooms/{room.id}/members/{hers['member_id']}/decisions",
        {"step": "mute", "reason": "Rest a little."},
    )
    assert ask(alice.browser, room.id, "POST messages", TEXT).code == "muted"
    (decision,) = alice.browser.get(f"/api/rooms/{room.id}/decisions").json["decisions"]
    appealed = twice(f"POST decisions/{decision['id']}/appeal", {"text": "I did not mean it."}, 201, text="No.")
    assert (decision["reason"], appealed["appeal"]["outcome"]) == ("Rest a little.", None)
    again = ask(alice.browser, room.id, f"POST decisions/{decision['id']}/appeal", TEXT)
    assert (again.status, again.code) == (409, "already_appealed")
    twice("DELETE membership", {}, 204)
    assert ask(alice.browser, room.id, "GET messages", {}).code == "not_a_member"
    assert "late" not in str(site.items(site.tables.rooms)) + str(site.items(site.tables.people))


@pytest.mark.parametrize("share", [True, False])
def test_a_client_and_a_counselor_write_and_only_the_client_lets_another_one_in(
    share: bool, site: Site, alice: Client, tom: StaffMember, ada: StaffMember
) -> None:
    eve = hire(site, ada, "Eve", "a heron over slow water", "counselor", address="198.51.100.9")
    practice.opens(tom)
    assert alice.browser.get(f"/api/counselors/{tom.id}/desk").json["room_id"] is None
    key = fresh_key()
    opened = [alice.browser.post(f"/api/counselors/{tom.id}/room", key=key) for _ in range(2)]
    assert opened[0].text == opened[1].text
    room = opened[0].json["id"]
    assert alice.browser.post(f"/api/counselors/{tom.id}/room").json["id"] == room
    assert alice.browser.get(f"/api/counselors/{tom.id}/desk").json["room_id"] == room
    groups.say(alice, room, "I can't sleep.")
    worry = groups.say(alice, room, "kill myself")
    assert (worry.json["help"], worry.json["held_for"]) == ("concern", None)
    answered = groups.say(tom, room, "Do you mean that you want to kill myself?")
    assert (answered.json["help"], answered.json["held_for"]) == (None, None)
    assert groups.texts(alice, room)[0] == "I can't sleep."

    nothing = alice.browser.put(f"/api/rooms/{room}/handover", ANSWER)
    assert (nothing.status, nothing.code) == (409, "nothing_proposed")
    proposed = tom.browser.post(f"/api/staff/rooms/{room}/handover", {"to": eve.id, "reason": "I am moving."})
    assert proposed.status == 201, proposed.text
    assert eve.browser.get(f"/api/staff/rooms/{room}/messages").status == 404
    asked = alice.browser.get(f"/api/rooms/{room}").json["handover"]
    assert (asked["to_name"], asked["reason"]) == ("Eve", "I am moving.")
    older = alice.browser.put(f"/api/rooms/{room}/handover", ANSWER)
    assert (older.status, older.code) == (409, "changed_meanwhile")
    wanted = {"accept": True, "share_history": share, "version": asked["version"]}
    key = fresh_key()
    accepted = [alice.browser.put(f"/api/rooms/{room}/handover", wanted, key=key) for _ in range(2)]
    assert accepted[0].text == accepted[1].text
    assert (accepted[0].json["counselor"]["name"], accepted[0].json["handover"]) == ("Eve", None)

    assert tom.browser.get(f"/api/staff/rooms/{room}/messages").status == 409
    assert tom.browser.get("/api/staff/rooms").json["rooms"] == []
    groups.say(alice, room, "Hello, Eve.")
    seen = groups.texts(eve, room)
    assert seen == (groups.texts(alice, room) if share else ["Hello, Eve."])
    assert eve.browser.get("/api/staff/rooms").json["rooms"][0]["membership"]["unread"] == (4 if share else 1)
    assert roombook.faults(site.items(site.tables.rooms)) == []
