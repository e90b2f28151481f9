"""Who asks to hide their address is reached through the relay alone: real browsers, and a real TURN server."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from shared.clock import utc_now
from shared.meetings.calls import IceServer
from shared.meetings.ice import OwnTurn
from tests.e2e import chromium
from tests.support import turn_server
from tests.support.relay import PARAMETER, RelayInAws

pytestmark = pytest.mark.by_itself

SEAT_OF_BEN, SEAT_OF_TOM = "5f0c1d2e3b4a59687786950413223140", "9a8b7c6d5e4f30213243546576879809"
# A camera's permission makes Chromium say real addresses instead of mDNS names: what could leak, would.


# One side of a call. Python carries the signals, so it sees all that the other side is ever told.
_SIDE = """
async (configuration) => {
  const pc = new RTCPeerConnection(configuration);
  const side = (globalThis.side = { pc, errors: [], states: [], frames: 0, samples: 0 });
  pc.oniceconnectionstatechange = () => side.states.push(pc.iceConnectionState);
  pc.onicecandidateerror = (e) => side.errors.push(e.errorCode);
  // Sound is decoded only for somebody who listens.
  const screen = document.createElement("video");
  screen.autoplay = true;
  screen.playsInline = true;
  document.body.append(screen);
  pc.ontrack = ({ streams }) => { screen.srcObject = streams[0]; };
  const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 320, height: 240 } });
  for (const track of media.getTracks()) pc.addTrack(track, media);
  // Candidates go inside the description: it is complete once gathering has ended.
  side.described = async (description) => {
    await pc.setLocalDescription(description);
    if (pc.iceGatheringState !== "complete") {
      await new Promise((done) => {
        pc.onicegatheringstatechange = () => { if (pc.iceGatheringState === "complete") done(); };
      });
    }
    return { type: pc.localDescription.type, sdp: pc.localDescription.sdp };
  };
  side.stats = async () => [...(await pc.getStats()).values()];
  // Playwright does not await what a condition answers: it is kept up to date here, and looked at from there.
  setInterval(async () => {
    const inbound = (await side.stats()).filter((one) => one.type === "inbound-rtp");
    side.frames = inbound.find((one) => one.kind === "video")?.framesDecoded ?? 0;
    side.samples = inbound.find((one) => one.kind === "audio")?.totalSamplesReceived ?? 0;
  }, 100);
  side.pair = async () => {
    const all = await side.stats();
    const transport = all.find((one) => one.type === "transport");
    const pair = all.find((one) => one.id === transport?.selectedCandidatePairId);
    const of = (id) => {
      const { candidateType, address, port, url } = all.find((one) => one.id === id);
      return { candidateType, address, port, url };
    };
    return pair ? { local: of(pair.localCandidateId), remote: of(pair.remoteCandidateId) } : null;
  };
}
"""
# What a page of the same browser that hides nothing would tell.
_OWN_ADDRESSES = """
async () => {
  const pc = new RTCPeerConnection();
  pc.createDataChannel("none");
  const found = [];
  const ended = new Promise((done) => {
    pc.onicecandidate = ({ candidate }) => candidate ? found.push(candidate.address) : done();
  });
  await pc.setLocalDescription(await pc.createOffer());
  await ended;
  pc.close();
  return found.filter(Boolean);
}
"""
_PATIENCE_MS = 30_000


class Candidate(NamedTuple):
    """What one line of a description tells the other side (RFC 8839, section 5.1)."""

    address: str
    port: int
    kind: str
    related: str


@pytest.fixture(scope="module")
def browser(chrome: Browser) -> Iterator[Browser]:
    """A browser with a camera and a microphone that are not there."""
    if lack := turn_server.missing():
        pytest.skip(lack)
    browser = chromium.with_cameras(chrome)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def there() -> RelayInAws:
    """SSM, with the secret of the TURN server."""
    return RelayInAws()


@pytest.fixture(scope="module")
def relay(there: RelayInAws) -> Iterator[OwnTurn]:
    """Our own way to credentials, for a server that runs."""
    with turn_server.running(there.secret) as port:
        urls = (f"turn:127.0.0.1:{port}?transport=udp", f"turn:127.0.0.1:{port}?transport=tcp")
        yield OwnTurn(urls, there.ssm(), PARAMETER)


@pytest.fixture
def ben(browser: Browser) -> Iterator[Page]:
    """Ben's page."""
    yield from _page(browser)


@pytest.fixture
def tom(browser: Browser) -> Iterator[Page]:
    """Tom's page, in another profile."""
    yield from _page(browser)


def _page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(permissions=["camera", "microphone"])
    page = context.new_page()
    page.set_default_timeout(_PATIENCE_MS)
    # An origin that may use a camera, answered here: nothing is fetched from anywhere.
    page.route(
        "**/*", lambda route: route.fulfill(body="<!doctype html><title>A call</title>", content_type="text/html")
    )
    page.goto("https://hearthline.test/")
    yield page
    context.close()


def _takes_part(page: Page, servers: tuple[IceServer, ...], policy: str) -> None:
    told = [{"urls": list(one.urls), "username": one.username, "credential": one.credential} for one in servers]
    page.evaluate(_SIDE, {"iceServers": told, "iceTransportPolicy": policy})


