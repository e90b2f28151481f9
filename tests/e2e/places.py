"""Every page of the site, and how to get to each of its states: for tests that look at all of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from local.visitor import Visitor
from tests.e2e.cast import PASSWORD, Cast, Colleague, Member
from tests.e2e.clock import instant
from tests.e2e.visits import Visits

Step = Callable[[Page], object]


@dataclass(frozen=True)
class Place:
    """A page in one state: its address, and what to do there to see it. None of it changes anything lasting."""

    name: str
    path: str
    steps: tuple[Step, ...] = ()

    def visit(self, page: Page, language: str) -> None:
        """Go there, and wait until all of it is there."""
        # The help lines are a page of their own in each language.
        page.goto(f"/help.{language}.html" if self.name == "help" and language != "en" else self.path)
        settled(page)
        for step in self.steps:
            step(page)
            settled(page)


def settled(page: Page) -> None:
    """Nothing waits any more, and the page has its heading."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main[aria-busy=true], main .waiting")).to_have_count(0)


@dataclass(frozen=True)
class World:
    """Somebody for every page: with an appointment ahead, one cancelled, a block."""

    member: Member
    counselor: Colleague
    admin: Colleague
    visitor: Visitor  # signed in as the member
    ahead: str
    cancelled: str
    day: str

    def speak(self, language: str) -> None:
        """Everyone's account is in this language from now on: it counts for more than the device's."""
        self.visitor.must("PATCH", "/api/me", {"language": language})
        for colleague in (self.counselor, self.admin):
            colleague.visitor.must("PATCH", "/api/staff/me", {"language": language})


def populate(cast: Cast) -> World:
    """A client and a counselor with something on all their pages."""
    counselor = cast.counselor("Amara Osei", "Europe/London")
    member = cast.client("Europe/London")
    visitor = cast.visitor()
    assert visitor.sign_in("/api/auth/sign-in", {"handle": member.handle}, member.password)
    first = instant(visitor.must("GET", f"/api/counselors/{counselor.id}")["next_slot"]["start"])
    asked = f"from={first.date()}&days=7&zone=Europe/London"
    slots = visitor.must("GET", f"/api/counselors/{counselor.id}/slots?{asked}")["slots"]

    def book(slot: dict[str, str]) -> str:
        wish = {"counselor_id": counselor.id, "start": slot["start"], "mode": "video", "zone": "Europe/London"}
        return str(visitor.must("POST", "/api/appointments", wish)["id"])

    ahead, cancelled = book(slots[0]), book(slots[2])
    reason = {"reason": "I am ill today. I am sorry!", "version": 1}
    counselor.visitor.must("POST", f"/api/staff/appointments/{cancelled}/cancel", reason)
    start = instant(slots[4]["start"])
    block = {"start": f"{start:%Y-%m-%dT%H:%M:%SZ}", "end": f"{start + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"}
    counselor.visitor.must("POST", "/api/staff/blocks", {**block, "note": "A training"})
    admin = cast.colleague("Dana Petrov", "admin")
    return World(member, counselor, admin, visitor, ahead, cancelled, str(first.date()))


def press(selector: str) -> Step:
    """A step: press the first of these, whatever language it speaks."""
    return lambda page: page.locator(selector).first.click()


def fill(selector: str, words: str) -> Step:
    """A step: write something."""
    return lambda page: page.locator(selector).fill(words)


def shows(selector: str) -> Step:
    """A step: wait until this is there."""
    return lambda page: expect(page.locator(selector)).to_be_visible()


def choose_sleep(page: Page) -> None:
    """A wish that nobody of the cast fulfils."""
    with page.expect_response("**/api/counselors?**"):
        page.locator("#topic").select_option("sleep")


SUBMIT = press("main form button:not([type=button])")
TO_THE_NAMES = (fill("#password", PASSWORD), SUBMIT, shows("#handle"))

