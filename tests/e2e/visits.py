"""Browser profiles: a stranger's, a client's, a colleague's."""

from types import TracebackType
from typing import Any, Self

from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.cast import Colleague, Member
from tests.e2e.witness import Witness


class Visits:
    """Opens profiles and closes them all in the end. `more` is anything a Playwright context takes.

    The site's service worker is off unless `offline_too`: it fetches the whole site for every new profile.
    """

    def __init__(self, browser: Browser, site: str, witness: Witness, patience_ms: float) -> None:
        self._browser = browser
        self._site = site
        self._witness = witness
        self._patience_ms = patience_ms
        self._open: list[BrowserContext] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _type: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None) -> None:
        for context in self._open:
            context.close()

    def stranger(self, *, zone: str = "Europe/London", offline_too: bool = False, **more: Any) -> Page:
        """Somebody signed out. Reads English as it is written in Britain (24 hours) unless `locale` says otherwise."""
        return self._profile(zone, offline_too=offline_too, **more).new_page()

    def client(self, member: Member, *, zone: str = "Europe/London", offline_too: bool = False, **more: Any) -> Page:
        """`member`, signed in at a device that is set to `zone`."""
        credentials = {"handle": member.handle, "password": member.password}
        return self._signed_in("hearthline.member", "/api/auth/sign-in", credentials, zone, offline_too, more)

    def colleague(self, who: Colleague, *, zone: str = "Europe/London", **more: Any) -> Page:
        """`who`, signed in among the staff at a device that is set to `zone`."""
        credentials = {"email": who.email, "password": who.password}
        return self._signed_in("hearthline.staff", "/api/staff/auth/sign-in", credentials, zone, False, more)

    def _signed_in(
        self, hint: str, door: str, credentials: dict[str, str], zone: str, offline_too: bool, more: dict[str, Any]
    ) -> Page:
        # As after a sign-in on an earlier day: a cookie, and the site's note that there may be one.
        note = {"origin": self._site, "localStorage": [{"name": hint, "value": "1"}]}
        context = self._profile(zone, offline_too=offline_too, storage_state={"origins": [note]}, **more)
        answer = context.request.post(self._site + door, data=credentials)
        assert answer.ok, answer.text()
        return context.new_page()

    def _profile(self, zone: str, *, offline_too: bool, **more: Any) -> BrowserContext:
        settings: dict[str, Any] = {"locale": "en-GB", "viewport": {"width": 1280, "height": 800}} | more
        context = self._browser.new_context(
            base_url=self._site,
            timezone_id=zone,
            service_workers="allow" if offline_too else "block",
            **settings,
        )
        self._open.append(context)
        context.set_default_timeout(self._patience_ms)
        self._witness.watch(context)
        return context
