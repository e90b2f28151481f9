"""People in a call reach each other directly, in real browsers, whoever comes, goes, or loses the network."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.mesh import bus
from tests.e2e.mesh.bus import Bus
from tests.e2e.mesh.waiting import until

pytestmark = pytest.mark.by_itself

_SEATS = ("alice", "tom", "maya", "ben")


@pytest.fixture
def circle(cameras: Browser) -> Iterator["Circle"]:
    """A call that nobody is in yet."""
    with bus.running() as (address, carrier):
        context = cameras.new_context()
        circle = Circle(context, address, carrier)
        yield circle
        complaints = circle.complaints
        context.close()
        assert complaints == []


class Circle:
    """Who is in the call, in the order of joining it, each with a page."""

    def __init__(self, context: BrowserContext, address: str, carrier: Bus) -> None:
        self.bus = carrier
        self.pages: dict[str, Page] = {}
        self.networks: dict[str, Network] = {}
        self.complaints: list[str] = []
        self._context = context
        self._address = address
        self._numbers: dict[str, int] = {}
        self._joins = itertools.count(1)

    def join(self, name: str, **how: Any) -> Page:
        """Somebody comes, or comes anew on another page; the others are told."""
        number = next(self._joins)
        device = f"{number:032x}"
        page = self._context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{name}: {error}"))
        page.goto(self._address)
        self.networks[name] = Network(page)
        self.bus.hold(name, device)
        self._numbers[name] = number
        self.pages[name] = page
        page.evaluate(
            "(how) => mesh.join(how)",
            {"you": {"id": name, "number": number}, "device": device, "others": self._others(name), **how},
        )
        self.tell(except_for=name)
        return page

    def tell(self, except_for: str = "") -> None:
        """Everybody hears how the meeting is now."""
        for name, page in self.pages.items():
            if name != except_for:
                page.evaluate("(others) => mesh.know(others)", self._others(name))

    def leave(self, name: str) -> None:
        """Somebody goes, with their page."""
        self.pages.pop(name).close()
        del self._numbers[name]
        self.tell()

    def all_see_and_hear_each_other(self) -> None:
        """Waits until more pictures, and more sound, have come from each to each than now."""
        for watcher, seen in itertools.permutations(self.pages, 2):
            sees_more(self.pages[watcher], seen)
        for name, page in self.pages.items():
            hears_more(page)
            others = page.evaluate("mesh.others()")
            assert others.keys() == self.pages.keys() - {name}

    def _others(self, name: str) -> list[dict[str, Any]]:
        return [
            {"id": other, "number": number, "in_call": True, "status": "admitted", "present": True}
            for other, number in self._numbers.items()
            if other != name
        ]


class Network:
    """A page's network, as the developer tools can spoil it: they have to hold it before the first connection."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Network.enable")
        self.lose(0)

    def lose(self, percent: int) -> None:
        """Lose so much of what a call sends and receives."""
        spoiled = {"offline": False, "latency": 1, "downloadThroughput": -1, "uploadThroughput": -1}
        self._session.send("Network.emulateNetworkConditions", {**spoiled, "packetLoss": percent})


def sees_more(page: Page, seat: str, what: str = "face") -> None:
    """Waits until ten more pictures of somebody have come than now."""
    before = page.evaluate("([seat, what]) => mesh.frames(seat, what)", [seat, what])
    until(
        page,
        "([seat, what, before]) => mesh.frames(seat, what) > before + 10 || mesh.frames(seat, what) < before",
        given=[seat, what, before],
    )


def hears_more(page: Page) -> None:
    """Waits until somebody has been heard: the browser's own microphone beeps once a second."""
    before = page.evaluate("mesh.counted()")
    until(
        page,
        """async (before) => {
          const now = await mesh.counted();
          return now.energy > before.energy && now.packets > before.packets + 20;
        }""",
        given=before,
    )


@pytest.mark.parametrize("how_many", [2, 3, 4])
def test_everybody_sees_and_hears_everybody_and_only_newcomers_offer(circle: Circle, how_many: int) -> None:
    for name in _SEATS[:how_many]:
        circle.join(name)

    circle.all_see_and_hear_each_other()

    order = _SEATS[:how_many]
    offers = [(frame["sender"], frame["to"]) for frame in circle.bus.said("offer")]
    assert all(order.index(sender) > order.index(to) for sender, to in offers)
    assert len(offers) == how_many * (how_many - 1) // 2, "each two needed one offer"
    assert {len(frame["to"]) > 0 and frame["to"] for frame in circle.bus.said("state")} == set(order)


