"""Two people meet: the waiting room, being let in, seeing and hearing each other, writing instead, and the end."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.cast import Cast
from tests.e2e.looking import overflow, unreachable
from tests.e2e.meetings import Near, open_now
from tests.e2e.running import Running
from tests.e2e.visits import KeptSignIns, Visits
from tests.e2e.witness import Witness

pytestmark = pytest.mark.call

_PATIENCE_MS = 20_000


@pytest.fixture
def seen(cameras: Browser, running: Running, cast: Cast, witness: Witness, sign_ins: KeptSignIns) -> Iterator[Visits]:
    """Visits of people who have a camera and a microphone."""
    with Visits(cameras, running.address, cast, witness, sign_ins, _PATIENCE_MS) as visits:
        yield visits


def near(cast: Cast, mode: str = "video") -> Near:
    """An appointment of Alice with Tom."""
    alice = cast.client("Europe/London")
    return open_now(cast, alice, cast.signed_in(alice), mode)


def press(page: Page, words: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=words, exact=True).click()


def moves(page: Page, selector: str) -> None:
    """Wait until a picture is there that goes on."""
    page.wait_for_function(
        """selector => {
          const video = document.querySelector(selector);
          if (!video || getComputedStyle(video).visibility !== "visible") return false;
          return video.videoWidth > 0 && video.currentTime > 0.3;
        }""",
        arg=selector,
    )


def together(seen: Visits, at: Near) -> tuple[Page, Page]:
    """Alice and Tom, in the call."""
    alice = seen.client(at.member, viewport={"width": 360, "height": 740})
    alice.goto(at.for_client)
    press(alice, "Join with camera")
    expect(alice.get_by_role("heading", name="Waiting room")).to_be_visible()
    tom = seen.colleague(at.host)
    tom.goto(at.for_host)
    expect(tom.get_by_role("heading", name="In the waiting room")).to_be_visible()
    press(tom, "Join with camera")
    press(tom, "Let in")
    for page in (alice, tom):
        expect(page.locator(".call-state")).to_have_text("Connected")
    return alice, tom


def test_two_see_each_other_once_one_was_let_in(seen: Visits, cast: Cast) -> None:
    alice, tom = together(seen, near(cast))
    for page in (alice, tom):
        moves(page, "video.face")
        moves(page, ".own video")
        expect(page.get_by_text("end-to-end encrypted")).to_be_visible()


def test_a_call_is_accessible_and_fits_in_light_and_dark(seen: Visits, cast: Cast) -> None:
    alice, tom = together(seen, near(cast))
    faults: list[str] = []
    for page in (alice, tom):
        press(page, "Settings")
        press(page, "Write")
        expect(page.get_by_role("log")).to_be_visible()
        for width in (1280, 360, 320):
            page.set_viewport_size({"width": width, "height": 800})
            faults += [f"at {width}: {what}" for what in overflow(page)]
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            faults += unreachable(page, f"the call in {scheme}")
    assert faults == []


def test_whoever_waits_reads_when_it_will_be(seen: Visits, cast: Cast) -> None:
    at = near(cast)
    alice = seen.client(at.member)
    alice.goto(at.for_client)
    press(alice, "Join without camera")
    expect(alice.get_by_role("heading", name="Waiting room")).to_be_visible()
    tom = seen.colleague(at.host)
    tom.goto("/staff/agenda")
    tom.locator("who-waits").get_by_role("link", name="Join").click()
    press(tom, "In 5 minutes")
    expect(alice.get_by_text("in 5 minutes or so")).to_be_visible()


def test_whoever_is_not_let_in_can_write_and_ask_once_more(seen: Visits, cast: Cast) -> None:
    at = near(cast)
    alice = seen.client(at.member)
    alice.goto(at.for_client)
    press(alice, "Join without camera")
    tom = seen.colleague(at.host)
    tom.goto(at.for_host)
    press(tom, "Not this time")
    press(tom, "Don’t let them in")
    expect(alice.get_by_text("can’t let you in this time")).to_be_visible()
    press(alice, "Write to Tom Abara")
    expect(alice.get_by_role("log")).to_be_visible()
    press(alice, "Ask once more")
    expect(alice.get_by_role("heading", name="Waiting room")).to_be_visible()


def test_a_camera_that_goes_off_is_said_and_so_is_going_on_in_writing(seen: Visits, cast: Cast) -> None:
    alice, tom = together(seen, near(cast))
    alice.get_by_role("switch", name="Camera").click()
    expect(tom.locator("figcaption")).to_contain_text("camera off")
    press(alice, "Settings")
    press(alice, "Go on in writing")
    expect(tom.locator("figcaption")).to_contain_text("goes on in writing")
    expect(alice.get_by_role("log")).to_be_visible()
    press(alice, "Back to sound and picture")
    for page in (alice, tom):
        expect(page.locator(".call-state")).to_have_text("Connected")
    moves(tom, "video.face")


def test_the_end_is_for_both_and_what_was_noted_stays(seen: Visits, cast: Cast) -> None:
    alice, tom = together(seen, near(cast))
    tom.get_by_text("My note").click()
    note = tom.locator("appointment-note textarea").first
    note.fill("Slept better.")
    press(tom, "End the meeting for both")
    press(tom, "End it")
    for page in (alice, tom):
        expect(page.get_by_role("heading", name="The meeting has ended")).to_be_visible()
    expect(note).to_have_value("Slept better.")
    expect(alice.get_by_role("link", name="Help lines by country").first).to_be_visible()


def test_a_page_that_was_loaded_again_comes_back_to_the_call(seen: Visits, cast: Cast) -> None:
    at = near(cast)
    alice, tom = together(seen, at)
    alice.on("dialog", lambda dialog: dialog.accept())
    alice.reload()
    press(alice, "Join with camera")
    for page in (alice, tom):
        expect(page.locator(".call-state")).to_have_text("Connected")
    moves(tom, "video.face")


def test_on_another_device_the_first_one_stops(seen: Visits, cast: Cast) -> None:
    at = near(cast)
    alice, tom = together(seen, at)
    phone = seen.client(at.member)
    phone.goto(at.for_client)
    press(phone, "Join without camera")
    expect(alice.get_by_text("on another device or in another tab now")).to_be_visible()
    for page in (phone, tom):
        expect(page.locator(".call-state")).to_have_text("Connected")


def test_an_appointment_in_writing_needs_no_camera(visits: Visits, cast: Cast) -> None:
    at = near(cast, "text")
    alice, tom = visits.client(at.member), visits.colleague(at.host)
    alice.goto(at.for_client)
    press(alice, "Come in")
    tom.goto(at.for_host)
    press(tom, "Come in")
    press(tom, "Let in")
    alice.get_by_label("Write to Tom Abara").fill("I am here.")
    press(alice, "Send")
    expect(tom.get_by_role("log")).to_contain_text("I am here.")
