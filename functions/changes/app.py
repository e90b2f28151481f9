"""The appointments table is the outbox: what follows from a change is derived here, from its stream.

Every record may come twice, and a batch is retried from the record that failed: each effect lands on the same key.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from functions.following import FollowingEnvironment, following, remind_post
from functions.waitlist_app import offering
from shared import aws
from shared.appointments.facts import Fact, fact_of
from shared.appointments.freed import freed_by
from shared.appointments.offer_store import offer_opened
from shared.appointments.offering import Offering
from shared.audit import Audit
from shared.clock import Clock, utc_now
from shared.reminders.following import Following
from shared.tables import Item, Table, commit, unmarshal
from shared.telemetry import fault, metrics


class ChangesEnvironment(FollowingEnvironment):
    """What this function is told."""

    audit_table: str
    audit_retention_days: int


@dataclass(frozen=True)
class ChangesApp:
    """The collaborators of this function."""

    audit: Audit
    following: Following
    offering: Offering
    clock: Clock = utc_now


@cache
def app() -> ChangesApp:
    """The collaborators of this process."""
    told = ChangesEnvironment.load()
    dynamodb = aws.dynamodb()
    people, appointments = Table(dynamodb, told.people_table), Table(dynamodb, told.appointments_table)
    audit = Audit(Table(dynamodb, told.audit_table), told.audit_retention_days)
    return ChangesApp(audit, following(people, appointments, remind_post(told)), offering(appointments))


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Follow up a batch of records; the first that fails is named, and Lambda comes back from there."""
    try:
        return serve(app(), event)
    finally:
        # Most records are about calendars and tell no fact; Powertools would warn of each batch of such.
        if metrics().metric_set:
            metrics().flush_metrics()


def serve(app: ChangesApp, event: dict[str, Any]) -> dict[str, Any]:
    """Do what follows from each record."""
    for record in event["Records"]:
        try:
            _follow_up(app, record, app.clock())
        except Exception as error:
            fault(error, record=record["dynamodb"]["SequenceNumber"])
            return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}
    return {"batchItemFailures": []}


def _follow_up(app: ChangesApp, record: dict[str, Any], now: datetime) -> None:
    before, after = _images(record)
    if after is None:
        return
    if after["sk"] == "REMINDING":
        if before is None or before.get("version") != after.get("version"):
            app.following.person(after["pk"].removeprefix("REMINDING#"), now)
    elif offer := offer_opened(before, after):
        app.following.offer(offer.id, now)
    elif fact := fact_of(before, after):
        _note(app.audit, fact)
        app.following.appointment(fact.appointment_id, now)
        if freed := freed_by(before, after):
            app.offering.freed(freed, now)


def _note(audit: Audit, fact: Fact) -> None:
    entry = audit.entry(fact.client_id, fact.name, fact.by, fact.at, fact=f"{fact.appointment_id} {fact.version}")
    commit(audit.table.client, [entry])
    metrics().add_metric(fact.name, "Count", 1)


def _images(record: dict[str, Any]) -> tuple[Item | None, Item | None]:
    images = record["dynamodb"]
    before, after = (unmarshal(images[name]) if name in images else None for name in ("OldImage", "NewImage"))
    return before, after
