"""Being in the call: by one page each, in an order, until one leaves, is lost, or it is ended."""

import json
from datetime import timedelta

import pytest

from shared.meetings.presence import LEASE
from tests.support.api import fresh_key
from tests.support.cast import Client, StaffMember
from tests.support.clock import VirtualClock
from tests.support.live import device
from tests.support.meeting import Attending
from tests.support.site import Site


@pytest.fixture
def met(client: Attending, counselor: Attending) -> tuple[Attending, Attending]:
    """Tom is in the call, then Alice."""
    client.arrives()
    counselor.arrives()
    counselor.lets_in(client)
    counselor.joins()
    client.joins()
    return client, counselor


def test_who_comes_later_has_the_higher_number(met: tuple[Attending, Attending]) -> None:
    """They offer the connection, so never both at once."""
    client, _ = met
    seen = client.looks()

    assert (seen["you"]["number"], seen["others"][0]["number"]) == (2, 1)
    assert seen["started_at"] == "2027-03-03T08:55:00Z"
    assert seen["provider"] == "peer"


def test_each_is_told_of_a_relay_for_them_alone(met: tuple[Attending, Attending]) -> None:
    """Whoever wants to hide their address can."""
    for one in met:
        call = one.joins()["call"]
        [server] = call["ice_servers"]
        assert (call["provider"], call["relay"]) == ("peer", True)
        assert server["credential"] == f"secret-of-{one.seat}"


def test_keeping_the_seat_tells_no_secret(met: tuple[Attending, Attending]) -> None:
    """Only who asks to be in the call is given what it takes."""
    assert met[0].keeps().json["call"] is None


def test_no_secret_of_a_call_is_kept(met: tuple[Attending, Attending], site: Site) -> None:
    """In no table, whatever the call is carried by."""
    kept = json.dumps([site.items(name) for name in vars(site.tables).values()], default=str)

    assert "secret-of-" not in kept


def test_another_device_takes_the_seat_over(met: tuple[Attending, Attending]) -> None:
    """The first is told so, and the other one of the two sees that the connection is another."""
    client, counselor = met
    laptop = Attending(client.who, client.appointment_id, "a laptop")
    assert laptop.arrives().json["you"]["status"] == "admitted"
    assert laptop.joins()["meeting"]["you"]["number"] == 3

    assert client.keeps().code == "seat_moved"
    [alice] = counselor.looks()["others"]
    assert (alice["number"], alice["in_call"]) == (3, True)


def test_the_same_page_joins_once(met: tuple[Attending, Attending]) -> None:
    """Asking again for what the call needs makes nobody a newcomer."""
    client, _ = met
    before = client.looks()

    assert client.joins()["meeting"]["you"]["number"] == 2
    assert client.looks()["version"] == before["version"]


def test_who_leaves_keeps_the_seat(met: tuple[Attending, Attending]) -> None:
    """And need not wait again."""
    client, counselor = met
    assert client.leaves().status == 204
    [alice] = counselor.looks()["others"]
    assert (alice["in_call"], alice["present"], alice["status"]) == (False, False, "admitted")

    client.arrives()
    assert client.joins()["meeting"]["you"]["number"] == 3


def test_a_page_that_went_silent_is_not_in_the_call(met: tuple[Attending, Attending], clock: VirtualClock) -> None:
    """Its battery is empty: the other one sees it, and the page comes back as a newcomer."""
    client, counselor = met
    clock.advance(LEASE / 2)
    assert counselor.keeps().json["meeting"]["others"][0]["in_call"]
    clock.advance(LEASE / 2)

    [alice] = counselor.keeps().json["meeting"]["others"]
    assert (alice["in_call"], alice["present"]) == (False, False)
    assert not client.keeps().json["meeting"]["you"]["in_call"]
    assert client.joins()["meeting"]["you"]["number"] == 3


def test_how_somebody_takes_part_is_theirs_to_change(met: tuple[Attending, Attending]) -> None:
    """What was agreed stays what it was."""
    client, counselor = met
    assert client.keeps(mode="text").json["meeting"]["you"]["mode"] == "text"

    seen = counselor.looks()
    assert (seen["others"][0]["mode"], seen["mode"]) == ("text", "video")
    assert client.who.browser.get(f"/api/appointments/{client.appointment_id}").json["mode"] == "video"


