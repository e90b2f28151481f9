"""Sees everything browsers do during a test, and complains of what a visitor should never be subjected to."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

_FAILED_REQUEST = re.compile(r"the server responded with a status of (\d+)")
# The second is what Chromium says of a socket that was still opening when its page was left.
_NOT_OURS = (
    "Service Worker registration blocked by Playwright",
    "WebSocket is closed before the connection is established",
)


@dataclass
class Witness:
    """Complaints: requests to anyone but the site, errors on the console (breaches of the site's own policy among
    them), errors nobody caught, and answers of the API that the test did not say it provokes."""

    site: str
    complaints: list[str] = field(default_factory=list)
    _waiting: list[Request] = field(default_factory=list)
    _expected: set[str] = field(default_factory=set)
    _elsewhere: set[str] = field(default_factory=set)

    def watch(self, context: BrowserContext) -> None:
        """Watch everything in `context` from now on."""
        context.on("request", self._request)
        context.on("requestfinished", self._ended)
        context.on("requestfailed", self._ended)
        context.on("console", self._console)
        context.on("weberror", self._error)

    @property
    def unanswered(self) -> list[str]:
        """What browsers still wait for."""
        return [f"{request.method} {request.url}" for request in self._waiting]

    def expect(self, *statuses: int) -> None:
        """Say that the test makes the API answer these."""
        self._expected |= {str(status) for status in statuses}

    def expect_console(self, words: str) -> None:
        """Say that the test makes the browser itself print something with these words."""
        self._elsewhere.add(words)

    def expect_leaving_for(self, address: str) -> None:
        """Say that the test goes to another site on purpose."""
        self._elsewhere.add(address)

    def _ended(self, request: Request) -> None:
        if request in self._waiting:
            self._waiting.remove(request)

    def _request(self, request: Request) -> None:
        self._waiting.append(request)
        if request.url.startswith((f"{self.site}/", "data:", "blob:")):
            return
        if not any(request.url.startswith(address) for address in self._elsewhere):
            self.complaints.append(f"asked {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"} or any(words in message.text for words in _NOT_OURS):
            return
        failed = _FAILED_REQUEST.search(message.text)
        if failed and failed[1] in self._expected:
            return
        if not any(words in message.text for words in self._elsewhere):
            self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _error(self, error: WebError) -> None:
        self.complaints.append(f"not caught: {error.error}")
