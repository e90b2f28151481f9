"""A counselor's other calendar: what is busy there cannot be booked here."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from functions.calendars.app import serve
from shared.appointments.busy.reader import Busy
from shared.appointments.busy.reading import read
from shared.appointments.busy.refreshing import Refreshing
from shared.appointments.busy.store import BusyStore
from shared.appointments.freed import Freed
from shared.appointments.practice_store import PracticeStore
from shared.appointments.store import AppointmentStore
from shared.tables import Table
from tests.support import practice, series
from tests.support.api import Answer
from tests.support.calendar_server import HOST, Internet, answer, internet
from tests.support.cast import Client, StaffMember
from tests.support.practice import NINE
from tests.support.site import Site

PATH = "/api/staff/busy-calendar"
ADDRESS = f"https://{HOST}/private-0f4e6a52/basic.ics"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def net() -> Iterator[Internet]:
    """Where the calendar is."""
    with internet() as made:
        yield made


def event(start: datetime, end: datetime, uid: str = "1") -> str:
    """An event of a calendar."""
    lines = ["BEGIN:VEVENT", f"UID:{uid}", f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"DTEND:{end:%Y%m%dT%H%M%SZ}"]
    return "\r\n".join([*lines, "END:VEVENT", ""])


def says(net: Internet, *events: str) -> None:
    """The calendar has these events from now on."""
    body = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + "".join(events) + "END:VCALENDAR\r\n"
    net.script = lambda _target, say: say(answer(body.encode()))


def is_gone(net: Internet) -> None:
    """The calendar is not there any more."""
    net.script = lambda _target, say: say(answer(b"", status="404 Not Found"))


def read_here(body: bytes, zone: str, start: datetime, end: datetime) -> Busy:
    """In this process: how it goes in one apart is tested where that is."""
    found = read(body, zone, start, end)
    return Busy(frozen(found.busy), {uid: frozen(taken) for uid, taken in found.perhaps_ours.items()}, found.skipped)


def frozen(quarters: dict[date, set[int]]) -> dict[date, frozenset[int]]:
    return {day: frozenset(numbers) for day, numbers in quarters.items()}


def look(site: Site, net: Internet, remaining_ms: int = 300_000) -> dict[str, int]:
    """What the function `calendars` does every five minutes."""
    table = Table(site.dynamodb, site.tables.appointments)
    stores = (BusyStore(table), PracticeStore(table), AppointmentStore(table))
    return serve(Refreshing(*stores, net.fetcher(seconds=2).fetch, read_here), lambda: remaining_ms, site.clock)


def watch(tom: StaffMember, address: str = ADDRESS, **parts: Any) -> Answer:
    """Name a calendar."""
    return tom.browser.put(PATH, {"address": address}, **parts)


@pytest.fixture
def busy_at_nine(tom: StaffMember, site: Site, net: Internet) -> None:
    """Tom is at work, and busy elsewhere on Wednesday from nine to ten."""
    practice.opens(tom)
    says(net, event(NINE, NINE + HOUR))
    assert watch(tom).status == 200
    assert look(site, net) == {"read": 1, "unread": 0}


def told(refused: Answer) -> tuple[int, str, str]:
    return refused.status, refused.code, refused.field


def test_what_is_busy_there_is_not_on_offer_here_and_cannot_be_booked(
    busy_at_nine: None, alice: Client, tom: StaffMember
) -> None:
    offered = practice.slots(alice, tom)
    refused = alice.browser.post("/api/appointments", practice.wish(tom, NINE))

    assert offered[0] == "2027-03-03T10:00:00Z"
    assert told(refused) == (409, "slot_taken", "")
    assert refused.json["next_slots"][0]["start"] == "2027-03-03T10:00:00Z"


def test_nor_can_anything_be_moved_or_booked_next_into_it(busy_at_nine: None, alice: Client, tom: StaffMember) -> None:
    booked = practice.book(alice, tom, NINE + HOUR)

    assert practice.move(alice, booked, NINE).code == "slot_taken"
    next_one = tom.browser.post(f"/api/staff/appointments/{booked['id']}/next", {"start": practice.text(NINE)})
    assert next_one.code == "slot_taken"


def test_a_series_goes_round_it(busy_at_nine: None, alice: Client, tom: StaffMember) -> None:
    shown = series.preview(alice, tom, count=2).json["occasions"]
    assert [one["standing"] == "free" for one in shown] == [False, True]

    refused = alice.browser.post("/api/series", series.wish(tom, series.weeks(2)))
    assert (refused.code, refused.json["taken"]) == ("times_taken", [practice.text(NINE)])


def test_a_time_in_it_that_comes_free_is_offered_to_nobody(
    alice: Client, ben: Client, tom: StaffMember, site: Site, net: Internet
) -> None:
    practice.opens(tom)
    booked = practice.book(alice, tom, NINE)
    wish = {"modes": ["video"], "zone": "UTC", "counselors": [], "languages": [], "parts": [], "weekdays": []}
    assert ben.browser.put("/api/waitlist", wish).status == 200
    says(net, event(NINE, NINE + HOUR))
    watch(tom)
    look(site, net)

    assert practice.cancel(alice, booked).status == 200
    freed = Freed(tom.id, NINE, NINE + HOUR, alice.id)
    assert site.member_app.waitlist.offering.freed(freed, site.clock()) == []


def test_the_counselor_sees_how_reading_goes_and_of_the_address_only_its_end(
    busy_at_nine: None, tom: StaffMember, site: Site
) -> None:
    assert tom.browser.get(PATH).json == {
        "calendar": {
            "address": "calendar.example ….ics",
            "named_at": practice.text(site.clock.now),
            "read_at": practice.text(site.clock.now),
            "skipped": 0,
            "failing_since": None,
            "trouble": None,
        }
    }


def test_a_calendar_is_read_at_once_when_it_is_new_and_then_every_half_hour(
    busy_at_nine: None, tom: StaffMember, site: Site, net: Internet
) -> None:
    site.clock.advance(timedelta(minutes=29))
    assert look(site, net)["read"] == 0

    site.clock.advance(timedelta(minutes=1))
    assert look(site, net)["read"] == 1

    watch(tom, ADDRESS + "?other")
    assert look(site, net)["read"] == 1
    assert net.asked[-1].endswith("?other")


def test_without_time_for_one_more_it_waits_for_the_next_round(tom: StaffMember, site: Site, net: Internet) -> None:
    watch(tom)

    assert look(site, net, remaining_ms=20_000) == {"read": 0, "unread": 0}
    assert net.asked == []


def test_what_is_known_stays_for_a_day_when_the_calendar_cannot_be_read_and_the_page_says_why(
    alice: Client, tom: StaffMember, site: Site, net: Internet
) -> None:
    friday = NINE + 2 * DAY
    practice.opens(tom)
    says(net, event(friday, friday + HOUR))
    watch(tom)
    look(site, net)
    is_gone(net)
    site.clock.advance(HOUR)
    failed_at = practice.text(site.clock.now)
    assert look(site, net) == {"read": 0, "unread": 1}

    site.clock.advance(22 * HOUR)
    look(site, net)
    shown = tom.browser.get(PATH).json["calendar"]
    assert (shown["failing_since"], shown["trouble"]) == (failed_at, "gone")
    assert practice.slots(alice, tom, "2027-03-05")[0] == "2027-03-05T10:00:00Z"

    site.clock.advance(HOUR)
    assert practice.slots(alice, tom, "2027-03-05")[0] == "2027-03-05T09:00:00Z"


def test_once_it_can_be_read_again_nothing_is_said(
    busy_at_nine: None, tom: StaffMember, site: Site, net: Internet
) -> None:
    is_gone(net)
    site.clock.advance(HOUR)
    look(site, net)
    says(net, event(NINE + HOUR, NINE + 2 * HOUR), "BEGIN:VEVENT\r\nUID:2\r\nDTSTART:tomorrow\r\nEND:VEVENT\r\n")
    site.clock.advance(HOUR)
    look(site, net)

    shown = tom.browser.get(PATH).json["calendar"]
    assert (shown["failing_since"], shown["trouble"], shown["skipped"]) == (None, None, 1)


def test_removing_the_address_frees_at_once_and_forgets_it(
    busy_at_nine: None, alice: Client, tom: StaffMember, site: Site, net: Internet
) -> None:
    removed = [tom.browser.delete(PATH, key="removing-it").status for _ in range(2)]

    assert removed == [204, 204]
    assert practice.slots(alice, tom)[0] == "2027-03-03T09:00:00Z"
    practice.book(alice, tom, NINE)
    assert tom.browser.get(PATH).json == {"calendar": None}
    assert "0f4e6a52" not in str(site.items(site.tables.appointments))
    site.clock.advance(HOUR)
    assert look(site, net) == {"read": 0, "unread": 0}


def test_what_was_read_from_an_old_address_never_lands_under_a_new_one(
    tom: StaffMember, site: Site, net: Internet
) -> None:
    watch(tom)

    def renamed_meanwhile(_target: str, say: Any) -> None:
        watch(tom, ADDRESS + "?new")
        say(answer(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"))

    net.script = renamed_meanwhile

    assert look(site, net) == {"read": 0, "unread": 1}
    assert tom.browser.get(PATH).json["calendar"]["read_at"] is None


def test_an_appointment_that_stands_in_the_counselors_calendar_too_is_not_in_its_own_way(
    alice: Client, tom: StaffMember, site: Site, net: Internet
) -> None:
    practice.opens(tom)
    booked = practice.book(alice, tom, NINE)
    says(net, event(NINE, NINE + HOUR, uid=booked["id"]))
    watch(tom)
    assert look(site, net)["read"] == 1

    moved = practice.move(alice, booked, NINE + HOUR)

    assert moved.status == 200
    # The calendar has not heard of it yet; the old time is free all the same.
    assert practice.slots(alice, tom)[0] == "2027-03-03T09:00:00Z"


def test_a_copy_of_it_under_another_name_is_not_in_the_way_of_moving_it_by_half_an_hour(
    alice: Client, tom: StaffMember, site: Site, net: Internet
) -> None:
    practice.opens(tom, rules=practice.availability(length_minutes=30, buffer_minutes=30))
    booked = practice.book(alice, tom, NINE)
    finer = practice.availability(length_minutes=30, buffer_minutes=0, version=1)
    assert tom.browser.put("/api/staff/availability", finer).status == 200
    says(net, event(NINE, NINE + HOUR / 2))
    watch(tom)
    look(site, net)

    assert practice.move(alice, booked, NINE + HOUR / 2).status == 200


def test_an_event_named_like_the_appointment_of_another_takes_its_time(
    alice: Client, tom: StaffMember, site: Site, net: Internet
) -> None:
    practice.opens(tom)
    says(net, event(NINE, NINE + HOUR, uid="a" * 32))
    watch(tom)
    look(site, net)

    assert practice.slots(alice, tom)[0] == "2027-03-03T10:00:00Z"


@pytest.mark.parametrize(
    "address", ["http://calendar.example/", "https://localhost/", "https://169.254.169.254/", "https://a:b@c.example/"]
)
def test_an_address_that_is_not_of_a_public_site_is_refused_at_once(tom: StaffMember, address: str) -> None:
    assert told(watch(tom, address)) == (422, "calendar_address", "body.address")


@pytest.mark.parametrize("body", [{}, {"address": ""}, {"address": 7}, {"address": "https://" + "a" * 2000}])
def test_what_is_no_address_at_all_is_refused(tom: StaffMember, body: dict[str, Any]) -> None:
    assert told(tom.browser.put(PATH, body)) == (422, "invalid", "body.address")


def test_sent_twice_it_is_named_once(tom: StaffMember, site: Site) -> None:
    first = watch(tom, key="one-and-the-same")
    site.clock.advance(HOUR)

    assert watch(tom, key="one-and-the-same").json == first.json
    assert tom.browser.get(PATH).json["calendar"]["named_at"] == first.json["named_at"]


def test_before_any_profile_or_hours_there_can_be_a_calendar(tom: StaffMember, alice: Client) -> None:
    assert watch(tom).status == 200

    practice.opens(tom)
    assert practice.slots(alice, tom)[0] == "2027-03-03T09:00:00Z"


def test_the_calendar_of_somebody_who_is_no_counselor_any_more_is_forgotten(
    busy_at_nine: None, tom: StaffMember, ada: StaffMember, site: Site
) -> None:
    changed = ada.browser.patch(f"/api/staff/people/{tom.id}", {"roles": ["facilitator"]})

    assert changed.status == 200
    assert "0f4e6a52" not in str(site.items(site.tables.appointments))
    assert tom.browser.get(PATH).status == 403
