"""Groups: found, joined, talked in by several at once; and what happens when the connection is bad."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.cast import Cast, Colleague, Member
from tests.e2e.groups import Group, open_group
from tests.e2e.talker import AT_ONCE_MS, Talker
from tests.e2e.visits import Visits
from tests.e2e.witness import Witness


@pytest.fixture(scope="module")
def room(maya: Colleague) -> Group:
    """One where somebody is on shift around the clock."""
    return open_group(maya, "Night owls of the harbour")


@pytest.fixture(scope="module")
def alice(cast: Cast) -> Member:
    return cast.client("Europe/London")


@pytest.fixture(scope="module")
def ben(cast: Cast) -> Member:
    return cast.client("Europe/Madrid")


def without_sockets(page: Page) -> None:
    """The tickets that open the socket are not good: as behind a proxy that lets none through."""

    def refuse(route: Route) -> None:
        route.fulfill(json={"ticket": "0" * 64, "expires_at": "2030-01-01T00:00:00Z"}, status=201)

    page.context.route("**/api/live/tickets", refuse)


def test_somebody_finds_a_group_joins_it_and_talks_with_others_at_once(
    visits: Visits, cast: Cast, maya: Colleague, room: Group
) -> None:
    members = [cast.client("Europe/London"), cast.client("Europe/London")]
    ben = room.joined_by(cast.signed_in(members[1]))
    alices, bens = Talker(visits.client(members[0])), Talker(visits.client(members[1]))
    mayas = Talker(visits.colleague(maya))
    bens.opens(room.talk)
    mayas.opens(room.desk)

    name = joins(alices, room)
    alices.hears()
    for person in (alices, bens, mayas):
        person.page.evaluate("window.never = 'reloaded'")
    alices.says("I can't sleep, and I thought I'd say hello.")
    bens.reads("I can't sleep", AT_ONCE_MS)
    bens.says("Hello. I'm awake as well.")
    alices.reads("I'm awake as well", AT_ONCE_MS)
    mayas.reads("I can't sleep", AT_ONCE_MS)
    mayas.reads("I'm awake as well", AT_ONCE_MS)
    mayas.says("I'm here until the morning.")
    alices.reads("I'm here until the morning", AT_ONCE_MS)

    expect(mayas.message("I can't sleep").get_by_role("heading")).to_contain_text(name)
    expect(mayas.message("I'm awake as well").get_by_role("heading")).to_contain_text(ben.name)
    expect(bens.message("I'm here until").get_by_role("heading")).to_contain_text("Maya Haddad Facilitator")
    for person in (alices, bens, mayas):
        assert person.page.evaluate("window.never") == "reloaded"
        for member in members:
            assert member.handle not in person.page.content()


def joins(alices: Talker, room: Group) -> str:
    """From the list of rooms to the conversation; the name she has there."""
    page = alices.page
    page.goto("/rooms")
    alices.follows(room.name)
    alices.sees(room.name)
    alices.presses("Join the room")
    alices.is_told_of_a_fault("Choose one of the names.")
    choice = page.get_by_role("radio").first
    choice.check()
    page.get_by_role("checkbox", name="I am 18 or older").check()
    page.get_by_role("checkbox", name="I have read the guidelines").check()
    alices.presses("Join the room")
    expect(page.get_by_role("log", name="Messages")).to_be_visible()
    name = page.get_by_role("textbox").evaluate("(field) => field.labels[0].textContent").removeprefix("Write as ")
    return str(name)


def test_whoever_leaves_comes_back_under_the_same_name(visits: Visits, cast: Cast, room: Group, alice: Member) -> None:
    inside = room.joined_by(cast.signed_in(alice))
    alices = Talker(visits.client(alice))
    alices.page.goto(f"/rooms/{room.id}")
    expect(alices.page.get_by_text(f"You are in this room as {inside.name}")).to_be_visible()
    alices.presses("Leave this room")
    alices.confirms("Leave this room")
    alices.sees("Rooms")
    expect(alices.page.get_by_role("region", name="Your rooms").get_by_role("link", name=room.name)).to_have_count(0)

    alices.page.goto(room.talk)
    alices.sees(room.name)
    expect(alices.page.get_by_role("radio", name=inside.name)).to_be_checked()
    alices.page.get_by_role("checkbox", name="I am 18 or older").check()
    alices.page.get_by_role("checkbox", name="I have read the guidelines").check()
    alices.presses("Join the room")
    alices.hears()
    expect(alices.page.get_by_label(f"Write as {inside.name}")).to_be_visible()


def test_what_was_begun_is_still_there_after_a_reload(visits: Visits, cast: Cast, room: Group, alice: Member) -> None:
    room.joined_by(cast.signed_in(alice))
    alices = Talker(visits.client(alice))
    alices.opens(room.talk)
    field = alices.page.get_by_role("textbox")
    field.fill("It is hard to find the words, but")
    alices.page.reload()
    expect(field).to_have_value("It is hard to find the words, but")
    alices.says("It is hard to find the words, but here they are.")
    alices.page.reload()
    alices.reads("here they are")
    expect(field).to_have_value("")


def test_where_no_socket_opens_the_page_asks_every_few_seconds_and_says_so(
    visits: Visits, cast: Cast, room: Group, alice: Member, ben: Member, witness: Witness
) -> None:
    room.joined_by(cast.signed_in(alice))
    inside = room.joined_by(cast.signed_in(ben))
    witness.expect_console("WebSocket connection to")
    alices = Talker(visits.client(alice))
    without_sockets(alices.page)
    alices.page.goto(room.talk)
    expect(alices.page.get_by_text("Checking every few seconds")).to_be_visible()
    inside.says("The buses do not run any more.")
    alices.reads("The buses do not run any more.")
    alices.says("Then we walk.")
    alices.is_sent("Then we walk.")
    assert inside.reads()[-2:] == ["The buses do not run any more.", "Then we walk."]


def test_what_is_written_without_a_network_comes_through_once_and_in_order(
    visits: Visits, cast: Cast, maya: Colleague, alice: Member, ben: Member, witness: Witness
) -> None:
    room = open_group(maya, "A room in a tunnel")
    room.joined_by(cast.signed_in(alice))
    inside = room.joined_by(cast.signed_in(ben))
    inside.says("Before the tunnel.")
    alices, bens = Talker(visits.client(alice)), Talker(visits.client(ben))
    alices.opens(room.talk)
    bens.opens(room.talk)
    alices.reads("Before the tunnel.")

    witness.expect_console("net::ERR_INTERNET_DISCONNECTED")
    alices.page.context.set_offline(True)
    alices.says("First thing from the tunnel.")
    alices.says("Second thing from the tunnel.")
    expect(alices.message("First thing from the tunnel.")).to_contain_text("Not sent yet.")
    expect(alices.message("Second thing from the tunnel.")).to_contain_text("Not sent yet.")
    expect(alices.page.get_by_text("Offline. What you write stays in this tab")).to_be_visible()
    inside.says("Said meanwhile.")
    bens.reads("Said meanwhile.", AT_ONCE_MS)

    alices.page.context.set_offline(False)
    alices.is_sent("Second thing from the tunnel.")
    said = ["Before the tunnel.", "Said meanwhile.", "First thing from the tunnel.", "Second thing from the tunnel."]
    assert inside.reads() == said
    for person in (alices, bens):
        expect(person.page.locator("article .written")).to_have_text(said)
    expect(alices.page.get_by_text("Not sent yet.")).to_have_count(0)


def test_a_request_that_was_answered_into_the_void_is_one_message(
    visits: Visits, cast: Cast, maya: Colleague, alice: Member, witness: Witness
) -> None:
    room = open_group(maya, "A room with echoes")
    inside = room.joined_by(cast.signed_in(alice))
    alices = Talker(visits.client(alice))
    alices.opens(room.talk)
    witness.expect_console("net::ERR_FAILED")
    lost: list[str] = []

    def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(json.dumps(route.fetch().json()))
            route.abort()
        else:
            route.continue_()

    alices.page.context.route(re.compile("/messages$"), lose_the_answer)
    alices.says("Did you hear me?")
    alices.is_sent("Did you hear me?")
    alices.says("Then I go on.")
    alices.is_sent("Then I go on.")
    assert lost
    assert inside.reads() == ["Did you hear me?", "Then I go on."]
    expect(alices.page.locator("article .written")).to_have_text(["Did you hear me?", "Then I go on."])
