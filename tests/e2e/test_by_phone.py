"""Taking part by phone, in a real browser. No laptop has a telephone, so the API is made up here."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.telephone import APPOINTMENT, CODE, NUMBER, Site

pytestmark = pytest.mark.by_itself

_REPOSITORY = Path(__file__).parents[2]
_APPOINTMENT = f"/appointments/{APPOINTMENT}"
_PHONE = {"width": 320, "height": 720}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A site of the tests' own."""
    copy = tmp_path_factory.mktemp("site")
    shutil.copytree(_REPOSITORY / "web", copy / "web", ignore=shutil.ignore_patterns("dist"))
    shutil.copy(_REPOSITORY / "package.json", copy)
    (copy / "node_modules").symlink_to(_REPOSITORY / "node_modules")
    subprocess.run(["node", "web/build.mjs"], cwd=copy, check=True, capture_output=True)
    yield copy / "web" / "dist"


def _leave(page: Page, number: str) -> None:
    page.get_by_label("Your phone number").fill(number)
    page.get_by_role("button", name="Leave this number").click()


def _is_well_made(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Axe().run(page).response["violations"] == []


def test_an_appointment_by_phone_shows_the_number_and_the_code_first(chrome: Browser, built: Path) -> None:
    page = Site(built).page(chrome, _APPOINTMENT, viewport=_PHONE)
    by_phone = page.get_by_role("region", name="By phone")
    expect(by_phone).to_contain_text("+1 206 555 0100")
    expect(by_phone).to_contain_text("1234 5678")
    expect(by_phone).to_contain_text("1 2 3 4, 5 6 7 8")
    press = by_phone.get_by_role("link", name="Call and send the code")
    expect(press).to_have_attribute("href", f"tel:{NUMBER},,{CODE}%23")
    assert page.evaluate(
        "!!(document.querySelector('by-phone').compareDocumentPosition(document.querySelector('.facts')) & 4)"
    )
    _is_well_made(page)


def test_where_something_else_was_agreed_on_the_code_is_asked_for_when_it_is_wanted(
    chrome: Browser, built: Path
) -> None:
    site = Site(built, mode="video")
    page = site.page(chrome, _APPOINTMENT)
    expect(page.get_by_text("By phone instead")).to_be_visible()
    assert site.asked("GET", "dial-in") == []
    page.get_by_text("By phone instead").click()
    expect(page.get_by_text("1234 5678")).to_be_visible()
    _is_well_made(page)


@pytest.mark.parametrize("path", [_APPOINTMENT, f"{_APPOINTMENT}/meet", f"/staff{_APPOINTMENT}/meet"])
def test_without_a_telephone_there_is_no_word_of_it(path: str, chrome: Browser, built: Path) -> None:
    site = Site(built, mode="audio", has_telephone=False, has_number=True)
    page = site.page(chrome, path)
    expect(page.get_by_role("heading", level=1)).to_contain_text("with")
    page.wait_for_load_state("networkidle")
    assert page.locator("by-phone, call-client").count() == 0
    assert site.asked("GET", "dial-in") + site.asked("GET", "/phone") == []


def test_alice_leaves_a_number_and_takes_it_back(chrome: Browser, built: Path) -> None:
    site = Site(built)
    page = site.page(chrome, _APPOINTMENT, viewport=_PHONE)
    _leave(page, "(425) 555-0199")
    expect(page.get_by_text("+1 425 555 0199")).to_be_visible()
    expect(page.get_by_role("heading", name="Or let them call you")).to_be_focused()
    assert site.asked("PUT", "phone-number") == [{"number": "+14255550199"}]
    page.reload()
    expect(page.get_by_text("A number is left.")).to_be_visible()
    expect(page.get_by_text("+1 425 555 0199")).to_have_count(0)
    page.get_by_role("button", name="Take the number back").click()
    expect(page.get_by_label("Your phone number")).to_be_visible()
    assert len(site.asked("DELETE", "phone-number")) == 1


def test_what_is_no_number_is_said_in_words_and_goes_nowhere(chrome: Browser, built: Path) -> None:
    site = Site(built, refusing={"phone-number": (422, "number_not_called")})
    page = site.page(chrome, _APPOINTMENT)
    _leave(page, "555 0199")
    expect(page.get_by_text("This does not look like a whole phone number yet.")).to_be_visible()
    expect(page.get_by_label("Your phone number")).to_be_focused()
    assert site.asked("PUT", "phone-number") == []
    _leave(page, "+1 876 555 0199")
    expect(page.get_by_text("This number can’t be called from here.")).to_be_visible()
    expect(page.get_by_label("Your phone number")).to_have_value("+1 876 555 0199")
    _is_well_made(page)


def test_whoever_takes_part_by_phone_has_no_microphone_open_and_the_page_says_when_the_line_has_the_seat(
    cameras: Browser, built: Path
) -> None:
    site = Site(built)
    page = site.page(cameras, f"{_APPOINTMENT}/meet", viewport=_PHONE)
    page.evaluate(
        "void (navigator.mediaDevices.getUserMedia = async () => { window.listened = true; throw new Error(); })"
    )
    page.get_by_role("button", name="I am ready").click()
    expect(page.get_by_text("Call in now, or leave a number")).to_be_visible()
    assert [body["mode"] for body in site.asked("POST", "meeting")] == ["phone"]
    assert site.you
    site.you["status"] = "admitted"
    _news(page)
    expect(page.get_by_role("button", name="Leave", exact=True)).to_be_visible()
    expect(page.get_by_text("1234 5678")).to_be_visible()
    assert {body["mode"] for body in site.asked("PUT", "seat")} == {"phone"}
    assert page.evaluate("window.listened") is None
    _is_well_made(page)
    site.moves_to_phone()
    _news(page)
    expect(page.get_by_text("You take part by phone now.")).to_be_visible()
    _is_well_made(page)


def test_from_a_call_alice_goes_on_by_phone(cameras: Browser, built: Path) -> None:
    site = Site(built, mode="audio")
    page = site.page(cameras, f"{_APPOINTMENT}/meet")
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_role("heading", name="Waiting room")).to_be_visible()
    assert site.you
    site.you["status"] = "admitted"
    _news(page)
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("button", name="Go on by phone").click()
    expect(page.get_by_text("1234 5678")).to_be_visible()
    page.wait_for_function("document.querySelector('call-stage').line.media.stream.getTracks().length === 0")
    assert site.you["mode"] == "phone"


