"""What keeps a group safe: reports, decisions and second looks, blocking, waiting for a facilitator, help at once."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.cast import Cast, Colleague, Member
from tests.e2e.groups import open_group
from tests.e2e.talker import AT_ONCE_MS, Talker
from tests.e2e.visits import Visits
from tests.e2e.witness import Witness

OUT_MS = 2_000  # by then nobody who was removed still has the room open


@dataclass(frozen=True)
class Keeper(Talker):
    """A facilitator at their work."""

    page: Page

    def moderates(self) -> None:
        """Go to what waits."""
        self.page.goto("/staff/moderation")
        self.sees("Moderation")

    def waiting(self, text: str) -> Locator:
        """Whatever waits for a decision or is a concern, and has these words."""
        return self.page.get_by_role("main").get_by_role("listitem").filter(has_text=text)

    def worry(self, text: str) -> Locator:
        """A concern about somebody's safety with these words."""
        return self.page.get_by_role("region", name=re.compile("concern")).get_by_role("listitem").filter(has_text=text)

    def decides(self, text: str, outcome: str) -> None:
        """Choose one of the ways out."""
        self.waiting(text).get_by_role("button", name=re.compile(f"^{outcome}")).click()


@pytest.fixture(scope="module")
def alice(cast: Cast) -> Member:
    return cast.client("Europe/London")


@pytest.fixture(scope="module")
def ben(cast: Cast) -> Member:
    return cast.client("Europe/London")


def test_a_report_ends_in_a_redaction_and_shows_nobody_who_reported(
    visits: Visits, cast: Cast, maya: Colleague, alice: Member, ben: Member
) -> None:
    room = open_group(maya, "A room with a report")
    alice_in, ben_in = room.joined_by(cast.signed_in(alice)), room.joined_by(cast.signed_in(ben))
    ben_in.says("People like you should keep quiet.")
    alices, mayas = Talker(visits.client(alice)), Keeper(visits.colleague(maya))
    alices.opens(room.talk)
    alices.turns_to("People like you").get_by_role("button", name="Report").click()
    dialog = alices.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Send the report").click()
    expect(dialog).to_contain_text("Choose what is wrong with it.")
    dialog.get_by_role("radio", name="It is unkind").check()
    dialog.get_by_label("Anything the facilitators should know").fill("It hurts to read this.")
    dialog.get_by_role("button", name="Send the report").click()
    expect(dialog).to_have_count(0)
    expect(alices.page.get_by_text("Thank you. The facilitators have your report.")).to_be_visible()

    mayas.moderates()
    report = mayas.waiting("People like you")
    expect(report).to_contain_text("Reported by 1 person")
    expect(report).to_contain_text("It hurts to read this.")
    expect(report).to_contain_text(ben_in.name)
    assert alice_in.name not in mayas.page.content()
    mayas.decides("People like you", "Remove the message")
    mayas.answers_dialog("We speak of ourselves here.", "Remove the message")
    expect(mayas.waiting("People like you")).to_have_count(0)

    expect(alices.page.get_by_text("A facilitator removed what was written here.")).to_be_visible(timeout=AT_ONCE_MS)
    expect(alices.page.get_by_text("We speak of ourselves here.")).to_be_visible()
    expect(alices.page.get_by_text("People like you")).to_have_count(0)


def test_somebody_muted_reads_on_asks_for_a_second_look_and_writes_again(
    visits: Visits, cast: Cast, maya: Colleague, ben: Member
) -> None:
    room = open_group(maya, "A room with a second look")
    ben_in = room.joined_by(cast.signed_in(ben))
    ben_in.says("Again and again the same.")
    bens, mayas = Talker(visits.client(ben)), Keeper(visits.colleague(maya))
    bens.opens(room.talk)
    mayas.opens(room.desk)
    mayas.turns_to("Again and again").get_by_role("link", name=f"Decide about {ben_in.name}").click()
    mayas.sees("Decide about a member")
    mayas.page.get_by_role("radio", name="Mute for a time").check()
    mayas.presses("Mute")
    mayas.is_told_of_a_fault("Write a reason for the member.")
    mayas.page.get_by_label("Reason").fill("Please let the others finish.")
    mayas.presses("Mute")
    mayas.sees("Members")
    expect(mayas.page.get_by_role("listitem").filter(has_text=ben_in.name).first).to_contain_text("Can only read until")

    expect(bens.page.get_by_text("You can read here, but not write until")).to_be_visible(timeout=AT_ONCE_MS)
    expect(bens.page.get_by_text("Please let the others finish.")).to_be_visible()
    expect(bens.field).to_have_count(0)
    room.kept().says("Whoever likes may answer.")
    bens.reads("Whoever likes may answer.", AT_ONCE_MS)
    bens.follows("See why, or ask for a second look")
    bens.sees("Decisions about you in this room")
    bens.presses("Ask for a second look")
    bens.page.get_by_label("Why should it be looked at again?").fill("I did not notice. I will wait.")
    bens.presses("Send")
    expect(bens.page.get_by_role("strong").filter(has_text="You asked for a second look.")).to_be_visible()

    mayas.moderates()
    expect(mayas.waiting("I will wait.")).to_contain_text("Please let the others finish.")
    mayas.decides("I will wait.", "Lift the decision")
    mayas.answers_dialog("Thank you, and welcome back.", "Lift the decision")
    expect(mayas.waiting("I will wait.")).to_have_count(0)
    bens.page.reload()
    expect(bens.page.get_by_text("It was looked at again and no longer holds.")).to_be_visible()
    bens.opens(room.talk)
    bens.says("Thank you for looking.")
    bens.is_sent("Thank you for looking.")


