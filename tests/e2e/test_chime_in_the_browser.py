"""Amazon's SDK, built in, under the site's own policy. There is no Amazon Chime here: its hosts have no address."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from infra.headers import SECURITY_HEADERS
from tests.e2e import chromium

pytestmark = pytest.mark.by_itself

_REPOSITORY = Path(__file__).parents[2]
_REGION = "ue1.app.chime.aws"
_REPORTS = "data.svc.ue1.ingest.chime.aws"

# Shaped like Amazon's answers to CreateMeeting and CreateAttendee; all of it is made up.
_TICKET = {
    "provider": "chime",
    "meeting": {
        "MeetingId": "11111111-2222-3333-4444-555555555555",
        "ExternalMeetingId": "made-up",
        "MediaRegion": "us-east-1",
        "MediaPlacement": {
            "AudioHostUrl": f"0123456789abcdef.k.m1.{_REGION}:3478",
            "AudioFallbackUrl": f"wss://wss.k.m1.{_REGION}:443/calls/11111111",
            "SignalingUrl": f"wss://signal.m1.{_REGION}/control/11111111",
            "TurnControlUrl": f"https://1234.cell.{_REGION}/v2/turn_sessions",
            "EventIngestionUrl": f"https://{_REPORTS}/v1/client-events",
        },
    },
    "attendee": {"ExternalUserId": "seat-alice", "AttendeeId": "66666666-7777-8888-9999-0", "JoinToken": "x"},
}

_WATCH = """violations = [];
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
    violations.push(`${violatedDirective} ${blockedURI}`);
});"""

_BEGIN = """async ([module, ticket]) => {
    const { ChimeCall } = await import(module);
    const picture = document.createElement("canvas");
    picture.getContext("2d").fillRect(0, 0, 1, 1);
    const sound = new AudioContext().createMediaStreamDestination();
    const media = Object.assign(new EventTarget(), {
        microphone: true, camera: true, speaker: "", trouble: { audio: "", video: "" }, refresh: async () => {},
        stream: new MediaStream([...sound.stream.getTracks(), ...picture.captureStream().getTracks()]),
    });
    globalThis.own = media.stream;
    globalThis.states = [];
    globalThis.call = new ChimeCall({ ticket, media, you: "seat-alice" });
    call.addEventListener("change", () => states.push(call.state));
    await call.start();
}"""


_STEP_MS = 2_000
_LONGEST_MS = 300_000  # the SDK tries for two minutes


class _Site(SimpleHTTPRequestHandler):
    """The built site, as it is served in AWS."""

    def end_headers(self) -> None:
        for name, value in SECURITY_HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a site of the tests' own, and of the module that carries Chime calls in it."""
    copy = tmp_path_factory.mktemp("site")
    shutil.copytree(_REPOSITORY / "web", copy / "web", ignore=shutil.ignore_patterns("dist"))
    shutil.copy(_REPOSITORY / "package.json", copy)
    (copy / "node_modules").symlink_to(_REPOSITORY / "node_modules")
    subprocess.run(["node", "web/build.mjs"], cwd=copy, check=True, capture_output=True)
    dist = copy / "web" / "dist"
    [module] = (dist / "assets").glob("chime-call-*.js")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Site, directory=str(dist)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", f"/assets/{module.name}"
    server.shutdown()
    server.server_close()


class Visit:
    """A page of the site, and all that it asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("websocket", lambda socket: self.asked.append(socket.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.clock.install()
        page.add_init_script(_WATCH)

    @property
    def hosts(self) -> set[str]:
        """Whom it asked, without what came from itself (`blob:`, `data:`)."""
        return {urlsplit(url).hostname or "" for url in self.asked} - {""}

    def let_it_try(self) -> list[str]:
        """Let the browser's clock run until the call is over; answers what its state was on the way."""
        for _ in range(0, _LONGEST_MS, _STEP_MS):
            self.page.clock.run_for(_STEP_MS)
            if self.page.evaluate("call.state") == "ended":
                break
        return self.page.evaluate("states")

    @property
    def violations(self) -> list[str]:
        """Breaches of the site's policy, Trusted Types among them."""
        return self.page.evaluate("violations")


@pytest.fixture
def visit(chrome: Browser, site: tuple[str, str]) -> Iterator[Visit]:
    """Alice has the site open; Amazon cannot be reached."""
    browser = chromium.cut_off(chrome, "*.chime.aws")
    visit = Visit(browser.new_page())
    visit.page.goto(site[0])
    yield visit
    browser.close()


def test_a_call_that_never_reaches_amazon_ends_cleanly(visit: Visit, site: tuple[str, str]) -> None:
    visit.page.evaluate(_BEGIN, [site[1], _TICKET])
    assert visit.let_it_try() == ["ended"]
    assert visit.page.evaluate("[call.stopped, call.quality]") == ["failed", "lost"]
    assert visit.page.evaluate("document.querySelectorAll('audio').length") == 0
    assert visit.page.evaluate("own.getTracks().map((track) => track.readyState)") == ["live", "live"]
    assert visit.errors == []


def test_a_call_asks_nobody_but_us_and_the_meeting_itself(visit: Visit, site: tuple[str, str]) -> None:
    visit.page.evaluate(_BEGIN, [site[1], _TICKET])
    visit.let_it_try()  # the SDK would report at once that it failed
    assert visit.hosts == {"127.0.0.1", f"signal.m1.{_REGION}"}
    assert visit.violations == []


def test_who_hangs_up_before_amazon_is_reached_is_out_at_once(visit: Visit, site: tuple[str, str]) -> None:
    with visit.page.expect_websocket():
        visit.page.evaluate(_BEGIN, [site[1], _TICKET])
    visit.page.evaluate("call.end()")
    assert visit.page.evaluate("[states, document.querySelectorAll('audio').length]") == [["ended"], 0]
    sockets = sum(url.startswith("wss:") for url in visit.asked)
    visit.page.clock.run_for(60_000)
    assert sum(url.startswith("wss:") for url in visit.asked) <= sockets + 1  # one may be opening already
    assert visit.errors == []


def test_workers_of_the_sdk_are_let_through_and_others_are_not(visit: Visit, site: tuple[str, str]) -> None:
    with visit.page.expect_event("worker", lambda worker: worker.url.startswith(f"blob:{site[0]}/")):
        visit.page.evaluate(_BEGIN, [site[1], _TICKET])
        visit.page.clock.run_for(_STEP_MS)
    assert visit.violations == []
    elsewhere = "() => { try { new Worker('https://x.chime.aws/worker.js'); } catch (error) { return error.message; } }"
    assert "not our own script" in visit.page.evaluate(elsewhere)


def test_the_policy_is_in_force_on_this_page(visit: Visit) -> None:
    visit.page.evaluate("fetch('https://example.org/').catch(() => {})")
    assert visit.violations == ["connect-src https://example.org/"]


def test_nothing_else_of_the_site_brings_the_sdk(visit: Visit, site: tuple[str, str]) -> None:
    assert site[0] + site[1] not in visit.asked
    visit.page.evaluate("(module) => import(module).then(() => {})", site[1])
    assert site[0] + site[1] in visit.asked
