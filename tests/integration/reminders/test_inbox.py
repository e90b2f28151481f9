"""`/api/reminders` and `/api/notices`: deciding how to be reminded, and reading what one was told."""

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from shared.reminders.channel import Channel, Delivery
from tests.support import practice
from tests.support.api import Answer, Browser, fresh_key
from tests.support.cast import Client, StaffMember
from tests.support.clock import VirtualClock
from tests.support.reminding import Letterbox, Reminding
from tests.support.site import Site

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
NINE = practice.NINE
WISH: dict[str, Any] = {
    "before": [60, 2880],
    "channels": ["email"],
    "quiet": {"start": "22:00", "end": "07:30"},
    "code_word": "Dentist",
    "sender": "Dr. Hill",
    "calendar_title": "Piano",
    "version": 0,
}


@pytest.fixture
def reminding(site: Site, tom: StaffMember) -> Reminding:
    practice.opens(tom)
    return Reminding(site, {Channel.EMAIL: Letterbox(), Channel.PUSH: Letterbox(says=Delivery.DELIVERED)})


@pytest.fixture
def booked(reminding: Reminding, alice: Client, tom: StaffMember) -> dict[str, Any]:
    with reminding.happens():
        return practice.book(alice, tom)


def decide(browser: Browser, key: str | None = None, at: str = "/api/reminders", **change: Any) -> Answer:
    return browser.put(at, WISH | change, key=key or fresh_key())


def preferences(browser: Browser, at: str = "/api/reminders") -> dict[str, Any]:
    return {name: value for name, value in browser.get(at).json.items() if name != "sample"}


def kinds(browser: Browser, at: str = "/api/notices") -> list[tuple[str, bool]]:
    return [(notice["kind"], notice["unread"]) for notice in browser.get(at).json["notices"]]


def read(browser: Browser, until: str, key: str | None = None) -> Answer:
    return browser.put("/api/notices/read", {"until": until}, key=key or fresh_key())


def test_who_has_decided_nothing_is_reminded_as_is_usual(alice: Client, tom: StaffMember) -> None:
    usual = {"quiet": None, "code_word": "", "sender": "", "calendar_title": "", "version": 0}
    every = ["email", "push", "sms"]
    assert preferences(alice.browser) == usual | {"before": [1440, 15], "channels": every}
    assert preferences(tom.browser, "/api/staff/reminders") == usual | {"before": [15], "channels": every}


def test_what_is_decided_is_kept_whole_and_twice_is_once(alice: Client, ben: Client) -> None:
    key = fresh_key()
    decided = decide(alice.browser, key)
    assert decided.status == 200, decided.text
    assert preferences(alice.browser) == WISH | {"before": [2880, 60], "version": 1}
    assert decide(alice.browser, key).json == decided.json == alice.browser.get("/api/reminders").json
    assert preferences(ben.browser)["version"] == 0

    plain = decide(alice.browser, version=1, before=[], channels=[], quiet=None, code_word="")
    assert (plain.json["before"], plain.json["channels"], plain.json["quiet"]) == ([], [], None)


def test_they_see_what_a_reminder_says_in_their_language_and_zone(alice: Client) -> None:
    assert alice.browser.patch("/api/me", {"language": "es", "zone": "Europe/Lisbon"}).status == 200
    assert alice.browser.get("/api/reminders").json["sample"] == {
        "title": "Recordatorio",
        "body": "Próximamente: martes, 2 de marzo de 2027, 12:00 (Lisbon, UTC+0).",
    }


