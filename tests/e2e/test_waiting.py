"""Waiting for a time to come free: it is held for whoever waited longest, and goes on to the next who wants it."""

import re

from playwright.sync_api import expect

from local.visitor import Visitor
from tests.e2e.cast import Cast, Colleague
from tests.e2e.client import Client
from tests.e2e.clock import instant, long_day
from tests.e2e.looking import overflow, unreachable
from tests.e2e.receiving import arrives
from tests.e2e.visits import Visits
from tests.e2e.waiting import book_in_some_days, give_back

LONDON = "Europe/London"
SMALL = {"viewport": {"width": 360, "height": 740}}


def test_a_freed_time_reaches_the_second_in_line_when_the_first_lets_it_go(visits: Visits, cast: Cast) -> None:
    tom = cast.counselor("Tomas Lindgren", LONDON)
    ben = cast.signed_in(cast.client(LONDON))
    booked = book_in_some_days(ben, tom)
    start = booked["start"]
    first, second = cast.client(LONDON), cast.client(LONDON)
    alice, cleo = (Client(visits.client(member, **SMALL)) for member in (first, second))
    for client in (alice, cleo):
        waits_for(client, tom)

    give_back(ben, booked)
    is_told_that_a_time_is_held(alice, cast.signed_in(first))
    expect(alice.page.get_by_role("main")).to_contain_text(re.compile(long_day(instant(start), LONDON)))
    assert overflow(alice.page) == []
    assert unreachable(alice.page, "offer") == []
    alice.presses("Not this one")
    alice.presses("Yes, let it go")
    expect(alice.page.get_by_text("You let this time go. You keep your place on the list.")).to_be_visible()

    is_told_that_a_time_is_held(cleo, cast.signed_in(second))
    cleo.presses("Take this time")
    cleo.sees("Your appointment is booked")
    expect(cleo.page.get_by_role("main")).to_contain_text(re.compile(long_day(instant(start), LONDON)))
    (taken,) = cast.signed_in(second).must("GET", "/api/appointments?when=upcoming")["appointments"]
    assert (taken["start"], taken["counselor"]["id"]) == (start, tom.id)


def waits_for(client: Client, counselor: Colleague) -> None:
    """From the counselor's page to the list."""
    page = client.page
    page.goto(f"/counselors/{counselor.id}")
    client.follows("Tell me when a time comes free")
    client.sees("What would suit you?")
    assert overflow(page) == []
    client.presses("Continue")
    client.is_told_of_a_fault("Tick at least one way to talk.")
    page.get_by_role("checkbox", name="Video").check()
    client.presses("Continue")
    client.sees("Check what you wait for")
    client.presses("Put me on the list")
    expect(page.get_by_role("main").get_by_text("You are on the list.")).to_be_visible()
    assert unreachable(page, "waiting list") == []


def is_told_that_a_time_is_held(client: Client, calls: Visitor) -> None:
    """A notice comes, and leads to the time."""
    arrives(client.page, "/api/notices", '"kind":"offer"', calls)
    client.page.goto("/notices")
    client.follows(re.compile("has come free"))
    client.sees("A time that came free")
    expect(client.page.get_by_role("heading", name="A time is held for you")).to_be_visible()
