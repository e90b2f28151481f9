"""The calendar file, read back with the library that everybody else reads it with."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from shared.appointments.calendar_file import calendar_file
from shared.appointments.model import AppointmentStatus
from tests.unit.appointments.appointment import CLIENT, COUNSELOR, START, appointment

NOW = datetime(2027, 3, 2, 8, 30, tzinfo=UTC)
titles = st.one_of(
    st.text(min_size=1, max_size=80),
    st.text(alphabet="ab ;,\\:\"'\r\n\t", min_size=1, max_size=80),
    st.text(alphabet="موعد予約é🌱", min_size=60, max_size=80),
)


def event(text: str) -> Any:
    (only,) = Calendar.from_ical(text).walk("VEVENT")
    return only


def test_it_holds_the_time_in_utc_and_a_title() -> None:
    found = event(calendar_file([appointment()], "Appointment", NOW))

    assert found["DTSTART"].dt == START
    assert found["DTEND"].dt == appointment().end
    assert found["DTSTAMP"].dt == NOW
    assert found["SUMMARY"] == "Appointment"
    assert found["CLASS"] == "PRIVATE"


def test_it_holds_no_name_and_nobody_s_id() -> None:
    text = calendar_file([appointment(cancel_reason="I am ill")], "Appointment", NOW)

    assert all(word not in text for word in ("Tom", "Tarrow", CLIENT, COUNSELOR, "Lisbon", "ill", "video"))
    assert not {"ATTENDEE", "ORGANIZER", "LOCATION", "DESCRIPTION"} & set(event(text))


def test_a_later_version_replaces_an_earlier_one() -> None:
    first, second = (event(calendar_file([appointment(version=n)], "Appointment", NOW)) for n in (1, 2))

    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)


def test_two_appointments_are_two_events() -> None:
    one, other = (event(calendar_file([appointment(id=name * 32)], "-", NOW)) for name in "ab")

    assert one["UID"] != other["UID"]


@pytest.mark.parametrize("status", AppointmentStatus)
def test_one_that_was_called_off_says_so(status: AppointmentStatus) -> None:
    found = event(calendar_file([appointment(status=status)], "Appointment", NOW))

    assert found["STATUS"] == ("CANCELLED" if status is AppointmentStatus.CANCELLED else "CONFIRMED")


@pytest.mark.parametrize("status", AppointmentStatus)
def test_only_one_that_was_called_off_takes_the_event_out_of_a_calendar(status: AppointmentStatus) -> None:
    read = Calendar.from_ical(calendar_file([appointment(status=status)], "Appointment", NOW))

    assert read["METHOD"] == ("CANCEL" if status is AppointmentStatus.CANCELLED else "PUBLISH")


def test_a_move_and_a_cancellation_change_the_event_that_is_there() -> None:
    booked = appointment()
    moved = booked.moved(START + timedelta(days=1), COUNSELOR, 1, NOW)
    called_off = moved.cancelled(COUNSELOR, "", 2, NOW + timedelta(minutes=1))

    told = [event(calendar_file([version], "Appointment", NOW)) for version in (booked, moved, called_off)]

    assert {one["UID"] for one in told} == {booked.id}
    assert [one["SEQUENCE"] for one in told] == [0, 1, 2]
    assert told[1]["DTSTART"].dt == START + timedelta(days=1)
    assert told[2]["LAST-MODIFIED"].dt == NOW + timedelta(minutes=1)


@given(titles)
def test_any_title_comes_back_as_it_was_without_control_characters(title: str) -> None:
    text = calendar_file([appointment()], title, NOW)

    assert event(text)["SUMMARY"] == "".join(character for character in title if character.isprintable())


@given(titles)
def test_no_title_adds_a_line_or_makes_one_longer_than_75_octets(title: str) -> None:
    text = calendar_file([appointment()], title, NOW)

    physical = text.encode().split(b"\r\n")
    assert physical[-1] == b""
    assert all(len(line) <= 75 for line in physical)
    assert b"\n" not in b"".join(physical)
    assert b"\r" not in b"".join(physical)
    logical = [line for line in physical[:-1] if not line.startswith(b" ")]
    assert len(logical) == 16
    for line in physical:
        line.decode()  # never cut inside a character
