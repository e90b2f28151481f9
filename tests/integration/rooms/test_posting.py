"""Posting: once, in order, seen by everybody who may."""

from datetime import timedelta

from tests.support import groups
from tests.support.cast import Client, StaffMember
from tests.support.clock import VirtualClock
from tests.support.site import Site


def test_what_one_says_the_other_reads(site: Site, alice: Client, ben: Client) -> None:
    room = groups.found(site)
    groups.join(alice, room)
    groups.join(ben, room)

    posted = groups.say(alice, room, "It is late here.")

    assert posted.status == 201, posted.text
    assert posted.json["entry"]["mine"] is True
    assert posted.json["help"] is None
    seen = groups.page(ben, room)
    assert [entry["text"] for entry in seen["entries"]] == ["It is late here."]
    assert seen["entries"][0]["mine"] is False
    assert seen["tail"] == 1


def test_nobody_floods_a_log_with_reactions(site: Site, alice: Client, clock: VirtualClock) -> None:
    room = groups.found(site)
    groups.join(alice, room)
    groups.say(alice, room)
    path = f"/api/rooms/{room.id}/messages/1/reactions"
    tries = [alice.browser.put(path, {"kinds": ["heart"] if n % 2 else []}).status for n in range(61)]

    assert tries == [200] * 60 + [429]
    clock.advance(timedelta(minutes=1))
    assert alice.browser.put(path, {"kinds": ["hug"]}).status == 200


def test_somebody_who_was_declined_can_still_be_invited(site: Site, maya: StaffMember, alice: Client) -> None:
    room = groups.found(site, maya, entry="request")
    groups.join(alice, room)
    (asked,) = maya.browser.get("/api/staff/queue").json["items"]
    declined = maya.browser.post(f"/api/staff/rooms/{room.id}/queue/{asked['id']}", {"outcome": "decline"})
    assert declined.status == 204, declined.text
    again = alice.browser.post(f"/api/rooms/{room.id}/membership", groups.entrance(alice, room))
    assert again.code == "request_declined"

    token = maya.browser.post(f"/api/staff/rooms/{room.id}/invitation").json["token"]

    assert groups.join(alice, room, invitation=token)["membership"]["status"] == "joined"
