"""`changes`: what happened to an appointment reaches the audit trail once, and is counted, whatever goes wrong."""

import json
from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from functions.changes import app as changes
from functions.changes.app import ChangesApp, serve
from shared import telemetry
from shared.audit import Audit
from shared.ids import new_id
from shared.tables import Table
from tests.support import practice
from tests.support.calendars import plain
from tests.support.cast import Client, StaffMember
from tests.support.reminding import Reminding
from tests.support.site import Site, aws_client
from tests.support.stream import Record, Stream

HOUR = timedelta(hours=1)


@pytest.fixture
def app(site: Site) -> ChangesApp:
    telemetry.metrics().clear_metrics()  # they belong to the process, and other tests count too
    return Reminding(site).changes


@pytest.fixture
def life(site: Site, alice: Client, tom: StaffMember) -> Stream:
    """Alice books, moves and cancels; books again and does not come. Tom blocks an hour and takes it back."""
    stream = Stream(site)
    practice.opens(tom)
    with stream.recording():
        booked = practice.book(alice, tom)
    with stream.recording():
        moved = practice.move(alice, booked, practice.NINE + 2 * HOUR).json
    with stream.recording():
        assert practice.cancel(alice, moved).status == 200
    with stream.recording():
        again = practice.book(alice, tom)
    with stream.recording():
        block = practice.block(tom, practice.NINE + 5 * HOUR).json
    with stream.recording():
        assert tom.browser.delete(f"/api/staff/blocks/{block['id']}").status == 204
    site.clock.advance(practice.NINE + HOUR - site.clock())
    with stream.recording():
        assert practice.noshow(tom, again).status == 200
    return stream


def entries(site: Site, whose: str) -> list[dict[str, Any]]:
    """The audit entries about somebody's appointments, in order of time."""
    found = [item for item in plain(site.items(site.tables.audit)) if item["pk"] == f"PERSON#{whose}"]
    return [item for item in sorted(found, key=lambda item: item["sk"]) if "Appointment" in item["what"]]


def follow_up(app: ChangesApp, records: list[Record]) -> list[str]:
    """The sequence numbers that Lambda is told to come back for."""
    answer = serve(app, {"Records": records})
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def test_each_fact_is_in_the_audit_trail_with_who_did_it(
    app: ChangesApp, life: Stream, site: Site, alice: Client, tom: StaffMember
) -> None:
    assert follow_up(app, life.records) == []

    told = Counter((entry["what"], entry["by"]) for entry in entries(site, alice.id))
    assert told == {
        ("AppointmentBooked", alice.id): 2,
        ("AppointmentMoved", alice.id): 1,
        ("AppointmentCancelled", alice.id): 1,
        ("AppointmentMissed", tom.id): 1,
    }


def test_entries_hold_who_what_and_when_and_nothing_of_the_appointment(
    app: ChangesApp, life: Stream, site: Site, alice: Client
) -> None:
    follow_up(app, life.records)

    for entry in entries(site, alice.id):
        assert entry.keys() == {"pk", "sk", "what", "by", "at", "expires_at"}


def test_a_batch_that_comes_twice_leaves_one_entry_each(
    app: ChangesApp, life: Stream, site: Site, alice: Client
) -> None:
    follow_up(app, life.records)
    once = entries(site, alice.id)

    follow_up(app, life.records)

    assert entries(site, alice.id) == once
    assert len(once) == 5


def test_records_that_come_in_another_order_leave_the_same_entries(
    app: ChangesApp, life: Stream, site: Site, alice: Client
) -> None:
    Random(7).shuffle(life.records)

    assert follow_up(app, life.records + life.records[::-1]) == []

    assert len(entries(site, alice.id)) == 5


def test_while_the_audit_table_is_out_of_reach_nothing_counts_as_done(life: Stream, site: Site) -> None:
    audit = Audit(Table(aws_client("dynamodb", "http://127.0.0.1:1"), site.tables.audit), days=365)
    nowhere = ChangesApp(audit, Reminding(site).following, Reminding(site).changes.offering, site.clock)
    first = next(r for r in life.records if r["dynamodb"]["Keys"]["sk"]["S"] == "APPOINTMENT")

    assert follow_up(nowhere, life.records) == [first["dynamodb"]["SequenceNumber"]]


def test_wherever_it_crashes_the_next_try_completes_the_trail(
    app: ChangesApp, life: Stream, site: Site, alice: Client
) -> None:
    for point in site.crashes.everywhere():
        somebody_new = new_id()  # so that nothing is there from the attempt before
        records = json.loads(json.dumps(life.records).replace(alice.id, somebody_new))
        with point:
            follow_up(app, records)
        assert follow_up(app, records) == []
        assert len(entries(site, somebody_new)) == 5, f"crash {point}"


def test_a_record_that_fails_is_named_and_what_came_before_it_stands(
    app: ChangesApp, life: Stream, site: Site, alice: Client
) -> None:
    booked = next(r for r in life.records if r["dynamodb"]["Keys"]["sk"]["S"] == "APPOINTMENT")
    broken = {**booked, "dynamodb": {**booked["dynamodb"], "NewImage": {"pk": {"S": "?"}}, "SequenceNumber": "999"}}

    assert follow_up(app, [booked, broken, *life.records]) == ["999"]
    assert [entry["what"] for entry in entries(site, alice.id)] == ["AppointmentBooked"]


def test_days_blocks_and_removals_are_no_facts(app: ChangesApp, life: Stream, site: Site) -> None:
    about_nothing = [r for r in life.records if r["dynamodb"]["Keys"]["sk"]["S"] != "APPOINTMENT"]
    gone = [
        {**r, "dynamodb": {name: value for name, value in r["dynamodb"].items() if name != "NewImage"}}
        for r in life.records
    ]
    before = len(site.items(site.tables.audit))

    assert follow_up(app, about_nothing + gone) == []

    assert about_nothing
    assert len(site.items(site.tables.audit)) == before


def test_each_fact_is_counted_and_the_count_names_nobody(
    app: ChangesApp, life: Stream, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, alice: Client
) -> None:
    monkeypatch.setattr(changes, "app", lambda: app)

    changes.handler({"Records": life.records}, None)

    (written,) = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
    counted = {name: sum(value) for name, value in written.items() if name.startswith("Appointment")}
    assert counted == {
        "AppointmentBooked": 2,
        "AppointmentMoved": 1,
        "AppointmentCancelled": 1,
        "AppointmentMissed": 1,
    }
    assert alice.id not in json.dumps(written)


def test_a_batch_without_a_fact_is_no_trouble(
    app: ChangesApp, life: Stream, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    monkeypatch.setattr(changes, "app", lambda: app)
    about_nothing = [r for r in life.records if r["dynamodb"]["Keys"]["sk"]["S"] != "APPOINTMENT"]

    assert changes.handler({"Records": about_nothing}, None) == {"batchItemFailures": []}
    assert list(recwarn) == []
