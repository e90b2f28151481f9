"""What the staff do at the site, in the site's own words."""

import base64
import hmac
import struct
import time
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.e2e.client import Client


@dataclass(frozen=True)
class AtWork(Client):
    """Somebody of the staff at a page of the site in English."""

    page: Page

    def signs_in_to_work(self, email: str, password: str) -> None:
        """Fill in the form of the staff's own door."""
        self.page.goto("/staff")
        self.sees("Staff sign-in")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.presses("Sign in")

    def invites(self, email: str, name: str, *roles: str) -> str:
        """From the page of all staff; the one-time password."""
        self.follows("Invite someone")
        self.sees("Invite someone to the staff")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Name", exact=True).fill(name)
        for role in ("Counselor", "Facilitator", "Admin"):
            self.page.get_by_role("checkbox", name=role).set_checked(role in roles)
        self.presses("Send the invitation")
        self.sees(f"{name} is invited")
        return self.page.locator("code.secret").inner_text()

    def sets_hours(self, day: str, start: str, end: str, number: int = 1) -> None:
        """On the page of hours, for one more span of a weekday."""
        self.page.get_by_role("button", name=f"Add hours on {day}").click()
        span = self.page.get_by_role("group", name=day).get_by_role("listitem").nth(number - 1)
        span.get_by_label("From").fill(start)
        span.get_by_label("to", exact=True).fill(end)
        span.get_by_label("to", exact=True).blur()


def code_of_the_authenticator(key: str) -> str:
    """The six digits an authenticator app with this key shows now (RFC 6238 with its defaults)."""
    secret = key.replace(" ", "")
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret + "=" * (-len(secret) % 8)), counter, "sha1")
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
