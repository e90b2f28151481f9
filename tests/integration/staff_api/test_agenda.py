"""A counselor's calendar: appointments, blocks, calling off, no-shows."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support import cast, practice
from tests.support.api import Answer, fresh_key
from tests.support.calendars import blocks, faults
from tests.support.cast import Client, StaffMember
from tests.support.practice import NINE
from tests.support.site import Site

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOBODYS = "0" * 32


@pytest.fixture
def eve(site: Site, ada: StaffMember) -> StaffMember:
    """Another counselor: to Tom's calendar a stranger."""
    eve = cast.hire(site, ada, "Eve", "forty quiet lighthouses", "counselor", address="198.51.100.4")
    practice.opens(eve, words=practice.profile(name="Eve"))
    return eve


@pytest.fixture
def booked(alice: Client, tom: StaffMember) -> dict[str, Any]:
    """Alice with Tom on Wednesday at nine."""
    practice.opens(tom)
    return practice.book(alice, tom)


def told(answer: Answer) -> tuple[int, str, str]:
    return answer.status, answer.code, answer.field


def agenda(counselor: StaffMember, first: str = "2027-03-03", days: int = 1) -> dict[str, Any]:
    answer = counselor.browser.get("/api/staff/agenda", query=f"from={first}&days={days}")
    assert answer.status == 200, answer.text
    shown: dict[str, Any] = answer.json
    return shown


def test_the_agenda_shows_what_is_in_the_calendar_with_handles_and_no_ids_of_clients(
    booked: dict[str, Any], alice: Client, ben: Client, tom: StaffMember
) -> None:
    second = practice.book(ben, tom, NINE + 2 * HOUR)
    block = practice.block(tom, NINE + 4 * HOUR, note="Training").json

    answer = tom.browser.get("/api/staff/agenda", query="from=2027-03-03&days=1")

    assert answer.json == {
        "zone": "UTC",
        "from": "2027-03-03",
        "days": 1,
        "appointments": [
            {**booked, "client": {"handle": alice.handle}},
            {**second, "client": {"handle": ben.handle}},
        ],
        "blocks": [block],
    }
    assert alice.id not in answer.text
    assert ben.id not in answer.text


def test_an_agenda_is_the_counselors_own(booked: dict[str, Any], eve: StaffMember, alice: Client) -> None:
    theirs = practice.book(alice, eve, NINE + HOUR)

    assert [a["id"] for a in agenda(eve, days=31)["appointments"]] == [theirs["id"]]


def test_dates_are_those_of_the_counselors_zone(alice: Client, tom: StaffMember) -> None:
    assert tom.browser.patch("/api/staff/me", {"zone": "Asia/Kathmandu"}).status == 200
    nights = [{"weekday": day, "start": "00:00", "end": "24:00"} for day in range(1, 8)]
    practice.opens(tom, rules=practice.availability(weekly=nights))
    late = practice.book(alice, tom, NINE + 9 * HOUR)  # 18:00 UTC, 23:45 there: it reaches into the next day
    next_day = practice.book(alice, tom, NINE + 10 * HOUR)

    def ids(first: str) -> list[str]:
        return [a["id"] for a in agenda(tom, first)["appointments"]]

    assert agenda(tom)["zone"] == "Asia/Kathmandu"
    assert ids("2027-03-03") == [late["id"]]
    assert ids("2027-03-04") == [late["id"], next_day["id"]]


def test_cancelled_appointments_stay_in_the_agenda_and_say_so(
    booked: dict[str, Any], alice: Client, tom: StaffMember
) -> None:
    practice.cancel(alice, booked)

    (shown,) = agenda(tom)["appointments"]
    assert (shown["status"], shown["cancelled_by"], shown["id"]) == ("cancelled", "client", booked["id"])


def test_a_moved_appointment_is_in_the_agenda_of_its_new_day_alone(
    booked: dict[str, Any], alice: Client, tom: StaffMember
) -> None:
    practice.move(alice, booked, NINE + DAY)

    assert agenda(tom)["appointments"] == []
    assert [a["id"] for a in agenda(tom, "2027-03-04")["appointments"]] == [booked["id"]]


def test_a_month_with_many_appointments_is_shown_whole(
    alice: Client, ben: Client, tom: StaffMember, site: Site
) -> None:
    others = [cast.register_client(site, cast.BENS_PASSWORD, address=f"203.0.113.{n}") for n in (20, 21)]
    long_days = [{"weekday": day, "start": "06:00", "end": "24:00"} for day in range(1, 8)]
    practice.opens(tom, rules=practice.availability(weekly=long_days, length_minutes=15, buffer_minutes=0))
    expected = [
        (practice.book(client, tom, NINE + day * DAY + n * HOUR / 4)["id"], client.handle)
        for day, client in enumerate((alice, ben, *others))
        for n in range(30)
    ]

    shown = agenda(tom, days=31)["appointments"]

    assert len(expected) > 100  # more than DynamoDB hands out in one piece
    assert [(a["id"], a["client"]["handle"]) for a in shown] == expected