PUBLIC = (
    Place("home", "/"),
    Place("help", "/help.html"),
    Place("missing", "/no-such-page"),
    Place("sign-in", "/sign-in"),
    Place("sign-in-faults", "/sign-in", (SUBMIT,)),
    Place("recover", "/recover"),
    Place("recover-faults", "/recover", (SUBMIT,)),
    Place("register-password", "/register"),
    Place("register-password-fault", "/register", (SUBMIT,)),
    Place("register-name", "/register", TO_THE_NAMES),
    Place("staff-sign-in", "/staff/sign-in"),
    Place("staff-sign-in-faults", "/staff/sign-in", (SUBMIT,)),
)


def of_the_client(world: World) -> tuple[Place, ...]:
    """What `world.member` sees."""
    choose = press("button.slot")
    to_check = (choose, press("input[type=radio]"), SUBMIT)
    return (
        Place("counselors", "/counselors"),
        Place("counselors-none", "/counselors", (choose_sleep,)),
        Place("counselor", f"/counselors/{world.counselor.id}"),
        Place(
            "counselor-zones",
            f"/counselors/{world.counselor.id}",
            (press("zone-line button[aria-expanded]"), shows("#zone-list")),
        ),
        Place("book-how", f"/counselors/{world.counselor.id}", (choose, shows("input[type=radio] >> nth=0"))),
        Place("book-how-fault", f"/counselors/{world.counselor.id}", (choose, SUBMIT)),
        Place("book-check", f"/counselors/{world.counselor.id}", to_check),
        Place("booked", f"/appointments/{world.ahead}/booked"),
        Place("appointments", "/appointments"),
        Place("appointment", f"/appointments/{world.ahead}"),
        Place("appointment-cancelled", f"/appointments/{world.cancelled}"),
        Place(
            "appointment-cancel",
            f"/appointments/{world.ahead}",
            (press("section[aria-labelledby=change] button"), shows("dialog")),
        ),
        Place("move", f"/appointments/{world.ahead}/move"),
        Place("move-check", f"/appointments/{world.ahead}/move", (choose, shows("main .actions button.quiet"))),
        Place("account", "/account"),
        Place("account-password", "/account/password"),
        Place("account-codes", "/account/codes"),
    )


def of_the_counselor(world: World) -> tuple[Place, ...]:
    """What `world.counselor` sees."""
    return (
        Place("agenda-week", f"/staff/agenda/week/{world.day}"),
        Place("agenda-day", f"/staff/agenda/day/{world.day}"),
        Place("staff-appointment", f"/staff/appointments/{world.ahead}"),
        Place("staff-cancel", f"/staff/appointments/{world.ahead}/cancel", (SUBMIT,)),
        Place("block", f"/staff/block/{world.day}"),
        Place("hours", "/staff/hours"),
        Place("profile", "/staff/profile"),
        Place("staff-account", "/staff/account"),
        Place("staff-password", "/staff/account/password"),
        Place("second-factor", "/staff/account/second-factor"),
        Place("second-factor-setup", "/staff/account/second-factor", (press("main .actions button"), shows("svg.qr"))),
    )


OF_THE_ADMIN = (
    Place("people", "/staff/people"),
    Place("invite", "/staff/people/invite"),
    Place("invite-faults", "/staff/people/invite", (SUBMIT,)),
    Place("member", "/staff/people", (press("main li a[href^='/staff/people/']"), shows("main dl"))),
)


def all_of_them(visits: Visits, world: World, **more: Any) -> Iterator[tuple[Page, Place]]:
    """Every place, each with a page of somebody who may see it; `more` settings for their browsers."""
    parts: list[tuple[Callable[[], Page], tuple[Place, ...]]] = [
        (lambda: visits.stranger(**more), PUBLIC),
        (lambda: visits.client(world.member, **more), of_the_client(world)),
        (lambda: visits.colleague(world.counselor, **more), of_the_counselor(world)),
        (lambda: visits.colleague(world.admin, **more), OF_THE_ADMIN),
    ]
    for arrive, places in parts:
        page = arrive()
        for place in places:
            yield page, place
