"""When a move or a block cannot be, the answer says why, so that people know what to do about it."""

from datetime import timedelta

from tests.support import practice
from tests.support.cast import Client, StaffMember

HOUR = timedelta(hours=1)


def test_an_appointment_with_a_counselor_who_offers_no_times_any_more_is_still_there(
    alice: Client, tom: StaffMember
) -> None:
    practice.opens(tom)
    booked = practice.book(alice, tom)
    assert tom.browser.put("/api/staff/profile", practice.profile(published=False, version=1)).status == 200

    moved = practice.move(alice, booked, practice.NINE + 2 * HOUR)

    assert (moved.status, moved.code, moved.field) == (422, "slot_not_offered", "body.start")
    assert moved.json["next_slots"] == []
    assert alice.browser.get(f"/api/appointments/{booked['id']}").json == booked
    assert practice.cancel(alice, booked).status == 200


def test_an_appointment_keeps_its_length_when_the_counselor_changes_theirs(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    booked = practice.book(alice, tom)
    rules = practice.availability(length_minutes=30, buffer_minutes=0, version=1)
    assert tom.browser.put("/api/staff/availability", rules).status == 200

    moved = practice.move(alice, booked, practice.NINE + 2 * HOUR)

    assert (moved.status, moved.code, moved.json["next_slots"]) == (422, "slot_not_offered", [])
    assert alice.browser.get(f"/api/appointments/{booked['id']}").json == booked


def test_a_block_is_told_the_appointment_whose_quarter_of_an_hour_it_cuts(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom, rules=practice.availability(buffer_minutes=0))
    booked = practice.book(alice, tom)  # 09:00 to 09:50; the calendar is taken until 10:00

    refused = practice.block(tom, practice.NINE + timedelta(minutes=52))

    assert (refused.status, refused.code, refused.json["appointments"]) == (409, "slot_taken", [booked["id"]])
    assert practice.block(tom, practice.NINE + HOUR).status == 201


def test_hours_that_cut_a_quarter_are_refused_where_they_stand(tom: StaffMember) -> None:
    weekly = [{"weekday": 1, "start": "09:00", "end": "12:00"}, {"weekday": 2, "start": "09:10", "end": "13:10"}]
    closed = [{"on": "2027-03-03", "open": False, "start": "12:00", "end": "12:40"}]

    hours = tom.browser.put("/api/staff/availability", practice.availability(weekly=weekly))
    exceptions = tom.browser.put("/api/staff/availability", practice.availability(exceptions=closed))

    assert (hours.status, hours.field) == (422, "body.weekly.1.start")
    assert (exceptions.status, exceptions.field) == (422, "body.exceptions.0.end")
