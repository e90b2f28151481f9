"""Coming to an appointment: when one may, who waits, who is let in."""

from datetime import timedelta

import pytest

from tests.support.api import Browser, fresh_key
from tests.support.cast import Client, StaffMember
from tests.support.clock import VirtualClock
from tests.support.meeting import Attending
from tests.support.practice import NINE, cancel, move
from tests.support.site import Site

NOWHERE = "0" * 32


def test_before_anybody_came_both_see_from_when_they_may(client: Attending, counselor: Attending) -> None:
    """The counselor may prepare."""
    seen, prepared = client.looks(), counselor.looks()

    assert (seen["version"], seen["you"], seen["others"], seen["mode"]) == (0, None, [], "video")
    assert (seen["opens_at"], seen["closes_at"]) == ("2027-03-03T08:45:00Z", "2027-03-03T10:20:00Z")
    assert prepared["opens_at"] == "2027-03-03T08:00:00Z"
    assert prepared["id"] == seen["id"]


def test_a_client_who_comes_waits_and_the_appointment_has_arrived(
    client: Attending, counselor: Attending, alice: Client
) -> None:
    """The counselor sees who waits, and since when."""
    came = client.arrives()

    assert came.status == 201, came.text
    assert came.json["you"]["status"] == "waiting"
    assert came.json["you"]["device"] == client.device
    [waits] = counselor.looks()["others"]
    assert (waits["role"], waits["name"], waits["status"], waits["present"]) == (
        "client",
        alice.handle,
        "waiting",
        True,
    )
    assert waits["arrived_at"] == "2027-03-03T08:55:00Z"
    assert waits["device"] == ""
    assert alice.browser.get(f"/api/appointments/{client.appointment_id}").json["status"] == "arrived"


def test_coming_twice_is_coming_once(client: Attending, site: Site) -> None:
    """The answer was lost; the seat is the same."""
    key = fresh_key()
    first, again = client.arrives(key=key), client.arrives(key=key)

    assert again.json == first.json
    assert client.arrives().json["you"]["id"] == first.json["you"]["id"]
    assert len([item for item in site.items(site.tables.rooms) if item["sk"]["S"] == "MEETING"]) == 1


def test_a_counselor_is_in_at_once_and_seen_by_the_client(client: Attending, counselor: Attending) -> None:
    """Nobody has to let them in, and the client need not wonder whether anybody is there."""
    assert counselor.arrives().json["you"]["status"] == "admitted"
    client.arrives()

    [host] = client.looks()["others"]
    assert (host["role"], host["name"], host["present"]) == ("counselor", "Tom Tarrow", True)


def test_who_waits_cannot_be_in_the_call(client: Attending) -> None:
    """And keeps their seat all the same."""
    client.arrives()

    assert (client.keeps(join=True).status, client.keeps(join=True).code) == (409, "not_admitted")
    assert client.keeps().status == 200


def test_the_counselor_says_how_long_it_takes(client: Attending, counselor: Attending) -> None:
    """Somebody knows they are there."""
    client.arrives()
    counselor.arrives()
    said = counselor.hosts("notice", {"minutes": 10}, method="PUT")

    assert said.status == 200, said.text
    assert client.looks()["notice"] == {"at": "2027-03-03T08:55:00Z", "expected_at": "2027-03-03T09:05:00Z"}


def test_the_counselor_lets_the_client_in(client: Attending, counselor: Attending) -> None:
    """Also before taking a seat: the page that shows who waits may be another."""
    client.arrives()
    counselor.meeting_id = client.meeting_id
    let_in = counselor.lets_in(client)

    assert let_in.status == 200, let_in.text
    assert client.looks()["you"]["status"] == "admitted"


def test_who_was_not_let_in_may_ask_again(client: Attending, counselor: Attending) -> None:
    """`Not this time` is no verdict."""
    client.arrives()
    counselor.arrives()
    counselor.lets_in(client, admit=False)

    assert client.looks()["you"]["status"] == "declined"
    assert client.keeps(join=True).code == "declined"
    assert client.arrives().json["you"]["status"] == "waiting"


@pytest.mark.parametrize(("minutes", "status"), [(-16, 409), (-15, 201), (49, 201), (50, 409)])
def test_clients_come_from_a_quarter_of_an_hour_before_until_the_end(
    client: Attending, clock: VirtualClock, minutes: int, status: int
) -> None:
    """Who is early is told when; who is late still has what is left."""
    clock.now = NINE + timedelta(minutes=minutes)
    came = client.arrives()

    assert came.status == status
    if status == 409:
        assert came.code == "not_open"
        assert came.json["opens_at"] == "2027-03-03T08:45:00Z"


