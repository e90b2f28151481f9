"""Nobody can tell that two members of two rooms are one person, nor whose account is behind them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from tests.support import groups, practice
from tests.support.api import Answer
from tests.support.cast import Client, StaffMember
from tests.support.live import device
from tests.support.site import Site


@contextmanager
def heard_by(client: Client) -> Iterator[list[str]]:
    """Everything that reaches a client's browser meanwhile."""
    heard: list[str] = []
    ask = client.browser.request

    def listening(*asked: Any, **parts: Any) -> Answer:
        answer = ask(*asked, **parts)
        heard.append(answer.text + str(answer.headers))
        return answer

    client.browser.request = listening  # type: ignore[method-assign]
    yield heard
    client.browser.request = ask  # type: ignore[method-assign]


def do_everything(client: Client, room: str, hers: str, seq: int, gathering: str) -> None:
    """Every route of the members, as somebody in the room."""
    ask, path = client.browser.request, f"/api/rooms/{room}"
    for part in ("", "/messages", "/blocks", "/gatherings", "/decisions"):
        assert ask("GET", path + part).status == 200, part
    assert ask("POST", f"{path}/handles", key="").status == 200
    assert ask("GET", f"{path}/messages", query="after=0").status == 200
    assert ask("PUT", f"{path}/messages/{seq}/reactions", body={"kinds": ["hug"]}).status == 200
    said = ask("POST", f"{path}/messages", body={"text": "So am I.", "reply_to": seq})
    assert said.status == 201
    mine = f"{path}/messages/{said.json['entry']['seq']}"
    assert ask("PATCH", mine, body={"text": "Me too."}).status == 200
    assert ask("DELETE", mine).status == 200
    assert ask("PUT", f"{path}/read", body={"seq": seq}, key="").status == 204
    assert ask("POST", f"{path}/messages/{seq}/reports", body={"reason": "other"}).status == 204
    assert ask("PUT", f"{path}/gatherings/{gathering}/coming", body={"coming": True}).status == 200
    assert ask("PATCH", f"{path}/messages/{seq}", body={"text": "Not mine."}).status == 404
    assert ask("PUT", f"{path}/guidelines", body={"version": 7}).status == 409
    assert ask("PUT", f"{path}/blocks/{hers}").status == 204
    assert ask("GET", f"{path}/blocks").status == 200
    assert ask("GET", f"{path}/messages").status == 200
    assert ask("DELETE", f"{path}/blocks/{hers}").status == 204
    assert ask("DELETE", f"{path}/membership").status == 204
    assert ask("GET", path).status == 200


def test_what_one_hears_in_a_room_names_nobody_from_another(
    site: Site, alice: Client, ben: Client, maya: StaffMember
) -> None:
    rooms = [groups.found(site, maya).id for _ in range(2)]
    hers = [groups.join(alice, room)["membership"] for room in rooms]
    seqs = [groups.say(alice, room, "I am awake.").json["entry"]["seq"] for room in rooms]
    start = site.clock() + timedelta(days=1)
    tea = {
        "title": "Tea",
        "start": practice.text(start),
        "end": practice.text(start + timedelta(hours=1)),
        "zone": "UTC",
    }
    gatherings = [maya.browser.post(f"/api/staff/rooms/{room}/gatherings", tea).json["id"] for room in rooms]
    for room, gathering in zip(rooms, gatherings, strict=True):
        alice.browser.put(f"/api/rooms/{room}/gatherings/{gathering}/coming", {"coming": True})

    account = {alice.id, alice.handle, maya.id, maya.email}
    for here, there in ((0, 1), (1, 0)):
        with heard_by(ben) as heard:
            groups.join(ben, rooms[here])
            page = device(site, ben, f"page {here}")
            page.says("watch", rooms[here])
            groups.say(alice, rooms[here], "Still.")
            do_everything(ben, rooms[here], hers[here]["member_id"], seqs[here], gatherings[here])
            ben.browser.get("/api/rooms")
            ben.browser.get("/api/memberships")
        frames = page.hears()
        told = " ".join(heard) + str(frames)
        assert hers[here]["handle"] in told
        assert "Still." in str(frames)
        elsewhere = {hers[there]["member_id"], hers[there]["handle"]}
        assert [name for name in account | elsewhere if name in told] == []
        assert ben.handle not in told
