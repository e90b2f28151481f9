"""Direct messages of a client and their counselor: begun, answered, with an absence in between, handed over."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.cast import Cast, Colleague, Member
from tests.e2e.talker import AT_ONCE_MS, Talker
from tests.e2e.visits import Visits
from tests.e2e.witness import Witness


@pytest.fixture(scope="module")
def tom(cast: Cast) -> Colleague:
    return cast.counselor("Tom Abara the Elder", "Europe/London")


@pytest.fixture(scope="module")
def yael(cast: Cast) -> Colleague:
    # A kept copy has others of her name, and colleagues are chosen by name.
    return cast.counselor(f"Yael Brandt {uuid.uuid4().hex[:6]}", "Europe/London")


@pytest.fixture
def alice(cast: Cast) -> Member:
    return cast.client("Europe/London")


def thread_of(cast: Cast, member: Member, counselor: Colleague, *said: str) -> str:
    """The client has begun to write; the id of the conversation."""
    visitor = cast.signed_in(member)
    room: str = visitor.must("POST", f"/api/counselors/{counselor.id}/room", {})["id"]
    for text in said:
        visitor.must("POST", f"/api/rooms/{room}/messages", {"text": text})
    return room


def test_a_client_writes_from_a_counselors_page_and_is_answered(visits: Visits, alice: Member, tom: Colleague) -> None:
    alices, toms = Talker(visits.client(alice)), Talker(visits.colleague(tom))
    alices.page.goto(f"/counselors/{tom.id}")
    desk = alices.page.get_by_role("region", name=f"Write to {tom.name}")
    expect(desk).to_contain_text(re.compile("Usually answers within .* This is not for emergencies."))
    desk.get_by_role("button", name="Write a message").click()
    alices.sees(tom.name)
    alices.hears()
    expect(alices.page.get_by_text(f"Only you and {tom.name} can read this.")).to_be_visible()
    alices.says("Is writing all right for a start?")
    alices.is_sent("Is writing all right for a start?")

    toms.page.goto("/staff/messages")
    toms.sees("Messages")
    thread = toms.page.get_by_role("listitem").filter(has_text=alice.handle)
    expect(thread).to_contain_text("1 unread message")
    thread.get_by_role("link", name=alice.handle).click()
    toms.sees(f"Messages with {alice.handle}")
    toms.hears()
    toms.reads("Is writing all right for a start?")
    toms.says("It is. Take your time.")
    alices.reads("It is. Take your time.", AT_ONCE_MS)
    expect(alices.message("It is. Take your time.").get_by_role("heading")).to_contain_text(f"{tom.name} Counselor")

    alices.page.goto(f"/counselors/{tom.id}")
    alices.follows("Go on writing")
    alices.reads("It is. Take your time.")


def test_a_counselor_says_how_soon_they_answer_and_when_they_are_away(
    visits: Visits, cast: Cast, alice: Member, yael: Colleague
) -> None:
    room = thread_of(cast, alice, yael, "Good evening.")
    alices, yaels = Talker(visits.client(alice)), Talker(visits.colleague(yael))
    yaels.page.goto("/staff/desk")
    yaels.sees("Reply time and absence")
    yaels.page.get_by_label("You answer within").select_option("4")
    yaels.presses("Save")
    expect(yaels.page.get_by_text("Saved. Clients see it now.").first).to_be_visible()
    alices.opens(f"/messages/{room}")
    expect(alices.page.get_by_text("Usually answers within 4 hours. This is not for emergencies.")).to_be_visible()

    yaels.page.get_by_role("checkbox", name="I am away").check()
    yaels.presses("Save")
    yaels.is_told_of_a_fault("Write a short note.")
    yaels.page.get_by_role("textbox", name="Note").fill("I am at the sea. My colleagues read with you.")
    back = datetime.now(UTC) + timedelta(days=9)
    yaels.page.get_by_label("Back on").fill(f"{back:%Y-%m-%d}")
    yaels.presses("Save")
    expect(yaels.page.get_by_text("Saved. Clients see it now.").first).to_be_visible()
    for address in (f"/messages/{room}", f"/counselors/{yael.id}"):
        alices.page.goto(address)
        expect(
            alices.page.get_by_text(re.compile(f"{yael.name} is away until .*{back.day}.* You can write"))
        ).to_be_visible()
        expect(alices.page.get_by_text("I am at the sea. My colleagues read with you.")).to_be_visible()

    yaels.page.get_by_role("checkbox", name="I am away").uncheck()
    yaels.presses("Save")
    expect(yaels.page.get_by_text("Saved. Clients see it now.").first).to_be_visible()
    alices.opens(f"/messages/{room}")
    expect(alices.page.get_by_text(f"{yael.name} is away")).to_have_count(0)


def test_a_client_who_agrees_goes_on_with_another_counselor_who_reads_only_what_may_be_read(
    visits: Visits, cast: Cast, alice: Member, tom: Colleague, yael: Colleague, witness: Witness
) -> None:
    room = thread_of(cast, alice, tom, "This is only for Tom.")
    alices, toms, yaels = Talker(visits.client(alice)), Talker(visits.colleague(tom)), Talker(visits.colleague(yael))
    alices.opens(f"/messages/{room}")
    asks(toms, room, yael, "Yael knows much about sleep.")
    alices.page.goto("/messages")
    expect(alices.page.get_by_text("There is a question for you.")).to_be_visible()
    alices.follows(tom.name)
    question = alices.page.get_by_role("region", name=f"{tom.name} asks: may {yael.name} go on with you?")
    expect(question).to_contain_text("Yael knows much about sleep.")
    # What was Tom's to read a moment ago is no longer his, and his page asks.
    witness.expect(404, 409)
    question.get_by_role("button", name="Yes, but start fresh").click()
    alices.sees(yael.name)
    expect(question).to_have_count(0)
    alices.says("Good evening, Yael.")
    alices.is_sent("Good evening, Yael.")

    yaels.page.goto("/staff/messages")
    yaels.follows(alice.handle)
    yaels.reads("Good evening, Yael.")
    expect(yaels.message("This is only for Tom.")).to_have_count(0)
    toms.page.goto("/staff/messages")
    toms.sees("Messages")
    expect(toms.page.get_by_role("link", name=alice.handle)).to_have_count(0)


def test_a_client_who_does_not_agree_stays_with_their_counselor(
    visits: Visits, cast: Cast, alice: Member, tom: Colleague, yael: Colleague
) -> None:
    room = thread_of(cast, alice, tom, "I like it as it is.")
    alices, toms = Talker(visits.client(alice)), Talker(visits.colleague(tom))
    asks(toms, room, yael, "I have very little time.")
    alices.opens(f"/messages/{room}")
    alices.presses(f"No, stay with {tom.name}")
    expect(alices.page.get_by_role("button", name=f"No, stay with {tom.name}")).to_have_count(0)
    alices.sees(tom.name)
    toms.page.reload()
    expect(toms.page.get_by_role("button", name="Hand over …")).to_be_visible()
    toms.says("Then we go on, you and I.")
    alices.reads("Then we go on, you and I.", AT_ONCE_MS)


def asks(counselor: Talker, room: str, colleague: Colleague, reason: str) -> None:
    """Ask the client whether a colleague may go on."""
    counselor.opens(f"/staff/messages/{room}")
    counselor.presses("Hand over …")
    counselor.page.get_by_label("To whom").select_option(label=colleague.name)
    counselor.page.get_by_label("Reason").fill(reason)
    counselor.presses("Ask the client")
    expect(counselor.page.get_by_text(f"You asked whether {colleague.name} may go on.")).to_be_visible()
