"""What people do in a conversation at the site, in the site's own words."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.e2e.client import Client

# Measured in hundreds of milliseconds on a quiet machine; the rest of it is for a busy one.
AT_ONCE_MS = 5_000


@dataclass(frozen=True)
class Talker(Client):
    """Somebody at a conversation, in English."""

    page: Page

    @property
    def field(self) -> Locator:
        """Where they write."""
        return self.page.get_by_role("textbox", name=re.compile("^(Write as|Write to|Your message)"))

    def opens(self, address: str) -> None:
        """Go there, and wait until news comes by itself."""
        self.page.goto(address)
        self.hears()

    def hears(self) -> None:
        """Wait until news comes by itself."""
        expect(self.page.get_by_text("New messages appear by themselves")).to_be_visible()

    def says(self, text: str) -> None:
        """Write it and send it; it stands there at once, sent or not."""
        self.field.fill(text)
        self.presses("Send")
        expect(self.message(text)).to_be_visible()

    def message(self, text: str) -> Locator:
        """The message with these words."""
        return self.page.get_by_role("article").filter(has_text=text)

    def reads(self, text: str, within_ms: float | None = None) -> None:
        """Wait until it is there, once."""
        expect(self.message(text)).to_have_count(1, timeout=within_ms)
        expect(self.message(text)).to_be_visible()

    def is_sent(self, text: str) -> None:
        """Wait until their own message is in the room, so that it has a time and actions."""
        expect(self.message(text).get_by_role("button", name="More")).to_be_visible()

    def turns_to(self, text: str) -> Locator:
        """Open what can be done with a message."""
        message = self.message(text)
        message.get_by_role("button", name=re.compile("^More")).click()
        actions = message.get_by_role("group", name="What you can do with this message")
        expect(actions).to_be_visible()
        return actions

    def answers_dialog(self, words: str, yes: str) -> None:
        """Write into the dialog that is open, and press its button."""
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("textbox").fill(words)
        dialog.get_by_role("button", name=yes, exact=True).click()
        expect(dialog).to_have_count(0)

    def confirms(self, yes: str) -> None:
        """Answer the question that is asked."""
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("button", name=yes, exact=True).click()
        expect(dialog).to_have_count(0)
