"""Help and the quick exit: there for everyone, whatever else does not work."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e import chromium
from tests.e2e.cast import Cast
from tests.e2e.client import Client
from tests.e2e.running import Running
from tests.e2e.until import until
from tests.e2e.visits import KeptSignIns, Visits
from tests.e2e.witness import Witness

_PATIENCE_MS = 15_000

NEUTRAL = "https://www.bbc.com/weather"
EVERYWHERE = ["/", "/help.html", "/help.ar.html", "/sign-in", "/register", "/no-such-page"]
LINE = "Call 988 988 Suicide & Crisis"


def with_neutral_page(page: Page, witness: Witness) -> Page:
    """Nothing leaves this machine: the page people are taken to is played."""
    witness.expect_leaving_for(NEUTRAL)
    page.context.route(
        f"{NEUTRAL}**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html")
    )
    return page


def shows_nothing_of_the_site(page: Page) -> None:
    """Neither in the page nor in its title."""
    expect(page).to_have_title("Weather")
    expect(page.get_by_text("Hearthline")).to_have_count(0)


@pytest.mark.parametrize("path", EVERYWHERE)
def test_the_quick_exit_comes_first_in_the_order_of_focus(sam: Page, witness: Witness, path: str) -> None:
    with_neutral_page(sam, witness).goto(path)
    expect(sam.get_by_role("heading", level=1)).to_be_visible()
    sam.keyboard.press("Tab")
    focused = sam.locator(":focus")
    expect(focused).to_have_attribute("data-exit", "")

    sam.keyboard.press("Enter")
    shows_nothing_of_the_site(sam)


def test_whoever_stands_on_the_exit_while_the_site_still_loads_stays_on_it(sam: Page, witness: Witness) -> None:
    with_neutral_page(sam, witness)
    waiting: list[Route] = []
    sam.context.route("**/config.json", lambda route: waiting.append(route))
    with sam.expect_request("**/config.json"):
        sam.goto("/", wait_until="commit")
    sam.keyboard.press("Tab")
    waiting.pop().continue_()
    expect(sam.locator("hearth-shell")).to_be_visible()
    expect(sam.get_by_role("link", name="Leave this site")).to_be_focused()


@pytest.mark.parametrize("path", ["/", "/help.html", "/register"])
def test_shift_three_times_leaves_and_twice_does_not(sam: Page, witness: Witness, path: str) -> None:
    with_neutral_page(sam, witness).goto(path)
    expect(sam.get_by_role("heading", level=1)).to_be_visible()
    for key in ("Shift", "Shift", "a", "Shift"):
        sam.keyboard.press(key)
    expect(sam.get_by_role("heading", level=1)).to_be_visible()

    sam.keyboard.press("Shift")
    sam.keyboard.press("Shift")
    shows_nothing_of_the_site(sam)


@pytest.fixture
def elsewhere_is_nothing(
    chrome: Browser, running: Running, cast: Cast, witness: Witness, sign_ins: KeptSignIns
) -> Iterator[Visits]:
    """Profiles in a browser for which the neutral page has no address.

    Where Playwright plays a page it holds each request for a moment, and lets go of those whose page is gone: among
    them the one that ends the sign-in.
    """
    browser = chromium.cut_off(chrome, urlsplit(NEUTRAL).netloc)
    with Visits(browser, running.address, cast, witness, sign_ins, _PATIENCE_MS) as visits:
        yield visits
    browser.close()


def test_leaving_ends_the_sign_in_and_forgets_what_was_chosen(
    elsewhere_is_nothing: Visits, cast: Cast, witness: Witness
) -> None:
    witness.expect_leaving_for(NEUTRAL)
    page = elsewhere_is_nothing.client(cast.client("Europe/Lisbon"))
    with page.expect_request(lambda request: "authorization" in request.headers) as asked:
        page.goto("/counselors")
    page.get_by_label("What is on your mind").select_option("Grief and loss")
    with page.expect_event("requestfailed", lambda request: request.url.startswith(NEUTRAL)):
        page.get_by_role("link", name="Leave this site").click()

    page.goto("/counselors")
    Client(page).sees("Sign in")
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    # The end of the sign-in is sent without waiting for it. Whom it let in before tells when it is over: to try the
    # cookie would renew it.
    witness.expect(401)
    signed_out = "async (token) => 401 === (await fetch('/api/me', { headers: { authorization: token } })).status"
    until(page, signed_out, asked.value.headers["authorization"])


def test_help_and_exit_work_when_the_api_is_down(sam: Page, witness: Witness) -> None:
    with_neutral_page(sam, witness)
    witness.expect_console("net::ERR_FAILED")
    sam.context.route("**/api/**", lambda route: route.abort())
    sam.goto("/register")
    Client(sam).sees("Choose a password")
    Client(sam).follows("Need help now?")
    Client(sam).sees("Help lines by country")
    expect(sam.get_by_role("link", name=LINE)).to_have_attribute("href", "tel:988")
    sam.get_by_role("link", name="Leave this site").click()
    shows_nothing_of_the_site(sam)


def test_when_the_api_is_down_the_page_says_so_and_offers_to_try_again(sam: Page, witness: Witness) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    witness.expect_console("net::ERR_FAILED")
    sam.context.route("**/api/**", refuse)
    sam.goto("/sign-in")
    sam.get_by_label("Your name here").fill("quiet-otter-482")
    sam.get_by_label("Password", exact=True).fill("some words of mine")
    Client(sam).presses("Sign in")
    Client(sam).is_told_of_a_fault("We could not reach the service.")
    expect(sam.get_by_label("Your name here")).to_have_value("quiet-otter-482")


def test_help_and_exit_work_offline_after_a_first_visit(visits: Visits, witness: Witness) -> None:
    page = with_neutral_page(visits.stranger(offline_too=True), witness)
    witness.expect_console("net::ERR_INTERNET_DISCONNECTED")
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)

    page.goto("/help.html")
    Client(page).sees("Help lines by country")
    expect(page.get_by_role("link", name=LINE)).to_be_visible()
    page.goto("/help.es.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Líneas de ayuda por país")

    page.goto("/")
    # A busy browser does not always tell a new document at once that it is cut off.
    for offline in (False, True):
        page.context.set_offline(offline)
    expect(page.get_by_text("You are offline.").first).to_be_visible()
    page.get_by_role("link", name="Leave this site").click()
    expect(page.get_by_role("heading", level=1)).to_have_count(0)


def test_the_help_page_and_the_exit_need_no_script(visits: Visits, witness: Witness) -> None:
    page = with_neutral_page(visits.stranger(java_script_enabled=False), witness)
    page.goto("/")
    expect(page.locator("noscript p")).to_be_visible()
    Client(page).follows("Need help now?")
    Client(page).sees("Help lines by country")
    expect(page.get_by_role("link", name=LINE)).to_be_visible()
    page.get_by_role("link", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.locator("[data-exit]").click()
    shows_nothing_of_the_site(page)


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_every_help_line_can_be_reached_by_a_tap(sam: Page, language: str) -> None:
    sam.goto("/help.html" if language == "en" else f"/help.{language}.html")
    expect(sam.locator("html")).to_have_attribute("lang", language)
    sections = sam.locator("section.country")
    assert sections.count() >= 30
    for section in sections.all():
        ways = [way.get_attribute("href") or "" for way in section.locator("a").all()]
        assert any(way.startswith("tel:") for way in ways), section.inner_text()
        assert all(re.match(r"(tel:[+*\d]|sms:[+\d]|https://)", way) for way in ways), ways