def test_in_writing_there_is_no_call(client: Attending, counselor: Attending) -> None:
    """Nothing is made that costs anything, until somebody wants to speak after all."""
    client.arrives("text")
    counselor.arrives("text")
    counselor.lets_in(client)

    assert counselor.joins("text")["call"] is None
    written = client.joins("text")
    assert (written["call"], written["meeting"]["provider"]) == (None, None)
    assert written["meeting"]["started_at"] == "2027-03-03T08:55:00Z"
    assert client.joins("audio")["call"]["provider"] == "peer"


def test_the_end_is_for_both_and_the_appointment_is_fulfilled(met: tuple[Attending, Attending]) -> None:
    """Nobody is left in an empty call."""
    client, counselor = met
    ended = counselor.hosts("end")

    assert ended.status == 200, ended.text
    assert (ended.json["ended_at"], ended.json["ended_because"]) == ("2027-03-03T08:55:00Z", "ended")
    assert (client.keeps().code, client.arrives().code) == ("meeting_ended", "meeting_ended")
    found = client.who.browser.get(f"/api/appointments/{client.appointment_id}").json
    assert found["status"] == "fulfilled"


def test_ending_twice_is_ending_once(met: tuple[Attending, Attending]) -> None:
    """With the same key the same answer, with another the plain truth."""
    _, counselor = met
    key = fresh_key()

    assert counselor.hosts("end", key=key).json == counselor.hosts("end", key=key).json
    assert counselor.hosts("end").code == "meeting_ended"


def test_an_appointment_at_which_nobody_met_is_not_fulfilled(client: Attending, counselor: Attending) -> None:
    """Whoever waited in vain has not been helped."""
    client.arrives()
    counselor.arrives()
    assert counselor.hosts("end").status == 200

    found = client.who.browser.get(f"/api/appointments/{client.appointment_id}").json
    assert found["status"] == "arrived"


def test_open_pages_are_told_of_each_change(site: Site, client: Attending, counselor: Attending) -> None:
    """The counselor's too, who may be elsewhere on the site when the client comes; nobody else's."""
    tom, alice = device(site, counselor.who, "toms-laptop"), device(site, client.who, "alices-phone")
    client.arrives()

    [news] = tom.hears("meeting")
    assert news == {"type": "meeting", "meeting": client.meeting_id, "version": 1}
    alice.hears()
    counselor.meeting_id = client.meeting_id
    counselor.lets_in(client)
    [news] = alice.hears("meeting")
    assert news["version"] == client.looks()["version"] == 2


def test_a_socket_that_is_not_open_yet_is_not_taken_for_one_that_is_gone(
    site: Site, client: Attending, counselor: Attending
) -> None:
    """API Gateway says so of both. Forgotten, it would stay deaf until its next ping, and nobody could call it."""
    tom = device(site, counselor.who, "toms-laptop")
    site.sockets.gone.add("toms-laptop")
    client.arrives()
    site.sockets.gone.clear()
    client.leaves()
    assert len(tom.hears("meeting")) == 1

    site.clock.advance(timedelta(seconds=15))
    site.sockets.gone.add("toms-laptop")
    client.arrives()
    site.sockets.gone.clear()
    client.leaves()
    assert tom.hears("meeting") == []


def test_keeping_a_seat_is_no_news(site: Site, met: tuple[Attending, Attending]) -> None:
    """It happens every quarter of a minute."""
    client, counselor = met
    tom = device(site, counselor.who, "toms-laptop")
    client.keeps()

    assert tom.hears() == []


