"""The appointments table is the outbox: what follows from a change is derived here, from its stream.

Every record may come twice, and a batch is retried from the record that failed: each effect lands on the same key.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from shared import aws
from shared.appointments.facts import Fact, fact_of
from shared.audit import Audit
from shared.config import Environment
from shared.tables import Table, commit, unmarshal
from shared.telemetry import fault, metrics


class ChangesEnvironment(Environment):
    """What this function is told."""

    audit_table: str
    audit_retention_days: int


@dataclass(frozen=True)
class ChangesApp:
    """The collaborators of this function."""

    audit: Audit


@cache
def app() -> ChangesApp:
    """The collaborators of this process."""
    told = ChangesEnvironment.load()
    return ChangesApp(Audit(Table(aws.dynamodb(), told.audit_table), told.audit_retention_days))


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Follow up a batch of records; the first that fails is named, and Lambda comes back from there."""
    try:
        return serve(app(), event)
    finally:
        # Most records are about calendars and tell no fact; Powertools would warn of each batch of such.
        if metrics().metric_set:
            metrics().flush_metrics()


def serve(app: ChangesApp, event: dict[str, Any]) -> dict[str, Any]:
    """Write an audit entry for each fact, and count it."""
    for record in event["Records"]:
        try:
            fact = _fact(record)
            if fact:
                _follow_up(app, fact)
        except Exception as error:
            fault(error, record=record["dynamodb"]["SequenceNumber"])
            return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}
    return {"batchItemFailures": []}


def _fact(record: dict[str, Any]) -> Fact | None:
    images = record["dynamodb"]
    before, after = (unmarshal(images[name]) if name in images else None for name in ("OldImage", "NewImage"))
    return fact_of(before, after)


def _follow_up(app: ChangesApp, fact: Fact) -> None:
    entry = app.audit.entry(fact.client_id, fact.name, fact.by, fact.at, fact=f"{fact.appointment_id} {fact.version}")
    commit(app.audit.table.client, [entry])
    metrics().add_metric(fact.name, "Count", 1)
