"""Whatever somebody writes, wherever it may stand: it is shown as they wrote it, and does nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.cast import Cast, Colleague, Member
from tests.e2e.groups import Group, Inside, open_group
from tests.e2e.looking import overflow
from tests.e2e.payloads import LONG_WORD, PAYLOADS, SHORT
from tests.e2e.places import settled
from tests.e2e.visits import Visits

NEEDLE = "<img src=x onerror=window.ran=1,alert(1)>"
# So many may one person write in a minute in one room.
A_MINUTE = 10
_TELL = """window.refused = [];
addEventListener("securitypolicyviolation", (event) => refused.push(event.violatedDirective));"""
_ALIVE = """() => {
  const never = `script, iframe, object, embed, img, image, base, meta, style, link, math, marquee, video, audio,
    template`;
  const leads = /^(href|src|action|formaction|xlink:href|data|srcdoc)$/;
  return [...document.querySelectorAll("main *, dialog *")].filter((one) =>
    one.matches(never) || (one.matches("svg") && !one.matches(".avatar, .strip, [aria-hidden=true]")) ||
    [...one.attributes].some(({name, value}) =>
      name.startsWith("on") || (leads.test(name) && !/^(https?:|\\/|#)/i.test(value)))
  ).map((one) => one.outerHTML.slice(0, 150));
}"""


@dataclass
class Harm:
    """What a page did that words should never make it do."""

    found: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> Page:
        """From now on."""
        page.context.add_init_script(_TELL)
        page.on("dialog", lambda dialog: (self.found.append(f"{page.url}: dialog {dialog.message}"), dialog.dismiss()))
        page.on("popup", lambda popup: self.found.append(f"{page.url}: popup {popup.url}"))
        return page

    def look(self, page: Page, address: str) -> None:
        """Go there, point at everything that was written, and see what came of it."""
        page.goto(address)
        settled(page)
        if page.get_by_role("log").count():
            expect(page.locator(".log .waiting")).to_have_count(0)
        if page.evaluate("window.ran") is not None:
            self.found.append(f"{address}: a script ran")
        self.found += [f"{address}: refused {what}" for what in page.evaluate("window.refused")]
        self.found += [f"{address}: {what}" for what in page.evaluate(_ALIVE)]
        page.set_viewport_size({"width": 320, "height": 700})
        self.found += [f"{address}: too wide: {what}" for what in overflow(page)]
        page.set_viewport_size({"width": 1280, "height": 800})


@dataclass(frozen=True)
class Scene:
    """People and rooms full of such words."""

    alice: Member
    keeper: Colleague
    counselor: Colleague
    rooms: tuple[Group, ...]
    asked: Group
    thread: str


def says_all(person: Inside, payloads: Iterator[str], warnings: Iterator[str]) -> None:
    """As many as may be said in a minute, every third under a warning."""
    for number in range(A_MINUTE):
        payload = next(payloads, None)
        if payload is not None:
            person.says(payload, **({"warning": next(warnings)} if number % 3 == 0 else {}))


@pytest.fixture(scope="module")
def scene(cast: Cast) -> Scene:
    keeper = cast.colleague("<b onclick=alert(1)>Keeper</b>", "facilitator")
    counselor = cast.counselor("{{7*7}}<img src=x onerror=alert(1)>", "Europe/London", weekly=[])
    alice, ben = cast.client("Europe/London"), cast.client("Europe/London")
    payloads, warnings = iter(PAYLOADS), cycle(SHORT)
    soon = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)
    rooms = []
    for number in range(3):
        words = {
            "about": "\n".join(PAYLOADS[number * 8 : number * 8 + 8])[:1000],
            "tags": [payload[:40].strip() for payload in SHORT[number * 9 : number * 9 + 9]],
            "guidelines": "\n".join(PAYLOADS)[:4000],
        }
        room = open_group(keeper, SHORT[number][:70], **words)
        rooms.append(room)
        inside = [room.joined_by(cast.signed_in(member)) for member in (alice, ben)]
        for person in inside:
            says_all(person, payloads, warnings)
        meets = {"title": SHORT[number + 9], "start": f"{soon:%Y-%m-%dT18:00:00Z}", "end": f"{soon:%Y-%m-%dT19:00:00Z}"}
        room.ask("POST", "/gatherings", {**meets, "zone": "Europe/London"})
        decides_and_reports(room, *inside)
    assert next(payloads, None) is None
    asked = open_group(keeper, LONG_WORD[:70], entry="request", about="W" * 900)
    asked.joined_by(cast.signed_in(alice), note=NEEDLE)
    return Scene(alice, keeper, counselor, tuple(rooms), asked, writes_directly(cast, alice, counselor))


def decides_and_reports(room: Group, alice: Inside, ben: Inside) -> None:
    """A report, a redaction, a decision and an appeal, all with such words."""
    (told, *_) = [each["seq"] for each in entries(ben) if each["mine"] and each["state"] == "posted"]
    alice.visitor.must("POST", f"{alice.address}/messages/{told}/reports", {"reason": "spam", "note": NEEDLE})
    (first, *_) = [each["seq"] for each in entries(alice) if each["mine"]]
    room.ask("POST", f"/messages/{first}/redact", {"reason": NEEDLE})
    room.decides("mute", alice, NEEDLE, hours=1)
    (decision,) = alice.visitor.must("GET", f"{alice.address}/decisions")["decisions"]
    alice.visitor.must("POST", f"{alice.address}/decisions/{decision['id']}/appeal", {"text": NEEDLE})


def entries(person: Inside) -> list[dict[str, Any]]:
    """The messages that they see."""
    found = person.visitor.must("GET", f"{person.address}/messages?limit=100")["entries"]
    return [each for each in found if each["kind"] == "message"]


def writes_directly(cast: Cast, alice: Member, counselor: Colleague) -> str:
    """Alice to the counselor, who is away and has asked about a colleague; the id of the conversation."""
    visitor = cast.signed_in(alice)
    room: str = visitor.must("POST", f"/api/counselors/{counselor.id}/room", {})["id"]
    visitor.must("POST", f"/api/rooms/{room}/messages", {"text": NEEDLE, "warning": NEEDLE})
    away = f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%dT09:00:00Z}"
    desk = {"reply_within_hours": 24, "absence": {"note": NEEDLE, "until": away}, "version": 0}
    counselor.visitor.must("PUT", "/api/staff/desk", desk)
    successor = cast.counselor("<i>Successor</i>", "Europe/London", weekly=[])
    handover = {"to": successor.id, "reason": NEEDLE}
    counselor.visitor.must("POST", f"/api/staff/rooms/{room}/handover", handover)
    return room


def test_what_is_written_in_a_conversation_is_shown_letter_by_letter(visits: Visits, cast: Cast, scene: Scene) -> None:
    harm = Harm()
    alices, keepers = harm.watch(visits.client(scene.alice)), harm.watch(visits.colleague(scene.keeper))
    for room in scene.rooms:
        for page, address, person in (
            (alices, room.talk, room.joined_by(cast.signed_in(scene.alice))),
            (keepers, room.desk, room.kept()),
        ):
            harm.look(page, address)
            written = page.locator("article .written")
            expect(written).to_have_count(len(person.reads()))
            assert [text.strip() for text in written.all_text_contents()] == person.reads()
            for link in page.locator("article .written a").all():
                assert (link.get_attribute("href") or "").startswith(("https://example.org/", "https://evil.example/"))
                assert "noopener" in (link.get_attribute("rel") or "")
    assert harm.found == []


def test_what_was_said_is_what_was_written(cast: Cast, scene: Scene) -> None:
    said = [text for room in scene.rooms for text in room.kept().reads()]
    redacted = len(scene.rooms)
    kept = [payload for payload in PAYLOADS if payload.strip() in said]
    assert len(PAYLOADS) >= 40
    assert len(kept) == len(PAYLOADS) - redacted


def test_every_page_of_a_client_shows_words_as_words(visits: Visits, scene: Scene) -> None:
    harm = Harm()
    page = harm.watch(visits.client(scene.alice))
    harm.look(page, "/rooms")
    for room in (*scene.rooms, scene.asked):
        expect(page.get_by_role("link", name=room.name, exact=True)).to_be_visible()
    for room in scene.rooms:
        harm.look(page, f"/rooms/{room.id}")
        expect(page.get_by_role("region", name="Guidelines of this room")).to_contain_text(PAYLOADS[2])
        harm.look(page, f"/rooms/{room.id}/decisions")
        expect(page.get_by_text(NEEDLE)).to_have_count(2)
    harm.look(page, f"/rooms/{scene.asked.id}")
    harm.look(page, "/messages")
    harm.look(page, f"/messages/{scene.thread}")
    # The warning, the words, the absence, and why somebody else should go on.
    expect(page.get_by_text(NEEDLE)).to_have_count(4)
    harm.look(page, f"/counselors/{scene.counselor.id}")
    expect(page.get_by_text(NEEDLE)).to_be_visible()
    assert harm.found == []


def test_every_page_of_the_staff_shows_words_as_words(visits: Visits, scene: Scene) -> None:
    harm = Harm()
    page = harm.watch(visits.colleague(scene.keeper))
    harm.look(page, "/staff/moderation")
    # For each room a report with its note and an appeal with the decision's reason; and one request.
    expect(page.get_by_text(NEEDLE, exact=True)).to_have_count(3 * len(scene.rooms) + 1)
    harm.look(page, "/staff/rooms")
    (room, *_) = scene.rooms
    for path in ("/members", "/rota", "/gatherings", "/settings"):
        harm.look(page, f"{room.desk}{path}")
    harm.look(page, f"{room.desk}/members")
    page.get_by_role("main").get_by_role("list", name="Members").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1, name="Decide about a member")).to_be_visible()

    counselors = harm.watch(visits.colleague(scene.counselor))
    for address in ("/staff/messages", f"/staff/messages/{scene.thread}", "/staff/desk", "/staff/profile"):
        harm.look(counselors, address)
    assert harm.found == []


def test_nobody_brings_markup_in_as_their_name(cast: Cast, scene: Scene) -> None:
    stranger = cast.signed_in(cast.client("Europe/London"))
    entrance = {"handle": NEEDLE, "guidelines_version": 1, "of_age": True}
    refused = stranger.ask("POST", f"/api/rooms/{scene.rooms[0].id}/membership", entrance)
    assert refused.status_code == 422
