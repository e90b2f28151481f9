"""How fast one frame reaches many sockets: `python -m tests.bench.fanout`.

Rivals and floor take turns against one server, in a process of its own: TLS with a certificate made for the run, and
an answer 10 ms after each request, however many are on their way. The floor writes unsigned requests, made
beforehand, into 32 bare TLS sockets and counts the answers. What API Gateway itself would add is not in here.
"""

import asyncio
import os
import re
import socket
import ssl
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from unittest.mock import patch

import boto3
from botocore.config import Config
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from shared.rooms.push import Outcome, Push
from shared.sigv4 import from_environment
from tests.bench.table import heading, table
from tests.support.processes import serving

AWAY = 0.010  # seconds from a request to its answer
MANY, ROOM, WIRES = 1000, 25, 32
ROUNDS = 9
FRAME = b'{"type":"hint","room":"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f","seq":4711}'
IDS = [f"L0SM9cOFvHc{n:04}=" for n in range(MANY)]
_ANSWER = b"HTTP/1.1 200 OK\r\nx-amzn-RequestId: 0f0f0f0f\r\nContent-Length: 0\r\n\r\n"

_LENGTH = re.compile(rb"\r\ncontent-length: ?(\d+)", re.IGNORECASE)

Post = Callable[[Sequence[str]], object]


class Figure(NamedTuple):
    """One way of doing it, at its median round."""

    name: str
    seconds: float
    processor: float  # seconds
    messages: int

    @property
    def rate(self) -> float:
        """Messages a second."""
        return self.messages / self.seconds


def main() -> None:
    """Print both tables."""
    os.environ.update(AWS_ACCESS_KEY_ID="key", AWS_SECRET_ACCESS_KEY="secret", AWS_SESSION_TOKEN="t" * 400)
    with TemporaryDirectory() as directory:
        certificate = _certificate(Path(directory))
        os.environ["SSL_CERT_FILE"] = str(certificate)
        command = [sys.executable, __file__, "serve", str(certificate)]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        with serving(lambda port: [*command, str(port)], lambda _port: environment) as port:
            _compare(f"https://localhost:{port}/live", port, certificate)


def _compare(endpoint: str, port: int, certificate: Path) -> None:
    client = boto3.client(
        "apigatewaymanagementapi",
        endpoint_url=endpoint,
        region_name="us-east-1",
        verify=str(certificate),
        config=Config(max_pool_connections=WIRES, retries={"total_max_attempts": 1}),
    )

    def post(id_: str) -> None:
        client.post_to_connection(ConnectionId=id_, Data=FRAME)

    def loop(ids: Sequence[str]) -> None:
        for id_ in ids:
            post(id_)

    with ThreadPoolExecutor(WIRES) as threads, _pushing(endpoint) as push, _bare(port, certificate) as bare:
        ways: list[tuple[str, Post, int]] = [
            ("boto3 in a loop", loop, 100),
            (f"boto3 with {WIRES} threads", lambda ids: list(threads.map(post, ids)), MANY),
            ("Hearthline", push, MANY),
            ("Hearthline, one request at a time on a connection", _without_pipelining(push), MANY),
            ("bare sockets, unsigned (floor)", bare, MANY),
        ]
        many = _measure([(name, do, IDS[:messages]) for name, do, messages in ways])
        room = _measure([(name, do, IDS[:ROOM]) for name, do, _ in ways])

    def first(ids: Sequence[str]) -> None:
        with _pushing(endpoint) as once:
            once(ids)

    room += _measure([("Hearthline, first call: no connection is open yet", first, IDS[:ROOM])])
    heading(f"One frame to {MANY:,} sockets, {AWAY * 1000:.0f} ms away, over TLS")
    table(
        ["", "messages/s", "processor, µs each", "of boto3 with threads"],
        [
            (f.name, f"{f.rate:,.0f}", f"{f.processor / f.messages * 1e6:,.0f}", f"{f.rate / many[1].rate:.1f} ×")
            for f in many
        ],
    )
    heading(f"A room of {ROOM}")
    table(["", "ms", "in round trips"], [(f.name, f"{f.seconds * 1000:.0f}", f"{f.seconds / AWAY:.1f}") for f in room])


def _measure(ways: Sequence[tuple[str, Post, Sequence[str]]]) -> list[Figure]:
    rounds: dict[str, list[tuple[float, float]]] = {name: [] for name, _, _ in ways}
    for _ in range(ROUNDS + 2):
        for name, do, ids in ways:
            began, worked = time.perf_counter(), time.process_time()
            do(ids)
            rounds[name].append((time.perf_counter() - began, time.process_time() - worked))
    figures = []
    for name, _, ids in ways:
        warm = rounds[name][2:]
        figures.append(Figure(name, *(statistics.median(values) for values in zip(*warm, strict=True)), len(ids)))
    return figures


@contextmanager
def _pushing(endpoint: str) -> Iterator[Post]:
    push = Push(endpoint, "us-east-1", from_environment)

    def post(ids: Sequence[str]) -> None:
        outcome = push.send([(FRAME, ids)], within=10)
        if outcome != Outcome(len(ids), (), 0):
            raise SystemExit(f"Not everything was delivered: {outcome}")

    yield post
    push.hang_up()


def _without_pipelining(post: Post) -> Post:
    def one_at_a_time(ids: Sequence[str]) -> None:
        with patch("shared.rooms.push._DEPTH", 1):
            post(ids)

    return one_at_a_time


@contextmanager
def _bare(port: int, certificate: Path) -> Iterator[Post]:
    tls = ssl.create_default_context(cafile=str(certificate))
    wires = [
        tls.wrap_socket(socket.create_connection(("localhost", port)), server_hostname="localhost")
        for _ in range(WIRES)
    ]
    head = f"HTTP/1.1\r\nhost:localhost\r\n{'x' * 16}:{'x' * 700}\r\ncontent-length:{len(FRAME)}\r\n\r\n".encode()
    requests = {id_: b"POST /live/@connections/%b %b%b" % (id_.encode(), head, FRAME) for id_ in IDS}

    def post(ids: Sequence[str]) -> None:
        shares = [[requests[id_] for id_ in ids[n::WIRES]] for n in range(WIRES)]
        for wire, share in zip(wires, shares, strict=True):
            if share:
                wire.sendall(b"".join(share))
        for wire, share in zip(wires, shares, strict=True):
            left = len(share) * len(_ANSWER)
            while left:
                left -= len(wire.recv(65536))

    yield post
    for wire in wires:
        wire.close()


class _Server(asyncio.Protocol):
    """Answers each request after a while, in order."""

    def connection_made(self, transport: Any) -> None:
        self._transport, self._buffer = transport, b""

    def data_received(self, data: bytes) -> None:
        buffer, at, requests = self._buffer + data, 0, 0
        while (head := buffer.find(b"\r\n\r\n", at)) >= 0:
            length = _LENGTH.search(buffer, at)
            end = head + 4 + int(length[1] if length else 0)
            if end > len(buffer):
                break
            at, requests = end, requests + 1
        self._buffer = buffer[at:]
        if requests:
            asyncio.get_running_loop().call_later(AWAY, self._transport.write, _ANSWER * requests)


def _serve(certificate: str, port: int) -> None:
    async def forever() -> None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        server = await asyncio.get_running_loop().create_server(_Server, "localhost", port, ssl=tls)
        await server.serve_forever()

    asyncio.run(forever())


def _certificate(directory: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = directory / "certificate.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        _serve(sys.argv[2], int(sys.argv[3]))
    else:
        main()
