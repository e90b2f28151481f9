"""Booking an appointment."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support import cast, practice
from tests.support.api import fresh_key
from tests.support.calendars import appointments, faults
from tests.support.cast import Client, StaffMember
from tests.support.practice import NINE
from tests.support.site import Site

HOUR = timedelta(hours=1)


def next_starts(answer_json: dict[str, list[dict[str, str]]]) -> list[str]:
    return [slot["start"] for slot in answer_json["next_slots"]]


def test_a_client_books_a_time_and_both_see_it(alice: Client, tom: StaffMember, site: Site) -> None:
    practice.opens(tom)

    answer = alice.browser.post("/api/appointments", practice.wish(tom))

    assert answer.status == 201
    booked = answer.json
    assert booked == {
        "id": booked["id"],
        "status": "booked",
        "mode": "video",
        "start": "2027-03-03T09:00:00Z",
        "end": "2027-03-03T09:50:00Z",
        "zone": "Europe/Lisbon",
        "counselor": {"id": tom.id, "name": "Tom Tarrow"},
        "version": 1,
        "can_change": True,
        "change_until": "2027-03-02T09:00:00Z",
        "cancelled_by": None,
        "cancel_reason": None,
        "series": None,
        "unattended": False,
        "client_delay": None,
        "counselor_delay": None,
    }
    assert alice.browser.get(f"/api/appointments/{booked['id']}").json == booked
    assert alice.browser.get("/api/appointments").json == {"appointments": [booked]}
    theirs = tom.browser.get(f"/api/staff/appointments/{booked['id']}").json
    assert theirs == {**booked, "client": {"handle": alice.handle}, "missed_before": 0}
    assert faults(site.items(site.tables.appointments)) == []


def test_an_instant_may_be_written_with_any_offset(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)

    answer = alice.browser.post("/api/appointments", practice.wish(tom) | {"start": "2027-03-03T14:45:00+05:45"})

    assert answer.json["start"] == "2027-03-03T09:00:00Z"


WRONG_WISHES: list[tuple[dict[str, object], str]] = [
    ({"counselor_id": "tom"}, "body.counselor_id"),
    ({"counselor_id": 7}, "body.counselor_id"),
    ({"start": "2027-03-03T09:00:00"}, "body.start"),
    ({"start": "tomorrow"}, "body.start"),
    ({"start": 1803978000}, "body.start"),
    ({"start": "1803978000"}, "body.start"),
    ({"start": "2027-02-30T09:00:00Z"}, "body.start"),
    ({"start": None}, "body.start"),
    ({"mode": "carrier-pigeon"}, "body.mode"),
    ({"mode": ["video"]}, "body.mode"),
    ({"zone": "Mars/Base"}, "body.zone"),
    ({"zone": "../../etc/passwd"}, "body.zone"),
    ({"zone": ""}, "body.zone"),
    ({"zone": "x" * 65}, "body.zone"),
    ({"client_id": "b" * 32}, "body.client_id"),
]


def test_a_value_that_cannot_be_is_refused_by_name(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    for change, field in WRONG_WISHES:
        answer = alice.browser.post("/api/appointments", practice.wish(tom) | change)

        assert (answer.status, answer.code, answer.field) == (422, "invalid", field)


@pytest.mark.parametrize("missing", ["counselor_id", "start", "mode", "zone"])
def test_nothing_may_be_left_out(missing: str, alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    body = {name: value for name, value in practice.wish(tom).items() if name != missing}

    answer = alice.browser.post("/api/appointments", body)

    assert (answer.status, answer.field) == (422, f"body.{missing}")


@pytest.mark.parametrize(
    "start",
    [
        NINE - 3 * 24 * HOUR,  # over
        NINE - 24 * HOUR,  # within the notice
        NINE + HOUR / 4,  # between two times
        NINE + timedelta(seconds=1),
        NINE - HOUR,  # before the hours
        NINE + 8 * HOUR,  # after them
        NINE + 60 * 24 * HOUR,  # beyond the horizon
    ],
)
def test_a_time_that_is_not_on_offer_is_refused_with_the_next_that_are(
    start: datetime, alice: Client, tom: StaffMember, site: Site
) -> None:
    practice.opens(tom)

    answer = alice.browser.post("/api/appointments", practice.wish(tom, start))

    assert (answer.status, answer.code, answer.field) == (422, "slot_not_offered", "body.start")
    offered = practice.slots(alice, tom, "2027-03-01", 31) + practice.slots(alice, tom, "2027-04-01", 31)
    assert set(next_starts(answer.json)) <= set(offered)
    assert len(next_starts(answer.json)) == 3 or start > NINE + 59 * 24 * HOUR
    assert site.items(site.tables.appointments)[0]["pk"]["S"] == "COUNSELORS"


def test_a_time_in_the_hour_that_spring_skips_is_not_on_offer(alice: Client, tom: StaffMember) -> None:
    nights = [{"weekday": 7, "start": "00:00", "end": "06:00"}]
    practice.opens(tom, rules=practice.availability(zone="Europe/Lisbon", weekly=nights))

    # 28 March 2027: 1:00 becomes 2:00. There is no 1:00; the instant that would be it is 2:00.
    shown = practice.slots(alice, tom, "2027-03-28")
    assert shown == [f"2027-03-28T0{hour}:00:00Z" for hour in (0, 1, 2, 3, 4)]
    inside = alice.browser.post("/api/appointments", practice.wish(tom) | {"start": "2027-03-28T00:30:00Z"})
    assert inside.code == "slot_not_offered"


def test_a_way_to_meet_that_is_not_offered_is_refused(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)

    answer = alice.browser.post("/api/appointments", practice.wish(tom, mode="phone"))

    assert (answer.status, answer.code, answer.field) == (422, "mode_not_offered", "body.mode")


def test_who_comes_second_is_offered_the_next_free_times(alice: Client, ben: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    practice.book(alice, tom, NINE + 2 * HOUR)

    answer = ben.browser.post("/api/appointments", practice.wish(tom, NINE + 2 * HOUR))

    assert (answer.status, answer.code) == (409, "slot_taken")
    assert len(next_starts(answer.json)) == 3
    for start in next_starts(answer.json):
        assert start in practice.slots(ben, tom)
    assert (
        ben.browser.post("/api/appointments", practice.wish(tom) | answer.json["next_slots"][0] | {"end": 1}).field
        == "body.end"
    )
    wish = practice.wish(tom) | {"start": next_starts(answer.json)[0]}
    assert ben.browser.post("/api/appointments", wish).status == 201


def test_next_times_leave_out_those_when_the_client_is_elsewhere(
    alice: Client, ben: Client, tom: StaffMember, site: Site, ada: StaffMember
) -> None:
    practice.opens(tom)
    other = practice_of_another(site, ada)
    practice.book(ben, other, NINE + HOUR)
    practice.book(alice, tom, NINE)

    answer = ben.browser.post("/api/appointments", practice.wish(tom, NINE))

    assert answer.code == "slot_taken"
    assert practice.text(NINE + HOUR) not in next_starts(answer.json)


def test_nobody_is_in_two_places_at_once(alice: Client, tom: StaffMember, site: Site, ada: StaffMember) -> None:
    practice.opens(tom)
    other = practice_of_another(site, ada)
    practice.book(alice, tom, NINE)

    answer = alice.browser.post("/api/appointments", practice.wish(other, NINE))

    assert (answer.status, answer.code) == (409, "already_booked_then")
    assert practice.text(NINE) not in next_starts(answer.json)
    assert len(next_starts(answer.json)) == 3


def test_a_repeated_request_gives_the_same_answer_and_books_once(alice: Client, tom: StaffMember, site: Site) -> None:
    practice.opens(tom)
    key = fresh_key()

    answers = {alice.browser.post("/api/appointments", practice.wish(tom), key=key).text for _ in range(3)}

    assert len(answers) == 1
    assert len(appointments(site.items(site.tables.appointments))) == 1


def test_the_same_key_with_another_body_is_refused(alice: Client, tom: StaffMember, site: Site) -> None:
    practice.opens(tom)
    key = fresh_key()
    assert alice.browser.post("/api/appointments", practice.wish(tom), key=key).status == 201

    answer = alice.browser.post("/api/appointments", practice.wish(tom, NINE + HOUR), key=key)

    assert (answer.status, answer.code, answer.field) == (422, "idempotency_key_reused", "header.Idempotency-Key")
    assert len(appointments(site.items(site.tables.appointments))) == 1


def test_the_key_of_one_client_says_nothing_about_anothers(alice: Client, ben: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    key = fresh_key()

    mine = alice.browser.post("/api/appointments", practice.wish(tom), key=key)
    other = ben.browser.post("/api/appointments", practice.wish(tom, NINE + HOUR), key=key)

    assert (mine.status, other.status) == (201, 201)


def test_a_refused_booking_can_be_tried_again_with_the_same_key(alice: Client, ben: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    booked = practice.book(alice, tom)
    key = fresh_key()
    assert ben.browser.post("/api/appointments", practice.wish(tom), key=key).code == "slot_taken"
    assert practice.cancel(alice, booked).status == 200

    assert ben.browser.post("/api/appointments", practice.wish(tom), key=key).status == 201


def test_book_cancel_and_book_again_within_minutes_are_two_bookings(
    alice: Client, tom: StaffMember, site: Site
) -> None:
    practice.opens(tom)
    first = practice.book(alice, tom)
    assert practice.cancel(alice, first).status == 200

    second = practice.book(alice, tom)

    assert second["id"] != first["id"]
    assert alice.browser.get("/api/appointments").json["appointments"] == [second]
    assert faults(site.items(site.tables.appointments)) == []


def test_what_was_agreed_at_booking_stays_when_the_counselor_changes_the_rules(
    alice: Client, tom: StaffMember, site: Site
) -> None:
    practice.opens(tom)
    booked = practice.book(alice, tom)
    stricter = practice.availability(weekly=[], change_notice_hours=336, buffer_minutes=60, version=1)
    assert tom.browser.put("/api/staff/availability", stricter).status == 200
    renamed = practice.profile(name="Thomas", modes=["phone"], version=1)
    assert tom.browser.put("/api/staff/profile", renamed).status == 200

    assert alice.browser.get(f"/api/appointments/{booked['id']}").json == booked
    assert practice.cancel(alice, booked).status == 200
    assert faults(site.items(site.tables.appointments)) == []


def test_booking_late_leaves_an_hour_to_think_again(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom, rules=practice.availability(notice_hours=0))
    soon = datetime(2027, 3, 1, 15, tzinfo=UTC)

    booked = practice.book(alice, tom, soon)
    at_once = practice.book(alice, tom, datetime(2027, 3, 1, 13, tzinfo=UTC))

    assert (booked["can_change"], booked["change_until"]) == (True, "2027-03-01T13:00:00Z")
    assert at_once["change_until"] == "2027-03-01T13:00:00Z"


def test_appointments_across_midnight_take_time_of_both_days(
    alice: Client, ben: Client, tom: StaffMember, site: Site
) -> None:
    nights = [{"weekday": day, "start": "00:00", "end": "24:00"} for day in range(1, 8)]
    zone = "Asia/Kathmandu"  # 5:45 ahead: hours there begin at a quarter past in UTC
    practice.opens(tom, rules=practice.availability(zone=zone, weekly=nights, length_minutes=45, buffer_minutes=15))
    before_midnight = datetime(2027, 3, 3, 23, 15, tzinfo=UTC)

    practice.book(alice, tom, before_midnight)

    assert ben.browser.post("/api/appointments", practice.wish(tom, before_midnight)).code == "slot_taken"
    assert practice.text(before_midnight + HOUR) in practice.slots(ben, tom, "2027-03-04")
    assert faults(site.items(site.tables.appointments)) == []


def practice_of_another(site: Site, ada: StaffMember) -> StaffMember:
    """A second counselor with the usual hours."""
    eve = cast.hire(site, ada, "Eve", "forty quiet lighthouses", "counselor", address="198.51.100.4")
    practice.opens(eve, words=practice.profile(name="Eve"))
    return eve
