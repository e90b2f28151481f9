"""Deciding how to be reminded, seeing what others could see, and taking it back."""

from typing import Any

from playwright.sync_api import expect

from tests.e2e.cast import Cast
from tests.e2e.visits import Visits
from tests.e2e.witness import Witness

STILL: dict[str, Any] = {"reduced_motion": "reduce"}


def test_a_client_decides_sees_what_a_screen_shows_and_takes_it_back(visits: Visits, cast: Cast) -> None:
    alice = visits.client(cast.client("Europe/London"), **STILL)
    alice.goto("/account")
    alice.get_by_role("main").locator("a[href='/reminders']").click()
    expect(alice.get_by_role("heading", level=1)).to_have_text("Reminders")
    expect(alice.get_by_label("1 day", exact=True)).to_be_checked()

    alice.get_by_label("1 day", exact=True).uncheck()
    alice.get_by_role("button", name="Another time").click()
    alice.get_by_label("How many").fill("90")
    alice.get_by_label("Of what").select_option("minute")
    alice.get_by_role("button", name="Add", exact=True).click()
    expect(alice.get_by_label("90 minutes")).to_be_checked()
    alice.get_by_label("Word above the reminder").fill("Piano lesson")
    shown = alice.locator(".lock-screen")
    expect(shown.locator("strong")).to_have_text(["Piano lesson", "Piano lesson"])
    expect(shown).to_contain_text("Coming up:")
    alice.get_by_role("button", name="Save", exact=True).click()
    expect(alice.get_by_role("main").get_by_text("Saved. It holds")).to_be_visible()

    alice.reload()
    expect(alice.get_by_label("90 minutes")).to_be_checked()
    alice.get_by_label("Keep some hours quiet").check()
    alice.get_by_role("button", name="Save", exact=True).click()
    alice.get_by_role("button", name="Undo").click()
    expect(alice.get_by_label("Keep some hours quiet")).not_to_be_checked()

    alice.get_by_role("link", name="What we told you").click()
    expect(alice.get_by_role("main")).to_contain_text("There is nothing yet.")


def test_what_was_changed_here_stays_when_something_else_was_saved_elsewhere(
    visits: Visits, cast: Cast, witness: Witness
) -> None:
    member = cast.client("Europe/London")
    elsewhere = cast.signed_in(member)
    alice = visits.client(member, **STILL)
    alice.goto("/reminders")
    alice.get_by_label("Word above the reminder").fill("Piano lesson")
    kept = elsewhere.must("GET", "/api/reminders")
    wish = {name: kept[name] for name in kept if name != "sample"} | {"before": [60]}
    elsewhere.must("PUT", "/api/reminders", wish)

    witness.expect(409)
    alice.get_by_role("button", name="Save", exact=True).click()
    expect(alice.get_by_role("alert")).to_contain_text("changed somewhere else")
    expect(alice.get_by_label("1 hour", exact=True)).to_be_checked()
    expect(alice.get_by_label("1 day", exact=True)).not_to_be_checked()
    expect(alice.get_by_label("Word above the reminder")).to_have_value("Piano lesson")
    alice.get_by_role("button", name="Save", exact=True).click()
    expect(alice.get_by_role("main").get_by_text("Saved. It holds")).to_be_visible()
    saved = elsewhere.must("GET", "/api/reminders")
    assert (saved["before"], saved["code_word"]) == ([60], "Piano lesson")
