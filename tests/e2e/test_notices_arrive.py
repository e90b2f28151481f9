"""What a client is reminded of reaches them by the ways they chose, over everything between a booking and a phone."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.cast import Cast
from tests.e2e.client import Client
from tests.e2e.clock import instant, wall_clock
from tests.e2e.receiving import Phone, Worker, arrives, latest_mail
from tests.e2e.running import Running
from tests.e2e.visits import Visits

LONDON = "Europe/London"
ADDRESS = "heron.nine@mail.example"
# What is due sooner is told at once and not by the scheduler, which goes by minutes.
SOON = timedelta(seconds=110)


@pytest.fixture
def browser(notifying: Browser) -> Browser:
    """One that shows notifications."""
    return notifying


def test_a_reminder_two_minutes_ahead_arrives_as_a_mail_and_as_a_push_message(
    visits: Visits, cast: Cast, running: Running
) -> None:
    member, developer = cast.client(LONDON), visits.stranger()
    calls = cast.signed_in(member)
    phone = Phone(running, calls.must("GET", "/api/me/devices")["key"])
    page = visits.client(member, offline_too=True)
    phone.carry(page)
    alice = Client(page)
    page.goto("/reminders")
    alice.sees("Reminders")
    worker = Worker(page, running)

    alice.presses("Turn on for this device")
    expect(page.get_by_text("Reminders come to this device")).to_be_visible()
    page.get_by_label("Your e-mail address").fill(ADDRESS)
    alice.presses("Send me a code")
    code = latest_code(developer)
    page.get_by_label("Code", exact=True).fill(code)
    alice.presses("Confirm")
    expect(page.get_by_text("Notices can go to")).to_be_visible()

    tom = cast.counselor("Tomasz Brandt", LONDON)
    start = instant(calls.must("GET", f"/api/counselors/{tom.id}")["next_slot"]["start"])
    wish = {"counselor_id": tom.id, "start": f"{start:%Y-%m-%dT%H:%M:%SZ}", "mode": "video", "zone": LONDON}
    booked = calls.must("POST", "/api/appointments", wish)
    ahead = (start - datetime.now(UTC) - SOON) // timedelta(minutes=1)
    page.get_by_label("Word above the reminder").fill("Piano lesson")
    page.get_by_role("button", name="Another time").click()
    page.get_by_label("How many").fill(str(ahead))
    page.get_by_label("Of what").select_option("minute")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("main").get_by_text("Saved. It holds")).to_be_visible()

    mail = latest_mail(developer, ADDRESS, "Piano lesson")
    assert "Coming up:" in mail
    assert wall_clock(start, LONDON) in mail
    assert datetime.now(UTC) >= start - timedelta(minutes=ahead)
    arrives(page, phone.path, "body")
    (pushed,) = (one.said for one in phone.received() if one.said["body"].startswith("Coming up:"))
    assert pushed["title"] == "Piano lesson"
    worker.gets(pushed)
    worker.shows({"title": "Piano lesson", "body": pushed["body"], "tag": pushed["id"], "lang": "en"})
    page.goto(pushed["link"])
    assert booked["id"] in page.url


def latest_code(developer: Page) -> str:
    """The six digits that were sent to the address."""
    words = latest_mail(developer, ADDRESS, "Your code")
    (code,) = re.findall(r"\b\d{6}\b", words)
    return code