def test_what_travels_fits_into_a_signal(circle: Circle) -> None:
    for name in _SEATS[:2]:
        circle.join(name)
    circle.all_see_and_hear_each_other()

    described = [len(frame["body"]["sdp"]) for frame in circle.bus.carried if "sdp" in frame["body"]]
    assert max(described) <= 7_000, "half of what the socket carries, so that no browser comes near it"
    assert all(len(frame["body"]["candidates"]) <= 30 for frame in circle.bus.said("candidates"))


def test_cameras_microphones_and_screens_change_without_a_word_of_negotiation(circle: Circle) -> None:
    tom, alice = circle.join("tom"), circle.join("alice", camera=False)
    sees_more(alice, "tom")
    offers = len(circle.bus.said("offer"))

    alice.evaluate("mesh.media().setCamera(true)")
    sees_more(tom, "alice")
    until(tom, "() => mesh.others().alice.camera")
    alice.evaluate("mesh.media().setCamera(false)")
    alice.evaluate("mesh.media().setMicrophone(false)")
    until(tom, "() => !mesh.others().alice.camera && !mesh.others().alice.microphone")
    assert alice.evaluate("mesh.media().stream.getVideoTracks().length") == 0, "the camera's light is out"
    tom.evaluate("mesh.share()")
    sees_more(alice, "tom", "screen")
    until(alice, "() => mesh.others().tom.screen")
    tom.evaluate("mesh.call().share(null)")
    until(alice, "() => !mesh.others().tom.screen")

    assert len(circle.bus.said("offer")) == offers


def test_a_headset_that_is_pulled_leaves_a_microphone_behind(circle: Circle) -> None:
    tom, alice = circle.join("tom"), circle.join("alice")
    circle.all_see_and_hear_each_other()

    # As the browser tells it: the track is over, and nobody here had stopped it.
    gone = alice.evaluate(
        """() => {
          const [track] = mesh.media().stream.getAudioTracks();
          track.stop();
          track.dispatchEvent(new Event("ended"));
          return track.id;
        }"""
    )
    until(alice, "(gone) => mesh.media().stream.getAudioTracks().some(({id}) => id !== gone)", gone)
    hears_more(tom)
    assert tom.evaluate("mesh.others().alice.microphone")


def test_a_microphone_that_the_device_keeps_to_itself_is_said_to_be_off(circle: Circle) -> None:
    tom, alice = circle.join("tom"), circle.join("alice")
    until(tom, "() => mesh.others().alice?.microphone")

    alice.evaluate("mesh.media().stream.getAudioTracks()[0].dispatchEvent(new Event('mute'))")
    until(tom, "() => !mesh.others().alice.microphone")
    alice.evaluate("mesh.media().stream.getAudioTracks()[0].dispatchEvent(new Event('unmute'))")
    until(tom, "() => mesh.others().alice.microphone")


def test_a_page_that_came_anew_takes_the_place_of_the_one_before(circle: Circle) -> None:
    for name in _SEATS[:3]:
        circle.join(name)
    circle.all_see_and_hear_each_other()
    before = circle.pages["tom"]

    circle.join("tom")
    circle.all_see_and_hear_each_other()

    for name in ("alice", "maya"):
        assert circle.pages[name].evaluate("mesh.open()") == 2, "nothing is left of the old connection"
    before.close()


def test_who_left_is_let_go_of(circle: Circle) -> None:
    for name in _SEATS[:3]:
        circle.join(name)
    circle.all_see_and_hear_each_other()

    circle.leave("maya")

    for name in ("alice", "tom"):
        assert circle.pages[name].evaluate("mesh.open()") == 1
    circle.all_see_and_hear_each_other()


