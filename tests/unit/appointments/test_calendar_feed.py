"""The feed of appointments, read back with the library that everybody else reads it with."""

from datetime import timedelta

from icalendar import Calendar

from shared.appointments.calendar_feed import calendar_feed, entity_tag
from shared.appointments.model import AppointmentStatus
from tests.unit.appointments.appointment import BOOKED_AT, CLIENT, COUNSELOR, START, appointment

OTHER = appointment(id="b" * 32, start=START + timedelta(days=1), status=AppointmentStatus.CANCELLED, version=2)


def test_it_holds_every_appointment_and_says_of_each_whether_it_stands() -> None:
    events = Calendar.from_ical(calendar_feed([appointment(), OTHER], "Appointment")).walk("VEVENT")

    assert [(e["UID"], e["DTSTART"].dt, e["STATUS"]) for e in events] == [
        ("a" * 32, START, "CONFIRMED"),
        ("b" * 32, START + timedelta(days=1), "CANCELLED"),
    ]


def test_it_asks_programmes_to_come_back_every_hour_and_has_no_method() -> None:
    feed = Calendar.from_ical(calendar_feed([], "Appointment"))

    assert feed["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert feed["X-PUBLISHED-TTL"] == "PT1H"
    assert "METHOD" not in feed  # with one, each event would be a message, and its DTSTAMP new every time


def test_it_is_stamped_by_the_appointments_so_that_nothing_new_is_the_same_text() -> None:
    (event,) = Calendar.from_ical(calendar_feed([appointment()], "Appointment")).walk("VEVENT")

    assert event["DTSTAMP"].dt == BOOKED_AT
    assert entity_tag(calendar_feed([OTHER], "-")) == entity_tag(calendar_feed([OTHER], "-"))
    assert entity_tag(calendar_feed([OTHER], "-")) != entity_tag(calendar_feed([appointment()], "-"))


def test_it_holds_no_name_and_nobody_s_id() -> None:
    text = calendar_feed([appointment(cancel_reason="I am ill")], "Appointment")

    assert all(word not in text for word in ("Tom", "Tarrow", CLIENT, COUNSELOR, "Lisbon", "ill", "video"))
    assert "ATTENDEE" not in text
    assert "ORGANIZER" not in text
