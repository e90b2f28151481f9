"""Before a call: camera, sound and line are tried, and what stands in the way is said with what helps."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import looking
from tests.e2e.mesh import bus
from tests.e2e.mesh.waiting import until

pytestmark = pytest.mark.by_itself

_IN_INSTAGRAM = (
    "Mozilla/5.0 (Linux; Android 14; SM-A145R; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/126.0 Mobile Safari/537.36 Instagram 335.0"
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the check is shown."""
    with bus.running() as (found, _):
        yield f"{found}check"


@contextmanager
def checking(browser: Browser, address: str, language: str = "en", **how: Any) -> Iterator[Page]:
    """The check on a page of its own; nothing in it may go wrong unseen."""
    properties = how.pop("properties", {})
    how.setdefault("viewport", {"width": 320, "height": 900})
    context = browser.new_context(**how)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.goto(address)
    page.evaluate("([language, properties]) => check.show(language, properties)", [language, properties])
    yield page
    context.close()
    assert complaints == []


def press(page: Page, words: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=words, exact=True).click()


def fired(page: Page) -> list[Any]:
    """What the page around it was told, once it was told something."""
    until(page, "() => check.fired.length > 0")
    told: list[Any] = page.evaluate("check.fired")
    return told


def test_nothing_is_switched_on_before_somebody_asks_for_it(cameras: Browser, address: str) -> None:
    with checking(cameras, address) as page:
        expect(page.get_by_text("Your camera is off.")).to_be_visible()
        expect(page.get_by_text("Your connection is good.")).to_be_visible()
        assert page.evaluate("check.running()") == []


def test_camera_and_microphone_are_tried_and_switched(cameras: Browser, address: str) -> None:
    with checking(cameras, address) as page:
        press(page, "Try camera and microphone")
        until(page, "() => document.querySelector('device-check video').videoWidth === 640")
        expect(page.get_by_role("button", name="Microphone", exact=True)).to_be_focused()
        expect(page.get_by_text("Your microphone works.")).to_be_visible()
        until(page, "() => document.querySelector('meter').value > 0.3")

        press(page, "Camera")
        expect(page.get_by_role("button", name="Camera", exact=True)).to_have_attribute("aria-pressed", "false")
        press(page, "Microphone")
        expect(page.get_by_role("button", name="Microphone", exact=True)).to_have_attribute("aria-pressed", "false")
        assert page.evaluate("check.running()") == []


def test_joining_with_camera_asks_for_what_is_needed(cameras: Browser, address: str) -> None:
    with checking(cameras, address, properties={"relay": True}) as page:
        page.get_by_label("Hide my network address").check()
        page.get_by_label("Save data").check()
        press(page, "Join with camera")
        assert fired(page) == [
            [
                "check-join",
                {"camera": True, "microphone": True, "mode": "video", "hideAddress": True, "saveData": True},
            ]
        ]
        assert page.evaluate("check.running()") == ["audio", "video"]


def test_joining_without_camera_leaves_its_light_out(cameras: Browser, address: str) -> None:
    with checking(cameras, address) as page:
        press(page, "Try camera and microphone")
        until(page, "() => check.running().length === 2")
        press(page, "Join without camera")
        [[name, detail]] = fired(page)
        assert (name, detail["camera"], detail["microphone"], detail["mode"]) == ("check-join", False, True, "audio")
        assert page.evaluate("check.running()") == ["audio"]


def test_who_switched_the_microphone_off_comes_in_with_it_off(cameras: Browser, address: str) -> None:
    with checking(cameras, address) as page:
        press(page, "Try camera and microphone")
        until(page, "() => check.running().length === 2")
        press(page, "Microphone")
        press(page, "Join with camera")
        [[_, detail]] = fired(page)
        assert (detail["camera"], detail["microphone"]) == (True, False)


def test_going_on_in_writing_switches_everything_off(cameras: Browser, address: str) -> None:
    with checking(cameras, address) as page:
        press(page, "Try camera and microphone")
        until(page, "() => check.running().length === 2")
        press(page, "Go on in writing")
        assert fired(page) == [["check-write", None]]
        assert page.evaluate("check.running()") == []


def test_a_speaker_can_be_tried(cameras: Browser, address: str) -> None:
    with checking(cameras, address) as page:
        press(page, "Play a sound")
        expect(page.get_by_text("You should have heard two tones.")).to_be_visible()


def test_an_address_that_can_not_be_hidden_is_said_so(cameras: Browser, address: str) -> None:
    with checking(cameras, address, properties={"relay": False}) as page:
        expect(page.get_by_text("It can’t be hidden in this call.")).to_be_visible()
        expect(page.get_by_label("Hide my network address")).to_have_count(0)


def test_without_permission_the_way_to_give_it_is_told_and_listening_is_offered(chrome: Browser, address: str) -> None:
    # This browser has neither devices nor anybody who could give leave.
    with checking(chrome, address) as page:
        page.evaluate(
            """() => {
              navigator.mediaDevices.getUserMedia = async () => {
                throw new DOMException("Permission denied", "NotAllowedError");
              };
            }"""
        )
        press(page, "Join with camera")
        panel = page.get_by_role("alert")
        expect(panel).to_be_focused()
        expect(panel).to_contain_text("Your microphone can’t be used yet")
        expect(panel).to_contain_text("Click the sign beside the address")
        assert looking.unreachable(page, "refused") == []
        press(page, "Try again")
        expect(panel).to_be_focused()
        assert page.evaluate("check.fired") == []

        press(page, "Join and only listen")
        [[name, detail]] = fired(page)
        assert (name, detail["camera"], detail["microphone"], detail["mode"]) == ("check-join", False, False, "audio")


def test_without_devices_that_is_said(chrome: Browser, address: str) -> None:
    with checking(chrome, address) as page:
        press(page, "Join without camera")
        expect(page.get_by_role("alert")).to_contain_text("None was found on this device.")


def test_a_camera_in_use_elsewhere_leaves_the_microphone(cameras: Browser, address: str) -> None:
    with checking(cameras, address) as page:
        page.evaluate(
            """() => {
              const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
              navigator.mediaDevices.getUserMedia = async (wanted) => {
                if (wanted.video) throw new DOMException("Could not start video source", "NotReadableError");
                return ask(wanted);
              };
            }"""
        )
        press(page, "Join with camera")
        expect(page.get_by_role("alert")).to_contain_text("There is no picture from your camera")
        expect(page.get_by_role("alert")).to_contain_text("Another app or tab may be using it.")
        assert page.evaluate("check.running()") == ["audio"]
        press(page, "Join without camera")
        [[_, detail]] = fired(page)
        assert (detail["camera"], detail["microphone"]) == (False, True)


def test_inside_of_another_app_the_way_out_comes_first(cameras: Browser, address: str) -> None:
    with checking(cameras, address, user_agent=_IN_INSTAGRAM) as page:
        expect(page.get_by_text("This page is open inside Instagram")).to_be_visible()
        way_out = page.get_by_role("link", name="Open in your browser").get_attribute("href") or ""
        assert way_out.startswith("intent://localhost:")
        assert "scheme=http;" in way_out


@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(cameras: Browser, address: str, language: str, scheme: str) -> None:
    with checking(cameras, address, language, color_scheme=scheme, properties={"relay": False}) as page:
        page.locator("device-check button").first.click()
        until(page, "() => check.running().length === 2")
        assert looking.unreachable(page, f"check {language} {scheme}") == []
        assert looking.overflow(page) == []
        looking.look(page, "device-check", scheme, 320, language)