def test_tom_calls_alice_and_is_never_shown_which_number(chrome: Browser, built: Path) -> None:
    site = Site(built)
    page = site.page(chrome, f"/staff{_APPOINTMENT}/meet", viewport=_PHONE)
    expect(page.get_by_text("has left no number to be called on")).to_be_visible()
    site.has_number = True
    page.reload()
    page.get_by_role("button", name="Call them").click()
    expect(page.get_by_text("It is ringing.")).to_be_visible()
    expect(page.get_by_role("button", name="Call again")).to_have_attribute("aria-disabled", "true")
    assert site.asked("POST", "call-out") == [{}]
    assert NUMBER not in page.content()
    _is_well_made(page)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("too_many_calls", "as often as it may be"),
        ("no_number", "There is no number any more."),
        ("call_busy", "could not be made just now"),
    ],
)
def test_why_alice_cannot_be_called_is_said_in_words(code: str, words: str, chrome: Browser, built: Path) -> None:
    status = 503 if code == "call_busy" else 409
    page = Site(built, has_number=True, refusing={"call-out": (status, code)}).page(
        chrome, f"/staff{_APPOINTMENT}/meet"
    )
    page.get_by_role("button", name="Call them").click()
    expect(page.get_by_text(words)).to_be_visible()


def _news(page: Page) -> None:
    """The page asks how the meeting is, as it does when the network is back."""
    page.evaluate("dispatchEvent(new Event('online'))")
