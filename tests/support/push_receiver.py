"""A push service and the browsers behind it, for tests: checks who sends, and reads messages as a browser would."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from shared.reminders.push_services import bytes_of
from shared.reminders.push_store import Device
from shared.reminders.web_push import point, text_of


@dataclass(frozen=True)
class Received:
    """A message as the browser read it, and the headers that its service kept."""

    said: dict[str, Any]
    topic: str
    ttl: int
    urgency: str
    length: int


@dataclass
class BrowserOfTests:
    """A browser that subscribed. `status` is what its service answers; while `slow` is set, it answers nothing."""

    endpoint: str
    status: int = 201
    slow: bool = False
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = b"sixteen bytes !!"
    received: list[Received] = field(default_factory=list)

    def device(self, since: datetime) -> Device:
        """What it hands to the site."""
        keys = self.subscription()["keys"]
        return Device(self.endpoint, keys["p256dh"], keys["auth"], since)

    def subscription(self) -> dict[str, Any]:
        """The same as JavaScript has it."""
        keys = {"p256dh": text_of(point(self.key.public_key())), "auth": text_of(self.auth)}
        return {"endpoint": self.endpoint, "keys": keys}


@dataclass
class Receiver:
    """The service. `application` is the public key the browsers subscribed for; what was wrong stays in `faults`."""

    origin: str
    application: str
    browsers: dict[str, BrowserOfTests] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    asked: int = 0
    closing: Event = field(default_factory=Event)

    def browser(self, name: str) -> BrowserOfTests:
        """A new one."""
        self.browsers[f"/{name}"] = BrowserOfTests(f"{self.origin}/{name}")
        return self.browsers[f"/{name}"]

    def take(self, path: str, headers: Any, body: bytes) -> int:
        """What is answered."""
        self.asked += 1
        browser = self.browsers[path]
        if browser.slow:
            self.closing.wait(10)
        if browser.status != 201:
            return browser.status
        try:
            self._verify(headers["Authorization"])
            browser.received.append(self._read(browser, headers, body))
        except Exception as error:
            self.faults.append(repr(error))
            return 400
        return 201

    def _verify(self, authorization: str) -> None:
        token, _, public = authorization.removeprefix("vapid t=").partition(", k=")
        assert public == self.application, "another key than the browsers subscribed for"
        head, claims, signature = token.split(".")
        raw = bytes_of(signature)
        signed = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes_of(public))
        key.verify(signed, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
        said = json.loads(bytes_of(claims))
        assert said["aud"] == self.origin
        assert said["sub"].startswith(("mailto:", "https:"))

    @staticmethod
    def _read(browser: BrowserOfTests, headers: Any, body: bytes) -> Received:
        assert headers["Content-Encoding"] == "aes128gcm"
        assert len(body) <= 4096
        message = http_ece.decrypt(body, private_key=browser.key, auth_secret=browser.auth, version="aes128gcm")
        assert len(bytes_of(headers["Topic"])) <= 24, "at most 32 characters of base64url"
        ttl, urgency = int(headers["TTL"]), headers["Urgency"]
        return Received(json.loads(message), headers["Topic"], ttl, urgency, len(body))


@contextmanager
def receiver(application: str) -> Iterator[Receiver]:
    """A service on this machine. It fails in the end if it was sent anything that a real one would refuse."""

    class Listening(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = service.take(self.path, self.headers, body)
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", f"{service.origin}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
            """Silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Listening) as server:
        service = Receiver(f"http://127.0.0.1:{server.server_port}", application)
        listening = Thread(target=server.serve_forever, args=(0.01,))
        listening.start()
        try:
            yield service
            assert service.faults == []
        finally:
            service.closing.set()
            server.shutdown()
            listening.join()
