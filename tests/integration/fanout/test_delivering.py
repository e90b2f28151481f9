"""`fanout`: shards of big rooms reach their sockets, and nothing that fails is sent twice."""

from collections.abc import Iterator
from typing import Any

import pytest

from functions.fanout.app import FanoutApp, serve
from shared.rooms.connections import Connections
from shared.rooms.push import Push
from shared.rooms.shards import SIZE, Shard, Shards, pack
from shared.sigv4 import Credentials
from shared.tables import Table
from tests.support.clock import VirtualClock
from tests.support.dynamodb_local import TableNames, raw_items
from tests.support.management_api import ManagementApi, management_api
from tests.support.site import Emulators, aws_client

FRAME = b'{"type":"hint","room":"r1","seq":7}'
ROOM = [f"L0SM9cOFvHcC{n:03}=" for n in range(3 * SIZE)]
ALICE, BEN = ROOM[:2]


@pytest.fixture
def api() -> Iterator[ManagementApi]:
    with management_api() as running:
        running.sockets.update(ROOM)
        yield running


@pytest.fixture
def connections(dynamodb: Any, tables: TableNames) -> Connections:
    return Connections(Table(dynamodb, tables.rooms))


@pytest.fixture
def fanout(api: ManagementApi, connections: Connections) -> Iterator[FanoutApp]:
    push = Push(api.endpoint, "us-east-1", lambda: Credentials("key", "secret", "token"))
    yield FanoutApp(push, connections)
    push.hang_up()


def event(*bodies: str) -> dict[str, Any]:
    return {"Records": [{"messageId": f"m{n}", "body": body} for n, body in enumerate(bodies, 1)]}


def test_every_shard_of_an_event_is_delivered(api: ManagementApi, fanout: FanoutApp) -> None:
    shards = [pack(Shard(FRAME, tuple(ROOM[start : start + SIZE]))) for start in range(0, len(ROOM), SIZE)]

    assert serve(fanout, event(*shards)) == {"batchItemFailures": []}
    assert api.frames == {id_: [FRAME] for id_ in ROOM}


def test_what_cannot_be_read_is_named_and_the_rest_is_delivered(api: ManagementApi, fanout: FanoutApp) -> None:
    answer = serve(fanout, event("{", pack(Shard(FRAME, (ALICE,))), "[]"))

    assert answer == {"batchItemFailures": [{"itemIdentifier": "m1"}, {"itemIdentifier": "m3"}]}
    assert api.frames[ALICE] == [FRAME]


def test_sockets_that_are_gone_are_forgotten_and_only_they(
    api: ManagementApi, fanout: FanoutApp, connections: Connections, dynamodb: Any, tables: TableNames
) -> None:
    now = VirtualClock()()
    for id_ in (ALICE, BEN):
        connections.open(id_, f"person-of-{id_}", "sign-in", now)
    api.sockets.discard(ALICE)

    assert serve(fanout, event(pack(Shard(FRAME, (ALICE, BEN))))) == {"batchItemFailures": []}
    assert {item["connection_id"]["S"] for item in raw_items(dynamodb, tables.rooms)} == {BEN}


def test_what_is_given_up_is_not_sent_again(api: ManagementApi, fanout: FanoutApp) -> None:
    api.answers[ALICE] = [429] * 3

    assert serve(fanout, event(pack(Shard(FRAME, (ALICE, BEN))))) == {"batchItemFailures": []}
    assert (api.frames[ALICE], api.frames[BEN]) == ([], [FRAME])


def test_a_table_that_is_down_does_not_send_frames_twice(api: ManagementApi, fanout: FanoutApp) -> None:
    nowhere = Table(aws_client("dynamodb", "http://127.0.0.1:9"), "rooms")
    api.sockets.discard(ALICE)

    answer = serve(FanoutApp(fanout.push, Connections(nowhere)), event(pack(Shard(FRAME, (ALICE, BEN)))))

    assert answer == {"batchItemFailures": []}
    assert api.frames[BEN] == [FRAME]


def test_nothing_about_people_is_logged(
    api: ManagementApi, fanout: FanoutApp, caplog: pytest.LogCaptureFixture
) -> None:
    api.sockets.discard(ALICE)

    serve(fanout, event("secret words", pack(Shard(FRAME, (ALICE, BEN)))))

    logged = str([vars(record) for record in caplog.records])
    assert "'delivered': 1, 'gone': 1, 'given_up': 0" in logged
    for word in ("secret", ALICE, BEN, "hint"):
        assert word not in logged


def test_a_frame_to_a_big_room_is_left_in_one_message_for_each_shard(
    api: ManagementApi, fanout: FanoutApp, emulators: Emulators
) -> None:
    client = aws_client("sqs", emulators.cognito)
    url = client.create_queue(QueueName="shards")["QueueUrl"]

    Shards(client, url).put(FRAME, ROOM)

    taken = client.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    client.delete_queue(QueueUrl=url)
    assert len(taken) == 3
    assert serve(fanout, event(*[message["Body"] for message in taken])) == {"batchItemFailures": []}
    assert api.frames == {id_: [FRAME] for id_ in ROOM}
