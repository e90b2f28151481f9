"""A site that has a telephone, as no laptop has: the pages as they are built, and an API that a test makes up.

Nothing leaves the browser: each request is answered by the page's own route. What the API really answers, the tests
of the API say.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route

ADDRESS = "http://localhost:4"
NUMBER, CODE = "+12065550100", "12345678"
APPOINTMENT, MEETING, ALICE, TOM = "appointment-1", "meeting-1", "seat-alice", "seat-tom"


def _at(minutes: float) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat(timespec="seconds").replace("+00:00", "Z")


@dataclass
class Site:
    """What the API knows. `said` is what the pages asked of it: method, path, body."""

    built: Path
    mode: str = "phone"
    has_telephone: bool = True
    has_number: bool = False
    refusing: dict[str, tuple[int, str]] = field(default_factory=dict)
    you: dict[str, Any] | None = None
    said: list[tuple[str, str, Any]] = field(default_factory=list)
    start: str = field(default_factory=lambda: _at(5))
    end: str = field(default_factory=lambda: _at(55))

    def page(self, browser: Browser, path: str, **how: Any) -> Page:
        """Somebody signed in, at `path`."""
        context = browser.new_context(service_workers="block", base_url=ADDRESS, **how)
        context.add_init_script("for (const who of ['member', 'staff']) localStorage.setItem(`hearthline.${who}`, '1')")
        context.route("**/*", self._answer)
        page = context.new_page()
        page.goto(path)
        return page

    def moves_to_phone(self) -> None:
        """The line takes the seat over."""
        self.you = self._seat(ALICE, "client", mode="phone", device="line")

    def asked(self, method: str, ending: str) -> list[Any]:
        """The bodies of what was asked."""
        return [body for did, path, body in self.said if did == method and path.endswith(ending)]

    def _answer(self, route: Route) -> None:
        path, method = urlsplit(route.request.url).path, route.request.method
        if path == "/config.json":
            return route.fulfill(json=self._config())
        if not path.startswith("/api/"):
            return self._file(route, path)
        body = json.loads(route.request.post_data or "{}")
        self.said.append((method, path, body))
        for ending, (status, code) in self.refusing.items():
            if path.endswith(ending) and method != "GET":
                problem = {"code": code, "status": status, "field": "body.number"}
                return route.fulfill(status=status, json=problem, headers={"content-type": "application/problem+json"})
        status, answer = self._told(method, path, body)
        return route.fulfill(status=status, json=answer) if answer is not None else route.fulfill(status=status)

    def _file(self, route: Route, path: str) -> None:
        file = self.built / path.lstrip("/")
        if not file.is_file():
            file = self.built / "index.html"
        route.fulfill(body=file.read_bytes(), content_type=guess_type(file.name)[0] or "text/html")

    def _told(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        staff = path.startswith("/api/staff/")
        match path.split("/")[-1], method:
            case "refresh", _:
                person = _TOM if staff else _ALICE
                return 200, {"access_token": "token", "expires_at": _at(15), "person": person}
            case "dial-in", _:
                called = {"called": True, "has_number": self.has_number}
                return 200, {"configured": True, "number": NUMBER, "pin": CODE, **called}
            case "phone-number", _:
                self.has_number = method == "PUT"
                return 204, None
            case "phone", _:
                return 200, {"has_number": self.has_number}
            case "call-out", _:
                return 202, None
            case "meeting", "POST":
                self.you = self._seat(TOM if staff else ALICE, "counselor" if staff else "client", **body)
                return 201, self._meeting(staff=staff)
            case "seat", "PUT":
                if self.you and self.you["device"] == body["device"]:
                    self.you |= {"mode": body["mode"], "in_call": body["join"] or self.you["in_call"]}
                return 200, {"meeting": self._meeting(staff=staff), "call": None}
            case ("meeting", _) | (_, "GET") if "meeting" in path:
                return 200, self._meeting(staff=staff)
            case _, "GET" if "/appointments/" in path:
                return 200, self._appointment()
            case _:
                return 404, {"code": "not_found", "status": 404}

    def _seat(self, seat: str, role: str, *, device: str = "", mode: str = "audio", **_more: Any) -> dict[str, Any]:
        host = role == "counselor"
        return {
            "id": seat,
            "role": role,
            "name": _TOM["name"] if host else _ALICE["handle"],
            "member_id": "",
            "status": "admitted" if host else "waiting",
            "mode": mode,
            "present": True,
            "in_call": False,
            "number": 0,
            "arrived_at": _at(0),
            "device": device,
        }

    def _meeting(self, *, staff: bool) -> dict[str, Any]:
        return {
            "id": MEETING,
            "kind": "appointment",
            "of": APPOINTMENT,
            "mode": self.mode,
            "start": self.start,
            "end": self.end,
            "opens_at": _at(-10),
            "closes_at": _at(85),
            "now": _at(0),
            "version": 1,
            "provider": None,
            "because": None,
            "you": self.you,
            "others": [] if staff else [self._seat(TOM, "counselor")],
            "notice": None,
            "started_at": None,
            "ended_at": None,
            "ended_because": None,
            "circle": None,
        }

    def _appointment(self) -> dict[str, Any]:
        return {
            "id": APPOINTMENT,
            "status": "booked",
            "mode": self.mode,
            "start": self.start,
            "end": self.end,
            "zone": "UTC",
            "counselor": {"id": "tom", "name": _TOM["name"]},
            "client": {"handle": _ALICE["handle"]},
            "version": 1,
            "can_change": False,
            "change_until": _at(-60),
            "cancelled_by": None,
            "cancel_reason": None,
        }

    def _config(self) -> dict[str, Any]:
        told = {"organisation": "Lighthouse", "contact_email": "", "countries": ["US"], "languages": ["en", "es", "ar"]}
        return {
            **told,
            "default_zone": "UTC",
            "phone": {"number": NUMBER} if self.has_telephone else None,
            "local": False,
        }


_ALICE = {
    "id": "alice",
    "handle": "quiet-otter-482",
    "zone": "UTC",
    "language": "en",
    "recovery_codes_left": 8,
    "created_at": _at(-999),
}
_TOM = {
    "id": "tom",
    "name": "Tom",
    "email": "tom@lighthouse.example",
    "roles": ["counselor"],
    "zone": "UTC",
    "language": "en",
    "second_factor": True,
}
