"""From finding a counselor to an appointment that both sides see, each in their own zone."""

import re
from pathlib import Path
from typing import Any

from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.e2e.cast import Cast, Colleague
from tests.e2e.client import Client
from tests.e2e.clock import instant, long_day, span, wall_clock
from tests.e2e.until import settled
from tests.e2e.visits import Visits

KATHMANDU = "Asia/Kathmandu"  # three quarters of an hour off: a zone that shows what was only nearly converted
HALIFAX = "America/Halifax"


def says(page: Page, words: re.Pattern[str]) -> None:
    """The page's own part of the page shows these words."""
    expect(page.get_by_role("main")).to_contain_text(words, use_inner_text=True)


def slots_shown(page: Page) -> list[str]:
    """The wall-clock times on the buttons, in the order of the page."""
    expect(page.locator("button.slot").first).to_be_visible()
    return [text.split(",")[0].strip() for text in page.locator("button.slot").all_inner_texts()]


def slots_of(page: Page, counselor: Colleague, press: str) -> list[dict[str, str]]:
    """What the API offers when a button or link of this name is pressed."""
    settled(page)
    with page.expect_response(f"**/counselors/{counselor.id}/slots**") as answer:
        page.get_by_role("button", name=press).or_(page.get_by_role("link", name=press)).first.click()
    found: list[dict[str, str]] = answer.value.json()["slots"]
    return found


def test_a_client_finds_a_counselor_reads_times_in_her_own_zone_and_books(
    visits: Visits, cast: Cast, tmp_path: Path
) -> None:
    noor = cast.counselor("Noor Valasco", HALIFAX)
    member = cast.client(KATHMANDU)
    alice = Client(visits.client(member, zone=KATHMANDU))
    page = alice.page

    page.goto("/counselors")
    alice.sees("Find a counselor")
    page.get_by_label("What is on your mind").select_option("Sleep")
    expect(page.get_by_role("link", name="Noor Valasco")).to_have_count(0)
    page.get_by_label("What is on your mind").select_option("Grief and loss")
    expect(page.get_by_role("paragraph").filter(has_text="Times are shown in:")).to_contain_text("Kathmandu")
    assert "grief" not in page.url

    slots = slots_of(page, noor, "Noor Valasco")
    alice.sees("Noor Valasco")
    assert slots_shown(page) == [wall_clock(instant(slot["start"]), KATHMANDU) for slot in slots]

    page.get_by_role("button", name="Change time zone").click()
    page.get_by_label("Search for a city or country").fill("halifax")
    page.get_by_label("Time zones", exact=True).select_option(HALIFAX)
    there = slots_of(page, noor, "Use this time zone")
    assert slots_shown(page) == [wall_clock(instant(slot["start"]), HALIFAX) for slot in there]
    slots_of(page, noor, "Use this device")
    expect(page.get_by_role("paragraph").filter(has_text="Times are shown in:")).to_contain_text("Kathmandu")

    chosen = slots[3]
    start, end = instant(chosen["start"]), instant(chosen["end"])
    page.locator("button.slot").nth(3).click()
    alice.sees("How do you want to talk?")
    page.get_by_role("radio", name="Phone call").check()
    alice.presses("Continue")
    alice.sees("Check your appointment")
    says(page, re.compile(long_day(start, KATHMANDU)))
    says(page, re.compile(span(start, end, KATHMANDU)))
    expect(page.get_by_text(f"will see the name {member.handle}")).to_be_visible()
    alice.presses("Book this appointment")
    alice.sees("Your appointment is booked")
    says(page, re.compile(span(start, end, KATHMANDU)))

    with page.expect_download() as download:
        alice.presses("Save to your calendar")
    assert download.value.suggested_filename == "appointment.ics"
    download.value.save_as(tmp_path / "kept.ics")
    (event,) = Calendar.from_ical((tmp_path / "kept.ics").read_text()).walk("VEVENT")
    assert (event["SUMMARY"], event["DTSTART"].dt, event["DTEND"].dt) == ("Appointment", start, end)
    assert "Noor" not in (tmp_path / "kept.ics").read_text()

    alice.follows("All my appointments")
    alice.sees("My appointments")
    expect(page.get_by_role("link", name=re.compile(span(start, end, KATHMANDU)))).to_be_visible()
    page.goto(f"/counselors/{noor.id}")
    expect(page.locator("button.slot").first).to_be_visible()
    assert len(slots_shown(page)) == len(slots) - 1

    sees_it_at_work(visits.colleague(noor, zone="Asia/Tokyo"), start, end, member.handle)


def sees_it_at_work(page: Page, start: Any, end: Any, handle: str) -> None:
    """In the agenda, under the handle, in the zone the counselor works in, whatever the device says."""
    page.goto(f"/staff/agenda/day/{start.date()}")
    entry = page.get_by_role("link", name=handle)
    expect(entry).to_contain_text(re.compile(span(start, end, HALIFAX)))
    expect(entry).to_contain_text("Phone call")
    entry.click()
    expect(page.get_by_role("definition").filter(has_text=handle)).to_be_visible()
    says(page, re.compile(long_day(start, HALIFAX)))


def test_two_clients_want_one_time_and_the_second_books_another_in_one_tap(
    visits: Visits, cast: Cast, witness: Any
) -> None:
    ines = cast.counselor("Ines Moreau", "Europe/London")
    alice, ben = (Client(visits.client(cast.client("Europe/London"))) for _ in "ab")
    for client in (alice, ben):
        client.page.goto(f"/counselors/{ines.id}")
        client.page.locator("button.slot").nth(1).click()
        client.sees("How do you want to talk?")
        client.page.get_by_role("radio", name="Video").check()
        client.presses("Continue")
        client.sees("Check your appointment")

    alice.presses("Book this appointment")
    alice.sees("Your appointment is booked")

    witness.expect(409)
    ben.presses("Book this appointment")
    told = ben.page.get_by_role("group", name="Someone else has just taken this time.")
    expect(told).to_be_focused()
    next_times = told.get_by_role("button")
    assert 1 <= next_times.count() <= 3
    offered = next_times.first.inner_text()
    next_times.first.click()
    expect(told).to_have_count(0)
    ben.sees("Check your appointment")
    ben.presses("Book this appointment")
    ben.sees("Your appointment is booked")
    says(ben.page, re.compile(rf"\b{offered.split(' ')[-1]}\b"))


def test_pressing_twice_and_losing_the_answer_books_once(visits: Visits, cast: Cast, witness: Any) -> None:
    omar = cast.counselor("Omar Lindt", "Europe/London")
    alice = Client(visits.client(cast.client("Europe/London")))
    page = alice.page
    page.goto(f"/counselors/{omar.id}")
    page.locator("button.slot").first.click()
    page.get_by_role("radio", name="Video").check()
    alice.presses("Continue")
    alice.sees("Check your appointment")

    lost: list[int] = []

    def lose_the_first_answer(route: Any) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort("connectionreset")
        else:
            route.continue_()

    witness.expect_console("net::ERR_CONNECTION_RESET")
    page.route("**/api/appointments", lose_the_first_answer)
    page.get_by_role("button", name="Book this appointment").dblclick()
    alice.sees("Your appointment is booked")
    assert lost == [201]
    alice.follows("All my appointments")
    expect(page.get_by_role("region", name="Coming up").get_by_role("listitem")).to_have_count(1)
