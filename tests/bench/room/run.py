"""One run: a room is made, its members talk, and what each of them saw is held against what the log holds."""

import asyncio
import json
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from shared.clock import utc_now
from shared.ids import new_id
from shared.people.items import person_item
from shared.people.model import SIGNED_IN_FOR, Kind, Person, SignIn, Status
from shared.rooms.log import Message
from shared.rooms.log_store import LogStore
from shared.rooms.model import Room, member_id_of
from shared.tables import Table, commit
from tests.bench.room.cloud import Cloud, Faults
from tests.bench.room.function import write_units
from tests.support import dynamodb_local, groups
from tests.support.dynamodb_local import TableNames
from tests.support.events import ORIGIN_KEY
from tests.support.site import aws_client

_CLIENTS = Path(__file__).parent / "clients.mjs"
_POOL = "members-of-the-bench"
TEXTS = [
    "Tonight is a little easier than last night.",
    "Thank you for saying that. I feel the same, and I did not know how to put it.",
    "I went for a walk, made some tea, and wrote down three things that went well. They were small, and that is fine.",
    "Me too.",
]


@dataclass(frozen=True)
class Load:
    """Who talks and how fast: `per_second` 0 is as fast as it goes. One member may post ten messages a minute.

    Of the messages the share `repeated` is sent twice, as by somebody whose first answer got lost.
    """

    members: int = 50
    messages: int = 500
    per_second: int = 10
    functions: int = 4
    repeated: float = 0.05
    faults: Faults = field(default_factory=Faults)
    seed: int = 1


@dataclass(frozen=True)
class Seen:
    """What one member's page showed in the end, by number and client id, and which numbers were news, as they came."""

    shown: list[tuple[int, str]]
    told: list[int]
    pulls: int
    reconnects: int


@dataclass(frozen=True)
class Run:
    """What came of it. Times are in milliseconds, each a list of all; `log` is the truth."""

    load: Load
    log: list[tuple[int, str, str]]  # number, client id, author
    acknowledged: dict[str, int]
    members: list[Seen]
    refused: dict[str, int]
    seconds: float
    behind: int  # members who missed the last messages and could not know
    push_ms: list[float]  # from the POST to the frame at each other member
    shown_ms: list[float]  # from the POST to the message in its place on the page of each other member
    post_ms: list[float]  # from the POST to its answer
    statuses: dict[int, int]  # of the management API
    dropped: int
    reads: float  # units of the members' API
    writes: int  # units of it for posting
    transactions: int  # that tried to post
    processor: float  # seconds, of the members' API

    def faults(self) -> list[str]:
        """Every promise that was broken, in a sentence."""
        found = []
        numbers = [seq for seq, _, _ in self.log]
        ids = [client_id for _, client_id, _ in self.log]
        if numbers != list(range(1, len(numbers) + 1)):
            found.append("the log has holes")
        if len(set(ids)) != len(ids):
            found.append("something was said twice")
        if self.acknowledged != dict(zip(ids, numbers, strict=True)):
            found.append("what was acknowledged is not what the log holds")
        for author in {author for _, _, author in self.log}:
            own = [client_id for _, client_id, one in self.log if one == author]
            if own != sorted(own):
                found.append(f"{author} said things in another order")
        expected = list(zip(numbers, ids, strict=True))
        for number, member in enumerate(self.members):
            if member.shown != expected:
                found.append(f"member {number} sees something else than the log holds")
            if member.told != sorted(set(member.told)):
                found.append(f"member {number} was told news twice or in another order")
        return found


def run(load: Load, dynamodb_address: str) -> Run:
    """Let them talk. DynamoDB is at this address."""
    client = aws_client("dynamodb", dynamodb_address)
    tables = dynamodb_local.create_tables(client)
    try:
        return asyncio.run(_run(load, client, tables, dynamodb_address))
    finally:
        dynamodb_local.delete_tables(client, tables)


def frames_of(load: Load, relay: int, frame: int) -> list[float]:
    """As many frames of so many bytes through the relay at this port: how many milliseconds each took."""
    told = {"members": [""] * load.members, "relay": relay, "frame": frame}
    timed: list[float] = json.loads(asyncio.run(_clients(load, told)))["pushMs"]
    return timed


async def _run(load: Load, client: Any, tables: TableNames, address: str) -> Run:
    room = groups.found(_Place(client, tables), capacity=load.members)
    people = [_person(number) for number in range(load.members)]
    for person in people:
        commit(client, [Table(client, tables.people).put(person_item(person))])
    cloud = Cloud([_claims(person) for person in people], load.faults, load.seed)
    await cloud.start(_environment(tables, address), load.functions)
    try:
        await asyncio.gather(*(_join(cloud, number, room) for number in range(load.members)))
        before = await cloud.member_api.reports()
        told = {"api": cloud.api, "sockets": cloud.sockets, "room": room.id}
        members = [member_id_of(room.id, person.id) for person in people]
        seen = json.loads(await _clients(load, told | {"members": members}))
        spent = await cloud.member_api.reports()
    finally:
        await cloud.end()
    entries = LogStore(Table(client, tables.rooms)).after(room.id, 0, 10**5)
    return _told(load, cloud, entries, seen, _spent(client, before, spent))


