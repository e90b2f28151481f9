"""A client's appointments: looking at them, moving them, calling them off."""

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from tests.support import practice
from tests.support.api import Answer, fresh_key
from tests.support.calendars import faults
from tests.support.cast import Client, StaffMember
from tests.support.practice import NINE
from tests.support.site import Site

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOBODYS = "0" * 32


@pytest.fixture
def booked(alice: Client, tom: StaffMember) -> dict[str, Any]:
    """Alice with Tom on Wednesday at nine."""
    practice.opens(tom)
    return practice.book(alice, tom)


def told(answer: Answer) -> tuple[int, str, str]:
    return answer.status, answer.code, answer.field


def test_a_client_moves_an_appointment_and_the_old_time_is_free_again(
    booked: dict[str, Any], alice: Client, ben: Client, tom: StaffMember, site: Site
) -> None:
    moved = practice.move(alice, booked, NINE + DAY)

    assert moved.status == 200
    assert moved.json == booked | {
        "start": "2027-03-04T09:00:00Z",
        "end": "2027-03-04T09:50:00Z",
        "version": 2,
        "change_until": "2027-03-03T09:00:00Z",
    }
    assert alice.browser.get(f"/api/appointments/{booked['id']}").json == moved.json
    practice.book(ben, tom, NINE)
    assert faults(site.items(site.tables.appointments)) == []


def test_a_move_onto_part_of_its_own_time_is_possible(alice: Client, tom: StaffMember, site: Site) -> None:
    practice.opens(tom, rules=practice.availability(length_minutes=30, buffer_minutes=30))
    booked = practice.book(alice, tom, NINE)
    finer = practice.availability(length_minutes=30, buffer_minutes=0, version=1)
    assert tom.browser.put("/api/staff/availability", finer).status == 200

    moved = practice.move(alice, booked, NINE + HOUR / 2)

    assert moved.status == 200
    assert faults(site.items(site.tables.appointments)) == []


def test_a_move_to_a_time_that_is_taken_or_not_on_offer_is_refused_with_other_times(
    booked: dict[str, Any], alice: Client, ben: Client, tom: StaffMember
) -> None:
    practice.book(ben, tom, NINE + HOUR)

    taken = practice.move(alice, booked, NINE + HOUR)
    not_offered = practice.move(alice, booked, NINE + HOUR / 2)
    over = practice.move(alice, booked, NINE - 3 * DAY)

    assert told(taken) == (409, "slot_taken", "")
    assert told(not_offered) == told(over) == (422, "slot_not_offered", "body.start")
    assert all(len(answer.json["next_slots"]) == 3 for answer in (taken, not_offered, over))
    assert alice.browser.get(f"/api/appointments/{booked['id']}").json == booked


def test_a_move_onto_another_of_ones_own_appointments_is_refused(
    booked: dict[str, Any], alice: Client, tom: StaffMember
) -> None:
    practice.book(alice, tom, NINE + HOUR)

    assert practice.move(alice, booked, NINE + HOUR).code in {"slot_taken", "already_booked_then"}


def test_a_move_when_appointments_have_another_length_now_asks_to_book_anew(
    booked: dict[str, Any], alice: Client, tom: StaffMember
) -> None:
    longer = practice.availability(length_minutes=90, buffer_minutes=0, version=1)
    assert tom.browser.put("/api/staff/availability", longer).status == 200

    assert told(practice.move(alice, booked, NINE + DAY)) == (422, "slot_not_offered", "body.start")


def test_a_client_calls_it_off_and_both_are_free_again(
    booked: dict[str, Any], alice: Client, ben: Client, tom: StaffMember, site: Site
) -> None:
    cancelled = practice.cancel(alice, booked)

    assert cancelled.status == 200
    expected = {"status": "cancelled", "version": 2, "can_change": False, "cancelled_by": "client"}
    assert cancelled.json == booked | expected
    assert alice.browser.get("/api/appointments").json == {"appointments": []}
    assert alice.browser.get("/api/appointments", query="when=past").json == {"appointments": [cancelled.json]}
    practice.book(ben, tom, NINE)
    assert faults(site.items(site.tables.appointments)) == []


