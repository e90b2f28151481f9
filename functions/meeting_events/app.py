"""Woken by EventBridge when something happens in a Chime meeting.

Events are hints: they may be lost, late, double or out of order, so nothing rests on them alone.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from shared import aws
from shared.config import Environment
from shared.meetings.happenings import Happening, happening_of
from shared.meetings.marks import Marks
from shared.meetings.store import MeetingStore
from shared.tables import Table
from shared.telemetry import fault, metrics

Note = Callable[[Happening], None]
"""Does with a happening what follows from it. Twice must be once."""


class MeetingEventsEnvironment(Environment):
    """What this function is told."""

    rooms_table: str


@cache
def marks() -> Marks:
    """The collaborators of this process."""
    return Marks(MeetingStore(Table(aws.dynamodb(), MeetingEventsEnvironment.load().rooms_table)))


def handler(event: dict[str, Any], _context: object) -> dict[str, bool]:
    """Serve one event, and count what happened by its kind alone."""
    try:
        return serve(_note, event)
    finally:
        # Powertools would warn of each event that tells nothing.
        if metrics().metric_set:
            metrics().flush_metrics()


def _note(happening: Happening) -> None:
    marks().note(happening)
    count(happening)


def serve(note: Note, event: Any) -> dict[str, bool]:
    """Hand on what `event` tells, if it tells anything. An error of `note` is logged and raised: Lambda tries again."""
    happening = happening_of(event)
    if happening is None:
        return {"noted": False}
    try:
        note(happening)
    except Exception as error:
        fault(error, kind=happening.kind.value)
        raise
    return {"noted": True}


def count(happening: Happening) -> None:
    """Count it: `MeetingStarted`, `AttendeeDropped` and so on."""
    metrics().add_metric(happening.kind.value.removeprefix("chime:"), "Count", 1)
