"""What is left of a calendar: what is about time."""

from datetime import date

import pytest

from shared.appointments.busy.sieve import MOST_EVENTS, sieved
from shared.appointments.busy.trouble import CannotRead, Trouble

TODAY = date(2027, 3, 1)


def calendar(*components: str) -> str:
    """A calendar with these lines in it, written with `|` for the end of a line."""
    return "".join(f"{line}\r\n" for line in ["BEGIN:VCALENDAR", *"|".join(components).split("|"), "END:VCALENDAR"])


def kept(*components: str) -> list[str]:
    """The lines left."""
    return sieved(calendar(*components), TODAY).text.split("\r\n")[3:-2]


def event(*lines: str) -> str:
    """An event with these lines."""
    return "|".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def test_what_people_wrote_is_left_out_and_what_is_about_time_stays() -> None:
    lines = ["UID:1", "DTSTART;TZID=Europe/Lisbon:20270302T090000", "DTEND:20270302T100000Z", "TRANSP:OPAQUE"]
    words = ["SUMMARY:Doctor", "DESCRIPTION:BEGIN:VEVENT", " and a folded|\tline", "ATTENDEE;CN=Ann:mailto:a@b.example"]
    alarm = ["BEGIN:VALARM", "TRIGGER:-PT5M", "DURATION:PT1H", "END:VALARM"]

    assert kept(event(*lines, *words, *alarm)) == ["BEGIN:VEVENT", *lines, "END:VEVENT"]


def test_zones_stay_whole() -> None:
    zone = (
        "BEGIN:VTIMEZONE|TZID:Here|BEGIN:STANDARD|DTSTART:19700101T000000|TZOFFSETTO:+0100|END:STANDARD|END:VTIMEZONE"
    )

    assert kept(zone) == zone.split("|")


def test_other_components_are_left_out() -> None:
    assert kept("BEGIN:VTODO|UID:1|DTSTART:20270302T090000Z|END:VTODO", "BEGIN:VFREEBUSY|END:VFREEBUSY") == []


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:20270227T090000Z", "DTEND:20270227T100000Z"),
        ("DTSTART;VALUE=DATE:20270101", "DTEND;VALUE=DATE:20270227"),
        ("DTSTART:20260101T000000",),
    ],
)
def test_what_is_over_is_left_out(lines: tuple[str, ...]) -> None:
    assert kept(event("UID:1", *lines)) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:20270228T233000", "DTEND:20270228T234500"),  # somewhere it is still going on
        ("DTSTART:20260101T000000Z", "DTEND:20270302T000000Z"),
        ("DTSTART:20260101T000000Z", "DURATION:P900D"),
        ("DTSTART:20200101T000000Z", "RRULE:FREQ=WEEKLY"),
        ("DTSTART:20200101T000000Z", "RDATE:20270303T000000Z"),
        ("DTSTART:20200101T000000Z", "RECURRENCE-ID:20270303T000000Z"),
        ("DTSTART:nobody knows",),
    ],
)
def test_what_may_not_be_over_stays(lines: tuple[str, ...]) -> None:
    assert kept(event("UID:1", *lines))[1:-1] == ["UID:1", *lines]


def test_an_event_that_never_ends_is_counted_and_the_next_one_stays() -> None:
    found = sieved(calendar("BEGIN:VEVENT|UID:1|DTSTART:20270302T090000Z", event("UID:2", "DTSTART:20270303")), TODAY)

    assert found.skipped == 1
    assert "UID:2" in found.text
    assert "UID:1" not in found.text


@pytest.mark.parametrize("text", ["", "\r\n", "<html>", "BEGIN:VCARD\r\nEND:VCARD", "x" * 100_000])
def test_what_is_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(CannotRead) as cannot:
        sieved(text, TODAY)

    assert cannot.value.trouble is Trouble.NOT_A_CALENDAR


def test_thousands_of_events_to_come_are_refused_and_thousands_that_are_over_are_not() -> None:
    ahead, over = event("UID:1", "DTSTART:20270302T090000Z"), event("UID:1", "DTSTART:20260302T090000Z")

    assert sieved(calendar(*[over] * (MOST_EVENTS + 1)), TODAY).skipped == 0
    with pytest.raises(CannotRead) as cannot:
        sieved(calendar(*[ahead] * (MOST_EVENTS + 1)), TODAY)
    assert cannot.value.trouble is Trouble.TOO_COMPLEX
