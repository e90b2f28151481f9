"""The appointment after this one: what is suggested, and its booking by the counselor."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support import cast, practice
from tests.support.api import Answer, Browser, fresh_key
from tests.support.calendars import faults, plain
from tests.support.cast import Client, StaffMember
from tests.support.practice import NINE, text
from tests.support.site import Site

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
NOBODYS = "0" * 32


@pytest.fixture
def eve(site: Site, ada: StaffMember) -> StaffMember:
    """Another counselor: to Tom's appointments a stranger."""
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


def path(appointment: dict[str, Any]) -> str:
    return f"/api/staff/appointments/{appointment['id']}/next"


def suggested(tom: StaffMember, appointment: dict[str, Any]) -> Any:
    answer = tom.browser.get(path(appointment))
    assert answer.status == 200, answer.text
    return answer.json


def book_next(tom: StaffMember, appointment: dict[str, Any], start: datetime, **parts: Any) -> Answer:
    return tom.browser.post(path(appointment), {"start": text(start)}, **parts)


def starts(slots: list[dict[str, str]]) -> list[str]:
    return [slot["start"] for slot in slots]


def test_the_same_time_next_week_is_suggested_first_with_others_near_it(
    booked: dict[str, Any], tom: StaffMember
) -> None:
    found = suggested(tom, booked)

    assert found["same_time"] == {"start": text(NINE + WEEK), "end": text(NINE + WEEK + timedelta(minutes=50))}
    assert starts(found["others"]) == [text(NINE + WEEK + n * HOUR) for n in range(1, 6)]
    assert found["booked"] == []


def test_when_it_is_taken_the_nearest_free_times_are_suggested(
    booked: dict[str, Any], ben: Client, tom: StaffMember
) -> None:
    practice.book(ben, tom, NINE + WEEK)

    found = suggested(tom, booked)

    assert found["same_time"] is None
    assert starts(found["others"]) == [text(NINE + WEEK + n * HOUR) for n in range(1, 7)]


def test_times_when_the_client_is_elsewhere_are_not_suggested(
    booked: dict[str, Any], alice: Client, tom: StaffMember, eve: StaffMember
) -> None:
    practice.book(alice, eve, NINE + WEEK)

    found = suggested(tom, booked)

    assert found["same_time"] is None
    assert text(NINE + WEEK) not in starts(found["others"])
    assert found["booked"] == []  # whom else a client sees is not told


def test_what_the_two_have_booked_already_is_told(booked: dict[str, Any], alice: Client, tom: StaffMember) -> None:
    already = practice.book(alice, tom, NINE + WEEK)

    assert starts(suggested(tom, booked)["booked"]) == [already["start"]]
    assert suggested(tom, already)["booked"] == []


def test_the_time_on_the_counselors_clock_stays_when_the_clocks_change(
    alice: Client, tom: StaffMember, site: Site
) -> None:
    practice.opens(tom, rules=practice.availability(zone="Europe/Lisbon"))
    site.clock.advance(datetime(2027, 3, 20, 12, tzinfo=UTC) - site.clock())
    before = practice.book(alice, tom, datetime(2027, 3, 25, 10, tzinfo=UTC))  # the clocks go forward on 28 March

    assert suggested(tom, before)["same_time"]["start"] == "2027-04-01T09:00:00Z"


def test_long_after_an_appointment_the_next_such_day_is_suggested(
    booked: dict[str, Any], tom: StaffMember, site: Site
) -> None:
    site.clock.advance(NINE + 3 * WEEK + HOUR - site.clock())

    assert suggested(tom, booked)["same_time"]["start"] == text(NINE + 4 * WEEK)


def test_a_counselor_books_for_the_client_who_sees_it_and_may_cancel(
    booked: dict[str, Any], alice: Client, tom: StaffMember, site: Site
) -> None:
    answer = book_next(tom, booked, NINE + WEEK)

    assert answer.status == 201
    assert answer.json["id"] != booked["id"]
    assert (answer.json["start"], answer.json["mode"], answer.json["zone"]) == (
        text(NINE + WEEK),
        booked["mode"],
        booked["zone"],
    )
    assert answer.json["client"] == {"handle": alice.handle}
    (kept,) = [item for item in plain(site.items(site.tables.appointments)) if item.get("id") == answer.json["id"]]
    assert (kept["changed_by"], kept["client_id"]) == (tom.id, alice.id)
    shown = alice.browser.get("/api/appointments").json["appointments"]
    assert [one["id"] for one in shown] == [booked["id"], answer.json["id"]]
    assert practice.cancel(alice, shown[1]).status == 200
    assert faults(site.items(site.tables.appointments)) == []


def test_a_counselor_who_is_hidden_from_new_clients_goes_on_with_those_they_have(
    booked: dict[str, Any], tom: StaffMember
) -> None:
    hidden = practice.profile(published=False, modes=["text"], version=1)
    assert tom.browser.put("/api/staff/profile", hidden).status == 200

    answer = book_next(tom, booked, NINE + WEEK)

    assert (answer.status, answer.json["mode"]) == (201, "video")


