"""API Gateway in front of functions that are processes: requests, sockets, and a management API that can be bad.

Members speak lines of JSON instead of HTTP and WebSocket: what those cost is the same for every service.
"""

import asyncio
import json
import math
import os
import random
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from tests.support.events import http_event, socket_event
from tests.support.management_api import ManagementApi, Received

_LONGEST_LINE = 2**20
_ROOT = Path(__file__).parents[3]


class Faults(NamedTuple):
    """Shares of frames that are answered 200 and dropped, of requests answered 429, of sockets that end half-way."""

    dropped: float = 0.2
    throttled: float = 0.02
    ended: float = 0.05


NONE = Faults(0, 0, 0)


class Functions:
    """Execution environments of one function. Each serves one event at a time; who finds none free waits."""

    def __init__(self) -> None:
        self._free: asyncio.Queue[asyncio.subprocess.Process] = asyncio.Queue()
        self._all: list[asyncio.subprocess.Process] = []

    async def start(self, module: str, count: int, environment: Mapping[str, str]) -> None:
        """Start `count` of them."""
        for _ in range(count):
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.bench.room.function",
                module,
                cwd=_ROOT,
                env=environment,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=_LONGEST_LINE,
            )
            self._all.append(process)
            self._free.put_nowait(process)

    async def invoke(self, event: object) -> dict[str, Any]:
        """The answer to an event."""
        process = await self._free.get()
        answer = await self._ask(process, event)
        self._free.put_nowait(process)
        return answer

    async def reports(self) -> list[dict[str, Any]]:
        """What each has spent so far."""
        return [await self._ask(process, None) for process in self._all]

    async def end(self) -> None:
        """End them all."""
        for process in self._all:
            process.stdin.close()
            await process.wait()

    async def _ask(self, process: asyncio.subprocess.Process, event: object) -> dict[str, Any]:
        process.stdin.write(json.dumps(event).encode() + b"\n")
        line = await process.stdout.readline()
        if not line:
            raise SystemExit("A function has died; what it printed says why.")
        answer: dict[str, Any] = json.loads(line)
        return answer


class LossyApi(ManagementApi):
    """Hands frames on to the sockets in `open`, by connection id. Each socket has its own seeded luck."""

    def __init__(self, faults: Faults, seed: int) -> None:
        super().__init__("", asyncio.get_running_loop())
        self.open: dict[str, asyncio.StreamWriter] = {}
        self.statuses: Counter[int] = Counter()
        self.posted = self.dropped = 0
        self._faults, self._seed = faults, seed
        self._luck: dict[str, random.Random] = {}

    def answer(self, request: Received) -> bytes:
        """As API Gateway would, but for what is lost on the way to the page."""
        status = self._status(request)
        self.statuses[status] += 1
        return self.said(status)

    def _status(self, request: Received) -> int:
        writer = self.open.get(request.connection_id)
        if writer is None:
            return 410
        luck = self._luck.setdefault(request.connection_id, random.Random(f"{self._seed} {request.connection_id}"))
        if luck.random() < self._faults.throttled:
            return 429
        self.posted += 1
        if luck.random() < self._faults.dropped:
            self.dropped += 1
        else:
            writer.write(request.body + b"\n")
        return 200


class Cloud:
    """The site as members reach it: `api` and `sockets` are its ports, `claims` those of the members' tokens.

    `statuses` are what posts were answered with until everybody had caught up.
    """

    def __init__(self, claims: list[dict[str, str]], faults: Faults, seed: int) -> None:
        self.member_api, self.live = Functions(), Functions()
        self.management = LossyApi(faults, seed)
        self.api = self.sockets = 0
        self.statuses: Counter[int] = Counter()
        self._claims = claims
        self._ending = math.ceil(len(claims) * faults.ended)
        self._opened: Counter[int] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._servers: list[asyncio.Server] = []

    async def start(self, environment: Mapping[str, str], functions: int) -> None:
        """Listen, and start so many environments of the members' API and one of the socket's function."""
        management, self.api, self.sockets = [
            await self._listen(serve) for serve in (self.management.serve, self._serve_api, self._serve_socket)
        ]
        told = {**os.environ, **environment, "LIVE_ENDPOINT": f"http://127.0.0.1:{management}/live"}
        await self.member_api.start("functions.member_api.app", functions, told)
        await self.live.start("functions.live.app", 1, told)

    async def request(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """A member's request: `member` is a number, `route` a route key, `path` the values of its parameters."""
        path = wanted["route"].split(" ")[1].format(**wanted.get("path", {}))
        event = http_event(
            wanted["route"],
            path,
            body=wanted.get("body"),
            headers={"idempotency-key": wanted.get("key", "")},
            query=wanted.get("query", ""),
            path_parameters=wanted.get("path"),
            claims=self._claims[wanted["member"]],
        )
        answer = await self.member_api.invoke(event)
        return {"status": answer["statusCode"], "body": json.loads(answer["body"] or "null")}

    def _at(self, moment: str) -> None:
        """Half-way some sockets end, those of the first members, and nobody tells the functions."""
        if moment == "caught up":
            self.statuses = Counter(self.management.statuses)
            return
        for id_ in [id_ for id_ in self.management.open if int(id_[:4]) < self._ending]:
            self.management.open.pop(id_).transport.abort()

    async def end(self) -> None:
        """End everything that was started."""
        for server in self._servers:
            server.close()
        for writer in list(self.management.open.values()):
            writer.transport.abort()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.member_api.end()
        await self.live.end()

    async def _listen(self, serve: Any) -> int:
        async def tracked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            self._tasks.add(task)
            with suppress(OSError, EOFError, asyncio.CancelledError):
                await serve(reader, writer)
            self._tasks.discard(task)
            writer.transport.abort()

        server = await asyncio.start_server(tracked, "127.0.0.1", 0, limit=_LONGEST_LINE)
        self._servers.append(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    async def _serve_api(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def one(wanted: dict[str, Any]) -> None:
            if moment := wanted.get("moment"):
                self._at(moment)
            answer = {} if moment else await self.request(wanted)
            writer.write(json.dumps({"n": wanted["n"], **answer}).encode() + b"\n")

        async with asyncio.TaskGroup() as asked:
            while line := await reader.readline():
                asked.create_task(one(json.loads(line)))

    async def _serve_socket(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hello = json.loads(await reader.readline())
        number: int = hello["member"]
        self._opened[number] += 1
        id_ = f"{number:04}L0SM9cO{self._opened[number]:04}="
        opened = await self.live.invoke(socket_event("$connect", id_, protocols=hello["protocols"]))
        if opened["statusCode"] != 200:
            return
        self.management.open[id_] = writer
        writer.write(b'{"type":"open"}\n')
        with suppress(OSError):
            while line := await reader.readline():
                answer = await self.live.invoke(socket_event("$default", id_, body=line.decode()))
                if "body" in answer:
                    writer.write(answer["body"].encode() + b"\n")
        if self.management.open.pop(id_, None):
            await self.live.invoke(socket_event("$disconnect", id_))