def test_the_deadline_holds_to_the_second(booked: dict[str, Any], alice: Client, site: Site) -> None:
    site.clock.advance(NINE - DAY - site.clock.now - timedelta(seconds=1))
    assert alice.browser.get(f"/api/appointments/{booked['id']}").json["can_change"] is True
    moved = practice.move(alice, booked, NINE + 2 * DAY)
    assert moved.status == 200

    site.clock.advance(2 * DAY + timedelta(seconds=1))

    assert alice.browser.get(f"/api/appointments/{booked['id']}").json["can_change"] is False
    late = practice.cancel(alice, moved.json)
    assert told(late) == (409, "too_late", "")
    assert late.json["change_until"] == moved.json["change_until"]
    assert practice.move(alice, moved.json, NINE + 5 * DAY).code == "too_late"


def test_the_hour_to_think_again_is_given_even_within_the_notice(alice: Client, tom: StaffMember, site: Site) -> None:
    practice.opens(tom, rules=practice.availability(notice_hours=0))
    first = practice.book(alice, tom, NINE - 2 * DAY + 6 * HOUR)  # in three hours
    second = practice.book(alice, tom, NINE - 2 * DAY + 7 * HOUR)

    site.clock.advance(HOUR - timedelta(seconds=1))
    assert practice.cancel(alice, first).status == 200
    site.clock.advance(timedelta(seconds=1))
    assert practice.cancel(alice, second).code == "too_late"


def test_who_has_not_seen_the_latest_version_is_asked_to_look_again(booked: dict[str, Any], alice: Client) -> None:
    moved = practice.move(alice, booked, NINE + DAY)

    assert told(practice.cancel(alice, booked)) == (409, "changed_meanwhile", "")
    assert told(practice.move(alice, booked, NINE + 2 * DAY)) == (409, "changed_meanwhile", "")
    assert told(practice.cancel(alice, {**moved.json, "version": 3})) == (422, "invalid", "body.version")
    assert practice.cancel(alice, moved.json).status == 200