def test_whoever_is_removed_loses_the_open_page_at_once(
    visits: Visits, cast: Cast, maya: Colleague, alice: Member, witness: Witness
) -> None:
    room, other = open_group(maya, "A room to be removed from"), open_group(maya, "Another room")
    inside = room.joined_by(cast.signed_in(alice))
    other.joined_by(cast.signed_in(alice))
    alices = Talker(visits.client(alice))
    alices.opens(room.talk)
    alices.says("I was only joking.")
    alices.is_sent("I was only joking.")

    witness.expect(409)
    room.decides("remove", inside, "This hurt somebody.")
    expect(alices.page.get_by_role("log")).to_have_count(0, timeout=OUT_MS)
    alices.sees("Rooms")
    expect(alices.page.get_by_role("region", name="Your rooms").get_by_role("link", name=other.name)).to_be_visible()

    alices.page.goto(room.talk)
    alices.sees(room.name)
    expect(alices.page.get_by_text("You can no longer use this room.")).to_be_visible()
    expect(alices.page.get_by_text("This hurt somebody.")).to_be_visible()
    expect(alices.page.get_by_text("I was only joking.")).to_have_count(0)
    expect(alices.page.get_by_role("button", name="Join the room")).to_have_count(0)


def test_two_who_are_blocked_do_not_see_each_other_any_more(
    visits: Visits, cast: Cast, maya: Colleague, alice: Member, ben: Member
) -> None:
    room = open_group(maya, "A room for two and more")
    alice_in, ben_in = room.joined_by(cast.signed_in(alice)), room.joined_by(cast.signed_in(ben))
    ben_in.says("Where do you live?")
    alices, bens = Talker(visits.client(alice)), Talker(visits.client(ben))
    alices.opens(room.talk)
    bens.opens(room.talk)
    alices.turns_to("Where do you live?").get_by_role("button", name="Block").click()
    alices.confirms("Block")
    expect(alices.message("Where do you live?")).to_have_count(0)

    alice_in.says("The night is almost over.")
    ben_in.says("Why does nobody answer?")
    room.kept().says("Good morning to you all.")
    for person, own, others in (
        (alices, "The night is almost over.", "Why does nobody answer?"),
        (bens, "Why does nobody answer?", "The night is almost over."),
    ):
        person.reads("Good morning to you all.", AT_ONCE_MS)
        person.reads(own)
        expect(person.message(others)).to_have_count(0)

    alices.page.goto(f"/rooms/{room.id}")
    alices.page.get_by_text("People you have blocked here").click()
    alices.page.get_by_role("button", name=re.compile(f"Unblock.*{ben_in.name}")).click()
    expect(alices.page.get_by_text("Nobody.", exact=True)).to_be_visible()
    alices.opens(room.talk)
    alices.reads("Why does nobody answer?")


def test_what_waits_for_a_facilitator_stands_at_the_end_once_it_is_let_through(
    visits: Visits, cast: Cast, maya: Colleague, alice: Member, ben: Member
) -> None:
    room = open_group(maya, "A slow room", watched=False)
    room.joined_by(cast.signed_in(alice))
    ben_in = room.joined_by(cast.signed_in(ben))
    alices, bens, mayas = (
        Talker(visits.client(alice)),
        Talker(visits.client(ben)),
        Keeper(visits.colleague(maya)),
    )
    alices.opens(room.talk)
    bens.opens(room.talk)
    expect(alices.page.get_by_text("What you write waits until a facilitator has read it.")).to_be_visible()
    alices.says("Is anybody there?")
    expect(alices.message("Is anybody there?")).to_contain_text("Waiting for a facilitator. Only you")
    room.kept().says("I will look in at nine.")
    bens.reads("I will look in at nine.", AT_ONCE_MS)
    expect(bens.message("Is anybody there?")).to_have_count(0)

    mayas.moderates()
    mayas.decides("Is anybody there?", "Let it through")
    expect(mayas.waiting("Is anybody there?")).to_have_count(0)
    for person in (alices, bens):
        expect(person.page.locator("article .written")).to_have_text(
            ["I will look in at nine.", "Is anybody there?"], timeout=AT_ONCE_MS
        )
    assert ben_in.reads() == ["I will look in at nine.", "Is anybody there?"]


