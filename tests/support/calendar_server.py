"""A calendar on the internet: a real TLS server on this machine, under names and addresses that a test makes up."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from shared.appointments.busy.fetching import Fetcher

HOST, MOVED = "calendar.example", "moved.example"
PUBLIC = "93.184.215.14"
Say = Callable[[bytes], None]
Script = Callable[[str, Say], None]
"""What the server does with the target of a request; `say` writes to the other side."""


def answer(body: bytes, *headers: str, status: str = "200 OK", content_type: str = "text/calendar") -> bytes:
    """An HTTP answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    """An answer that leads on."""
    return answer(b"", f"Location: {location}", status=status)


@dataclass
class Internet:
    """Names with their addresses, all of which lead to one server. It notes what it is asked."""

    port: int
    trust: ssl.SSLContext
    names: dict[str, list[str]] = field(default_factory=lambda: {HOST: [PUBLIC], MOVED: [PUBLIC]})
    script: Script = lambda _target, say: say(answer(b""))
    asked: list[str] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    connected: list[tuple[str, int]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def fetcher(self, *, seconds: float = 10, most_bytes: int = 1024 * 1024) -> Fetcher:
        """What fetches from it."""
        return Fetcher(self._resolve, self._connect, self.trust, seconds, most_bytes)

    def _resolve(self, host: str) -> list[str]:
        self.looked_up.append(host)
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return self.names[host]

    def _connect(self, place: tuple[str, int], seconds: float) -> socket.socket:
        self.connected.append(place)
        return socket.create_connection(("127.0.0.1", self.port), seconds)


@contextmanager
def internet() -> Iterator[Internet]:
    """A server that is gone when the block ends."""
    listening = socket.create_server(("127.0.0.1", 0))
    served, trust = _contexts()
    made = Internet(listening.getsockname()[1], trust)

    def serve() -> None:
        while True:
            try:
                plain, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=_converse, args=(plain, served, made), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield made
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def _converse(plain: socket.socket, served: ssl.SSLContext, made: Internet) -> None:
    # Whoever has had enough hangs up: that is no fault of the server.
    with suppress(OSError), plain, served.wrap_socket(plain, server_side=True) as secure:
        request = b""
        while b"\r\n\r\n" not in request:
            request += secure.recv(4096)
        made.requests.append(request.decode())
        target = request.split()[1].decode()
        made.asked.append(target)
        made.script(target, secure.sendall)
        secure.unwrap()


@cache
def _contexts() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The server's side and the side that trusts it; the certificate is its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of the tests")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST), x509.DNSName(MOVED)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as directory:
        both = Path(directory) / "both.pem"
        both.write_bytes(pem + secret)
        served.load_cert_chain(both)
    return served, ssl.create_default_context(cadata=pem.decode())
