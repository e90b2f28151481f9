"""What happens to an appointment after it is booked, and to times that are taken away."""

import re
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.cast import Cast, Colleague, Member
from tests.e2e.client import Client
from tests.e2e.clock import instant, span
from tests.e2e.colleague import AtWork
from tests.e2e.test_booking import says, slots_shown
from tests.e2e.visits import Visits
from tests.e2e.witness import Witness

LONDON = "Europe/London"


@pytest.fixture
def alice(cast: Cast) -> Member:
    """A client of London time."""
    return cast.client(LONDON)


def booked(cast: Cast, member: Member, counselor: Colleague) -> dict[str, Any]:
    """One of the next open times, booked; the appointment."""
    visitor = cast.visitor()
    assert visitor.sign_in("/api/auth/sign-in", {"handle": member.handle}, member.password)
    today = instant(visitor.must("GET", f"/api/counselors/{counselor.id}")["next_slot"]["start"]).date()
    asked = f"from={today}&days=7&zone={LONDON}"
    slots = visitor.must("GET", f"/api/counselors/{counselor.id}/slots?{asked}")["slots"]
    wish = {"counselor_id": counselor.id, "start": slots[0]["start"], "mode": "video", "zone": LONDON}
    appointment: dict[str, Any] = visitor.must("POST", "/api/appointments", wish)
    return appointment


def when(appointment: dict[str, Any]) -> re.Pattern[str]:
    """From and to, as a reader in London sees it."""
    return re.compile(span(instant(appointment["start"]), instant(appointment["end"]), LONDON))


