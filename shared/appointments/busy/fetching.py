"""Fetches a calendar within bounds: from public places alone, at most so many bytes, in at most so many seconds."""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urljoin

from shared.appointments.busy.addresses import Address, is_public
from shared.appointments.busy.trouble import CannotRead, Trouble

SECONDS = 10.0
MOST_BYTES = 1024 * 1024
MOST_REDIRECTS = 3
_MOVED = {301, 302, 303, 307, 308}
_GONE = {401, 403, 404, 410}
_FIRST_LINE = b"BEGIN:VCALENDAR"

Resolve = Callable[[str], Sequence[str]]
Connect = Callable[[tuple[str, int], float], socket.socket]


def resolve(host: str) -> Sequence[str]:
    """The IP addresses behind a name."""
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class Allowance:
    """What is left of the seconds and bytes that one calendar may take, whatever it consists of."""

    def __init__(self, seconds: float, most_bytes: int) -> None:
        self._until = time.monotonic() + seconds
        self._bytes = most_bytes

    def seconds(self) -> float:
        """Those left. Raises CannotRead when there are none."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise CannotRead(Trouble.TOO_SLOW)
        return left

    def spend(self, count: int) -> None:
        """Count bytes that came. Raises CannotRead when they are too many."""
        self._bytes -= count
        if self._bytes < 0:
            raise CannotRead(Trouble.TOO_LARGE)


class _Incoming(io.RawIOBase):
    """What a socket brings. A server that sends a byte a second never lets a plain timeout run out; this does."""

    def __init__(self, sock: socket.socket, allowance: Allowance) -> None:
        self._sock = sock
        self._allowance = allowance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._allowance.seconds())
        count = self._sock.recv_into(buffer)
        self._allowance.spend(count)
        return count


@dataclass(frozen=True)
class _Line:
    """As much of a socket as `http.client` needs."""

    sock: socket.socket
    allowance: Allowance

    def sendall(self, data: bytes) -> None:
        self.sock.settimeout(self.allowance.seconds())
        self.sock.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self.sock, self.allowance))

    def close(self) -> None:
        self.sock.close()


@dataclass(frozen=True)
class Fetcher:
    """Fetches calendars. Tests hand in their own resolver, connection and trust."""

    resolve: Resolve = resolve
    connect: Connect = socket.create_connection
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    seconds: float = SECONDS
    most_bytes: int = MOST_BYTES

    def fetch(self, address: str) -> bytes:
        """The calendar at this address, following at most three redirects. Raises CannotRead."""
        allowance = Allowance(self.seconds, self.most_bytes)
        with _said():
            for _ in range(1 + MOST_REDIRECTS):
                place = Address.of(address)
                body, moved_to = self._get(place, allowance)
                if moved_to is None:
                    return body
                address = urljoin(str(place), moved_to)
        raise CannotRead(Trouble.NOT_ALLOWED)

    def _get(self, place: Address, allowance: Allowance) -> tuple[bytes, str | None]:
        with self.connect((self._ip(place), 443), allowance.seconds()) as plain:
            plain.settimeout(allowance.seconds())
            with self.trust.wrap_socket(plain, server_hostname=place.host) as secure:
                connection = http.client.HTTPConnection(place.host)
                connection.sock = cast(Any, _Line(secure, allowance))
                headers = {"Host": place.host, "Accept": "text/calendar", "Accept-Encoding": "identity"}
                connection.request("GET", place.target, headers=headers)
                return _taken(connection.getresponse())

    def _ip(self, place: Address) -> str:
        """The address to connect to: looked up once, and connected to as it was checked.

        Whoever asked the name again for connecting could be given another answer than was checked.
        """
        addresses = self.resolve(place.host)
        if not addresses:
            raise CannotRead(Trouble.UNREACHABLE)
        if not all(map(is_public, addresses)):
            raise CannotRead(Trouble.NOT_ALLOWED)
        return addresses[0]


def _taken(response: http.client.HTTPResponse) -> tuple[bytes, str | None]:
    """The calendar in an answer, or where it has moved. Raises CannotRead."""
    if response.status in _MOVED:
        return b"", response.getheader("Location") or "/"
    if response.status in _GONE:
        raise CannotRead(Trouble.GONE)
    if response.status != http.client.OK:
        raise CannotRead(Trouble.UNREACHABLE)
    if response.getheader("Content-Encoding", "identity").lower() != "identity":
        raise CannotRead(Trouble.NOT_A_CALENDAR)  # compressed, a little can be a lot
    body = response.read()
    named = response.getheader("Content-Type", "").split(";")[0].strip().lower() == "text/calendar"
    if not named and not body.removeprefix(b"\xef\xbb\xbf").lstrip().upper().startswith(_FIRST_LINE):
        raise CannotRead(Trouble.NOT_A_CALENDAR)
    return body, None


@contextmanager
def _said() -> Iterator[None]:
    """Whatever the network does to us, as the trouble it is to the counselor."""
    try:
        yield
    except TimeoutError:
        raise CannotRead(Trouble.TOO_SLOW) from None
    except (OSError, ValueError, http.client.HTTPException):
        # Names that do not resolve, connections refused or cut, certificates that are not theirs, answers that are
        # no HTTP, and addresses in redirects that are none.
        raise CannotRead(Trouble.UNREACHABLE) from None