def test_a_client_who_is_gone_has_no_handle(
    booked: dict[str, Any], alice: Client, tom: StaffMember, site: Site
) -> None:
    key = {"pk": {"S": f"PERSON#{alice.id}"}, "sk": {"S": "PERSON"}}
    site.behind_the_scenes.delete_item(TableName=site.tables.people, Key=key)

    assert agenda(tom)["appointments"][0]["client"] == {"handle": ""}


def test_a_block_takes_time_that_can_then_not_be_booked(alice: Client, tom: StaffMember, site: Site) -> None:
    practice.opens(tom)

    answer = practice.block(tom, NINE + HOUR / 4, hours=0.5, note="  Dentist ")

    assert answer.status == 201
    assert answer.json == {
        "id": answer.json["id"],
        "start": "2027-03-03T09:15:00Z",
        "end": "2027-03-03T09:45:00Z",
        "note": "Dentist",
    }
    booking = alice.browser.post("/api/appointments", practice.wish(tom))
    assert booking.code == "slot_taken"
    assert "Dentist" not in booking.text
    assert faults(site.items(site.tables.appointments)) == []


def test_a_block_where_an_appointment_is_names_it(booked: dict[str, Any], tom: StaffMember, site: Site) -> None:
    answer = practice.block(tom, NINE - HOUR, hours=5)

    assert told(answer) == (409, "slot_taken", "")
    assert answer.json["appointments"] == [booked["id"]]
    assert blocks(site.items(site.tables.appointments)) == []


def test_a_block_over_a_block_is_refused_and_names_no_appointment(tom: StaffMember) -> None:
    assert practice.block(tom, NINE).status == 201

    answer = practice.block(tom, NINE + HOUR / 2)

    assert told(answer) == (409, "slot_taken", "")
    assert answer.json["appointments"] == []


def test_a_block_where_an_appointment_was_called_off_is_fine(
    booked: dict[str, Any], alice: Client, tom: StaffMember
) -> None:
    practice.cancel(alice, booked)

    assert practice.block(tom, NINE).status == 201


def test_a_block_can_be_taken_back(alice: Client, tom: StaffMember, site: Site) -> None:
    practice.opens(tom)
    block = practice.block(tom, NINE).json

    assert tom.browser.delete(f"/api/staff/blocks/{block['id']}").status == 204

    assert agenda(tom)["blocks"] == []
    practice.book(alice, tom)
    assert faults(site.items(site.tables.appointments)) == []
    assert told(tom.browser.delete(f"/api/staff/blocks/{block['id']}")) == (404, "not_found", "")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"start": "2027-03-03T09:00:00Z"}, "body.end"),
        ({"start": "2027-03-03T09:00:00", "end": "2027-03-03T10:00:00Z"}, "body.start"),
        ({"start": "2027-03-03T09:00:00Z", "end": 1}, "body.end"),
        ({"start": "2027-03-03T09:00:00Z", "end": "2027-03-03T10:00:00Z", "note": "x" * 301}, "body.note"),
        ({"start": "2027-03-03T09:00:00Z", "end": "2027-03-03T10:00:00Z", "counselor_id": "x"}, "body.counselor_id"),
    ],
)
def test_a_block_that_cannot_be_is_refused_by_name(body: dict[str, Any], field: str, tom: StaffMember) -> None:
    assert told(tom.browser.post("/api/staff/blocks", body)) == (422, "invalid", field)


def test_a_block_that_is_repeated_is_one_block(tom: StaffMember, site: Site) -> None:
    key = fresh_key()

    first = practice.block(tom, NINE, key=key)

    assert practice.block(tom, NINE, key=key) == first
    assert practice.block(tom, NINE + DAY, key=key).code == "idempotency_key_reused"
    assert len(blocks(site.items(site.tables.appointments))) == 1
    away = fresh_key()
    path = f"/api/staff/blocks/{first.json['id']}"
    assert tom.browser.delete(path, key=away).status == tom.browser.delete(path, key=away).status == 204


def test_a_counselor_calls_off_with_a_reason_the_client_reads_whatever_the_notice(
    booked: dict[str, Any], alice: Client, ben: Client, tom: StaffMember, site: Site
) -> None:
    site.clock.advance(NINE - HOUR / 2 - site.clock.now)  # half an hour before: too late for Alice

    answer = practice.call_off(tom, booked, "  My child is ill.  ")

    assert answer.status == 200
    assert answer.json["client"] == {"handle": alice.handle}
    seen = alice.browser.get(f"/api/appointments/{booked['id']}").json
    assert (seen["status"], seen["cancelled_by"], seen["cancel_reason"]) == (
        "cancelled",
        "counselor",
        "My child is ill.",
    )
    assert faults(site.items(site.tables.appointments)) == []


