"""Browser profiles: a stranger's, a client's, a colleague's."""

from types import TracebackType
from typing import Any, Self

from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.cast import Cast, Colleague, Member
from tests.e2e.witness import Witness


class KeptSignIns:
    """The cookies people go home with. Whoever comes back brings them along, and need not sign in again."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}

    def take(self, who: str) -> Any:
        """Their cookies, at most once: each use of the sign-in replaces them. Nothing if they never were here."""
        return self._kept.pop(who, None)

    def keep(self, who: str, context: BrowserContext) -> None:
        """What the profile holds when they leave."""
        if cookies := context.cookies():
            self._kept[who] = cookies


class Visits:
    """Opens profiles and closes them all in the end. `more` is anything a Playwright context takes, and `language`:
    the one chosen at an earlier visit.

    The site's service worker is off unless `offline_too`: it fetches the whole site for every new profile.
    """

    def __init__(
        self, browser: Browser, site: str, cast: Cast, witness: Witness, sign_ins: KeptSignIns, patience_ms: float
    ) -> None:
        self._browser = browser
        self._site = site
        self._cast = cast
        self._sign_ins = sign_ins
        self._witness = witness
        self._patience_ms = patience_ms
        self._open: list[tuple[BrowserContext, str]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        for context, who in self._open:
            if who:
                self._sign_ins.keep(who, context)
            context.close()

    def stranger(self, *, zone: str = "Europe/London", offline_too: bool = False, **more: Any) -> Page:
        """Somebody signed out. Reads English as it is written in Britain (24 hours) unless `locale` says otherwise."""
        return self._profile("", zone, offline_too=offline_too, **more).new_page()

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
        who = next(iter(credentials.values()))
        # As after a sign-in on an earlier day: a cookie, and the site's note that there may be one.
        context = self._profile(who, zone, offline_too=offline_too, notes={hint: "1"}, **more)
        context.add_cookies(self._sign_ins.take(who) or self._cast.visitor().cookies_of(door, credentials))
        return context.new_page()

    def _profile(
        self,
        who: str,
        zone: str,
        *,
        offline_too: bool,
        notes: dict[str, str] | None = None,
        language: str = "",
        **more: Any,
    ) -> BrowserContext:
        notes = (notes or {}) | ({"hearthline.language": language} if language else {})
        kept = {"origin": self._site, "localStorage": [{"name": name, "value": notes[name]} for name in notes]}
        settings: dict[str, Any] = {"locale": "en-GB", "viewport": {"width": 1280, "height": 800}} | more
        settings["storage_state"] = {"origins": [kept]}
        context = self._browser.new_context(
            base_url=self._site,
            timezone_id=zone,
            service_workers="allow" if offline_too else "block",
            **settings,
        )
        self._open.append((context, who))
        context.set_default_timeout(self._patience_ms)
        self._witness.watch(context)
        return context