def test_a_client_moves_an_appointment_and_then_cancels_it(visits: Visits, cast: Cast, alice: Member) -> None:
    hugo = cast.counselor("Hugo Brandt", LONDON)
    appointment = booked(cast, alice, hugo)
    client = Client(visits.client(alice))
    page = client.page
    page.goto("/appointments")
    page.get_by_role("link", name=when(appointment)).click()
    client.sees("Appointment with Hugo Brandt")
    client.follows("Move the appointment")
    client.sees("Choose another time")
    slots_shown(page)
    page.locator("button.slot").nth(2).click()
    client.sees("Move your appointment?")
    says(page, when(appointment))
    client.presses("Move to this time")
    expect(page.get_by_text("Your appointment is moved.")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text(when(appointment), use_inner_text=True)

    client.presses("Cancel the appointment")
    page.get_by_role("dialog").get_by_role("button", name="No, keep it").click()
    client.presses("Cancel the appointment")
    page.get_by_role("dialog").get_by_role("button", name="Yes, cancel it").click()
    expect(page.get_by_text("You cancelled this appointment.")).to_be_visible()
    expect(page.get_by_role("button", name="Cancel the appointment")).to_have_count(0)
    page.goto("/appointments")
    expect(page.get_by_text("You have no appointment coming up.")).to_be_visible()


def test_a_counselor_cancels_with_a_reason_that_the_client_reads(visits: Visits, cast: Cast, alice: Member) -> None:
    vera = cast.counselor("Vera Nilsson", LONDON)
    appointment = booked(cast, alice, vera)
    at_work = AtWork(visits.colleague(vera))
    page = at_work.page
    page.goto(f"/staff/agenda/day/{appointment['start'][:10]}")
    page.get_by_role("link", name=alice.handle).click()
    at_work.sees("Appointment")
    at_work.follows("Cancel the appointment")
    at_work.sees("Cancel this appointment")
    at_work.presses("Cancel the appointment")
    at_work.is_told_of_a_fault("Write a short reason for the client.")
    page.get_by_label("Reason").fill("I am ill today. <b>Sorry</b>!")
    at_work.presses("Cancel the appointment")
    page.get_by_role("dialog").get_by_role("button", name="Cancel the appointment").click()
    at_work.sees("Appointment")
    says(page, re.compile("You cancelled it."))

    client = Client(visits.client(alice))
    client.page.goto(f"/appointments/{appointment['id']}")
    expect(client.page.get_by_text("Vera Nilsson had to cancel this appointment.")).to_be_visible()
    expect(client.page.get_by_text("I am ill today. <b>Sorry</b>!")).to_be_visible()
    client.follows("Book another time with Vera Nilsson")
    client.sees("Vera Nilsson")


def test_whoever_looks_at_an_old_page_is_told_that_it_changed_meanwhile(
    visits: Visits, cast: Cast, alice: Member, witness: Witness
) -> None:
    emil = cast.counselor("Emil Strand", LONDON)
    appointment = booked(cast, alice, emil)
    client = Client(visits.client(alice))
    client.page.goto(f"/appointments/{appointment['id']}")
    expect(client.page.get_by_role("button", name="Cancel the appointment")).to_be_visible()
    emil.visitor.must("POST", f"/api/staff/appointments/{appointment['id']}/cancel", {"reason": "Ill.", "version": 1})

    witness.expect(409)
    client.presses("Cancel the appointment")
    client.page.get_by_role("dialog").get_by_role("button", name="Yes, cancel it").click()
    client.is_told_of_a_fault("This was changed somewhere else in the meantime.")
    expect(client.page.get_by_text("Emil Strand had to cancel this appointment.")).to_be_visible()


def test_that_a_client_did_not_come_can_be_noted_from_the_start_on(
    visits: Visits, cast: Cast, alice: Member, witness: Witness
) -> None:
    jonas = cast.counselor("Jonas Weil", LONDON)
    appointment = booked(cast, alice, jonas)
    at_work = AtWork(visits.colleague(jonas))
    page = at_work.page
    page.goto(f"/staff/appointments/{appointment['id']}")
    expect(page.get_by_text("If the client does not come, you can note that here from")).to_be_visible()
    expect(page.get_by_role("button", name="Client did not come")).to_have_count(0)

    # A device whose clock is ahead offers it too early; the site knows better.
    page.clock.set_fixed_time(instant(appointment["start"]) + timedelta(minutes=5))
    page.reload()
    witness.expect(409)
    at_work.presses("Client did not come")
    page.get_by_role("dialog").get_by_role("button", name="Yes, did not come").click()
    at_work.is_told_of_a_fault("The appointment has not started yet.")


def test_blocked_time_is_no_longer_on_offer_until_the_block_is_removed(
    visits: Visits, cast: Cast, alice: Member, witness: Witness
) -> None:
    mona = cast.counselor("Mona Reyes", LONDON)
    appointment = booked(cast, alice, mona)
    client = Client(visits.client(alice))
    client.page.goto(f"/counselors/{mona.id}")
    free = len(slots_shown(client.page))

    at_work = AtWork(visits.colleague(mona))
    start = instant(appointment["start"]).astimezone(ZoneInfo(LONDON))
    witness.expect(409)
    blocks(at_work, start.date().isoformat(), "00:00", "23:45")
    at_work.is_told_of_a_fault("You have appointments in this time.")
    expect(at_work.page.get_by_role("link", name="Look at appointment 1")).to_be_visible()
    tomorrow = (start + timedelta(days=1)).date()
    day = client.page.get_by_role("region", name=re.compile(rf"\b{tomorrow.day} {tomorrow:%B}"))
    expect(day).to_be_visible()
    blocks(at_work, tomorrow.isoformat(), "00:00", "23:45")
    at_work.sees("Agenda")
    expect(at_work.page.get_by_text("A training")).to_be_visible()

    client.page.reload()
    expect(client.page.locator("button.slot").first).to_be_visible()
    expect(day).to_have_count(0)
    at_work.page.get_by_role("button", name=re.compile("Remove the block")).click()
    expect(at_work.page.get_by_text("The block is removed.")).to_be_visible()
    client.page.reload()
    expect(client.page.locator("button.slot")).to_have_count(free)


def blocks(at_work: AtWork, day: str, start: str, end: str) -> None:
    """Fill in the form for blocked time within one day."""
    page: Page = at_work.page
    page.goto(f"/staff/block/{day}")
    at_work.sees("Block time")
    for group, time in (("From", start), ("Until", end)):
        page.get_by_role("group", name=group).get_by_label("Date").fill(day)
        page.get_by_role("group", name=group).get_by_label("Time").fill(time)
    page.get_by_label("Note").fill("A training")
    at_work.presses("Block time")
