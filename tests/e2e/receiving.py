"""Where notices arrive outside of the site: a mailbox that a developer reads, and a phone with a push service."""

import json
import uuid
from base64 import b64decode
from typing import Any

import httpx
from playwright.sync_api import Page, expect

from local.visitor import Visitor
from tests.e2e.running import Running
from tests.e2e.until import until
from tests.support.push_receiver import Received as Pushed
from tests.support.push_receiver import Receiver

# A reminder that is planned to the minute, by a scheduler that goes by minutes, and a machine with other things to do.
PATIENCE_MS = 4 * 60_000
_ARRIVED = "async ([path, words, headers]) => (await (await fetch(path, { headers })).text()).includes(words)"
# In a browser of tests nobody can subscribe: it has no push service.
_SUBSCRIBES = """({ endpoint, keys }) => {
  let subscription = null;
  PushManager.prototype.getSubscription = async () => subscription;
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => subscription = {
    endpoint,
    options: { applicationServerKey: applicationServerKey.buffer },
    toJSON: () => ({ endpoint, keys }),
    unsubscribe: async () => Boolean(subscription = null),
  };
}"""

_SHOWN = """async () => {
  const found = await (await navigator.serviceWorker.ready).getNotifications();
  return found.map(({ title, body, tag, lang }) => ({ title, body, tag, lang }));
}"""


def arrives(page: Page, path: str, words: str, reader: Visitor | None = None) -> None:
    """Wait until what `path` of this site answers, to `reader` if it is not for everybody, has these words in it."""
    headers = {"authorization": reader.ask("GET", path).request.headers["authorization"]} if reader else {}
    until(page, _ARRIVED, [path, words, headers], PATIENCE_MS)


def latest_mail(page: Page, to: str, subject: str) -> str:
    """On the developers' page, what the latest mail to an address with this subject says, once it is there."""
    page.goto("/_local/mail")
    arrives(page, "/_local/mail", f">{subject}</a> to {to},")
    page.reload()
    page.get_by_role("listitem").filter(has_text=f"to {to},").get_by_role("link", name=subject).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(subject)
    return page.locator("pre").inner_text()


class Phone:
    """A browser's subscription, and what its push service was handed for it. `key`: the one the site signs with."""

    def __init__(self, running: Running, key: str) -> None:
        self._service = Receiver(running.address, key)
        self._browser = self._service.browser(f"_local/push/{uuid.uuid4().hex}")
        self.path = self._browser.endpoint.removeprefix(running.address)
        self._taken = f"http://127.0.0.1:{running.port}{self.path}"

    def carry(self, page: Page) -> None:
        """Let this page's browser subscribe to it."""
        subscription = self._browser.subscription()
        page.context.add_init_script(f"({_SUBSCRIBES})({json.dumps(subscription)})")

    def received(self) -> list[Pushed]:
        """What its browser could read, and was signed as it has to be. To be asked once."""
        for message in httpx.get(self._taken).json():
            self._service.take(self.path, httpx.Headers(message["headers"]), b64decode(message["body"]))
        assert self._service.faults == []
        return self._browser.received


class Worker:
    """The site's service worker in the profile of `page`, which has opened the site. It may show notices."""

    def __init__(self, page: Page, running: Running) -> None:
        self._page, self._origin = page, running.address
        page.context.grant_permissions(["notifications"], origin=running.address)
        page.evaluate("async () => { await navigator.serviceWorker.ready }")
        ids: list[str] = []
        self._browser = page.context.new_cdp_session(page)
        self._browser.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda told: ids.extend(one["registrationId"] for one in told["registrations"]),
        )
        self._browser.send("ServiceWorker.enable")
        page.wait_for_function("() => true")
        self._id = ids[-1]

    def gets(self, message: dict[str, Any]) -> None:
        """Chromium hands it a push message, as if a service had sent it."""
        said = {"origin": self._origin, "registrationId": self._id, "data": json.dumps(message)}
        self._browser.send("ServiceWorker.deliverPushMessage", said)

    def shows(self, *notices: dict[str, str]) -> None:
        """Wait until these are what the device shows."""
        until(self._page, f"async wanted => JSON.stringify(await ({_SHOWN})()) === JSON.stringify(wanted)", [*notices])
