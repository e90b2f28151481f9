"""Posting: once, in order, seen by everybody who may."""

from tests.support import groups
from tests.support.cast import Client
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