def test_a_network_that_goes_is_said_and_the_call_comes_back_by_itself(circle: Circle) -> None:
    alice, tom = circle.join("alice"), circle.join("tom")
    circle.all_see_and_hear_each_other()

    # Nothing of what Tom's device sends or is sent arrives any more, neither by the call nor by the socket.
    circle.networks["tom"].lose(100)
    circle.bus.loses = lambda frame: "tom" in (frame["sender"], frame["to"])
    until(alice, "() => mesh.others().tom.quality === 'lost'")
    until(tom, "() => mesh.state() === 'reconnecting'")

    circle.bus.loses = lambda _: False
    circle.networks["tom"].lose(0)
    circle.all_see_and_hear_each_other()
    until(alice, "() => mesh.state() === 'connected' && mesh.others().tom.quality !== 'lost'")


def test_a_line_that_loses_much_is_said_to_be_poor_and_goes_on(circle: Circle) -> None:
    alice, tom = circle.join("alice"), circle.join("tom")
    circle.all_see_and_hear_each_other()

    circle.networks["tom"].lose(20)
    until(alice, "() => mesh.others().tom.quality === 'poor'")
    circle.networks["tom"].lose(0)
    until(tom, "() => mesh.others().alice.quality === 'good'")
    circle.all_see_and_hear_each_other()


def test_both_may_look_for_new_paths_at_once(circle: Circle) -> None:
    alice, tom = circle.join("alice"), circle.join("tom")
    circle.all_see_and_hear_each_other()

    for page in (alice, tom):
        page.evaluate("for (let turn = 0; turn < 3; turn += 1) dispatchEvent(new Event('online'))")

    circle.all_see_and_hear_each_other()
    assert len({frame["body"]["call"] for frame in circle.bus.said("offer")}) == 1
    assert all(page.evaluate("mesh.settled()") for page in (alice, tom))


def test_a_connection_that_broke_on_one_side_is_made_anew(circle: Circle) -> None:
    alice, tom = circle.join("alice"), circle.join("tom")
    circle.all_see_and_hear_each_other()

    alice.evaluate("mesh.break()")
    alice.evaluate("dispatchEvent(new Event('online'))")

    circle.all_see_and_hear_each_other()
    assert tom.evaluate("mesh.state()") == "connected"
    assert len({frame["body"]["call"] for frame in circle.bus.said("offer")}) == 2


def test_the_first_offer_may_get_lost(circle: Circle) -> None:
    lost: list[str] = []

    def loses_the_first(frame: dict[str, Any]) -> bool:
        if frame["body"]["kind"] != "offer" or lost:
            return False
        lost.append(frame["body"]["call"])
        return True

    circle.bus.loses = loses_the_first
    for name in _SEATS[:2]:
        circle.join(name)

    circle.all_see_and_hear_each_other()
    assert [frame["body"]["call"] for frame in circle.bus.said("offer")] == lost, "the same was said again"


def test_an_offer_may_be_faster_than_the_news_of_who_came(circle: Circle) -> None:
    alice = circle.join("alice")
    circle.tell = lambda except_for="": None  # type: ignore[method-assign]
    tom = circle.join("tom")
    until(tom, "() => mesh.open() === 1")
    assert alice.evaluate("mesh.open()") == 0

    del circle.tell
    circle.tell()
    circle.all_see_and_hear_each_other()
    assert len(circle.bus.said("offer")) == 1


def test_who_saves_data_is_sent_little_and_sends_little(circle: Circle) -> None:
    alice, tom = circle.join("alice"), circle.join("tom")
    circle.all_see_and_hear_each_other()

    alice.evaluate("mesh.call().saveData(true)")
    little = """async () => {
      const {targets} = await mesh.counted();
      return targets.length > 0 && targets.every((bps) => bps <= 100_000);
    }"""
    until(alice, little)
    until(tom, little)
    until(alice, "async () => (await mesh.counted()).heights.every((lines) => lines <= 180)")

    alice.evaluate("mesh.call().saveData(false)")
    more = "async () => (await mesh.counted()).targets.some((bps) => bps > 150_000)"
    until(alice, more)
    until(tom, more)


def test_who_hides_their_address_names_no_path_of_their_own(circle: Circle) -> None:
    circle.join("alice")
    tom = circle.join("tom", hideAddress=True)
    until(tom, "() => mesh.open() === 1")
    until(circle.pages["alice"], "() => mesh.open() === 1")

    assert [frame for frame in circle.bus.said("candidates") if frame["sender"] == "tom"] == []
    assert all("a=candidate" not in frame["body"]["sdp"] for frame in circle.bus.said("offer"))
