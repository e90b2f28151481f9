"""Frames to many open sockets: everyone gets theirs, and whatever the network does is counted and never raised."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Literal

import pytest

from shared.rooms.push import Outcome, Push
from shared.sigv4 import Credentials
from tests.support.management_api import ManagementApi, management_api

ROOM = [f"L0SM9cOFvHcC{n:03}=" for n in range(300)]
ALICE, BEN, TOM = ROOM[:3]
FRAME = json.dumps({"type": "hint", "room": "r1", "seq": 7}).encode()


@contextmanager
def pushing(endpoint: str) -> Iterator[Push]:
    push = Push(endpoint, "us-east-1", lambda: Credentials("key", "secret", "token"))
    try:
        yield push
    finally:
        push.hang_up()


@pytest.fixture
def api() -> Iterator[ManagementApi]:
    with management_api() as running:
        running.sockets.update(ROOM)
        yield running


@pytest.fixture
def push(api: ManagementApi) -> Iterator[Push]:
    with pushing(api.endpoint) as made:
        yield made


@pytest.mark.parametrize("people", [1, 25, 300])
def test_a_frame_reaches_every_socket_once(api: ManagementApi, push: Push, people: int) -> None:
    assert push.send([(FRAME, ROOM[:people])]) == Outcome(people, (), 0)

    assert api.frames == {id_: [FRAME] for id_ in ROOM[:people]}
    assert api.wires <= 32


def test_everyone_gets_the_frames_meant_for_them(api: ManagementApi, push: Push) -> None:
    outcome = push.send([(b"to all", ROOM[:50]), ("für Ben".encode(), [BEN]), (b"", [TOM]), (b"nobody", [])])

    assert outcome == Outcome(52, (), 0)
    assert sorted(api.frames[BEN]) == sorted([b"to all", "für Ben".encode()])
    assert sorted(api.frames[TOM]) == [b"", b"to all"]
    assert api.frames[ALICE] == [b"to all"]


def test_a_frame_may_be_as_large_as_api_gateway_takes(api: ManagementApi, push: Push) -> None:
    frame = b"x" * 32 * 1024

    assert push.send([(frame, ROOM)]).delivered == 300
    assert all(api.frames[id_] == [frame] for id_ in ROOM)


def test_nothing_to_send_asks_nobody() -> None:
    def no_credentials() -> Credentials:
        raise AssertionError

    push = Push("http://127.0.0.1:1/live", "us-east-1", no_credentials)
    assert push.send([]) == push.send([(FRAME, [])]) == Outcome(0, (), 0)


def test_sockets_that_are_gone_are_named(api: ManagementApi, push: Push) -> None:
    api.sockets -= {ALICE, BEN}

    outcome = push.send([(FRAME, ROOM[:25]), (FRAME, [BEN])])

    assert outcome.delivered == 23
    assert sorted(outcome.gone) == [ALICE, BEN]
    assert outcome.given_up == 0


@pytest.mark.parametrize("status", [429, 500, 503])
def test_whoever_is_turned_away_twice_gets_the_frame_the_third_time(
    api: ManagementApi, push: Push, status: int
) -> None:
    api.answers[ALICE] = [status, status]

    assert push.send([(FRAME, ROOM[:25])]) == Outcome(25, (), 0)
    assert api.frames[ALICE] == [FRAME]


@pytest.mark.parametrize("status", [429, 500])
def test_after_three_tries_it_is_left_to_catch_up(api: ManagementApi, push: Push, status: int) -> None:
    api.answers[ALICE] = [status] * 3

    assert push.send([(FRAME, ROOM[:25])]) == Outcome(24, (), 1)
    assert [request.connection_id for request in api.received].count(ALICE) == 3


@pytest.mark.parametrize("status", [400, 403, 413])
def test_what_would_fail_again_is_not_tried_again(api: ManagementApi, push: Push, status: int) -> None:
    api.answers[ALICE] = [status]

    assert push.send([(FRAME, ROOM[:25])]) == Outcome(24, (), 1)
    assert [request.connection_id for request in api.received].count(ALICE) == 1


def test_wires_are_kept_from_one_call_to_the_next(api: ManagementApi, push: Push) -> None:
    push.send([(FRAME, [ALICE])])
    push.send([(FRAME, [ALICE])])

    assert api.wires == 1


def test_a_wire_cut_in_the_middle_is_replaced_and_nobody_misses_the_frame(api: ManagementApi, push: Push) -> None:
    api.cuts.update(dict.fromkeys(ROOM[:300:40], 1))

    assert push.send([(FRAME, ROOM)]) == Outcome(300, (), 0)
    assert all(FRAME in api.frames[id_] for id_ in ROOM)


def test_a_socket_that_always_cuts_the_wire_is_given_up_and_the_others_are_served(
    api: ManagementApi, push: Push
) -> None:
    api.cuts[ALICE] = 100

    assert push.send([(FRAME, [ALICE])]) == Outcome(0, (), 1)
    assert push.send([(FRAME, [BEN, TOM])]) == Outcome(2, (), 0)


def test_wires_that_ended_while_the_function_was_frozen_are_replaced(api: ManagementApi, push: Push) -> None:
    push.send([(FRAME, ROOM)])
    before = api.wires
    api.hang_up()

    assert push.send([(b"next", ROOM)]) == Outcome(300, (), 0)
    assert all(api.frames[id_] == [FRAME, b"next"] for id_ in ROOM)
    assert api.wires > before


def test_wires_the_network_forgot_are_replaced(api: ManagementApi, push: Push) -> None:
    push.send([(FRAME, ROOM[:25])])
    api.forget_wires()

    assert push.send([(b"next", ROOM[:25])]) == Outcome(25, (), 0)
    assert all(api.frames[id_] == [FRAME, b"next"] for id_ in ROOM[:25])


def test_the_time_is_bounded_and_what_was_not_answered_is_given_up(api: ManagementApi, push: Push) -> None:
    api.silent.add(ALICE)
    begun = monotonic()

    outcome = push.send([(FRAME, ROOM[:8])], within=0.2)

    assert monotonic() - begun < 1
    assert outcome == Outcome(7, (), 1)
    assert push.send([(b"next", ROOM[1:8])]) == Outcome(7, (), 0), "a late answer is not taken for another's"


@pytest.mark.parametrize("manner", ["length", "chunked", "close", "unbounded"])
def test_answers_may_come_in_any_form_http_has(
    api: ManagementApi, push: Push, manner: Literal["length", "chunked", "close", "unbounded"]
) -> None:
    api.manner = manner
    api.sockets.discard(BEN)
    api.answers[TOM] = [429]

    for _ in range(2):
        assert push.send([(FRAME, ROOM[:8])], within=5) == Outcome(7, (BEN,), 0)


def test_what_is_not_http_is_given_up(api: ManagementApi, push: Push) -> None:
    api.manner = "nonsense"

    assert push.send([(FRAME, ROOM[:3])]) == Outcome(0, (), 3)


def test_nothing_is_raised_when_nobody_listens() -> None:
    with socket.socket() as bound:  # bound and not listening: connections are refused, and nobody else takes the port
        bound.bind(("127.0.0.1", 0))
        with pushing(f"http://127.0.0.1:{bound.getsockname()[1]}/live") as push:
            assert push.send([(FRAME, ROOM[:25])]) == Outcome(0, (), 25)
            push.close(ALICE)


def test_nothing_is_raised_when_there_is_no_such_host() -> None:
    with pushing("https://nobody.invalid/live") as push:
        assert push.send([(FRAME, [ALICE])], within=5) == Outcome(0, (), 1)


def test_a_host_that_does_not_speak_tls_is_given_up(api: ManagementApi) -> None:
    with pushing(api.endpoint.replace("http:", "https:")) as push:
        assert push.send([(FRAME, [ALICE])], within=0.3) == Outcome(0, (), 1)


def test_a_socket_can_be_ended(api: ManagementApi, push: Push) -> None:
    push.close(ALICE)
    push.close(ALICE)  # it is gone: fine

    assert [request.method for request in api.received] == ["DELETE", "DELETE"]
    assert ALICE not in api.sockets
    assert push.send([(FRAME, [ALICE, BEN])]) == Outcome(1, (ALICE,), 0)


def test_credentials_are_asked_for_at_each_call(api: ManagementApi) -> None:
    keys = iter([Credentials("first", "secret"), Credentials("second", "secret", "token")])
    push = Push(api.endpoint, "us-east-1", lambda: next(keys))
    push.send([(FRAME, [ALICE])])
    push.send([(FRAME, [ALICE])])
    push.hang_up()

    first, second = (request.headers for request in api.received)
    assert "Credential=first/" in first["authorization"]
    assert "Credential=second/" in second["authorization"]
    assert "x-amz-security-token" not in first
    assert second["x-amz-security-token"] == "token"
