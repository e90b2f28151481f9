"""How long a warm function works: `python -m tests.bench.warm`.

First without any AWS: a request is routed, its sign-in, key and body checked, and the answer made; what the handler
works with is a stub. Then whole bookings through the API against DynamoDB Local, where most of the time is waiting.
"""

import json
import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from functions.edge import Edge
from functions.member_api.routes import ROUTES
from shared.people.model import Kind, Person, Principal, Status
from tests.bench.place import measured_site
from tests.bench.table import heading, table
from tests.support import cast, practice
from tests.support.events import ORIGIN_KEY, http_event
from tests.unit.appointments.appointment import appointment

ROUNDS = 5000
BOOKINGS = 200
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
ID = "0f" * 16


def main() -> None:
    """Print both tables."""
    os.environ["POWERTOOLS_LOG_LEVEL"] = "ERROR"  # a refusal is logged, and this is a table
    heading("Route, validate, encode")
    stub = _Stub()
    edge = Edge(ROUTES, "functions.member_api", lambda: stub)
    claims = {"token_use": "access", "username": ID}
    me = http_event("GET /api/me", "/api/me", claims=claims)
    wish = {"counselor_id": ID, "start": "2027-03-03T09:00:00Z", "mode": "video", "zone": "Europe/Lisbon"}
    keyed = {"idempotency-key": "6f1c2f0e-6f7e-4a57-9a53-3d3c0a3b1f1d"}
    book = http_event("POST /api/appointments", "/api/appointments", body=wish, headers=keyed, claims=claims)
    wrong = http_event(
        "POST /api/appointments", "/api/appointments", body=wish | {"zone": "Mars/Base"}, headers=keyed, claims=claims
    )
    for event, status in ((me, 200), (book, 201), (wrong, 422)):
        if edge.serve(event)["statusCode"] != status:
            raise SystemExit(edge.serve(event)["body"])
    rows = [
        ("a function that answers a constant (floor)", lambda: _floor(me)),
        ("`GET /api/me`", lambda: edge.serve(me)),
        ("`POST /api/appointments`, validated", lambda: edge.serve(book)),
    ]
    quick = [(name, *(f"{1e6 * t:.0f}" for t in _timed(work, ROUNDS))) for name, work in rows]
    table(["µs in process", "p50", "p95"], quick)

    heading("A whole booking against DynamoDB Local")
    table(["ms in process", "p50", "p95"], [(n, *(f"{1e3 * t:.1f}" for t in times)) for n, times in _bookings()])


def _bookings() -> list[tuple[str, tuple[float, float]]]:
    with measured_site() as site:
        ada = cast.first_admin(site)
        tom = cast.hire(site, ada, "Tom", cast.TOMS_PASSWORD, "counselor", address="198.51.100.2")
        always = [{"weekday": day, "start": "00:00", "end": "24:00"} for day in range(1, 8)]
        practice.opens(tom, rules=practice.availability(weekly=always, notice_hours=0))
        alice = cast.register_client(site, cast.ALICES_PASSWORD)
        booked, looked = [], []
        for n in range(BOOKINGS):
            start = practice.NINE + n * timedelta(hours=1)
            looked.append(_once(lambda: practice.slots(alice, tom, days=14)))
            began = time.perf_counter()
            appointment = practice.book(alice, tom, start)
            booked.append(time.perf_counter() - began)
            practice.cancel(alice, appointment)
            site.clock.advance(timedelta(minutes=59))
    return [("`POST /api/appointments`", _p50_p95(booked)), ("`GET …/slots`, 14 days", _p50_p95(looked))]


def _timed(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    for _ in range(rounds // 10):
        work()
    return _p50_p95([_once(work) for _ in range(rounds)])


def _once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _p50_p95(times: list[float]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def _floor(_event: object) -> dict[str, Any]:
    return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": json.dumps({"id": ID})}


_ALICE = Person(ID, Kind.CLIENT, Status.ACTIVE, "Europe/Lisbon", "en", NOON, handle="quiet-otter-482")


class _Stub:
    """Collaborators that know the answer at once."""

    origin_key = ORIGIN_KEY
    people = SimpleNamespace(find=lambda _: _ALICE, get=lambda _: _ALICE)
    intents = SimpleNamespace(recall=lambda *_: None, remember=lambda *_: None)

    def __init__(self) -> None:
        booked = appointment()

        def book(_caller: Principal, _wanted: object, once: Callable[[object], object], _now: datetime) -> object:
            once(booked)
            return booked

        self.appointments = SimpleNamespace(book=book)

    def clock(self) -> datetime:
        """A clock that stands."""
        return NOON

    def authenticate(self, _claims: object) -> Principal:
        """Alice, always."""
        return _ALICE.principal


if __name__ == "__main__":
    main()
