"""The Chromium these tests drive: the one that is installed; a downloaded one would be one more thing to trust."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

BARE = "chromium-headless-shell"
"""Chromium without windows. It takes a fifth less of the machine, and shows no notifications."""
_WHOLE = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_ON_A_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# Four people see each other in a circle on one machine here: few pictures a second leave it something for the rest.
_CAMERAS = ("--use-fake-device-for-media-stream=fps=8", "--use-fake-ui-for-media-stream")
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


def missing() -> str:
    """Why it can't run here, in one sentence; empty if it can."""
    needed = "Browser tests need Chromium: install `chromium` with the system's package manager."
    return "" if _found(*_WHOLE) else needed


def cut_off(browser: Browser, hosts: str) -> Browser:
    """Another one beside `browser`, for which `hosts` (a pattern: `*.example.org`) have no address."""
    rule = f"--host-resolver-rules=MAP {hosts} ~NOTFOUND"
    return browser.browser_type.launch(executable_path=_found(BARE, *_WHOLE), args=[*_ARGUMENTS, rule])


@contextmanager
def running(*more: str) -> Iterator[Browser]:
    """A headless browser, started with `more` arguments, until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_found(BARE, *_WHOLE), args=[*_ARGUMENTS, *more])
        try:
            yield browser
        finally:
            browser.close()


def with_cameras(browser: Browser) -> Browser:
    """Another one beside `browser`, with a camera and a microphone of its own making, which every page may use."""
    return browser.browser_type.launch(executable_path=_found(BARE, *_WHOLE), args=[*_ARGUMENTS, *_CAMERAS])


def whole(browser: Browser) -> Browser:
    """Another one beside `browser`, which shows notifications."""
    return browser.browser_type.launch(executable_path=_found(*_WHOLE), args=[*_ARGUMENTS])


def _found(*names: str) -> str | None:
    on_path = next((path for name in names if (path := shutil.which(name))), None)
    return on_path or (str(_ON_A_MAC) if _ON_A_MAC.exists() else None)
