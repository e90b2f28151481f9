"""Every page of the site, and how to get to each of its states: for tests that look at all of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page, expect

from local.visitor import Visitor
from tests.e2e.cast import PASSWORD, Cast, Colleague, Member
from tests.e2e.clock import instant
from tests.e2e.groups import Group, open_group
from tests.e2e.meetings import Near, open_now
from tests.e2e.until import settled
from tests.e2e.visits import Visits
from tests.e2e.waiting import held_for

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


@dataclass(frozen=True)
class World:
    """Somebody for every page: with an appointment ahead, one cancelled, a block; in rooms with something in them."""

    member: Member
    counselor: Colleague
    admin: Colleague
    keeper: Colleague
    visitor: Visitor  # signed in as the member
    ahead: str
    cancelled: str
    day: str
    group: Group  # in which the member talks
    slow: Group  # in which they are muted, and a message waits
    door: Group  # which they asked to join
    unknown: Group  # which they are not in
    newest: int  # the number of the last message in `group`
    thread: str  # with the counselor
    near: Near  # which the member can come to
    offer: str  # of a time that is held for the member
    newcomer: Member  # who has nothing anywhere
    arriving: Visitor  # signed in as the newcomer

    def speak(self, language: str) -> None:
        """Everyone's account is in this language from now on: it counts for more than the device's."""
        for client in (self.visitor, self.arriving):
            client.must("PATCH", "/api/me", {"language": language})
        for colleague in (self.counselor, self.admin, self.keeper, self.near.host):
            colleague.visitor.must("PATCH", "/api/staff/me", {"language": language})


def populate(cast: Cast) -> World:
    """A client and a counselor with something on all their pages."""
    counselor = cast.counselor("Amara Osei", "Europe/London")
    member = cast.client("Europe/London")
    visitor = cast.signed_in(member)
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
    keeper = cast.colleague("Noor Haddad", "facilitator")
    group, slow, door, unknown, newest = rooms_of(keeper, visitor, cast)
    thread = thread_of(visitor, counselor)
    near, offer = open_now(cast, member, visitor), held_for(visitor, cast)
    newcomer = cast.client("Europe/London")
    return World(
        member=member,
        counselor=counselor,
        admin=admin,
        keeper=keeper,
        visitor=visitor,
        ahead=ahead,
        cancelled=cancelled,
        day=str(first.date()),
        group=group,
        slow=slow,
        door=door,
        unknown=unknown,
        newest=newest,
        thread=thread,
        near=near,
        offer=offer,
        newcomer=newcomer,
        arriving=cast.signed_in(newcomer),
    )


def rooms_of(keeper: Colleague, visitor: Visitor, cast: Cast) -> tuple[Group, Group, Group, Group, int]:
    """Four rooms, each in a state of its own, and the number of the last message in the first."""
    group, slow = open_group(keeper, "Night owls"), open_group(keeper, "Early birds", watched=False)
    door, unknown = open_group(keeper, "After a loss", entry="request"), open_group(keeper, "New parents")
    other, me = group.joined_by(cast.signed_in(cast.client("Europe/London"))), group.joined_by(visitor)
    soon = datetime.now(UTC) + timedelta(days=3)
    gathering = {"title": "Sleeping through the night", "zone": "Europe/London"}
    span = {"start": f"{soon:%Y-%m-%dT18:00:00Z}", "end": f"{soon:%Y-%m-%dT19:00:00Z}"}
    group.ask("POST", "/gatherings", gathering | span)
    first = other.says("Hello. It is my third night without sleep.")
    me.says("I know that well. What helps you?", reply_to=first)
    me.visitor.must("PUT", f"{me.address}/messages/{first}/reactions", {"kinds": ["hug", "same"]})
    group.kept().says("Good evening. I am here until midnight.")
    taken_back = other.says("No, forget that.")
    other.visitor.must("DELETE", f"{other.address}/messages/{taken_back}", {})
    me.says("It was a long day at the hospital.", warning="illness")
    worry = other.says("Some nights I want to kill myself.")
    visitor.must("POST", f"{me.address}/messages/{worry}/reports", {"reason": "unsafe", "note": "I am worried."})
    newest = other.says("My grandmother used to sing.")

    waiting = slow.joined_by(visitor)
    waiting.says("Is anybody up already?")
    slow.decides("mute", waiting, "Please read the guidelines once more.", hours=24)
    (decision,) = visitor.must("GET", f"{waiting.address}/decisions")["decisions"]
    visitor.must("POST", f"{waiting.address}/decisions/{decision['id']}/appeal", {"text": "I have read them now."})
    door.joined_by(visitor, note="My brother died in May.")
    return group, slow, door, unknown, newest


def thread_of(visitor: Visitor, counselor: Colleague) -> str:
    """The conversation with a counselor, who is away."""
    thread = str(visitor.must("POST", f"/api/counselors/{counselor.id}/room", {})["id"])
    visitor.must("POST", f"/api/rooms/{thread}/messages", {"text": "Is writing all right for a start?"})
    answer = {"text": "It is. Take your time."}
    counselor.visitor.must("POST", f"/api/staff/rooms/{thread}/messages", answer)
    back = datetime.now(UTC) + timedelta(days=5)
    absence = {"note": "I am at the sea.", "until": f"{back:%Y-%m-%dT09:00:00Z}"}
    counselor.visitor.must("PUT", "/api/staff/desk", {"reply_within_hours": 24, "absence": absence, "version": 0})
    return thread


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
IN_THE_TALK = shows("room-talk .line.live")
# Where a browser has no camera, one meets in writing.
CHECKED = shows("device-check .actions")
WRITE = "main .actions > button[aria-expanded]"
IN_WRITING = (CHECKED, press("device-check .actions button:last-of-type"), shows(WRITE))
TO_THE_NAMES = (fill("#password", PASSWORD), SUBMIT, shows("#handle"))


def reporting(seq: int) -> tuple[Step, ...]:
    """Open what can be done with a message, and choose to report it: the last but one of the ways."""
    return press(f"#more-{seq}"), press(f"#actions-{seq} .acts button:nth-last-of-type(2)")


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
    # By then the site knows how they want to talk.
    to_repeat = (choose, press("a[href='/book/repeat']"), shows("#count"))
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
        Place("book-repeat", f"/counselors/{world.counselor.id}", to_repeat),
        Place("book-dates", f"/counselors/{world.counselor.id}", (*to_repeat, SUBMIT, shows("ol.dates"))),
        Place("waitlist", "/waitlist", (shows("#held"), shows("dl.facts"))),
        Place("offer", f"/offers/{world.offer}", (shows("#held"),)),
        Place("booked", f"/appointments/{world.ahead}/booked"),
        Place("appointments", "/appointments"),
        Place("appointment", f"/appointments/{world.ahead}"),
        Place("appointment-cancelled", f"/appointments/{world.cancelled}"),
        Place(
            "appointment-cancel",
            f"/appointments/{world.ahead}",
            (press("section[aria-labelledby=change] button"), shows("dialog")),
        ),
        Place("appointment-near", f"/appointments/{world.near.id}", (shows("a[href$='/meet']"),)),
        Place("meet-early", f"/appointments/{world.ahead}/meet", (shows("main .panel"),)),
        Place("meet-off", f"/appointments/{world.cancelled}/meet", (shows("main .panel"),)),
        Place("meet-check", world.near.for_client, (CHECKED,)),
        Place("meet-waiting", world.near.for_client, IN_WRITING),
        Place("meet-waiting-writing", world.near.for_client, (*IN_WRITING, press(WRITE), IN_THE_TALK)),
        Place("appointment-cancel-series", f"/appointments/{world.ahead}/cancel", (shows("main .actions"),)),
        Place("move", f"/appointments/{world.ahead}/move"),
        Place("move-check", f"/appointments/{world.ahead}/move", (choose, shows("main .actions button.quiet"))),
        Place("rooms", "/rooms"),
        Place("room-unknown", f"/rooms/{world.unknown.id}"),
        Place("room-join-faults", f"/rooms/{world.unknown.id}", (shows("#handle"), press("room-join .actions button"))),
        Place("room-joined", f"/rooms/{world.group.id}"),
        Place("room-asked", f"/rooms/{world.door.id}"),
        Place("talk", world.group.talk, (IN_THE_TALK,)),
        Place("circle-none", f"/rooms/{world.group.id}/circle", (shows("main .panel"),)),
        Place("talk-actions", world.group.talk, (IN_THE_TALK, press(f"#more-{world.newest}"))),
        Place("talk-warned", world.group.talk, (IN_THE_TALK, press(".writer-head button"), shows("#warning"))),
        Place("talk-report", world.group.talk, (IN_THE_TALK, *reporting(world.newest), shows("dialog"))),
        Place("talk-muted", world.slow.talk, (IN_THE_TALK,)),
        Place("decisions", f"/rooms/{world.slow.id}/decisions"),
        Place("invitation", "/invitation"),
        Place("messages", "/messages"),
        Place("message-thread", f"/messages/{world.thread}", (IN_THE_TALK,)),
        Place("reminders", "/reminders", (shows("#before"),)),
        Place("notices", "/notices"),
        Place("account", "/account"),
        Place("account-password", "/account/password"),
        Place("account-codes", "/account/codes"),
    )


# Where nothing is yet, for somebody who has just come.
OF_THE_NEWCOMER = (
    Place("appointments-none", "/appointments"),
    Place("waitlist-none", "/waitlist"),
    Place("waitlist-wish", "/waitlist/wish", (shows("#modes"),)),
    Place("waitlist-wish-faults", "/waitlist/wish", (shows("#modes"), SUBMIT)),
    Place("waitlist-check", "/waitlist/wish", (press("#modes"), SUBMIT, shows("dl.facts"))),
    Place("messages-none", "/messages"),
    Place("notices-none", "/notices"),
)


def of_the_counselor(world: World) -> tuple[Place, ...]:
    """What `world.counselor` sees."""
    return (
        Place("agenda-week", f"/staff/agenda/week/{world.day}"),
        Place("agenda-day", f"/staff/agenda/day/{world.day}"),
        Place("staff-appointment", f"/staff/appointments/{world.ahead}"),
        Place(
            "staff-appointment-asides",
            f"/staff/appointments/{world.ahead}",
            (
                press(".emergency > summary"),
                shows(".procedure"),
                press("#aside-note > summary"),
                shows("appointment-note textarea"),
            ),
        ),
        Place("staff-cancel", f"/staff/appointments/{world.ahead}/cancel", (SUBMIT,)),
        Place("block", f"/staff/block/{world.day}"),
        Place("procedure", "/staff/procedure"),
        Place("hours", "/staff/hours"),
        Place("staff-waitlist", "/staff/waitlist"),
        Place("profile", "/staff/profile"),
        Place("staff-messages", "/staff/messages"),
        Place("staff-thread", f"/staff/messages/{world.thread}", (IN_THE_TALK,)),
        Place(
            "staff-handover",
            f"/staff/messages/{world.thread}",
            (IN_THE_TALK, press("staff-handover button"), shows("staff-handover form, staff-handover .panel")),
        ),
        Place("desk", "/staff/desk"),
        Place("staff-reminders", "/staff/reminders", (shows("#before"),)),
        Place("staff-notices", "/staff/notices"),
        Place("staff-account", "/staff/account"),
        Place("staff-password", "/staff/account/password"),
        Place("second-factor", "/staff/account/second-factor"),
        Place("second-factor-setup", "/staff/account/second-factor", (press("main .actions button"), shows("svg.qr"))),
    )


def of_the_host(world: World) -> tuple[Place, ...]:
    """What `world.near.host` sees, while the member waits."""
    near = world.near
    come = (CHECKED, press("device-check .actions button:last-of-type"), shows("call-stage .call-state"), IN_THE_TALK)
    return (
        Place("agenda-waits", "/staff/agenda", (shows(".entry-join"),)),
        Place("staff-appointment-near", f"/staff/appointments/{near.id}", (shows("a[href$='/meet'] >> nth=0"),)),
        Place("staff-meet-check", near.for_host, (CHECKED,)),
        Place("staff-meet", near.for_host, come),
        Place("staff-meet-left", near.for_host, (*come, press(".call-button.grave"), shows("short-break button"))),
    )


def of_the_facilitator(world: World) -> tuple[Place, ...]:
    """What `world.keeper` sees."""
    desk = world.group.desk
    to_a_member = (press("ul.room-members a"), shows("#step"))
    return (
        Place("moderation", "/staff/moderation"),
        Place("moderation-redact", "/staff/moderation", (press(".queued.report .button.quiet"), shows("dialog"))),
        Place("staff-rooms", "/staff/rooms"),
        Place("new-room", "/staff/rooms/new"),
        Place("new-room-faults", "/staff/rooms/new", (fill("#guidelines", ""), SUBMIT)),
        Place("staff-talk", desk, (IN_THE_TALK,)),
        Place("staff-circle-open", f"{desk}/circle", (CHECKED,)),
        Place("staff-talk-actions", desk, (IN_THE_TALK, press(f"#more-{world.newest}"))),
        Place("room-members", f"{desk}/members"),
        Place("decide", f"{desk}/members", to_a_member),
        Place("decide-faults", f"{desk}/members", (*to_a_member, SUBMIT)),
        Place("rota", f"{desk}/rota"),
        Place("rota-empty", f"{world.slow.desk}/rota"),
        Place("gatherings", f"{desk}/gatherings"),
        Place("room-settings", f"{desk}/settings"),
        Place("phrases", "/staff/words"),
    )


OF_THE_ADMIN = (
    Place("people", "/staff/people"),
    Place("invite", "/staff/people/invite"),
    Place("invite-faults", "/staff/people/invite", (SUBMIT,)),
    Place("usage", "/staff/usage"),
    Place("procedure-edit", "/staff/procedure", (press(".numbers > p button"), shows(".numbers .two"))),
    Place("member", "/staff/people", (press("main li a[href^='/staff/people/']"), shows("main dl"))),
)


def of_clients(visits: Visits, world: World, **more: Any) -> Iterator[tuple[Page, Place]]:
    """Every place that clients and strangers see, with a page of one of them; `more` settings for their browsers."""
    return _seen(
        (lambda: visits.stranger(**more), PUBLIC),
        (lambda: visits.client(world.member, **more), of_the_client(world)),
        (lambda: visits.client(world.newcomer, **more), OF_THE_NEWCOMER),
    )


def of_staff(visits: Visits, world: World, **more: Any) -> Iterator[tuple[Page, Place]]:
    """Every place that staff see, likewise."""
    return _seen(
        (lambda: visits.colleague(world.counselor, **more), of_the_counselor(world)),
        (lambda: visits.colleague(world.near.host, **more), of_the_host(world)),
        (lambda: visits.colleague(world.keeper, **more), of_the_facilitator(world)),
        (lambda: visits.colleague(world.admin, **more), OF_THE_ADMIN),
    )


def _seen(*parts: tuple[Callable[[], Page], tuple[Place, ...]]) -> Iterator[tuple[Page, Place]]:
    for arrive, places in parts:
        page = arrive()
        for place in places:
            yield page, place
