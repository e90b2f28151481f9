"""Booking the same time for several weeks, and calling off the rest of them."""

import re

from playwright.sync_api import expect

from tests.e2e.cast import Cast
from tests.e2e.client import Client
from tests.e2e.clock import instant, long_day
from tests.e2e.looking import overflow, unreachable
from tests.e2e.test_booking import slots_of
from tests.e2e.visits import Visits

LONDON = "Europe/London"


def test_a_client_books_four_weeks_of_which_one_is_taken_and_calls_off_the_second_and_what_follows(
    visits: Visits, cast: Cast
) -> None:
    ines = cast.counselor("Ines Ferreira", LONDON, horizon_days=60)
    alice = Client(visits.client(cast.client(LONDON), viewport={"width": 360, "height": 740}))
    page = alice.page
    page.goto("/counselors")
    slots = slots_of(page, ines, "Ines Ferreira")
    ben = cast.signed_in(cast.client(LONDON))
    asked = f"first={slots[0]['start']}&every=1&count=4"
    weeks = ben.must("GET", f"/api/counselors/{ines.id}/series?{asked}")["occasions"]
    third = {"counselor_id": ines.id, "start": weeks[2]["start"], "mode": "video", "zone": LONDON}
    ben.must("POST", "/api/appointments", third)

    page.locator("button.slot").first.click()
    alice.sees("How do you want to talk?")
    page.get_by_role("radio").first.check()
    alice.presses("Continue")
    alice.follows("Repeat it")
    alice.sees("Repeat this appointment")
    assert overflow(page) == []
    page.get_by_role("radio", name="Until a date").check()
    alice.presses("Continue")
    alice.is_told_of_a_fault("Choose the last date.")
    page.get_by_role("radio", name="A number of appointments").check()
    page.get_by_label("Number of appointments", exact=True).select_option("4")
    alice.presses("Continue")

    alice.sees("Your dates")
    expect(page.get_by_text("3 of 4 dates are free.")).to_be_visible()
    assert overflow(page) == []
    assert unreachable(page, "series") == []
    alice.presses("Book 4 appointments")
    alice.is_told_of_a_fault("Choose a time for")
    instead = page.get_by_role("group", name="Instead").get_by_role("radio").first
    instead.check()
    alice.presses("Book 4 appointments")
    alice.sees("Your appointment is booked")

    dates = page.get_by_role("list", name="All dates of this series")
    expect(dates.get_by_role("listitem")).to_have_count(4)
    dates.get_by_role("link", name=re.compile(long_day(instant(weeks[1]["start"]), LONDON))).click()
    expect(page.get_by_text("Series: 2 of 4")).to_be_visible()
    alice.follows("Cancel the appointment")
    alice.sees("Cancel appointments")
    page.get_by_role("radio", name="This one and the 2 after it").check()
    assert unreachable(page, "series") == []
    alice.presses("Cancel what I chose")
    expect(page.locator("#main").get_by_text("3 appointments are cancelled.")).to_be_visible()

    alice.follows("All my appointments")
    coming = page.get_by_role("region", name="Coming up")
    expect(coming.get_by_role("listitem")).to_have_count(1)
    expect(coming).to_contain_text("1 of 4 in a series")
