"""What people do in calls at the site, in the site's own words; and what their browsers then really see and hear."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Error, Locator, Page, expect

from tests.e2e.client import Client
from tests.e2e.mesh.waiting import until

# The site keeps its connections to itself; what comes in by them is asked of the browser.
_LISTEN = """
window.connections = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...how) { super(...how); window.connections.push(this); }
};
"""
_COMING_IN = """async () => {
  const found = { people: 0, frames: 0, energy: 0 };
  for (const connection of window.connections) {
    if (connection.connectionState !== "connected") continue;
    found.people += 1;
    const report = await connection.getStats();
    for (const one of report.values()) {
      if (one.type === "inbound-rtp" && one.kind === "video") found.frames += one.framesDecoded ?? 0;
      if (one.type === "inbound-rtp" && one.kind === "audio") found.energy += one.totalAudioEnergy ?? 0;
    }
  }
  return found;
}"""
_STATES = """() => window.connections.map(({ connectionState, iceConnectionState, signalingState }) =>
  `${connectionState} ${iceConnectionState} ${signalingState}`)"""
_MORE = f"""async ({{ people, frames, energy }}) => {{
  const now = await ({_COMING_IN})();
  return now.people >= people && now.frames > frames && now.energy > energy;
}}"""


def listening(page: Page) -> Page:
    """The page, whose connections can be asked about from now on."""
    page.add_init_script(_LISTEN)
    return page


class Network:
    """A page's network, as the developer tools can spoil it: they have to hold it before the first connection."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Network.enable")
        self._is(offline=False)

    def goes(self) -> None:
        """Nothing comes or goes any more: neither what is asked of the site nor what the call carries."""
        self._is(offline=True)

    def comes_again(self) -> None:
        """As after a tunnel."""
        self._is(offline=False)

    def _is(self, *, offline: bool) -> None:
        spoiled = {"latency": 1, "downloadThroughput": -1, "uploadThroughput": -1, "packetLoss": 100 if offline else 0}
        self._session.send("Network.emulateNetworkConditions", {**spoiled, "offline": offline})


@dataclass(frozen=True)
class Caller(Client):
    """Somebody at the page of a meeting, in English."""

    page: Page

    def comes(self, address: str, how: str = "Join with camera") -> None:
        """Open the page of the meeting, and join after the check."""
        self.page.goto(address)
        self.presses(how)

    def is_let_in(self, by: "Caller") -> None:
        """From the waiting room, by somebody who hosts."""
        self.sees("Waiting room")
        by.presses("Let in")

    def sees_and_hears(self, people: int = 1) -> None:
        """Wait until pictures move and sound comes, more than there is now, from so many others."""
        before: dict[str, Any] = self.page.evaluate(_COMING_IN)
        try:
            until(self.page, _MORE, {**before, "people": people})
        except Error as failure:
            since, connections = self.page.evaluate(_COMING_IN), self.page.evaluate(_STATES)
            raise AssertionError(f"{before} at first, {since} in the end, by {connections}") from failure

    @property
    def state(self) -> Locator:
        """How the call goes, in words."""
        return self.page.locator(".call-state")

    def is_connected(self) -> None:
        """Wait until it says so."""
        expect(self.state).to_have_text("Connected")

    def freezes(self) -> None:
        """The own camera gives the call no more pictures, as where the line is too thin for them; the sound goes on."""
        self.page.evaluate("""async () => {
          const canvas = document.createElement("canvas");
          canvas.getContext("2d");
          const [nothing] = canvas.captureStream(0).getVideoTracks();
          const senders = window.connections.flatMap((connection) => connection.getSenders());
          window.face = senders.find(({ track }) => track?.kind === "video");
          window.camera = window.face.track;
          await window.face.replaceTrack(nothing);
        }""")

    def thaws(self) -> None:
        """The camera's pictures go out again."""
        self.page.evaluate("() => window.face.replaceTrack(window.camera)")