def test_a_time_that_was_taken_meanwhile_is_refused_with_the_next_free_ones(
    booked: dict[str, Any], ben: Client, tom: StaffMember
) -> None:
    practice.book(ben, tom, NINE + WEEK)

    answer = book_next(tom, booked, NINE + WEEK)

    assert told(answer) == (409, "slot_taken", "")
    assert starts(answer.json["next_slots"]) == [text(NINE + WEEK + n * HOUR) for n in (1, 2, 3)]


def test_that_the_client_is_elsewhere_is_not_told(
    booked: dict[str, Any], alice: Client, tom: StaffMember, eve: StaffMember, site: Site
) -> None:
    practice.book(alice, eve, NINE + WEEK)

    answer = book_next(tom, booked, NINE + WEEK)

    assert told(answer) == (409, "slot_taken", "")
    assert text(NINE + WEEK) not in starts(answer.json["next_slots"])
    assert faults(site.items(site.tables.appointments)) == []


def test_a_time_that_is_not_on_offer_is_refused(booked: dict[str, Any], tom: StaffMember) -> None:
    for start in (NINE + WEEK + timedelta(minutes=15), NINE + WEEK - 4 * HOUR, NINE - 30 * DAY):
        assert told(book_next(tom, booked, start)) == (422, "slot_not_offered", "body.start")


def test_a_client_who_has_many_ahead_already_is_booked_for_no_more(
    booked: dict[str, Any], alice: Client, tom: StaffMember
) -> None:
    for n in range(29):
        practice.book(alice, tom, NINE + DAY * (n // 7 + 1) + HOUR * (n % 7))

    answer = book_next(tom, booked, NINE + 10 * DAY)

    assert told(answer) == (409, "too_many_appointments", "")


def test_nothing_follows_an_appointment_that_was_called_off(
    booked: dict[str, Any], alice: Client, tom: StaffMember
) -> None:
    practice.cancel(alice, booked)

    assert told(book_next(tom, booked, NINE + WEEK)) == (409, "called_off", "")
    assert told(tom.browser.get(path(booked))) == (409, "called_off", "")


def test_nobody_but_the_counselor_of_the_appointment_books_the_next(
    booked: dict[str, Any], alice: Client, eve: StaffMember, maya: StaffMember, ada: StaffMember, sam: Browser
) -> None:
    body = {"start": text(NINE + WEEK)}
    for browser, status in (
        (eve.browser, 404),
        (maya.browser, 403),
        (ada.browser, 403),
        (alice.browser, 401),
        (sam, 401),
    ):
        assert browser.get(path(booked)).status == status
        assert browser.post(path(booked), body).status == status
    assert len(alice.browser.get("/api/appointments").json["appointments"]) == 1


def test_an_appointment_that_is_none_is_followed_by_none(tom: StaffMember) -> None:
    nothing = {"id": NOBODYS}

    assert told(book_next(tom, nothing, NINE)) == told(tom.browser.get(path(nothing))) == (404, "not_found", "")


@pytest.mark.parametrize("body", [{}, {"start": "tomorrow"}, {"start": "2027-03-10T09:00:00"}, {"start": 7}])
def test_what_is_no_time_is_refused(body: dict[str, Any], booked: dict[str, Any], tom: StaffMember) -> None:
    assert told(tom.browser.post(path(booked), body)) == (422, "invalid", "body.start")


def test_twice_is_once(booked: dict[str, Any], alice: Client, tom: StaffMember) -> None:
    key = fresh_key()
    first = book_next(tom, booked, NINE + WEEK, key=key)

    assert book_next(tom, booked, NINE + WEEK, key=key).json == first.json
    assert len(alice.browser.get("/api/appointments").json["appointments"]) == 2


def test_of_a_counselor_and_clients_who_want_the_same_time_one_has_it(
    booked: dict[str, Any], ben: Client, tom: StaffMember, site: Site
) -> None:
    others = [cast.register_client(site, cast.BENS_PASSWORD, address=f"203.0.113.{n}") for n in (20, 21)]
    start = NINE + WEEK

    with ThreadPoolExecutor() as pool:
        wishes = [pool.submit(book_next, tom, booked, start)]
        for client in (ben, *others):
            wish = practice.wish(tom, start)
            wishes += [pool.submit(client.browser.post, "/api/appointments", wish)]
    answers = [asked.result() for asked in wishes]

    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]
    assert {answer.code for answer in answers if answer.status == 409} == {"slot_taken"}
    assert faults(site.items(site.tables.appointments)) == []


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_crash_at_the_commit_leaves_all_or_nothing_and_the_repeat_books_once(
    moment: str, booked: dict[str, Any], alice: Client, tom: StaffMember, site: Site
) -> None:
    key = fresh_key()
    with site.crashes.at("TransactWriteItems", moment) as crash:
        book_next(tom, booked, NINE + WEEK, key=key)
    assert crash.reached

    assert book_next(tom, booked, NINE + WEEK, key=key).status == 201

    assert len(alice.browser.get("/api/appointments").json["appointments"]) == 2
    assert faults(site.items(site.tables.appointments)) == []
    assert json.dumps(site.items(site.tables.appointments)).count(f'"{text(NINE + WEEK)}"') == 1
