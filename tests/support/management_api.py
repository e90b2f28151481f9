"""API Gateway's `@connections` of one stage: posts reach the sockets it knows, and it can be as bad as a network."""

import asyncio
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple
from urllib.parse import unquote

STAGE = "/live"


class Received(NamedTuple):
    """One request, whatever it was answered with."""

    method: str
    connection_id: str
    body: bytes
    headers: dict[str, str]


class ManagementApi:
    """Answers 200 (204 to DELETE) for the `sockets` it knows and 410 for others, unless told otherwise."""

    def __init__(self, endpoint: str, loop: asyncio.AbstractEventLoop) -> None:
        self.endpoint = endpoint
        self.sockets: set[str] = set()
        self.frames: dict[str, list[bytes]] = defaultdict(list)  # what reached each socket, in order
        self.received: list[Received] = []
        self.wires = 0  # how many have been opened
        self.answers: dict[str, list[int]] = defaultdict(list)  # what the next requests for an id are answered with
        self.cuts: Counter[str] = Counter()  # how many more requests for an id end their wire without an answer
        self.silent: set[str] = set()  # requests for these ids are never answered
        self.manner: Literal["length", "chunked", "close", "unbounded", "nonsense"] = "length"
        self._loop = loop
        self._open: set[asyncio.StreamWriter] = set()
        self._forgotten: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def hang_up(self) -> None:
        """End every wire, as a server does with those that were idle for long."""
        self._do(lambda: [writer.transport.abort() for writer in self._open])

    def forget_wires(self) -> None:
        """Never answer on the wires there are now and never end them, as a network that lost them."""
        self._do(lambda: self._forgotten.update(self._open))

    def _do(self, what: Callable[[], object]) -> None:
        async def soon() -> None:
            what()

        asyncio.run_coroutine_threadsafe(soon(), self._loop).result(10)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one wire until it ends."""
        self.wires += 1
        self._open.add(writer)
        self._tasks.add(asyncio.current_task())
        try:
            while True:
                request = await self._read(reader)
                if writer in self._forgotten:
                    continue
                writer.write(self.answer(request))
                if self.manner in ("close", "unbounded"):
                    writer.close()
                    break
        except (OSError, EOFError):
            writer.transport.abort()
        finally:
            self._open.discard(writer)

    async def end(self, server: asyncio.Server) -> None:
        """Stop listening and end every wire."""
        server.close()
        for writer in self._open:
            writer.transport.abort()
        await asyncio.gather(*self._tasks)
        await server.wait_closed()

    async def _read(self, reader: asyncio.StreamReader) -> Received:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        (first, *lines) = head.strip().split("\r\n")
        method, path, version = first.split(" ")
        collection, _, name = path.rpartition("/")
        assert (collection, version) == (f"{STAGE}/@connections", "HTTP/1.1"), first
        headers = {key.lower(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
        return Received(method, unquote(name), await reader.readexactly(int(headers["content-length"])), headers)

    def answer(self, request: Received) -> bytes:
        """What to write. Raises ConnectionError where the wire is to be cut."""
        self.received.append(request)
        id_ = request.connection_id
        if self.cuts[id_]:
            self.cuts[id_] -= 1
            raise ConnectionError
        if id_ in self.silent:
            return b""
        if self.answers[id_]:
            status = self.answers[id_].pop(0)
        else:
            status = (204 if request.method == "DELETE" else 200) if id_ in self.sockets else 410
        if status == 200:
            self.frames[id_].append(request.body)
        elif status == 204:
            self.sockets.discard(id_)
        return self.said(status)

    def said(self, status: int) -> bytes:
        """An answer with this status, in the present manner."""
        start = f"HTTP/1.1 {status} Whatever\r\nx-amzn-RequestId: 7\r\n".encode()
        if status == 204:
            return start + b"\r\n"
        body = b"" if status == 200 else b'{"message": "no"}'
        match self.manner:
            case "length":
                return start + b"Content-Length: %d\r\n\r\n" % len(body) + body
            case "chunked":
                chunk = b"%x;x=y\r\n%b\r\n" % (len(body), body) if body else b""
                return start + b"Transfer-Encoding: chunked\r\n\r\n" + chunk + b"0\r\nTrailer: t\r\n\r\n"
            case "close":
                return start + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body
            case "unbounded":
                return start + b"\r\n" + body
            case "nonsense":
                return b"SSH-2.0-OpenSSH_9.6\r\n\r\n"


@contextmanager
def management_api() -> Iterator[ManagementApi]:
    """One on a free port of loopback, in a thread of its own, until the block ends."""
    loop = asyncio.new_event_loop()
    api = ManagementApi("", loop)
    server = loop.run_until_complete(asyncio.start_server(api.serve, "127.0.0.1", 0))
    api.endpoint = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}{STAGE}"
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield api
    finally:
        asyncio.run_coroutine_threadsafe(api.end(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
