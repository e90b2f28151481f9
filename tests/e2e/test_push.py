"""Push messages as a browser shows them: handed to the site's real service worker by Chromium itself."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.receiving import Worker
from tests.e2e.running import Running
from tests.e2e.visits import Visits


@pytest.fixture
def browser(notifying: Browser) -> Browser:
    """One that shows notifications."""
    return notifying


def test_a_reminder_shows_and_its_repeat_takes_its_place(visits: Visits, running: Running) -> None:
    sam = visits.stranger(offline_too=True)
    sam.goto("/")
    expect(sam.get_by_role("heading", level=1)).to_be_visible()
    worker = Worker(sam, running)
    notice = {"id": "7f3a", "title": "Hearthline", "link": "/appointments", "language": "en"}

    worker.gets({**notice, "body": "Today at 19:00."})
    worker.shows({"title": "Hearthline", "body": "Today at 19:00.", "tag": "7f3a", "lang": "en"})
    worker.gets({**notice, "body": "Today at 19:30."})
    worker.shows({"title": "Hearthline", "body": "Today at 19:30.", "tag": "7f3a", "lang": "en"})
