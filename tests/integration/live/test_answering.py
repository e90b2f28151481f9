"""What API Gateway is answered, also when something goes wrong on our side."""

import json
from typing import Any

import pytest

from functions.live import app as live
from functions.live.app import handler
from shared.rooms.connections import MOST_OPEN
from shared.rooms.model import Room
from tests.support.cast import Client
from tests.support.events import socket_event
from tests.support.frames import heard
from tests.support.live import device, ticket
from tests.support.site import Site


@pytest.fixture(autouse=True)
def served(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The handler works on this site."""
    monkeypatch.setattr(live, "app", lambda: site.live_app)


@pytest.fixture
def broken(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """DynamoDB answers what nobody expects."""

    def fail(*_: Any, **__: Any) -> Any:
        raise RuntimeError("quiet-otter-482")

    for operation in ("get_item", "delete_item", "transact_write_items"):
        monkeypatch.setattr(site.dynamodb, operation, fail)


def connect(ticket: str) -> dict[str, Any]:
    return handler(socket_event("$connect", "c1", protocols=f"hearthline, ticket.{ticket}"), None)


def test_a_handshake_is_refused_with_the_status_of_the_refusal(site: Site, alice: Client) -> None:
    assert connect("made-up") == {"statusCode": 401}
    for number in range(MOST_OPEN):
        device(site, alice, f"a{number}")
    assert connect(ticket(alice)) == {"statusCode": 429}


def test_frames_are_answered_on_the_socket_they_came_by(site: Site, room: Room, alice: Client) -> None:
    device(site, alice, "a")

    answer = handler(socket_event("$default", "a", body=f'{{"type":"watch","room":"{room.id}"}}'), None)

    assert answer["statusCode"] == 200
    assert heard(answer["body"].encode())["type"] == "watching"
    silent = handler(socket_event("$default", "a", body=f'{{"type":"unwatch","room":"{room.id}"}}'), None)
    assert silent == {"statusCode": 200}


def test_a_frame_that_fails_on_our_side_is_said_to(
    site: Site, alice: Client, broken: None, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = handler(socket_event("ping", "a", body='{"type":"ping"}'), None)

    assert heard(answer["body"].encode())["code"] == "fault"
    assert answer["statusCode"] == 200
    assert "otter" not in json.dumps(answer) + str(capsys.readouterr())


def test_a_handshake_that_fails_on_our_side_opens_nothing(site: Site, alice: Client, broken: None) -> None:
    assert connect("made-up") == {"statusCode": 500}
    assert handler(socket_event("$disconnect", "c1"), None) == {"statusCode": 500}
