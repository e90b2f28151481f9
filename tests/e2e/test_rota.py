"""The rota says when a room is live, on the open pages of its members too."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.e2e.cast import Cast, Colleague
from tests.e2e.colleague import AtWork
from tests.e2e.groups import open_group
from tests.e2e.talker import AT_ONCE_MS, Talker
from tests.e2e.visits import Visits


def test_a_rota_makes_a_room_live_and_a_swap_keeps_it_so(visits: Visits, cast: Cast, maya: Colleague) -> None:
    room = open_group(maya, "A room with a rota", watched=False)
    nadia = cast.colleague("Nadia Petrenko", "facilitator")
    maya.visitor.must("PATCH", "/api/staff/me", {"zone": "Europe/London"})
    room.ask("PUT", "/facilitators", {"ids": [maya.id, nadia.id]})
    alice = cast.client("Europe/London")
    room.joined_by(cast.signed_in(alice))
    alices = Talker(visits.client(alice))
    mayas, nadias = AtWork(visits.colleague(maya)), AtWork(visits.colleague(nadia))
    alices.opens(room.talk)
    mode = alices.page.locator(".mode-banner")
    expect(mode).to_contain_text("No facilitator is here right now.")

    begins, ends = around_now()
    mayas.page.goto(f"{room.desk}/rota")
    mayas.sees("Rota")
    expect(mayas.page.get_by_text("Nobody is on the rota yet.")).to_be_visible()
    writes_a_shift_of_every_day(mayas, maya, begins, ends)
    expect(mode).to_contain_text(re.compile(f"A facilitator is on duty until .*{ends}"), timeout=AT_ONCE_MS)
    alices.says("Good that you are there.")
    alices.is_sent("Good that you are there.")
    expect(alices.message("Good that you are there.")).not_to_contain_text("Waiting")

    now = mayas.page.locator(".cover.mine").first
    now.get_by_role("button", name=re.compile("I can’t come")).click()
    question = mayas.page.get_by_role("dialog")
    question.get_by_role("button", name="I can’t come").click()
    expect(mayas.page.get_by_text("Nobody can come").first).to_be_visible()
    expect(mode).to_contain_text("No facilitator is here right now.", timeout=AT_ONCE_MS)

    nadias.page.goto(f"{room.desk}/rota")
    nadias.page.get_by_role("button", name=re.compile("^I’ll come")).first.click()
    expect(nadias.page.locator(".cover.mine")).to_have_count(1)
    expect(mode).to_contain_text(re.compile(f"A facilitator is on duty until .*{ends}"), timeout=AT_ONCE_MS)

    mayas.page.reload()
    expect(mayas.page.locator(".cover").first).to_contain_text(nadia.name)
    later = mayas.page.locator(".cover.mine").first
    later.get_by_role("button", name=re.compile("Offer to others")).click()
    expect(mayas.page.get_by_text("On offer").first).to_be_visible()
    mayas.page.get_by_role("button", name=re.compile("Take back the offer")).click()
    expect(mayas.page.get_by_text("On offer")).to_have_count(0)


def writes_a_shift_of_every_day(mayas: AtWork, maya: Colleague, begins: str, ends: str) -> None:
    """In the form under the week, after trying without a name; then she saves."""
    page = mayas.page
    adding = page.get_by_role("group", name="Add a shift")
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
        adding.get_by_role("checkbox", name=day).check()
    adding.get_by_label("From").fill(begins)
    adding.get_by_label("to", exact=True).fill(ends)
    adding.get_by_label("to", exact=True).blur()
    adding.get_by_role("button", name="Add the shift").click()
    expect(adding.get_by_text("Choose who is on shift.")).to_be_visible()
    adding.get_by_label("Who").select_option(label=maya.name)
    adding.get_by_role("button", name="Add the shift").click()
    expect(page.get_by_role("button", name=re.compile("^Remove: Monday"))).to_have_count(1)
    mayas.presses("Save")
    expect(page.get_by_text("Saved. The room follows it from now on.").first).to_be_visible()


def around_now() -> tuple[str, str]:
    """From an hour ago to two hours from now, in whole quarters, by London's clock."""
    now = datetime.now(ZoneInfo("Europe/London"))
    quarter = now - timedelta(minutes=now.minute % 15)
    return f"{quarter - timedelta(hours=1):%H:%M}", f"{quarter + timedelta(hours=2):%H:%M}"