def test_what_is_called_off_stays_so(booked: dict[str, Any], alice: Client) -> None:
    cancelled = practice.cancel(alice, booked).json

    assert practice.cancel(alice, cancelled).code == "changed_meanwhile"
    assert practice.move(alice, cancelled, NINE + DAY).code == "changed_meanwhile"


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("reschedule", {"version": 1}, "body.start"),
        ("reschedule", {"start": "2027-03-04T09:00:00", "version": 1}, "body.start"),
        ("reschedule", {"start": "2027-03-04T09:00:00Z"}, "body.version"),
        ("reschedule", {"start": "2027-03-04T09:00:00Z", "version": "1"}, "body.version"),
        ("reschedule", {"start": "2027-03-04T09:00:00Z", "version": 0}, "body.version"),
        ("reschedule", {"start": "2027-03-04T09:00:00Z", "version": 1, "mode": "text"}, "body.mode"),
        ("cancel", {}, "body.version"),
        ("cancel", {"version": 1.5}, "body.version"),
        ("cancel", {"version": True}, "body.version"),
        ("cancel", {"version": 1, "reason": "I am well"}, "body.reason"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(
    path: str, body: dict[str, Any], field: str, booked: dict[str, Any], alice: Client
) -> None:
    answer = alice.browser.post(f"/api/appointments/{booked['id']}/{path}", body)

    assert told(answer) == (422, "invalid", field)


def test_another_persons_appointment_looks_like_none_byte_for_byte(
    booked: dict[str, Any], ben: Client, alice: Client
) -> None:
    path = "/api/appointments/{}"
    for method, rest, body in (
        ("GET", "", None),
        ("GET", "/calendar", None),
        ("POST", "/cancel", {"version": 1}),
        ("POST", "/reschedule", {"version": 1, "start": practice.text(NINE + DAY)}),
    ):
        theirs = ben.browser.request(method, path.format(booked["id"]) + rest, body=body)
        nobodys = ben.browser.request(method, path.format(NOBODYS) + rest, body=body)
        assert theirs.status == 404
        assert theirs == nobodys
    assert ben.browser.get("/api/appointments").json == {"appointments": []}
    assert alice.browser.get(f"/api/appointments/{booked['id']}").json == booked


@pytest.mark.parametrize("change", ["move", "cancel"])
def test_a_repeated_change_gives_the_same_answer_and_happens_once(
    change: str, booked: dict[str, Any], alice: Client, site: Site
) -> None:
    key = fresh_key()

    def ask(**other: Any) -> Answer:
        if change == "move":
            return practice.move(alice, booked | other, NINE + DAY, key=key)
        return practice.cancel(alice, booked | other, key=key)

    first = ask()
    assert first.status == 200
    assert ask() == first
    assert ask(version=2).code == "idempotency_key_reused"
    assert alice.browser.get(f"/api/appointments/{booked['id']}").json["version"] == 2
    assert faults(site.items(site.tables.appointments)) == []


def test_a_key_used_for_one_appointment_is_not_good_for_another(
    booked: dict[str, Any], alice: Client, tom: StaffMember
) -> None:
    other = practice.book(alice, tom, NINE + DAY)
    key = fresh_key()
    assert practice.cancel(alice, booked, key=key).status == 200

    assert practice.cancel(alice, other, key=key).code == "idempotency_key_reused"
    assert alice.browser.get(f"/api/appointments/{other['id']}").json["status"] == "booked"


def test_what_is_ahead_comes_soonest_first_and_what_is_over_latest_first(
    alice: Client, tom: StaffMember, site: Site
) -> None:
    practice.opens(tom)
    ids = [practice.book(alice, tom, start)["id"] for start in (NINE + DAY, NINE, NINE + 3 * DAY, NINE + 2 * DAY)]
    in_order = [ids[1], ids[0], ids[3], ids[2]]

    def listed(when: str) -> list[str]:
        answer = alice.browser.get("/api/appointments", query=f"when={when}")
        return [appointment["id"] for appointment in answer.json["appointments"]]

    assert (listed("upcoming"), listed("past")) == (in_order, [])
    site.clock.advance(NINE + DAY + HOUR / 2 - site.clock.now)
    assert (listed("upcoming"), listed("past")) == (in_order[1:], in_order[:1])
    site.clock.advance(10 * DAY)
    assert (listed("upcoming"), listed("past")) == ([], list(reversed(in_order)))


def test_a_list_of_anything_else_is_refused(alice: Client) -> None:
    assert told(alice.browser.get("/api/appointments", query="when=never")) == (422, "invalid", "query.when")


def test_the_calendar_file_is_a_download_that_says_nothing(booked: dict[str, Any], alice: Client) -> None:
    answer = alice.browser.get(f"/api/appointments/{booked['id']}/calendar")

    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="appointment.ics"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert not any(word in answer.text for word in ("Tom", "Tarrow", alice.handle, "Lighthouse", "video"))
    (event,) = Calendar.from_ical(answer.text).walk("VEVENT")
    assert (event["DTSTART"].dt, event["SUMMARY"], event["SEQUENCE"]) == (NINE, "Appointment", 0)


def test_the_title_in_the_calendar_is_the_clients_own(booked: dict[str, Any], alice: Client) -> None:
    path = f"/api/appointments/{booked['id']}/calendar"

    (event,) = Calendar.from_ical(alice.browser.get(path, query="title=Cita%3B+a%2C+b").text).walk("VEVENT")
    assert event["SUMMARY"] == "Cita; a, b"
    assert told(alice.browser.get(path, query="title=")) == (422, "invalid", "query.title")
    assert told(alice.browser.get(path, query="title=" + "x" * 81)) == (422, "invalid", "query.title")


def test_the_file_of_a_cancelled_appointment_takes_it_out_of_the_calendar(
    booked: dict[str, Any], alice: Client
) -> None:
    practice.cancel(alice, booked)

    text = alice.browser.get(f"/api/appointments/{booked['id']}/calendar").text
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
