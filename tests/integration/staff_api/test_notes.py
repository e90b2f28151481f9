"""A counselor's private notes: written once, read by their author alone, and by nobody and nothing else."""

import json
from datetime import timedelta
from typing import Any

import pytest

from functions.changes.app import serve
from tests.support import cast, practice
from tests.support.api import Answer, Browser, fresh_key
from tests.support.calendars import plain
from tests.support.cast import Client, StaffMember
from tests.support.practice import NINE
from tests.support.reminding import Reminding
from tests.support.site import Site
from tests.support.stream import Stream

DAY = timedelta(days=1)
NOBODYS = "0" * 32
PARTS = ("text", "talked_about", "how_they_are", "agreed", "next_steps")
SECRET = "She has not told anybody about the harbour."


@pytest.fixture
def eve(site: Site, ada: StaffMember) -> StaffMember:
    """Another counselor: to Tom's notes a stranger."""
    return cast.hire(site, ada, "Eve", "forty quiet lighthouses", "counselor", address="198.51.100.4")


@pytest.fixture
def booked(alice: Client, tom: StaffMember) -> dict[str, Any]:
    """Alice with Tom on Wednesday at nine."""
    practice.opens(tom)
    return practice.book(alice, tom)


def told(answer: Answer) -> tuple[int, str, str]:
    return answer.status, answer.code, answer.field


def note(**other: Any) -> dict[str, Any]:
    """A free note, but for what is said otherwise."""
    return {"kind": "free", "text": SECRET, "version": 0} | other


def write(somebody: StaffMember, appointment: dict[str, Any], body: dict[str, Any], **parts: Any) -> Answer:
    return somebody.browser.put(f"/api/staff/appointments/{appointment['id']}/note", body, **parts)


def read(somebody: StaffMember, appointment: dict[str, Any]) -> Any:
    return somebody.browser.get(f"/api/staff/appointments/{appointment['id']}/note").json


def test_before_anything_is_written_a_note_is_empty(booked: dict[str, Any], tom: StaffMember) -> None:
    assert read(tom, booked) == dict.fromkeys(PARTS, "") | {"kind": "free", "version": 0, "changed_at": None}


def test_a_note_is_read_as_it_was_written(booked: dict[str, Any], tom: StaffMember, site: Site) -> None:
    words = "First line.\n\n  An indented one, مع كلمات, 🌙 "

    written = write(tom, booked, note(text=words))

    assert written.status == 200
    assert written.json == dict.fromkeys(PARTS, "") | {
        "kind": "free",
        "text": words,
        "version": 1,
        "changed_at": practice.text(site.clock()),
    }
    assert read(tom, booked) == written.json


def test_a_note_can_be_structured_and_going_over_to_the_other_kind_loses_nothing(
    booked: dict[str, Any], tom: StaffMember
) -> None:
    parts = {"talked_about": "Work.", "how_they_are": "Tired, safe.", "agreed": "A walk.", "next_steps": "Ask again."}
    write(tom, booked, note())

    assert write(tom, booked, note(kind="structured", version=1, **parts)).status == 200

    assert read(tom, booked) | {"changed_at": ""} == {
        "kind": "structured", "text": SECRET, **parts, "version": 2, "changed_at": ""
    }  # fmt: skip


def test_an_empty_note_takes_the_words_away(booked: dict[str, Any], tom: StaffMember, site: Site) -> None:
    write(tom, booked, note())

    assert write(tom, booked, note(text="", version=1)).status == 200

    assert SECRET not in json.dumps(site.items(site.tables.appointments))


def test_a_note_is_written_over_only_by_who_has_seen_it(booked: dict[str, Any], tom: StaffMember) -> None:
    assert write(tom, booked, note()).status == 200

    assert told(write(tom, booked, note(text="From the other tab."))) == (409, "changed_meanwhile", "")
    assert told(write(tom, booked, note(version=2))) == (422, "invalid", "body.version")
    assert read(tom, booked)["text"] == SECRET


def test_nobody_but_the_author_reads_or_writes_a_note(
    booked: dict[str, Any],
    alice: Client,
    tom: StaffMember,
    eve: StaffMember,
    maya: StaffMember,
    ada: StaffMember,
    sam: Browser,
) -> None:
    write(tom, booked, note())
    path = f"/api/staff/appointments/{booked['id']}"

    for browser, status in (
        (eve.browser, 404),
        (maya.browser, 403),
        (ada.browser, 403),
        (alice.browser, 401),
        (sam, 401),
    ):
        for answer in (
            browser.get(f"{path}/note"),
            browser.put(f"{path}/note", note(version=1)),
            browser.get(f"{path}/notes-before"),
        ):
            assert answer.status == status
            assert SECRET not in answer.text
    assert read(tom, booked)["version"] == 1


def test_no_other_view_shows_a_note(booked: dict[str, Any], alice: Client, tom: StaffMember) -> None:
    write(tom, booked, note())

    for answer in (
        alice.browser.get("/api/appointments"),
        alice.browser.get(f"/api/appointments/{booked['id']}"),
        alice.browser.get(f"/api/appointments/{booked['id']}/calendar"),
        tom.browser.get(f"/api/staff/appointments/{booked['id']}"),
        tom.browser.get("/api/staff/agenda", query="from=2027-03-03&days=1"),
    ):
        assert answer.status == 200
        assert SECRET not in answer.text


