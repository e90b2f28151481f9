"""Every quarter of an hour: repair what a crash or a lost event left behind."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from functions.announcing import Announcing, AnnouncingEnvironment, announcing
from functions.carriers import carriers
from functions.following import FollowingEnvironment, following, gatherings_ahead, remind_post
from functions.meetings_app import reaper
from functions.waitlist_app import offering
from shared import aws
from shared.appointments.offering import Offering
from shared.appointments.store import AppointmentStore
from shared.clock import utc_now
from shared.meetings.phone_numbers import PhoneNumbers
from shared.meetings.reaping import Reaper
from shared.people.accounts import Accounts
from shared.people.store import People
from shared.people.sweeping import UnfinishedRegistrations
from shared.reminders.following import Following
from shared.reminders.gathering_subject import GatheringsAhead
from shared.rooms.floors import Floors
from shared.rooms.log_store import LogStore
from shared.rooms.room_store import RoomStore
from shared.tables import Table
from shared.telemetry import fault, logger, metrics


class SweepEnvironment(AnnouncingEnvironment, FollowingEnvironment):
    """What this function is told."""

    modes_function_arn: str
    member_pool_id: str
    member_client_id: str


@cache
def registrations() -> UnfinishedRegistrations:
    """The collaborators of this process."""
    told = SweepEnvironment.load()
    people = People(Table(aws.dynamodb(), told.people_table))
    return UnfinishedRegistrations(people, Accounts(aws.cognito(), told.member_pool_id, told.member_client_id))


@cache
def modes() -> Announcing:
    """The modes of rooms."""
    told = SweepEnvironment.load()
    return announcing(told, told.modes_function_arn)


@cache
def floors() -> Floors:
    """The logs of rooms."""
    rooms = Table(aws.dynamodb(), SweepEnvironment.load().rooms_table)
    return Floors(RoomStore(rooms), LogStore(rooms))


@cache
def meetings() -> Reaper:
    """Meetings that nobody ended."""
    told = SweepEnvironment.load()
    return reaper(Table(aws.dynamodb(), told.rooms_table), Table(aws.dynamodb(), told.appointments_table), carriers())


@cache
def numbers() -> tuple[PhoneNumbers, AppointmentStore]:
    """Numbers that clients left to be called on, and the appointments they are for."""
    told = SweepEnvironment.load()
    appointments = AppointmentStore(Table(aws.dynamodb(), told.appointments_table))
    return PhoneNumbers(Table(aws.dynamodb(), told.rooms_table)), appointments


@cache
def reminders() -> Following:
    """People who were not told."""
    told = SweepEnvironment.load()
    people, appointments = Table(aws.dynamodb(), told.people_table), Table(aws.dynamodb(), told.appointments_table)
    return following(people, appointments, remind_post(told))


def dates() -> GatheringsAhead:
    """Dates of groups of which somebody is to be reminded. Made anew each time: it reads each person once."""
    told = SweepEnvironment.load()
    people, appointments = Table(aws.dynamodb(), told.people_table), Table(aws.dynamodb(), told.appointments_table)
    return gatherings_ahead(people, appointments, Table(aws.dynamodb(), told.rooms_table), remind_post(told))


@cache
def offers() -> Offering:
    """Times that are held for somebody on the waiting list."""
    return offering(Table(aws.dynamodb(), SweepEnvironment.load().appointments_table))


def handler(_event: dict[str, Any], _context: object) -> dict[str, int]:
    """Sweep once, each part whatever becomes of the others.

    An error is logged and in the end raised, so that the invocation is retried and counted.
    """
    now = utc_now()
    done: dict[str, int] = {}
    failed: Exception | None = None
    for part, sweep in _PARTS.items():
        try:
            done[part] = sweep(now)
        except Exception as error:
            fault(error, part=part)
            failed = error
    logger().info("swept", extra=done)
    metrics().add_metric("RegistrationsUndone", "Count", done.get("registrations", 0))
    metrics().flush_metrics()
    if failed:
        raise failed
    return done


def _forget_numbers(now: datetime) -> int:
    kept, appointments = numbers()
    return kept.sweep(appointments.find, now)


_PARTS: dict[str, Callable[[datetime], int]] = {
    "registrations": lambda now: registrations().sweep(now),
    "modes": lambda now: modes().repair(floors().rooms.group_ids(), now),
    "meetings": lambda now: meetings().sweep(now),
    "numbers": _forget_numbers,
    "reminders": lambda now: reminders().sweep(now),
    "dates": lambda now: dates().sweep(now),
    "offers": lambda now: offers().sweep(now),
    "floors": lambda now: floors().sweep(now),
}
