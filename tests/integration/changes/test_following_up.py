"""What follows from a change of an appointment, told by the table's stream."""

import json
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from functions.changes import app as changes
from shared.audit import Audit
from shared.tables import Table
from shared.telemetry import metrics
from tests.support import practice
from tests.support.calendars import plain
from tests.support.cast import Client, StaffMember
from tests.support.site import Site, aws_client
from tests.support.stream import Stream

DAY = timedelta(days=1)
DONE: dict[str, Any] = {"batchItemFailures": []}


@pytest.fixture
def stream(site: Site) -> Stream:
    """The stream of the appointments table."""
    return Stream(site.behind_the_scenes, site.tables.appointments)


@pytest.fixture
def app(site: Site, monkeypatch: pytest.MonkeyPatch) -> changes.ChangesApp:
    """The function's collaborators; its handler has them too."""
    made = changes.ChangesApp(Audit(Table(site.dynamodb, site.tables.audit), 365))
    monkeypatch.setattr(changes, "app", lambda: made)
    metrics().clear_metrics()  # those that tests of `serve` alone left behind
    return made


@pytest.fixture
def life(alice: Client, tom: StaffMember, stream: Stream) -> list[dict[str, Any]]:
    """The records of two appointments: one moved and called off, one missed by nobody yet."""
    practice.opens(tom)
    records = stream.records()
    booked = practice.book(alice, tom)
    records += stream.records()
    moved = practice.move(alice, booked, practice.NINE + DAY)
    records += stream.records()
    practice.call_off(tom, moved.json)
    records += stream.records()
    practice.book(alice, tom, practice.NINE + 2 * DAY)
    return records + stream.records()


def audited(site: Site) -> list[tuple[str, str, str]]:
    """Who did what to whose appointments, in order of time."""
    entries = plain(site.items(site.tables.audit))
    told = [e for e in entries if e["what"].startswith(("Appointment", "Client"))]
    return sorted((e["pk"].removeprefix("PERSON#"), e["what"], e["by"]) for e in told)


def expected(alice: Client, tom: StaffMember) -> list[tuple[str, str, str]]:
    return sorted(
        [
            (alice.id, "AppointmentBooked", alice.id),
            (alice.id, "AppointmentBooked", alice.id),
            (alice.id, "AppointmentMoved", alice.id),
            (alice.id, "AppointmentCancelled", tom.id),
        ]
    )


def test_each_fact_becomes_one_entry_of_who_did_what_to_whom(
    app: changes.ChangesApp, life: list[dict[str, Any]], alice: Client, tom: StaffMember, site: Site
) -> None:
    assert changes.serve(app, {"Records": life}) == DONE

    assert audited(site) == expected(alice, tom)


def test_records_that_come_twice_or_in_another_order_change_nothing(
    app: changes.ChangesApp, life: list[dict[str, Any]], alice: Client, tom: StaffMember, site: Site
) -> None:
    shuffled = life * 2
    Random(7).shuffle(shuffled)

    changes.serve(app, {"Records": shuffled})
    changes.serve(app, {"Records": life[::-1]})

    assert audited(site) == expected(alice, tom)


def test_an_entry_holds_no_content(
    app: changes.ChangesApp, life: list[dict[str, Any]], alice: Client, site: Site
) -> None:
    changes.serve(app, {"Records": life})

    entries = [e for e in plain(site.items(site.tables.audit)) if e["what"].startswith("Appointment")]
    assert all(set(entry) <= {"pk", "sk", "what", "by", "at", "expires_at"} for entry in entries)
    assert all(word not in json.dumps(entries, default=str) for word in (alice.handle, "Tarrow", "I am ill", "video"))


def test_calendars_practices_and_removals_are_no_facts(
    app: changes.ChangesApp, tom: StaffMember, stream: Stream, site: Site
) -> None:
    practice.opens(tom)
    block = practice.block(tom, practice.NINE).json
    records = stream.records()
    tom.browser.delete(f"/api/staff/blocks/{block['id']}")
    records += stream.records()
    assert {record["eventName"] for record in records} >= {"INSERT", "REMOVE"}

    assert changes.serve(app, {"Records": records}) == DONE
    assert audited(site) == []


def test_of_a_batch_that_fails_the_first_that_failed_is_named_and_the_rest_is_done_later(
    app: changes.ChangesApp, life: list[dict[str, Any]], alice: Client, tom: StaffMember, site: Site
) -> None:
    facts = [record for record in life if record["dynamodb"]["Keys"]["sk"]["S"] == "APPOINTMENT"]
    broken = {"dynamodb": {**facts[1]["dynamodb"], "NewImage": {"sk": {"S": "APPOINTMENT"}}}}
    number = broken["dynamodb"]["SequenceNumber"]

    answer = changes.serve(app, {"Records": [facts[0], broken, *facts[2:]]})

    assert answer == {"batchItemFailures": [{"itemIdentifier": number}]}
    assert audited(site) == [(alice.id, "AppointmentBooked", alice.id)]
    assert changes.serve(app, {"Records": facts[1:]}) == DONE
    assert audited(site) == expected(alice, tom)


def test_when_the_audit_table_cannot_be_written_nothing_is_lost(
    app: changes.ChangesApp, life: list[dict[str, Any]], site: Site
) -> None:
    nowhere = aws_client("dynamodb", "http://127.0.0.1:1")
    out_of_reach = changes.ChangesApp(Audit(Table(nowhere, site.tables.audit), 365))
    first = next(record for record in life if record["dynamodb"]["Keys"]["sk"]["S"] == "APPOINTMENT")

    answer = changes.serve(out_of_reach, {"Records": life})

    assert answer == {"batchItemFailures": [{"itemIdentifier": first["dynamodb"]["SequenceNumber"]}]}


def test_facts_are_counted_in_the_embedded_metric_format(
    app: changes.ChangesApp, life: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert changes.handler({"Records": life}, None) == DONE

    (line,) = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "Hearthline"
    assert {metric["Name"]: metric["Unit"] for metric in directive["Metrics"]} == {
        "AppointmentBooked": "Count",
        "AppointmentMoved": "Count",
        "AppointmentCancelled": "Count",
    }
    assert [sum(line[f"Appointment{what}"]) for what in ("Booked", "Moved", "Cancelled")] == [2, 1, 1]


def test_metrics_carry_nobodys_id(
    app: changes.ChangesApp,
    life: list[dict[str, Any]],
    alice: Client,
    tom: StaffMember,
    capsys: pytest.CaptureFixture[str],
) -> None:
    changes.handler({"Records": life}, None)

    printed = "".join(capsys.readouterr())
    assert not any(word in printed for word in (alice.id, tom.id, alice.handle))


def test_a_batch_without_facts_prints_nothing(
    app: changes.ChangesApp, tom: StaffMember, stream: Stream, capsys: pytest.CaptureFixture[str]
) -> None:
    practice.opens(tom)

    assert changes.handler({"Records": stream.records()}, None) == DONE

    assert "".join(capsys.readouterr()) == ""


def test_the_next_batch_is_counted_anew(
    app: changes.ChangesApp, life: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        changes.handler({"Records": life}, None)

    lines = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    assert [sum(line["AppointmentBooked"]) for line in lines] == [2, 2]
