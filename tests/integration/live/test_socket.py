"""The socket: a ticket opens it once, pings keep it, and it is forgotten when it closes."""

import json
from datetime import timedelta
from typing import Any

import pytest

from functions.live.app import serve
from shared.errors import SignInRequired
from shared.rooms.connections import LEASE
from tests.support.cast import Client, StaffMember, sign_in
from tests.support.clock import VirtualClock
from tests.support.events import socket_event
from tests.support.site import Site


def ticket_of(somebody: Client | StaffMember) -> str:
    path = "/api/staff/live/tickets" if isinstance(somebody, StaffMember) else "/api/live/tickets"
    issued = somebody.browser.post(path, key="")
    assert issued.status == 201, issued.text
    return str(issued.json["ticket"])


def connect(site: Site, ticket: str, connection_id: str = "c1", protocols: str | None = None) -> dict[str, Any]:
    offered = f"hearthline, ticket.{ticket}" if protocols is None else protocols
    return serve(site.live_app, socket_event("$connect", connection_id, protocols=offered))


def frame(site: Site, body: str, connection_id: str = "c1") -> dict[str, Any]:
    answered: dict[str, Any] = json.loads(
        serve(site.live_app, socket_event("$default", connection_id, body=body))["body"]
    )
    return answered


def connections(site: Site, person_id: str) -> list[str]:
    return [connection.id for connection in site.live_app.connections.of(person_id, site.clock())]


def test_a_ticket_says_until_when_and_only_its_digest_is_kept(alice: Client, site: Site) -> None:
    issued = alice.browser.post("/api/live/tickets", key="")

    assert issued.json["expires_at"] == "2027-03-01T12:00:30Z"
    assert issued.json["ticket"] not in str(site.items(site.tables.people))


@pytest.mark.parametrize("who", ["alice", "tom"])
def test_a_ticket_opens_the_socket_of_whoever_asked_for_it(
    site: Site, who: str, request: pytest.FixtureRequest
) -> None:
    somebody: Client | StaffMember = request.getfixturevalue(who)

    answer = connect(site, ticket_of(somebody))

    assert answer == {"statusCode": 200, "headers": {"Sec-WebSocket-Protocol": "hearthline"}}
    assert connections(site, somebody.id) == ["c1"]


def test_a_ticket_is_good_once(alice: Client, site: Site) -> None:
    ticket = ticket_of(alice)
    connect(site, ticket)

    with pytest.raises(SignInRequired):
        connect(site, ticket, "c2")
    assert connections(site, alice.id) == ["c1"]


def test_a_ticket_is_good_for_half_a_minute(alice: Client, site: Site, clock: VirtualClock) -> None:
    early, late = ticket_of(alice), ticket_of(alice)
    clock.advance(timedelta(seconds=29))
    assert connect(site, early)["statusCode"] == 200

    clock.advance(timedelta(seconds=1))
    with pytest.raises(SignInRequired):
        connect(site, late, "c2")


@pytest.mark.parametrize("protocols", [None, "", "hearthline", "hearthline, ticket.", "ticket.x", "hearthline, x", "é"])
def test_without_a_ticket_nothing_opens(site: Site, protocols: str | None) -> None:
    with pytest.raises(SignInRequired):
        serve(site.live_app, socket_event("$connect", "c1", protocols=protocols))


def test_a_good_ticket_without_our_protocol_opens_nothing_either(alice: Client, site: Site) -> None:
    with pytest.raises(SignInRequired):
        connect(site, "", protocols=f"ticket.{ticket_of(alice)}")


@pytest.mark.parametrize("ticket", ["made-up", "x" * 5000, "#", "\x00"])
def test_a_made_up_ticket_opens_nothing(site: Site, ticket: str) -> None:
    with pytest.raises(SignInRequired):
        connect(site, ticket)


def test_a_ticket_dies_with_its_sign_in(alice: Client, site: Site) -> None:
    ticket = ticket_of(alice)
    alice.browser.post("/api/auth/sign-out", key="")

    with pytest.raises(SignInRequired):
        connect(site, ticket)


def test_a_ticket_dies_when_its_owner_is_suspended(tom: StaffMember, ada: StaffMember, site: Site) -> None:
    ticket = ticket_of(tom)
    ada.browser.patch(f"/api/staff/people/{tom.id}", {"status": "suspended"})

    with pytest.raises(SignInRequired):
        connect(site, ticket)


def test_a_ping_is_answered_and_renews_the_lease(alice: Client, site: Site, clock: VirtualClock) -> None:
    connect(site, ticket_of(alice))
    clock.advance(LEASE - timedelta(seconds=1))

    pong = frame(site, '{"type":"ping"}')

    assert pong == {"type": "pong", "at": "2027-03-01T12:09:59Z", "lease_until": "2027-03-01T12:19:59Z", "tails": {}}
    clock.advance(LEASE - timedelta(seconds=1))
    assert connections(site, alice.id) == ["c1"]


def test_a_lease_that_is_not_renewed_no_longer_counts(alice: Client, site: Site, clock: VirtualClock) -> None:
    connect(site, ticket_of(alice))
    clock.advance(LEASE)

    assert connections(site, alice.id) == []


def test_a_ping_on_a_socket_we_do_not_know_asks_for_a_new_one(site: Site) -> None:
    assert frame(site, '{"type":"ping"}', "unknown")["code"] == "not_found"


def test_closing_forgets_the_socket_and_only_it(alice: Client, site: Site) -> None:
    connect(site, ticket_of(alice), "c1")
    connect(site, ticket_of(alice), "c2")

    assert serve(site.live_app, socket_event("$disconnect", "c1")) == {"statusCode": 200}
    assert connections(site, alice.id) == ["c2"]
    serve(site.live_app, socket_event("$disconnect", "c2"))
    assert site.items(site.tables.rooms) == []


def test_the_news_of_a_disconnect_may_come_twice_or_for_nobody(site: Site) -> None:
    for _ in range(2):
        assert serve(site.live_app, socket_event("$disconnect", "c1")) == {"statusCode": 200}


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "7", "null", '{"type":"shout"}', '{"type":7}', '{"type":["ping"]}', "{}"]
)
def test_a_frame_we_do_not_understand_is_answered_with_a_problem_and_nothing_else(
    alice: Client, site: Site, body: str
) -> None:
    connect(site, ticket_of(alice))
    before = site.items(site.tables.rooms)

    assert frame(site, body) == {"type": "problem", "code": "malformed", "detail": "This frame is not understood."}
    assert site.items(site.tables.rooms) == before


def test_rows_say_when_they_may_be_forgotten(alice: Client, site: Site) -> None:
    connect(site, ticket_of(alice))

    for item in site.items(site.tables.rooms):
        assert int(item["expires_at"]["N"]) > int(item["lease_until"]["N"]) > site.clock().timestamp()


def test_each_device_has_its_own(alice: Client, site: Site) -> None:
    phone = Client(site.browser(), alice.handle, alice.password)
    sign_in(phone.browser, alice.handle, alice.password)

    connect(site, ticket_of(alice), "laptop")
    connect(site, ticket_of(phone), "phone")

    assert sorted(connections(site, alice.id)) == ["laptop", "phone"]
