"""Every five minutes: read those other calendars of counselors whose turn it is.

This function alone asks places on the internet that somebody else named. It has no right but to the items it needs.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from shared import aws
from shared.appointments.busy.fetching import SECONDS, Fetcher
from shared.appointments.busy.reader import SECONDS as SECONDS_TO_READ
from shared.appointments.busy.reader import read_apart
from shared.appointments.busy.refreshing import Refreshing
from shared.appointments.busy.store import BusyStore
from shared.appointments.practice_store import PracticeStore
from shared.appointments.store import AppointmentStore
from shared.clock import Clock, utc_now
from shared.config import Environment
from shared.tables import Table
from shared.telemetry import fault, logger

# What one calendar may take at worst, and a little to write down how it went.
_NEEDED_MS = 1000 * (SECONDS + SECONDS_TO_READ + 10)


class CalendarsEnvironment(Environment):
    """What this function is told."""

    appointments_table: str


@cache
def app() -> Refreshing:
    """The collaborators of this process."""
    table = Table(aws.dynamodb(), CalendarsEnvironment.load().appointments_table)
    fetch = Fetcher().fetch
    return Refreshing(BusyStore(table), PracticeStore(table), AppointmentStore(table), fetch, read_apart)


def handler(_event: dict[str, Any], context: Any) -> dict[str, int]:
    """Read what is due, as long as there is time for one more."""
    return serve(app(), context.get_remaining_time_in_millis, utc_now)


def serve(refreshing: Refreshing, remaining_ms: Callable[[], int], clock: Clock) -> dict[str, int]:
    """Read calendar after calendar. One that makes us stumble is logged, and keeps none of the others waiting."""
    done = {"read": 0, "unread": 0}
    for watched in refreshing.due(clock()):
        if remaining_ms() < _NEEDED_MS:
            break
        try:
            good = refreshing.refresh(watched, clock())
        except Exception as error:
            fault(error, at="refresh")
            good = False
        done["read" if good else "unread"] += 1
    if any(done.values()):
        logger().info("calendars", extra=done)
    return done