def test_of_two_who_decide_at_once_the_second_is_told(alice: Client) -> None:
    decide(alice.browser)
    late = decide(alice.browser)
    assert (late.status, late.code) == (409, "changed_meanwhile")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"before": [4]}, "body.before.0"),
        ({"before": [60, 10081]}, "body.before.1"),
        ({"before": [60, 60]}, "body.before"),
        ({"before": [5, 10, 15, 20, 25]}, "body.before"),
        ({"channels": ["pigeon"]}, "body.channels.0"),
        ({"quiet": {"start": "22:00", "end": "22:00"}}, "body.quiet.end"),
        ({"quiet": {"start": "24:00", "end": "07:00"}}, "body.quiet.start"),
        ({"quiet": {"start": "22:00"}}, "body.quiet.end"),
        ({"code_word": "x" * 41}, "body.code_word"),
        ({"sender": "Dr.\nHill"}, "body.sender"),
        ({"calendar_title": "x" * 61}, "body.calendar_title"),
        ({"version": 3}, "body.version"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(alice: Client, change: dict[str, Any], field: str) -> None:
    refused = decide(alice.browser, **change)
    assert (refused.status, refused.code, refused.field) == (422, "invalid", field)
    assert alice.browser.get("/api/reminders").json["version"] == 0


def test_it_holds_for_appointments_that_are_booked_already(
    reminding: Reminding, booked: dict[str, Any], alice: Client
) -> None:
    with reminding.happens():
        assert decide(alice.browser, before=[120], quiet=None).status == 200
    reminding.pass_until(NINE + HOUR)
    assert reminding.told(Channel.EMAIL, alice.id)[1:] == [("Dentist", NINE - 2 * HOUR)]
    assert reminding.told(Channel.PUSH, alice.id) == []


def test_one_reads_what_one_was_told_latest_first_and_what_one_did_is_no_news(
    reminding: Reminding, booked: dict[str, Any], alice: Client, ben: Client, clock: VirtualClock
) -> None:
    reminding.pass_until(NINE)

    inbox = alice.browser.get("/api/notices").json
    assert kinds(alice.browser) == [("reminder", True), ("reminder", True), ("booked", False)]
    assert inbox["unread"] == 2
    assert {notice["of"] for notice in inbox["notices"]} == {booked["id"]}
    assert ben.browser.get("/api/notices").json == {"notices": [], "unread": 0}

    key, until = fresh_key(), inbox["notices"][1]["at"]
    assert [read(alice.browser, until, key).status for _ in range(2)] == [204, 204]
    assert kinds(alice.browser) == [("reminder", True), ("reminder", False), ("booked", False)]
    assert read(alice.browser, practice.text(clock())).status == 204
    assert read(alice.browser, until).status == 204
    assert alice.browser.get("/api/notices").json["unread"] == 0


def test_nobody_has_read_what_is_to_come(alice: Client, clock: VirtualClock) -> None:
    refused = read(alice.browser, practice.text(clock() + MINUTE))
    assert (refused.status, refused.field) == (422, "body.until")


def test_a_counselor_reads_what_both_were_told_and_what_became_of_it_and_no_words(
    reminding: Reminding, booked: dict[str, Any], alice: Client, tom: StaffMember, maya: StaffMember
) -> None:
    with reminding.happens():
        practice.book(alice, tom, NINE + 3 * HOUR)
    decide(alice.browser, before=[], channels=["email", "push"])
    reminding.pass_until(NINE)

    path = f"/api/staff/appointments/{booked['id']}/notices"
    answer = tom.browser.get(path)

    told = [(one["to"], one["kind"], one["deliveries"]) for one in answer.json["told"]]
    assert sorted(told[:2], key=lambda one: one[0]) == [
        ("client", "booked", {"email": "sent"}),
        ("counselor", "booked", {"email": "sent", "push": "delivered"}),
    ]
    assert told[2:] == [("counselor", "reminder", {"email": "sent", "push": "delivered"})]
    assert "Dentist" not in answer.text

    assert maya.browser.get(path).code == "not_allowed"
    assert tom.browser.get(f"/api/staff/appointments/{'f' * 32}/notices").code == "not_found"
    assert alice.browser.get(path).status == 401


def test_calendars_show_the_title_they_decided_on(alice: Client, booked: dict[str, Any]) -> None:
    path = f"/api/appointments/{booked['id']}/calendar"

    def shown(query: str = "") -> str:
        (event,) = Calendar.from_ical(alice.browser.get(path, query=query).text).walk("VEVENT")
        return str(event["SUMMARY"])

    assert shown() == "Appointment"
    decide(alice.browser)
    assert shown() == "Piano"
    assert shown("title=Tea") == "Tea"

    feed = alice.browser.post("/api/me/calendar-feed").json["path"]
    assert "SUMMARY:Piano" in alice.browser.get(feed).text


def test_it_is_the_same_for_staff(tom: StaffMember, alice: Client, sam: Browser) -> None:
    assert decide(tom.browser, at="/api/staff/reminders").json["version"] == 1
    assert kinds(tom.browser, "/api/staff/notices") == []
    for at in ("reminders", "notices"):
        assert alice.browser.get(f"/api/staff/{at}").status == 401
        assert sam.get(f"/api/{at}").status == 401
