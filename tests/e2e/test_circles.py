"""Sitting in a circle: opened, let in, talking in turn, stepping out, saying that one is not okay, and its end."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.cast import Cast, Colleague
from tests.e2e.client import Client
from tests.e2e.groups import Group, Inside, open_group
from tests.e2e.looking import look, overflow, unreachable
from tests.e2e.running import Running
from tests.e2e.visits import KeptSignIns, Visits
from tests.e2e.witness import Witness

pytestmark = pytest.mark.call

_PATIENCE_MS = 15_000


@pytest.fixture
def with_cameras(
    cameras: Browser, running: Running, cast: Cast, witness: Witness, sign_ins: KeptSignIns
) -> Iterator[Visits]:
    """Profiles in a browser that has a camera and a microphone."""
    with Visits(cameras, running.address, cast, witness, sign_ins, _PATIENCE_MS) as visits:
        yield visits


@pytest.fixture
def group(maya: Colleague) -> Group:
    """A group of Maya's."""
    return open_group(maya, "Sitting together")


def test_a_circle_from_its_opening_to_its_end(with_cameras: Visits, group: Group, maya: Colleague, cast: Cast) -> None:
    """Maya opens it, Alice comes, talks, is looked after, and hears how it ends."""
    member = cast.client("Europe/London")
    inside = group.joined_by(cast.signed_in(member))
    facilitator, alice = (
        with_cameras.colleague(maya),
        with_cameras.client(member, viewport={"width": 375, "height": 800}),
    )
    at_work, at_home = Client(facilitator), Client(alice)

    alice.goto(f"/rooms/{group.id}/circle")
    expect(alice.get_by_text("No circle is on just now.")).to_be_visible()
    facilitator.goto(f"{group.desk}/circle")
    at_work.presses("Join without camera")
    expect(facilitator.locator(".turn")).to_contain_text("It is nobody’s turn just now.")

    expect(alice.get_by_text("The others see you as")).to_be_visible()
    _is_open_to_all(alice, "circle-lobby")
    at_home.presses("Join without camera")
    at_home.sees("Waiting room")
    facilitator.get_by_role("button", name=f"Let in: {inside.name}").click()
    expect(alice.locator(".turn")).to_contain_text("It is nobody’s turn just now.")
    _hear_each_other(facilitator, alice)

    at_home.presses("Raise your hand")
    order = facilitator.get_by_role("region", name="Order of talking")
    expect(order.get_by_text("hand up, place 1")).to_be_visible()
    facilitator.get_by_role("button", name=f"Give the turn: {inside.name}").click()
    expect(alice.locator(".turn")).to_contain_text("It is your turn. Take your time.")
    _is_open_to_all(alice, "circle-turn")
    _is_open_to_all(facilitator, "circle-turn-facilitator")
    facilitator.get_by_label("Time for each turn").select_option(label="About 2 minutes")
    expect(alice.locator(".turn")).to_contain_text("About 2 minutes are left.")
    at_home.presses("I’m done")
    expect(facilitator.locator(".turn")).to_contain_text("It is your turn. Take your time.")
    expect(order.get_by_role("listitem").first).to_contain_text(maya.name)
    facilitator.get_by_role("button", name=f"Earlier: {inside.name}").click()
    expect(order.get_by_role("listitem").first).to_contain_text(inside.name)

    _is_looked_after(facilitator, alice, inside)

    at_work.presses("End the circle")
    facilitator.get_by_role("dialog").get_by_role("button", name="End the circle").click()
    at_work.sees("The circle has ended")
    at_home.sees("The circle has ended")
    alice.goto(f"/rooms/{group.id}/circle")
    expect(alice.get_by_text("No circle is on just now.")).to_be_visible()


def _is_open_to_all(page: Page, name: str) -> None:
    look(page, name, "light", 0, "en")
    assert unreachable(page, name) == []
    assert overflow(page) == []


def _hear_each_other(one: Page, other: Page) -> None:
    for page in (one, other):
        expect(page.locator(".call-state")).to_have_text(re.compile("Connected"))


def _is_looked_after(facilitator: Page, alice: Page, inside: Inside) -> None:
    """She says that she is not okay, steps out, and comes back; only Maya learns of the first."""
    at_home = Client(alice)
    at_home.presses("I’m not okay")
    at_home.presses("Tell the facilitators")
    expect(alice.get_by_role("heading", name="You have told the facilitators that you are not okay")).to_be_focused()
    _is_open_to_all(alice, "circle-not-okay")
    facilitator.get_by_role("button", name=f"I have seen it: {inside.name}").click()
    expect(alice.get_by_text("A facilitator has seen it.")).to_be_visible()

    at_home.presses("Step out")
    alice.get_by_role("dialog").get_by_role("button", name="Step out").click()
    at_home.sees("You have stepped out")
    expect(facilitator.get_by_text("stepped out at")).to_be_visible()
    _is_open_to_all(facilitator, "circle-care")
    at_home.presses("Come back in")
    _hear_each_other(facilitator, alice)


def test_the_room_leads_to_its_circle(visits: Visits, group: Group, maya: Colleague, cast: Cast) -> None:
    """While it is on, and without a new look at the page."""
    member = cast.client("Europe/London")
    group.joined_by(cast.signed_in(member))
    alice = visits.client(member)
    alice.goto(group.talk)
    expect(alice.get_by_role("log")).to_be_visible()
    expect(alice.get_by_role("link", name="Circle")).to_have_count(0)

    opened = group.ask("POST", "/meeting", {"device": "a" * 32, "mode": "audio"})
    expect(alice.get_by_text("A circle is on in this room.")).to_be_visible()
    maya.visitor.must("POST", f"/api/staff/meetings/{opened['id']}/end", {})
    expect(alice.get_by_text("A circle is on in this room.")).to_have_count(0)


def test_whoever_is_not_in_the_room_reads_about_it_first(visits: Visits, group: Group, cast: Cast) -> None:
    """They are not told that no circle is on, which they could not know."""
    ben = visits.client(cast.client("Europe/London"))
    ben.goto(f"/rooms/{group.id}/circle")
    expect(ben).to_have_url(re.compile(f"/rooms/{group.id}$"))
    expect(ben.get_by_role("heading", level=1, name="Sitting together")).to_be_visible()
