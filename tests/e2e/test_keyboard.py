"""The whole way to an appointment, and through a conversation, without a mouse; where the focus goes; what is heard."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.cast import Cast, Colleague
from tests.e2e.groups import open_group
from tests.e2e.talker import AT_ONCE_MS, Talker
from tests.e2e.visits import Visits

_MOST_STOPS = 120


def arrives_at(page: Page, heading: str | re.Pattern[str]) -> None:
    """A new page is read from its heading: it has the focus, and the title of the window says the same."""
    h1 = page.get_by_role("heading", level=1, name=heading)
    expect(h1).to_be_focused()
    expect(page).to_have_title(re.compile("^" + re.escape(h1.inner_text())))


def goes_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the target has the focus, which has to be visible."""
    expect(target).to_be_visible()
    for _ in range(_MOST_STOPS):
        page.keyboard.press(key)
        if target.evaluate("(one) => one === document.activeElement"):
            assert target.evaluate("(one) => getComputedStyle(one).outlineStyle !== 'none'"), "the focus can't be seen"
            return
    raise AssertionError(f"no way by Tab to {target}")


def test_somebody_books_from_the_start_page_with_the_keyboard_alone(visits: Visits, cast: Cast) -> None:
    yuki = cast.counselor("Yuki Tanabe", "Europe/London")
    member = cast.client("Europe/London")
    page = visits.stranger(offline_too=True)
    page.goto("/")
    expect(page.locator("hearth-shell")).to_be_visible()

    goes_to(page, page.get_by_role("link", name="I have an account"))
    page.keyboard.press("Enter")
    arrives_at(page, "Sign in")
    goes_to(page, page.get_by_label("Your name here"))
    page.keyboard.type(member.handle)
    goes_to(page, page.get_by_label("Password", exact=True))
    page.keyboard.type(member.password)
    page.keyboard.press("Enter")

    arrives_at(page, "Find a counselor")
    goes_to(page, page.get_by_role("link", name=yuki.name))
    page.keyboard.press("Enter")
    arrives_at(page, re.compile(f"Counselor|{yuki.name}"))
    slot = page.locator("button.slot").first
    expect(slot).to_be_visible()
    goes_to(page, slot)
    page.keyboard.press("Enter")

    arrives_at(page, "How do you want to talk?")
    goes_to(page, page.get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("Enter")
    arrives_at(page, "Check your appointment")
    goes_to(page, page.get_by_role("button", name="Book this appointment"))
    page.keyboard.press("Enter")
    arrives_at(page, "Your appointment is booked")


def test_the_skip_link_leads_past_the_header(sam: Page) -> None:
    sam.goto("/sign-in")
    expect(sam.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    goes_to(sam, sam.get_by_role("link", name="Skip to the main content"))
    sam.keyboard.press("Enter")
    expect(sam.get_by_role("main")).to_be_focused()
    sam.keyboard.press("Tab")
    expect(sam.get_by_label("Your name here")).to_be_focused()


def test_a_question_keeps_the_focus_and_gives_it_back(visits: Visits, cast: Cast) -> None:
    page = visits.client(cast.client("Europe/London"))
    page.goto("/account")
    button = page.get_by_role("button", name="Sign out everywhere")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()


def test_going_back_shows_the_page_before_with_its_title(sam: Page) -> None:
    sam.goto("/sign-in")
    sam.get_by_role("link", name="I forgot my password").click()
    arrives_at(sam, "Get back in with a recovery code")
    sam.go_back()
    arrives_at(sam, "Sign in")
    assert sam.url.endswith("/sign-in")


def test_somebody_writes_reacts_answers_and_reports_with_the_keyboard_alone(
    visits: Visits, cast: Cast, maya: Colleague
) -> None:
    room = open_group(maya, "A room without a mouse")
    room.joined_by(cast.signed_in(cast.client("Europe/London"))).says("How was your day?")
    member = cast.client("Europe/London")
    room.joined_by(cast.signed_in(member))
    talker = Talker(visits.client(member))
    talker.opens(room.talk)
    page, message = talker.page, talker.message("How was your day?").first
    more = message.get_by_role("button", name=re.compile("^More"))
    ways = message.get_by_role("group", name="What you can do with this message")

    goes_to(page, talker.field)
    page.keyboard.type("Long.")
    page.keyboard.press("Enter")
    talker.is_sent("Long.")
    expect(talker.field).to_be_focused()

    goes_to(page, more, "Shift+Tab")
    page.keyboard.press("Enter")
    hug = ways.get_by_role("button", name="Hug")
    goes_to(page, hug)
    page.keyboard.press("Space")
    expect(hug).to_have_attribute("aria-pressed", "true")
    expect(hug).to_be_focused()

    goes_to(page, ways.get_by_role("button", name="Reply"))
    page.keyboard.press("Enter")
    expect(talker.field).to_be_focused()
    page.keyboard.type("And yours?")
    page.keyboard.press("Enter")
    talker.is_sent("And yours?")
    expect(talker.message("And yours?").get_by_role("button", name="Reply to")).to_contain_text("How was your day?")

    goes_to(page, more, "Shift+Tab")
    page.keyboard.press("Enter")
    goes_to(page, ways.get_by_role("button", name="Report"))
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    goes_to(page, dialog.get_by_role("radio").first)
    page.keyboard.press("Space")
    goes_to(page, dialog.get_by_role("button", name="Send the report"))
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(message).to_be_focused()


def test_whoever_listens_hears_each_new_message_once_and_is_not_moved(
    visits: Visits, cast: Cast, maya: Colleague
) -> None:
    room = open_group(maya, "A room to listen to")
    other = room.joined_by(cast.signed_in(cast.client("Europe/London")))
    member = cast.client("Europe/London")
    room.joined_by(cast.signed_in(member))
    talker = Talker(visits.client(member))
    talker.opens(room.talk)
    talker.field.focus()
    expect(talker.page.locator("#announcer")).to_have_attribute("aria-live", "polite")
    talker.page.evaluate("""() => {
      const region = document.getElementById("announcer");
      window.heard = [];
      const listen = () => {
        if (region.textContent) heard.push(region.textContent);
        document.body.dataset.heard = String(heard.length);
      };
      new MutationObserver(listen).observe(region, {childList: true});
    }""")
    for number, text in enumerate(("Is it still raining?", "I hear it on the roof."), 1):
        other.says(text)
        talker.reads(text, AT_ONCE_MS)
        expect(talker.page.locator("body")).to_have_attribute("data-heard", str(number))
    heard = talker.page.evaluate("heard")
    assert heard == [f"{other.name} wrote: Is it still raining?", f"{other.name} wrote: I hear it on the roof."]
    expect(talker.field).to_be_focused()
    # The list itself is silent, or everything would be heard twice.
    expect(talker.page.get_by_role("log")).to_have_attribute("aria-live", "off")