def test_twice_is_once_and_what_is_remembered_of_it_holds_no_words(
    booked: dict[str, Any], tom: StaffMember, site: Site
) -> None:
    key = fresh_key()
    first = write(tom, booked, note(), key=key)

    assert write(tom, booked, note(), key=key).json == first.json
    assert told(write(tom, booked, note(text="Something else."), key=key)) == (
        422,
        "idempotency_key_reused",
        "header.Idempotency-Key",
    )
    assert read(tom, booked)["version"] == 1
    for table in (site.tables.people, site.tables.rooms, site.tables.audit):
        assert SECRET not in json.dumps(site.items(table))


def test_a_repeat_is_shown_the_note_as_it_is_by_then(booked: dict[str, Any], tom: StaffMember) -> None:
    key = fresh_key()
    write(tom, booked, note(), key=key)
    later = write(tom, booked, note(text="Never mind.", version=1))

    assert write(tom, booked, note(), key=key).json == later.json


def test_a_note_is_no_fact_for_the_audit_trail(booked: dict[str, Any], tom: StaffMember, site: Site) -> None:
    stream, changes = Stream(site), Reminding(site).changes
    before = plain(site.items(site.tables.audit))
    with stream.recording():
        write(tom, booked, note())
    with stream.recording():
        write(tom, booked, note(text="Other words.", version=1))
    assert len(stream.records) == 2
    # What the event source of `changes` asks for (tests/infra holds it to that), and no record of a note has.
    assert all(record["dynamodb"]["Keys"]["sk"]["S"] != "APPOINTMENT" for record in stream.records)

    assert serve(changes, {"Records": stream.records}) == {"batchItemFailures": []}

    assert plain(site.items(site.tables.audit)) == before


def test_an_appointment_that_changes_keeps_its_note(booked: dict[str, Any], alice: Client, tom: StaffMember) -> None:
    write(tom, booked, note())
    moved = practice.move(alice, booked, NINE + DAY).json
    assert practice.cancel(alice, moved).status == 200

    assert read(tom, booked)["text"] == SECRET


WRONG_NOTES: list[Any] = [
    ({"kind": "poem"}, "body.kind"),
    ({"text": "x" * 4001}, "body.text"),
    ({"agreed": "🌙" * 4001}, "body.agreed"),
    ({"text": None}, "body.text"),
    ({"version": -1}, "body.version"),
    ({"version": "0"}, "body.version"),
    ({"version": 2**31}, "body.version"),
    ({"author_id": NOBODYS}, "body.author_id"),
]


def test_a_value_that_cannot_be_is_refused_by_name(booked: dict[str, Any], tom: StaffMember) -> None:
    for change, field in WRONG_NOTES:
        assert told(write(tom, booked, note(**change))) == (422, "invalid", field)


def test_the_longest_note_is_kept_whole(booked: dict[str, Any], tom: StaffMember) -> None:
    longest = dict.fromkeys(PARTS, "🌙" * 4000)

    assert write(tom, booked, note(kind="structured", **longest)).status == 200
    assert read(tom, booked) | longest == read(tom, booked)


def test_an_appointment_that_is_none_has_no_note(tom: StaffMember) -> None:
    nothing = {"id": NOBODYS}

    assert told(write(tom, nothing, note())) == (404, "not_found", "")
    assert read(tom, nothing)["code"] == "not_found"
    assert tom.browser.get(f"/api/staff/appointments/{NOBODYS}/notes-before").code == "not_found"


def test_before_a_session_one_reads_what_one_wrote_about_earlier_ones_with_the_same_client(
    booked: dict[str, Any], alice: Client, ben: Client, tom: StaffMember, eve: StaffMember
) -> None:
    practice.opens(eve, words=practice.profile(name="Eve"))
    second = practice.book(alice, tom, NINE + DAY)
    unwritten = practice.book(alice, tom, NINE + 2 * DAY)
    third = practice.book(alice, tom, NINE + 3 * DAY)
    later = practice.book(alice, tom, NINE + 4 * DAY)
    bens = practice.book(ben, tom, NINE + timedelta(hours=1))
    eves = practice.book(alice, eve, NINE + timedelta(hours=2))
    for who, appointment, words in (
        (tom, booked, "First."),
        (tom, second, "Second."),
        (tom, third, "This one."),
        (tom, later, "Later."),
        (tom, bens, "Of Ben."),
        (eve, eves, "Of Eve."),
    ):
        assert write(who, appointment, note(text=words)).status == 200
    write(tom, unwritten, note())
    write(tom, unwritten, note(text="", version=1))

    answer = tom.browser.get(f"/api/staff/appointments/{third['id']}/notes-before")

    assert [(one["appointment_id"], one["start"], one["text"]) for one in answer.json["notes"]] == [
        (second["id"], second["start"], "Second."),
        (booked["id"], booked["start"], "First."),
    ]


def test_at_most_twenty_earlier_notes_are_read(alice: Client, tom: StaffMember) -> None:
    long_days = [{"weekday": day, "start": "06:00", "end": "24:00"} for day in range(1, 8)]
    practice.opens(tom, rules=practice.availability(weekly=long_days, length_minutes=15, buffer_minutes=0))
    booked = [practice.book(alice, tom, NINE + n * timedelta(minutes=15)) for n in range(22)]
    for n, appointment in enumerate(booked):
        assert write(tom, appointment, note(text=f"{n}")).status == 200

    answer = tom.browser.get(f"/api/staff/appointments/{booked[21]['id']}/notes-before")

    assert [one["text"] for one in answer.json["notes"]] == [f"{n}" for n in range(20, 0, -1)]
