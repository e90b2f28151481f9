"""Lets `reading` work in a process of its own, which may take so much time and memory and knows nothing of ours.

A parser is where a stranger's text does harm. The process has no credentials in its environment, is gone afterwards,
and takes nothing with it if it hangs or swells.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from shared.appointments.busy.trouble import CannotRead, Trouble
from shared.appointments.slots import Taken
from shared.clock import instant_text, parse_instant

SECONDS = 30
MEGABYTES = 400


@dataclass(frozen=True)
class Busy:
    """What `reading.Read` holds, on this side of the process."""

    busy: Taken
    perhaps_ours: dict[str, Taken]
    skipped: int


def read_apart(body: bytes, zone: str, start: datetime, end: datetime) -> Busy:
    """When a calendar says its owner is busy between `start` and `end`. Raises CannotRead."""
    command = [sys.executable, "-m", __name__, zone, instant_text(start), instant_text(end)]
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        # S603: our own words; what the stranger wrote goes in by standard input.
        done = subprocess.run(command, input=body, capture_output=True, env=environment, timeout=SECONDS, check=True)  # noqa: S603
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise CannotRead(Trouble.TOO_COMPLEX) from None
    if trouble := answer.get("trouble"):
        raise CannotRead(Trouble(trouble))
    ours = {uid: _unpacked(days) for uid, days in answer["perhaps_ours"].items()}
    return Busy(_unpacked(answer["busy"]), ours, answer["skipped"])


def _packed(quarters: Mapping[date, set[int]]) -> dict[str, list[int]]:
    return {day.isoformat(): sorted(numbers) for day, numbers in quarters.items()}


def _unpacked(days: dict[str, list[int]]) -> Taken:
    return {date.fromisoformat(day): frozenset(numbers) for day, numbers in days.items()}


def main() -> None:
    """The process itself: bytes of a calendar in, JSON out."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 2**20, MEGABYTES * 2**20))
    from shared.appointments.busy.reading import read

    zone, start, end = sys.argv[1], *map(parse_instant, sys.argv[2:4])
    try:
        found = read(sys.stdin.buffer.read(), zone, start, end)
    except CannotRead as cannot:
        answer: dict[str, object] = {"trouble": cannot.trouble}
    else:
        ours = {uid: _packed(days) for uid, days in found.perhaps_ours.items()}
        answer = {"busy": _packed(found.busy), "perhaps_ours": ours, "skipped": found.skipped}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
