"""What comes through in calls on the deployed stack: counted by the browsers, with the network gone in between."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.caller import Caller, Network, listening
from tests.e2e.cast import Cast, Colleague
from tests.e2e.groups import open_group
from tests.e2e.meetings import Near, open_now
from tests.e2e.running import Running
from tests.e2e.visits import KeptSignIns, Visits
from tests.e2e.witness import Witness

pytestmark = pytest.mark.call

_PATIENCE_MS = 20_000
_AGAIN_MS = 60_000  # a lease has to run out before it is said that somebody is gone


@pytest.fixture
def visits(cameras: Browser, running: Running, cast: Cast, witness: Witness, sign_ins: KeptSignIns) -> Iterator[Visits]:
    """Profiles whose browser has a camera and a microphone."""
    with Visits(cameras, running.address, cast, witness, sign_ins, _PATIENCE_MS) as visits:
        yield visits


@pytest.fixture
def at(cast: Cast) -> Near:
    """An appointment of Alice with Tom."""
    alice = cast.client("Europe/London")
    return open_now(cast, alice, cast.signed_in(alice))


def test_two_see_and_hear_each_other_also_after_a_network_that_was_gone(visits: Visits, at: Near) -> None:
    alices = Caller(listening(visits.client(at.member)))
    toms = Caller(listening(visits.colleague(at.host)))
    network = Network(alices.page)
    toms.comes(at.for_host)
    alices.comes(at.for_client)
    alices.is_let_in(toms)
    for one in (alices, toms):
        one.is_connected()
        one.sees_and_hears()

    network.goes()
    expect(toms.state).not_to_have_text("Connected", timeout=_AGAIN_MS)
    network.comes_again()

    for one in (alices, toms):
        expect(one.state).to_have_text("Connected", timeout=_AGAIN_MS)
        one.sees_and_hears()


def test_a_picture_that_freezes_is_covered_by_words_while_the_sound_goes_on(visits: Visits, at: Near) -> None:
    alices = Caller(listening(visits.client(at.member)))
    toms = Caller(listening(visits.colleague(at.host)))
    toms.comes(at.for_host)
    alices.comes(at.for_client)
    alices.is_let_in(toms)
    toms.sees_and_hears()

    alices.freezes()
    face = toms.page.locator("video.face")
    expect(toms.page.locator("figcaption")).to_contain_text("the picture stands still just now, the sound goes on")
    expect(face).to_be_hidden()
    toms.is_connected()
    alices.thaws()
    expect(toms.page.locator("figcaption")).not_to_contain_text("stands still")
    expect(face).to_be_visible()


def test_a_stranger_does_not_come_in(visits: Visits, cast: Cast, at: Near, sam: Page, witness: Witness) -> None:
    witness.expect(404)
    ben = Caller(visits.client(cast.client("Europe/London")))
    ben.page.goto(at.for_client)
    expect(ben.page.locator("#main")).to_contain_text("We can’t find that.")

    sam.goto(at.for_client)
    Caller(sam).sees("Sign in")


def test_four_in_a_circle_see_and_hear_each_other_and_who_is_removed_stays_out(
    visits: Visits, cast: Cast, maya: Colleague
) -> None:
    group = open_group(maya, "Sitting together")
    members = [cast.client("Europe/London") for _ in range(3)]
    insides = [group.joined_by(cast.signed_in(member)) for member in members]
    mayas = Caller(listening(visits.colleague(maya)))
    mayas.comes(f"{group.desk}/circle")
    callers = [Caller(listening(visits.client(member))) for member in members]
    for caller in callers:
        caller.comes(f"/rooms/{group.id}/circle")
        caller.sees("Waiting room")
    mayas.presses("Let all in")
    for caller in (mayas, *callers):
        caller.sees_and_hears(people=3)

    *others, bens = callers
    mayas.presses(f"Remove: {insides[-1].name}")
    mayas.page.get_by_role("dialog").get_by_role("button", name="Remove from the circle").click()

    expect(bens.page.get_by_text("You can’t be in this circle any more.")).to_be_visible()
    for caller in (mayas, *others):
        caller.sees_and_hears(people=2)
    bens.page.reload()
    expect(bens.page.get_by_text("You can’t be in this circle any more.")).to_be_visible()