def test_what_is_over_is_not_called_off(booked: dict[str, Any], tom: StaffMember, site: Site) -> None:
    site.clock.advance(NINE + 50 * HOUR / 60 - site.clock.now)

    assert told(practice.call_off(tom, booked)) == (409, "too_late", "")


WRONG_CHANGES: list[Any] = [
    ("cancel", {"version": 1}, "body.reason"),
    ("cancel", {"version": 1, "reason": ""}, "body.reason"),
    ("cancel", {"version": 1, "reason": "   "}, "body.reason"),
    ("cancel", {"version": 1, "reason": "x" * 301}, "body.reason"),
    ("cancel", {"reason": "ill"}, "body.version"),
    ("cancel", {"version": 2, "reason": "ill"}, "body.version"),
    ("noshow", {}, "body.version"),
    ("noshow", {"version": "1"}, "body.version"),
    ("noshow", {"version": 1, "reason": "away"}, "body.reason"),
]


def test_a_value_that_cannot_be_is_refused_by_name(booked: dict[str, Any], tom: StaffMember) -> None:
    for path, body, field in WRONG_CHANGES:
        answer = tom.browser.post(f"/api/staff/appointments/{booked['id']}/{path}", body)

        assert told(answer) == (422, "invalid", field)


def test_nobody_is_noted_as_missing_before_the_start(
    booked: dict[str, Any], alice: Client, tom: StaffMember, site: Site
) -> None:
    site.clock.advance(NINE - timedelta(seconds=1) - site.clock.now)
    assert told(practice.noshow(tom, booked)) == (409, "not_started", "")

    site.clock.advance(timedelta(seconds=1))
    answer = practice.noshow(tom, booked)

    assert (answer.status, answer.json["status"], answer.json["version"]) == (200, "noshow", 2)
    assert answer.json["client"] == {"handle": alice.handle}
    assert alice.browser.get(f"/api/appointments/{booked['id']}").json["status"] == "noshow"
    assert alice.browser.get("/api/appointments", query="when=past").json["appointments"][0]["id"] == booked["id"]
    assert practice.noshow(tom, answer.json).code == "changed_meanwhile"


def test_who_has_not_seen_the_latest_version_is_asked_to_look_again(
    booked: dict[str, Any], alice: Client, tom: StaffMember
) -> None:
    practice.move(alice, booked, NINE + DAY)

    assert practice.call_off(tom, booked).code == "changed_meanwhile"
    assert practice.noshow(tom, booked).code == "changed_meanwhile"


@pytest.mark.parametrize("change", ["call_off", "noshow"])
def test_a_repeated_change_gives_the_same_answer_and_happens_once(
    change: str, booked: dict[str, Any], tom: StaffMember, site: Site
) -> None:
    site.clock.advance(NINE - site.clock.now)
    ask, key = getattr(practice, change), fresh_key()

    first = ask(tom, booked, key=key)

    assert first.status == 200
    assert ask(tom, booked, key=key) == first
    assert ask(tom, booked | {"version": 2}, key=key).code == "idempotency_key_reused"
    assert agenda(tom)["appointments"][0]["version"] == 2


def test_another_counselors_things_look_like_none_byte_for_byte(
    booked: dict[str, Any], tom: StaffMember, eve: StaffMember, site: Site
) -> None:
    block = practice.block(tom, NINE + 4 * HOUR).json
    site.clock.advance(NINE - site.clock.now)
    things = [
        ("GET", "/api/staff/appointments/{}", booked["id"], None),
        ("POST", "/api/staff/appointments/{}/cancel", booked["id"], {"version": 1, "reason": "ill"}),
        ("POST", "/api/staff/appointments/{}/noshow", booked["id"], {"version": 1}),
        ("DELETE", "/api/staff/blocks/{}", block["id"], None),
    ]
    before = site.items(site.tables.appointments)
    for method, path, id_, body in things:
        theirs = eve.browser.request(method, path.format(id_), body=body)
        nobodys = eve.browser.request(method, path.format(NOBODYS), body=body)
        assert theirs.status == 404
        assert theirs == nobodys
    assert site.items(site.tables.appointments) == before


def test_agendas_are_for_counselors_alone(
    booked: dict[str, Any], maya: StaffMember, ada: StaffMember, alice: Client
) -> None:
    path = f"/api/staff/appointments/{booked['id']}"
    for caller in (maya, ada):
        assert caller.browser.get("/api/staff/agenda", query="from=2027-03-03").code == "not_allowed"
        assert practice.block(caller, NINE).code == "not_allowed"
        assert caller.browser.delete(f"/api/staff/blocks/{NOBODYS}").code == "not_allowed"
        assert caller.browser.get(path).code == "not_allowed"
        assert practice.call_off(caller, booked).code == "not_allowed"
        assert practice.noshow(caller, booked).code == "not_allowed"
    assert alice.browser.get(path).status == 401
