"""What introduces the pages to each other: a small web server in place of our socket, which can lose things.

Its pages come with the security headers of the site, so that what they forbid is found here.
"""

import json
import queue
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from infra.headers import SECURITY_HEADERS

Frame = dict[str, Any]

_HERE = Path(__file__).parent
_PAGE = """<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Call</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/page.css">
<body><main class="wrap"><h1>Call</h1></main><script src="/{script}"></script></body></html>"""
_SOURCES = {"/page.js": "page.mjs", "/check.js": "check.mjs", "/page.css": "page.css"}
_KINDS = {".js": "text/javascript", ".css": "text/css", ".json": "application/json"}
_QUIET_S = 0.5  # how soon a line notices that its page is gone


class Bus:
    """Carries signals from seat to seat, and remembers them. `loses` says which ones never arrive."""

    def __init__(self) -> None:
        self.carried: list[Frame] = []
        self.loses: Callable[[Frame], bool] = lambda _: False
        self.closing = threading.Event()
        self._lines: dict[str, queue.Queue[Frame]] = {}
        self._holders: dict[str, str] = {}

    def carry(self, frame: Frame) -> None:
        """Take a signal to its seat. What a page says that no longer holds its seat is dropped, as the service does."""
        if self._holders.get(frame["sender"]) != frame["device"] or self.loses(frame):
            return
        self.carried.append(frame)
        self.line(frame["to"]).put(frame)

    def line(self, seat: str) -> queue.Queue[Frame]:
        """What waits for a seat."""
        return self._lines.setdefault(seat, queue.Queue())

    def hold(self, seat: str, device: str) -> None:
        """Let this page have the seat; what waits for it was meant for the page before."""
        self._holders[seat] = device
        self._lines[seat] = queue.Queue()

    def holds(self, seat: str, device: str) -> bool:
        """Whether this page still has the seat."""
        return self._holders.get(seat) == device and not self.closing.is_set()

    def said(self, kind: str) -> list[Frame]:
        """The signals of a kind that were carried so far."""
        return [frame for frame in self.carried if frame["body"]["kind"] == kind]


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, bus: Bus, files: dict[str, bytes], *args: Any) -> None:
        self._bus = bus
        self._files = files
        super().__init__(*args)

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/signals":
            asked = parse_qs(address.query)
            with suppress(OSError):
                self._stream(asked["seat"][0], asked["device"][0])
        elif address.path in self._files:
            self._answer(_KINDS[Path(address.path).suffix], self._files[address.path])
        else:
            script = "check.js" if address.path == "/check" else "page.js"
            self._answer("text/html; charset=utf-8", _PAGE.format(script=script).encode())

    def do_POST(self) -> None:
        self._bus.carry(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        self._answer("text/plain", b"")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        for name, value in SECURITY_HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, seat: str, device: str) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        line = self._bus.line(seat)
        while self._bus.holds(seat, device):
            try:
                frame = json.dumps(line.get(timeout=_QUIET_S))
            except queue.Empty:
                self.wfile.write(b":\n\n")
            else:
                self.wfile.write(f"data: {frame}\n\n".encode())


@contextmanager
def running() -> Iterator[tuple[str, Bus]]:
    """Serve the page and a bus until the block ends; gives the address."""
    files = {address: _bundled(source) for address, source in _SOURCES.items()}
    bus = Bus()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, bus, {**files, "/config.json": b"{}"}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}/", bus
    finally:
        bus.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


@cache
def _bundled(source: str) -> bytes:
    return subprocess.run(["node", _HERE / "bundle.mjs", source], check=True, capture_output=True).stdout