def _told(load: Load, cloud: Cloud, entries: list[Any], seen: dict[str, Any], spent: dict[str, Any]) -> Run:
    return Run(
        load=load,
        log=[(entry.seq, entry.client_id, entry.author) for entry in entries if isinstance(entry, Message)],
        acknowledged=seen["acknowledged"],
        members=[
            Seen([(seq, id_) for seq, id_ in one["seen"]], one["told"], one["pulls"], one["reconnects"])
            for one in seen["members"]
        ],
        refused=seen["refused"],
        seconds=seen["seconds"],
        behind=seen["behind"],
        push_ms=seen["pushMs"],
        shown_ms=seen["shownMs"],
        post_ms=seen["postMs"],
        statuses=dict(cloud.statuses),
        dropped=cloud.management.dropped,
        **spent,
    )


async def _clients(load: Load, told: Mapping[str, Any]) -> bytes:
    words = {
        "messages": load.messages,
        "perSecond": load.per_second,
        "atOnce": load.functions,
        "repeated": load.repeated,
        "seed": load.seed,
        "texts": TEXTS,
        **told,
    }
    process = await asyncio.create_subprocess_exec("node", str(_CLIENTS), json.dumps(words), stdout=subprocess.PIPE)
    seen, _ = await process.communicate()
    if process.returncode:
        raise SystemExit("The members have died; what they printed says why.")
    return seen


async def _join(cloud: Cloud, number: int, room: Room) -> None:
    path = {"room_id": room.id}
    asking = {"member": number, "route": "POST /api/rooms/{room_id}/handles", "path": path}
    offered = await cloud.request(asking)
    body = {"handle": offered["body"]["handles"][0], "guidelines_version": 1, "of_age": True}
    route = "POST /api/rooms/{room_id}/membership"
    joined = await cloud.request({"member": number, "route": route, "path": path, "body": body, "key": new_id()})
    if joined["status"] != 201:
        raise SystemExit(f"Nobody may come in: {joined}")


def _spent(look: Any, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> dict[str, Any]:
    """The difference of two rounds of reports."""

    def of(reports: list[dict[str, Any]]) -> tuple[float, int, int, float]:
        rows = [row for report in reports for row in report["written"]]
        written = [row for row in rows if row[2].startswith(("LOG#", "MEMBER#"))]
        transactions = sum(times for _, _, sk, times in written if sk.startswith("LOG#"))
        reads, processor = (sum(report[name] for report in reports) for name in ("reads", "processor"))
        return reads, write_units(look, written), transactions, processor

    names = ("reads", "writes", "transactions", "processor")
    return {name: new - old for name, old, new in zip(names, of(before), of(after), strict=True)}


@dataclass(frozen=True)
class _Place:
    """As much of a `Site` as founding a group takes."""

    dynamodb: Any
    tables: TableNames

    def clock(self) -> datetime:
        return utc_now()


def _person(number: int) -> Person:
    now = datetime.now(UTC)
    sign_in = SignIn(new_id(), frozenset(), frozenset(), now, now + SIGNED_IN_FOR)
    since = now - timedelta(days=30)
    handle = f"quiet-otter-{number:03}"
    return Person(
        new_id(), Kind.CLIENT, Status.ACTIVE, "UTC", "en", since, handle=handle, sign_ins={sign_in.id: sign_in}
    )


def _claims(person: Person) -> dict[str, str]:
    (sign_in,) = person.sign_ins
    return {"token_use": "access", "client_id": _POOL, "username": person.id, "origin_jti": sign_in}


def _environment(tables: TableNames, address: str) -> dict[str, str]:
    names = {f"{name.upper()}_TABLE": deployed for name, deployed in asdict(tables).items()}
    return {
        **names,
        "AWS_ENDPOINT_URL_DYNAMODB": address,
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "POWERTOOLS_LOG_LEVEL": "ERROR",
        "POWERTOOLS_SERVICE_NAME": "bench",
        "POWERTOOLS_METRICS_NAMESPACE": "Hearthline",
        "SHARDS_QUEUE_URL": "http://127.0.0.1:9/shards",
        "ORIGIN_KEY": ORIGIN_KEY,
        "VIDEO_PROVIDER": "peer",
        "CIRCLE_PROVIDER": "peer",
        "VIDEO_CEILING_USD": "",
        "ORGANISATION": "Lighthouse Counseling",
        "AUDIT_RETENTION_DAYS": "365",
        "PUSH_PUBLIC_KEY": "",
        "MEMBER_POOL_ID": "us-east-1_bench",
        "MEMBER_CLIENT_ID": _POOL,
    }