@pytest.mark.parametrize(("minutes", "status"), [(-61, 409), (-60, 201), (79, 201), (80, 409)])
def test_counselors_come_an_hour_before_until_half_an_hour_after(
    counselor: Attending, clock: VirtualClock, minutes: int, status: int
) -> None:
    """They prepare, and may have to stay."""
    clock.now = NINE + timedelta(minutes=minutes)

    assert counselor.arrives().status == status


def test_who_was_there_may_come_back_for_half_an_hour_after_the_end(client: Attending, clock: VirtualClock) -> None:
    """A battery goes empty at the worst moment."""
    client.arrives()
    clock.now = NINE + timedelta(minutes=79)
    assert client.arrives().status == 201
    clock.now = NINE + timedelta(minutes=80)
    assert client.arrives().code == "not_open"


def test_nobody_comes_to_what_was_called_off(client: Attending, alice: Client, tom: StaffMember) -> None:
    """And who waited already is told at the next look."""
    client.arrives()
    version = tom.browser.get(f"/api/staff/appointments/{client.appointment_id}").json["version"]
    called_off = tom.browser.post(
        f"/api/staff/appointments/{client.appointment_id}/cancel", {"reason": "I am ill.", "version": version}
    )

    assert called_off.status == 200, called_off.text
    assert (client.keeps().code, client.arrives().code) == ("not_held", "not_held")


def test_an_appointment_somebody_came_to_is_not_moved_by_its_client(client: Attending, alice: Client) -> None:
    """They are there."""
    appointment = alice.browser.get(f"/api/appointments/{client.appointment_id}").json
    client.arrives()
    later = alice.browser.get(f"/api/appointments/{client.appointment_id}").json

    assert move(alice, appointment, NINE + timedelta(days=1)).status == 409
    assert cancel(alice, later).status == 409


def test_the_appointment_of_others_looks_like_none(client: Attending, ben: Client, maya: StaffMember) -> None:
    """Whoever asks, and however."""
    client.arrives()
    stranger = Attending(ben, client.appointment_id, meeting_id=client.meeting_id)

    answers = [
        ben.browser.get(f"/api/appointments/{client.appointment_id}/meeting"),
        stranger.arrives(),
        ben.browser.get(f"/api/meetings/{client.meeting_id}"),
        stranger.keeps(join=True),
        stranger.leaves(),
        ben.browser.post(f"/api/appointments/{client.appointment_id}/room"),
    ]
    assert {answer.code for answer in answers} == {"not_found"}
    facilitator = Attending(maya, client.appointment_id, meeting_id=client.meeting_id)
    assert facilitator.lets_in(client).code == "not_found"
    assert facilitator.hosts("end").code == "not_found"


def test_clients_do_not_let_themselves_in(client: Attending, sam: Browser) -> None:
    """The route is not theirs, and a stranger has none."""
    client.arrives()
    path = f"/api/staff/meetings/{client.meeting_id}/seats/{client.seat}/admission"

    assert client.who.browser.post(path, {"admit": True}).status == 401
    assert sam.post(path, {"admit": True}).status == 401


def test_a_seat_that_is_not_there_is_not_found(client: Attending, counselor: Attending) -> None:
    """As anything that is not there."""
    client.arrives()
    counselor.arrives()

    assert counselor.hosts(f"seats/{NOWHERE}/admission", {"admit": True}).code == "not_found"
    assert Attending(client.who, client.appointment_id, meeting_id=NOWHERE).keeps().code == "not_found"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"device": "phone", "mode": "video"},
        {"device": NOWHERE, "mode": "hologram"},
        {"device": NOWHERE, "mode": "video", "name": "Alice"},
    ],
)
def test_what_is_no_page_is_refused_in_words(client: Attending, body: dict[str, str]) -> None:
    """Nothing is made of it."""
    answer = client.who.browser.post(f"/api/appointments/{client.appointment_id}/meeting", body)

    assert answer.status == 422
    assert answer.field.startswith("body.")
    assert client.looks()["version"] == 0


def test_the_two_write_to_each_other_while_they_wait(client: Attending, counselor: Attending) -> None:
    """In one room, whoever opens it first."""
    client.arrives()
    by_tom = counselor.who.browser.post(f"/api/staff/appointments/{client.appointment_id}/room")
    by_alice = client.who.browser.post(f"/api/appointments/{client.appointment_id}/room")

    assert (by_tom.status, by_alice.status) == (201, 201), by_tom.text
    assert by_tom.json["id"] == by_alice.json["id"]
    assert by_tom.json["membership"]["role"] == "counselor"
    said = client.who.browser.post(f"/api/rooms/{by_alice.json['id']}/messages", {"text": "I am here."})
    assert said.status == 201
