"""A room under load: `python -m tests.bench.room`. Takes about four minutes.

Fifty members, each with a socket, and ten messages a second until each has posted ten: more nobody may in a minute.
First bare sockets with a relay (the floor), then the product with all frames delivered, then with many of them lost.
Ends with an error if a message was lost, shown twice or out of order on anybody's page.
"""

import statistics
from collections.abc import Callable
from dataclasses import replace

from tests.bench.room.cloud import NONE
from tests.bench.room.relay import relay
from tests.bench.room.run import Load, Run, frames_of, run
from tests.bench.table import heading, table
from tests.support import dynamodb_local

FRAME = 560  # bytes: an entry with a message of 110 characters


def main() -> None:
    """Print the tables."""
    if reason := dynamodb_local.missing():
        raise SystemExit(reason)
    load = Load()
    with relay() as port:
        floor = frames_of(load, port, FRAME)
    with dynamodb_local.running() as address:
        runs = {"every frame arrives": run(replace(load, faults=NONE), address), "frames get lost": run(load, address)}
    heading(f"A room of {load.members}, {load.per_second} messages a second")
    _latencies(floor, runs)
    heading("What it took")
    _counts(runs)
    if broken := [f"{name}: {fault}" for name, one in runs.items() for fault in one.faults()]:
        raise SystemExit("\n".join(broken))


def _latencies(floor: list[float], runs: dict[str, Run]) -> None:
    rows = [("bare sockets and a relay (floor): to the frame at another member", floor)]
    for name, one in runs.items():
        rows += [
            (f"{name}: to the answer", one.post_ms),
            (f"{name}: to the frame at another member", one.push_ms),
            (f"{name}: to its place on another member's page", one.shown_ms),
        ]
    base = statistics.median(floor)
    table(
        ["ms from sending a message", "p50", "p95", "p50, of the floor"],
        [
            (
                name,
                f"{(p50 := statistics.median(ms)):.1f}",
                f"{statistics.quantiles(ms, n=20)[-1]:.1f}",
                _times(p50 / base),
            )
            for name, ms in rows
        ],
    )


def _counts(runs: dict[str, Run]) -> None:
    def per_message(what: Callable[[Run], float]) -> Callable[[Run], str]:
        return lambda one: f"{what(one) / len(one.log):.2f}"

    rows: list[tuple[str, Callable[[Run], object]]] = [
        ("messages in the log, of those sent", lambda one: f"{len(one.log)} of {one.load.messages}"),
        ("lost, shown twice or out of order after the last catch-up", lambda one: len(one.faults())),
        ("refusals (busy, too soon)", lambda one: sum(one.refused.values())),
        ("frames posted", lambda one: one.statuses.get(200, 0)),
        ("of them dropped on the way", lambda one: one.dropped),
        (
            "posts answered 429 (tried again), 410",
            lambda one: f"{one.statuses.get(429, 0)}, {one.statuses.get(410, 0)}",
        ),
        ("sockets opened again", lambda one: sum(member.reconnects for member in one.members)),
        ("pulls", lambda one: sum(member.pulls for member in one.members)),
        ("pulls, a member and second", lambda one: _pulls(one)),
        ("members who missed the last message and could not know", lambda one: one.behind),
        ("transactions tried for a message", per_message(lambda one: one.transactions)),
        ("write units for a message", per_message(lambda one: one.writes)),
        ("read units for a message, pulls included", per_message(lambda one: one.reads)),
        (
            "processor of the members' API, ms for a message, pulls included",
            per_message(lambda one: 1000 * one.processor),
        ),
    ]
    table(["", *runs], [(name, *(what(one) for one in runs.values())) for name, what in rows])


def _pulls(one: Run) -> str:
    return f"{sum(member.pulls for member in one.members) / len(one.members) / one.seconds:.2f}"


def _times(ratio: float) -> str:
    return f"{ratio:,.0f} ×"


if __name__ == "__main__":
    main()
