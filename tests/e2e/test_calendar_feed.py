"""A calendar reads somebody's appointments from an address that only they know, until they make another."""

import httpx
from icalendar import Calendar
from playwright.sync_api import expect

from tests.e2e.cast import Cast
from tests.e2e.client import Client
from tests.e2e.clock import instant
from tests.e2e.running import Running
from tests.e2e.visits import Visits
from tests.e2e.waiting import book_in_some_days


def test_a_calendar_reads_appointments_until_the_address_is_made_anew(
    visits: Visits, cast: Cast, running: Running
) -> None:
    member, tom = cast.client("Europe/London"), cast.counselor("Tadeo Ruiz", "Europe/London")
    booked = book_in_some_days(cast.signed_in(member), tom)
    alice = Client(visits.client(member))
    alice.page.goto("/reminders")
    alice.presses("Make an address")
    first = alice.page.get_by_label("Address for your calendar").input_value()

    (event,) = read(running, first).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Appointment"
    assert event["DTSTART"].dt == instant(booked["start"])
    assert "Tadeo" not in event.to_ical().decode()

    alice.page.reload()
    alice.presses("Make a new address")
    alice.page.get_by_role("dialog").get_by_role("button", name="Make a new address").click()
    second = alice.page.get_by_label("Address for your calendar")
    expect(second).not_to_have_value(first)
    assert len(read(running, second.input_value()).walk("VEVENT")) == 1
    assert httpx.get(here(running, first)).status_code == 404


def read(running: Running, address: str) -> Calendar:
    """What a calendar app gets."""
    answer = httpx.get(here(running, address))
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, "text/calendar")
    return Calendar.from_ical(answer.text)


def here(running: Running, address: str) -> str:
    """The same without a name that may lead to IPv6 first."""
    return address.replace(running.address, f"http://127.0.0.1:{running.port}")
