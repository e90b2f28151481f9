"""Every quarter of an hour: repair what a crash or a lost event left behind."""

from functools import cache
from typing import Any

from shared import aws
from shared.clock import utc_now
from shared.config import Environment
from shared.people.accounts import Accounts
from shared.people.store import People
from shared.people.sweeping import UnfinishedRegistrations
from shared.tables import Table
from shared.telemetry import fault, logger, metrics


class SweepEnvironment(Environment):
    """What this function is told."""

    people_table: str
    member_pool_id: str
    member_client_id: str


@cache
def registrations() -> UnfinishedRegistrations:
    """The collaborators of this process."""
    told = SweepEnvironment.load()
    people = People(Table(aws.dynamodb(), told.people_table))
    return UnfinishedRegistrations(people, Accounts(aws.cognito(), told.member_pool_id, told.member_client_id))


def handler(_event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Sweep once. An error is logged and raised, so that the invocation is retried and counted."""
    try:
        undone = registrations().sweep(utc_now())
    except Exception as error:
        fault(error)
        raise
    logger().info("swept", extra={"registrations": undone})
    metrics().add_metric("RegistrationsUndone", "Count", undone)
    metrics().flush_metrics()
    return {"registrations": undone}
