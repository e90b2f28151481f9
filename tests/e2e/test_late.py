"""Coming late, and saying so."""

from playwright.sync_api import expect

from tests.e2e.cast import Cast
from tests.e2e.client import Client
from tests.e2e.looking import overflow, unreachable
from tests.e2e.meetings import open_now
from tests.e2e.receiving import arrives
from tests.e2e.visits import Visits


def test_a_client_says_in_one_tap_that_they_are_late_and_the_counselor_is_told(visits: Visits, cast: Cast) -> None:
    member = cast.client("Europe/London")
    near = open_now(cast, member, cast.signed_in(member), name="Tamar Levi")
    alice = Client(visits.client(member, viewport={"width": 360, "height": 740}))
    alice.page.goto(f"/appointments/{near.id}")
    expect(alice.page.get_by_role("heading", name="Running late?")).to_be_visible()
    assert overflow(alice.page) == []
    alice.presses("10 minutes")
    said = alice.page.get_by_role("main").get_by_text("Tamar Levi reads that you come about 10 minutes")
    expect(said).to_be_visible()
    assert unreachable(alice.page, "late") == []

    host = visits.colleague(near.host)
    host.goto("/staff/notices")
    arrives(host, "/api/staff/notices", '"kind":"late"', near.host.visitor)
    host.reload()
    host.get_by_role("main").get_by_role("link", name="Starts a little later").click()
    expect(host.get_by_role("main").get_by_text("comes about 10 minutes later.")).to_be_visible()