def test_a_worrying_message_shows_its_writer_help_and_a_facilitator_looks_after_it(
    visits: Visits, cast: Cast, maya: Colleague, alice: Member, ben: Member
) -> None:
    room = open_group(maya, "A room in a long night")
    alice_in = room.joined_by(cast.signed_in(alice))
    room.joined_by(cast.signed_in(ben))
    alices, bens, mayas = (
        Talker(visits.client(alice)),
        Talker(visits.client(ben)),
        Keeper(visits.colleague(maya)),
    )
    alices.opens(room.talk)
    bens.opens(room.talk)
    alices.says("I want to kill myself.")
    card = alices.page.get_by_role("region", name=re.compile("glad you said it|sounds hard"))
    expect(card).to_be_visible(timeout=AT_ONCE_MS)
    expect(card.get_by_role("link", name="Help lines by country")).to_have_attribute("href", "/help.html")
    expect(alices.field).to_be_focused()
    bens.reads("I want to kill myself.", AT_ONCE_MS)
    expect(bens.page.locator(".help-card")).to_have_count(0)

    mayas.moderates()
    concern = mayas.worry(alice_in.name)
    expect(concern).to_contain_text(room.name)
    concern.get_by_role("button", name=re.compile("I look after it")).click()
    expect(concern).to_contain_text("Maya Haddad looks after it")
    concern.get_by_role("button", name=re.compile("Say what was done")).click()
    mayas.answers_dialog("We wrote with each other until she was calm.", "Close the concern")
    expect(concern).to_have_count(0)

    card.get_by_role("button", name="Close this").click()
    expect(card).to_have_count(0)


def test_whoever_asks_to_join_is_let_in_by_a_facilitator(
    visits: Visits, cast: Cast, maya: Colleague, alice: Member
) -> None:
    room = open_group(maya, "A room behind a door", entry="request")
    alices, mayas = Talker(visits.client(alice)), Keeper(visits.colleague(maya))
    alices.page.goto(f"/rooms/{room.id}")
    alices.page.get_by_role("radio").first.check()
    alices.page.get_by_role("checkbox", name="I am 18 or older").check()
    alices.page.get_by_role("checkbox", name="I have read the guidelines").check()
    alices.page.get_by_label("A note to the facilitators").fill("My brother died in May.")
    alices.presses("Ask to join")
    expect(alices.page.locator("#main").get_by_text("You asked to join. A facilitator will look at it")).to_be_visible()

    mayas.moderates()
    expect(mayas.waiting("My brother died in May.")).to_contain_text("Request to join")
    mayas.decides("My brother died in May.", "Let them in")
    expect(mayas.waiting("My brother died in May.")).to_have_count(0)
    alices.page.reload()
    alices.follows("Open the conversation")
    alices.hears()
    alices.says("Thank you for letting me in.")
    alices.is_sent("Thank you for letting me in.")


def test_an_invitation_opens_a_room_that_nobody_else_sees(
    visits: Visits, cast: Cast, maya: Colleague, alice: Member, ben: Member, witness: Witness
) -> None:
    room = open_group(maya, "A room nobody finds", entry="invitation")
    alices, bens, mayas = (
        Talker(visits.client(alice)),
        Talker(visits.client(ben)),
        Keeper(visits.colleague(maya)),
    )
    mayas.page.goto(f"{room.desk}/settings")
    mayas.presses("Make a link")
    link = mayas.page.locator("code.secret").inner_text()

    witness.expect(404)
    bens.page.goto("/rooms")
    bens.sees("Rooms")
    expect(bens.page.get_by_role("link", name=room.name)).to_have_count(0)
    bens.page.goto(f"/rooms/{room.id}")
    expect(bens.page.get_by_text("We can’t find that.")).to_be_visible()

    alices.page.goto(link)
    alices.sees(room.name)
    assert link.partition("#")[2] not in alices.page.url
    alices.page.get_by_role("radio").first.check()
    alices.page.get_by_role("checkbox", name="I am 18 or older").check()
    alices.page.get_by_role("checkbox", name="I have read the guidelines").check()
    alices.presses("Join the room")
    alices.hears()

    mayas.presses("End the link")
    mayas.confirms("End the link")
    expect(mayas.page.get_by_text("There is no link at present.")).to_be_visible()
    bens.page.goto(link)
    expect(bens.page.get_by_text("This invitation no longer works.")).to_be_visible()
