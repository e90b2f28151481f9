"""What a client does at the site, in the site's own words."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.e2e.cast import Member
from tests.e2e.until import settled


@dataclass(frozen=True)
class Client:
    """Somebody at a page of the site in English."""

    page: Page

    def sees(self, heading: str | re.Pattern[str]) -> None:
        """Wait until the page is the one with this heading."""
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible()

    def presses(self, name: str | re.Pattern[str]) -> None:
        """Press a button, once the page is still."""
        settled(self.page)
        self.page.get_by_role("button", name=name, exact=isinstance(name, str)).click()

    def follows(self, name: str | re.Pattern[str]) -> None:
        """Follow a link, once the page is still; the first, where the header and the page both have it."""
        settled(self.page)
        self.page.get_by_role("link", name=name, exact=isinstance(name, str)).first.click()

    def registers(self, password: str) -> Member:
        """From the start page to the first page behind the door, keeping the codes on the way."""
        self.page.goto("/")
        self.follows("Create an account")
        self.sees("Choose a password")
        self.page.get_by_label("Password", exact=True).fill(password)
        self.presses("Continue")
        self.sees("Choose your name here")
        name = self.page.get_by_role("radio").first
        name.check()
        handle = name.get_attribute("value") or ""
        self.presses("Create the account")
        self.sees("Save your recovery codes")
        codes = self.page.get_by_role("list", name="Recovery codes").get_by_role("listitem").all_inner_texts()
        self.page.get_by_role("checkbox", name="I have saved them").check()
        self.presses("Continue")
        self.sees("Find a counselor")
        return Member(handle, tuple(codes), password)

    def signs_in(self, handle: str, password: str) -> None:
        """Fill in the form, wherever the person is."""
        self.page.goto("/sign-in")
        self.sees("Sign in")
        self.page.get_by_label("Your name here").fill(handle)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.presses("Sign in")

    def recovers(self, handle: str, code: str, new_password: str) -> None:
        """Fill in the form for a forgotten password."""
        self.page.goto("/sign-in")
        self.follows("I forgot my password")
        self.sees("Get back in with a recovery code")
        self.page.get_by_label("Your name here").fill(handle)
        self.page.get_by_label("Recovery code").fill(code)
        self.page.get_by_label("New password").fill(new_password)
        self.presses("Set the new password")

    def is_told_of_a_fault(self, words: str) -> None:
        """The list of faults says it, has the focus, and the title says so too."""
        summary = self.page.get_by_role("alert").filter(has_text="There is a problem")
        expect(summary).to_contain_text(words)
        expect(summary).to_be_focused()
        expect(self.page).to_have_title(re.compile("^Error: "))