def test_browsers_in_the_call_are_put_in_touch(site: Site, met: tuple[Attending, Attending]) -> None:
    """What one says reaches the other, with the seat it came from."""
    client, counselor = met
    tom, alice = device(site, counselor.who, "toms-laptop"), device(site, client.who, "alices-phone")
    offer = {"kind": "offer", "call": "c0ffee00", "sdp": "v=0"}

    assert alice.says("signal", meeting=client.meeting_id, device=client.device, to=counselor.seat, body=offer) is None
    [heard] = tom.hears("signal")
    assert (heard["meeting"], heard["sender"]) == (client.meeting_id, client.seat)
    assert {name: heard["body"][name] for name in offer} == offer
    assert alice.hears("signal") == []


def test_nobody_else_is_put_in_touch(
    site: Site, met: tuple[Attending, Attending], ben: Client, maya: StaffMember
) -> None:
    """Not a stranger, not a page that has lost its seat, not to a seat that is not there."""
    client, counselor = met
    said = {"meeting": client.meeting_id, "to": counselor.seat, "body": {"kind": "again", "call": "c0ffee00"}}

    for somebody in (ben, maya):
        stranger = device(site, somebody, f"socket-of-{somebody.id}")
        assert stranger.says("signal", device=client.device, **said)["code"] == "not_found"  # type: ignore[index]
    alice = device(site, client.who, "alices-phone")
    assert alice.says("signal", device="0" * 32, **said)["code"] == "seat_moved"  # type: ignore[index]
    nobody = alice.says("signal", device=client.device, **(said | {"to": "0" * 32}))
    assert nobody and nobody["code"] == "not_found"


def test_who_waits_is_not_put_in_touch(site: Site, client: Attending, counselor: Attending) -> None:
    """Before they are let in, and after they have left."""
    client.arrives()
    counselor.arrives()
    counselor.joins()
    alice = device(site, client.who, "alices-phone")
    body = {"kind": "again", "call": "c0ffee00"}
    said = alice.says("signal", meeting=client.meeting_id, device=client.device, to=counselor.seat, body=body)

    assert said and said["code"] == "not_in_call"


def test_a_browser_that_says_too_much_is_held_back(site: Site, met: tuple[Attending, Attending]) -> None:
    """For the rest of the minute."""
    client, counselor = met
    alice = device(site, client.who, "alices-phone")
    body = {"kind": "again", "call": "c0ffee00"}

    def says() -> object:
        return alice.says("signal", meeting=client.meeting_id, device=client.device, to=counselor.seat, body=body)

    assert [says() for _ in range(240)] == [None] * 240
    refused = says()
    assert isinstance(refused, dict)
    assert refused["code"] == "too_many"
    for _ in range(2):
        site.clock.advance(timedelta(seconds=30))
        assert {one.keeps().status for one in met} == {200}
    assert says() is None


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "offer", "call": "not hexadecimal"},
        {"kind": "shout", "call": "c0ffee00"},
        {"kind": "offer", "call": "c0ffee00", "sdp": "v" * 14_001},
        {"kind": "candidates", "call": "c0ffee00", "candidates": [{"candidate": "c"}] * 31},
    ],
)
def test_what_is_no_signal_is_refused(site: Site, met: tuple[Attending, Attending], body: object) -> None:
    """It never reaches the other browser."""
    client, counselor = met
    tom, alice = device(site, counselor.who, "toms-laptop"), device(site, client.who, "alices-phone")
    said = alice.says("signal", meeting=client.meeting_id, device=client.device, to=counselor.seat, body=body)

    assert said and said["code"] == "invalid"
    assert tom.hears() == []


def test_two_who_come_at_the_same_moment_both_have_a_seat(site: Site, client: Attending, counselor: Attending) -> None:
    """The slower one looks again."""
    with site.crashes.at("TransactWriteItems", "before") as crash:
        client.arrives()
    assert crash.reached
    assert counselor.arrives().status == 201
    assert client.arrives().status == 201
    assert len(counselor.looks()["others"]) == 1


def test_nobody_else_learns_how_the_meeting_went(met: tuple[Attending, Attending], ben: Client) -> None:
    """Neither while it lasts nor afterwards."""
    client, counselor = met
    counselor.hosts("end")

    assert ben.browser.get(f"/api/meetings/{client.meeting_id}").status == 404
    assert client.who.browser.get(f"/api/meetings/{client.meeting_id}").json["ended_because"] == "ended"
