"""The private address of a calendar feed: who can read what with it, and when it ends."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from shared.people.limits import FEED_PER_ADDRESS
from tests.support import practice
from tests.support.api import Answer, Browser
from tests.support.cast import Client, StaffMember
from tests.support.practice import NINE
from tests.support.site import Site

MINE, STAFFS = "/api/me/calendar-feed", "/api/staff/me/calendar-feed"
DAY = timedelta(days=1)


@pytest.fixture
def booked(alice: Client, tom: StaffMember) -> dict[str, Any]:
    """Alice with Tom on Wednesday at nine."""
    practice.opens(tom)
    return practice.book(alice, tom)


def address(browser: Browser, path: str = MINE, **parts: Any) -> str:
    """A new address."""
    made = browser.post(path, **parts)
    assert made.status == 201, made.text
    return str(made.json["path"])


def events(answer: Answer) -> list[tuple[str, str]]:
    """What a calendar programme makes of an answer: the start and the status of each event."""
    assert answer.status == 200, answer.text
    found = Calendar.from_ical(answer.text).walk("VEVENT")
    return [(event["DTSTART"].dt.isoformat(), str(event["STATUS"])) for event in found]


@pytest.mark.parametrize("whose", ["client", "counselor"])
def test_both_people_see_the_appointment_in_their_own_calendar(
    whose: str, booked: dict[str, Any], alice: Client, tom: StaffMember, sam: Browser
) -> None:
    feed = address(alice.browser) if whose == "client" else address(tom.browser, STAFFS)

    answer = sam.get(feed)

    assert events(answer) == [("2027-03-03T09:00:00+00:00", "CONFIRMED")]
    assert feed.endswith("/calendar.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"].startswith("private")
    assert all(word not in answer.text for word in ("Tom", alice.handle, alice.id, tom.id, "video"))


def test_a_move_and_a_cancellation_are_seen_at_the_next_look(
    booked: dict[str, Any], alice: Client, sam: Browser
) -> None:
    feed = address(alice.browser)
    moved = practice.move(alice, booked, NINE + DAY).json
    assert events(sam.get(feed)) == [("2027-03-04T09:00:00+00:00", "CONFIRMED")]

    practice.cancel(alice, moved)

    assert events(sam.get(feed)) == [("2027-03-04T09:00:00+00:00", "CANCELLED")]


def test_a_programme_that_has_seen_it_all_is_told_so(
    booked: dict[str, Any], alice: Client, tom: StaffMember, sam: Browser
) -> None:
    feed = address(alice.browser)
    tag = sam.get(feed).headers["ETag"]

    again = sam.get(feed, headers={"if-none-match": f'"other", {tag}'})
    practice.cancel(alice, booked)
    changed = sam.get(feed, headers={"if-none-match": tag})

    assert (again.status, again.text, again.headers["ETag"]) == (304, "", tag)
    assert changed.status == 200


def test_what_is_long_over_is_left_out(booked: dict[str, Any], alice: Client, sam: Browser, site: Site) -> None:
    feed = address(alice.browser)
    site.clock.advance(30 * DAY)
    assert len(events(sam.get(feed))) == 1

    site.clock.advance(5 * DAY)

    assert events(sam.get(feed)) == []


def test_a_new_address_ends_the_old_one(alice: Client, sam: Browser, site: Site) -> None:
    old = address(alice.browser)
    made_at = alice.browser.get(MINE).json["made_at"]
    site.clock.advance(DAY / 2)

    new = address(alice.browser)

    assert sam.get(old).status == 404
    assert events(sam.get(new)) == []
    assert alice.browser.get(MINE).json["made_at"] > made_at


def test_asked_twice_the_same_address_is_shown(alice: Client, sam: Browser, site: Site) -> None:
    first = address(alice.browser, key="one-and-the-same")
    site.clock.advance(DAY / 2)

    assert address(alice.browser, key="one-and-the-same") == first
    assert sam.get(first).status == 200


def test_without_a_feed_the_address_leads_nowhere_and_a_second_removal_changes_nothing(
    alice: Client, sam: Browser
) -> None:
    feed = address(alice.browser)

    removed = [alice.browser.delete(MINE, key="removing-it").status for _ in range(2)]

    assert removed == [204, 204]
    assert alice.browser.delete(MINE).status == 204
    assert sam.get(feed).status == 404
    assert alice.browser.get(MINE).json == {"made_at": None}


def test_a_token_that_was_never_made_or_cannot_be_one_leads_nowhere(alice: Client, sam: Browser) -> None:
    feed = address(alice.browser)

    for other in (feed.replace(feed[15:20], "00000"), "/api/calendars/alice/calendar.ics", feed.upper()):
        answer = sam.get(other)
        assert answer.status == 404, other


def test_the_feed_of_somebody_suspended_is_gone(tom: StaffMember, ada: StaffMember, sam: Browser) -> None:
    feed = address(tom.browser, STAFFS)

    assert ada.browser.patch(f"/api/staff/people/{tom.id}", {"status": "suspended"}).status == 200

    assert sam.get(feed).status == 404


def test_nobody_who_reads_the_tables_finds_an_address(alice: Client, site: Site) -> None:
    token = address(alice.browser).split("/")[3]

    assert token not in json.dumps(site.items(site.tables.people), default=str)


def test_asking_over_and_over_has_an_end(alice: Client, sam: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = address(alice.browser)
    monkeypatch.setattr("functions.member_api.calendars.FEED_PER_ADDRESS", replace(FEED_PER_ADDRESS, times=2))

    answers = [sam.get(feed) for _ in range(3)]

    assert [answer.status for answer in answers] == [200, 200, 429]
    assert int(answers[2].headers["Retry-After"]) > 0