def _connect(newcomer: Page, other: Page) -> tuple[str, str]:
    """Have the newcomer offer; what each told the other."""
    offer: dict[str, Any] = newcomer.evaluate("async () => side.described(await side.pc.createOffer())")
    answer: dict[str, Any] = other.evaluate(
        """async (offer) => {
          await side.pc.setRemoteDescription(offer);
          return side.described(await side.pc.createAnswer());
        }""",
        offer,
    )
    newcomer.evaluate("(answer) => side.pc.setRemoteDescription(answer)", answer)
    return offer["sdp"], answer["sdp"]


def _candidates(sdp: str) -> list[Candidate]:
    found = []
    for line in sdp.splitlines():
        if line.startswith("a=candidate:"):
            _, _, _, _, address, port, _, kind, *rest = line.split()
            more = dict(zip(rest[::2], rest[1::2], strict=False))
            found.append(Candidate(address, int(port), kind, more.get("raddr", "")))
    return found


def _hear_and_see_each_other(*pages: Page) -> None:
    for page in pages:
        page.wait_for_function("() => side.frames > 5 && side.samples > 5000")


def test_two_who_need_no_relay_reach_each_other_directly(ben: Page, tom: Page, relay: OwnTurn) -> None:
    _takes_part(ben, relay.for_seat(SEAT_OF_BEN, utc_now()), "all")
    _takes_part(tom, relay.for_seat(SEAT_OF_TOM, utc_now()), "all")
    told, _ = _connect(ben, tom)
    _hear_and_see_each_other(ben, tom)
    # What is hidden below would be seen: without this, the tests after it could not fail.
    assert {one.kind for one in _candidates(told)} >= {"host", "relay"}
    assert tom.evaluate("() => side.pair()")["remote"]["candidateType"] != "relay"


@pytest.mark.parametrize("ben_offers", [True, False], ids=["offering", "answering"])
def test_who_hides_their_address_is_seen_and_heard_and_known_by_the_relay_alone(
    ben: Page, tom: Page, relay: OwnTurn, *, ben_offers: bool
) -> None:
    _takes_part(ben, relay.for_seat(SEAT_OF_BEN, utc_now()), "relay")
    _takes_part(tom, relay.for_seat(SEAT_OF_TOM, utc_now()), "all")
    told_by_ben = _connect(ben, tom)[0] if ben_offers else _connect(tom, ben)[1]
    _hear_and_see_each_other(ben, tom)

    told = _candidates(told_by_ben)
    assert told
    assert {one.kind for one in told} == {"relay"}
    # A relayed candidate names the address it stands for, unless the browser leaves that out (RFC 8828, mode 4).
    assert {one.related for one in told} <= {"", "0.0.0.0"}  # noqa: S104 - an address that says nothing
    hidden = {address.strip("[]") for address in ben.evaluate(_OWN_ADDRESSES)}
    assert hidden
    assert [address for address in hidden if address in told_by_ben] == []

    relayed = {(one.address, one.port) for one in told}
    pair = tom.evaluate("() => side.pair()")
    assert (pair["remote"]["address"], pair["remote"]["port"]) in relayed
    gathered = tom.evaluate("async () => (await side.stats()).filter((one) => one.type === 'remote-candidate')")
    assert {(one["address"], one["port"]) for one in gathered} <= relayed

    own = ben.evaluate("() => side.pair()")["local"]
    assert own["candidateType"] == "relay"
    assert own["url"] in relay.urls


@pytest.mark.parametrize(
    "wrong",
    ["another secret", "another seat's password", "expired"],
)
def test_with_wrong_credentials_nothing_is_relayed(
    wrong: str, ben: Page, tom: Page, relay: OwnTurn, there: RelayInAws
) -> None:
    (right,) = relay.for_seat(SEAT_OF_BEN, utc_now())
    (of_tom,) = relay.for_seat(SEAT_OF_TOM, utc_now())
    (late,) = relay.for_seat(SEAT_OF_BEN, utc_now() - timedelta(hours=7))
    (foreign,) = OwnTurn(relay.urls, RelayInAws("of another house").ssm(), PARAMETER).for_seat(SEAT_OF_BEN, utc_now())
    given = {
        "another secret": foreign,
        "another seat's password": IceServer(relay.urls, right.username, of_tom.credential),
        "expired": late,
    }[wrong]

    _takes_part(ben, (given,), "relay")
    _takes_part(tom, (of_tom,), "all")
    told, _ = _connect(ben, tom)

    assert _candidates(told) == []
    assert 401 in ben.evaluate("() => side.errors")
    for page in (ben, tom):
        assert page.evaluate("() => side.states").count("connected") == 0
        assert page.evaluate("() => side.frames + side.samples") == 0

    # The same browsers with the right ones: it was for nothing else that they did not come together.
    _takes_part(ben, (right,), "relay")
    _takes_part(tom, (of_tom,), "all")
    _connect(ben, tom)
    _hear_and_see_each_other(ben, tom)
