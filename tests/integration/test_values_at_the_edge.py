"""Values that are well-formed and still impossible: each is refused by name, and none is a fault of ours."""

from datetime import timedelta

import pytest

from functions.member_api.routes import ROUTES as MEMBER_ROUTES
from functions.routing import Route
from functions.staff_api.routes import ROUTES as STAFF_ROUTES
from shared.ids import new_id
from tests.support import practice
from tests.support.api import Answer
from tests.support.cast import Client, StaffMember

LAST = "9999-12-31T23:59:59Z"
FIRST = "0001-01-01T00:00:00+14:00"
BY_ID = [route for route in (*MEMBER_ROUTES, *STAFF_ROUTES) if "{" in route.path]
NO_IDS = {
    "longer than any key": "a" * 3000,
    "longer than any key in bytes": "é" * 1000,
    "in capitals": new_id().upper(),
    "too short": new_id()[1:],
    "with a line's end": new_id() + "\n",
    "a key of ours": "COUNSELOR#" + new_id(),
}


def told(answer: Answer) -> tuple[int, str, str]:
    return answer.status, answer.code, answer.field


@pytest.mark.parametrize("query", ["from=9999-12-20&days=31", "from=9999-12-31", "from=0001-01-01", "from=0", "from="])
def test_no_dates_are_shown_beyond_any_calendar(query: str, alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)

    shown = alice.browser.get(f"/api/counselors/{tom.id}/slots", query=f"{query}&zone=Pacific/Apia")

    assert told(shown) == (422, "invalid", "query.from")
    assert told(tom.browser.get("/api/staff/agenda", query=query)) == (422, "invalid", "query.from")


@pytest.mark.parametrize("days", ["0", "32", "-1", "1.5", "x"])
def test_no_more_than_a_month_is_shown_at_once(days: str, alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    query = f"from=2027-03-03&days={days}&zone=UTC"

    assert told(alice.browser.get(f"/api/counselors/{tom.id}/slots", query=query)) == (422, "invalid", "query.days")
    query = f"from=2027-03-03&days={days}"
    assert told(tom.browser.get("/api/staff/agenda", query=query)) == (422, "invalid", "query.days")


@pytest.mark.parametrize("start", [FIRST, LAST])
def test_nothing_is_booked_moved_or_blocked_beyond_any_calendar(start: str, alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    booked = practice.book(alice, tom)

    book = alice.browser.post("/api/appointments", {**practice.wish(tom), "start": start})
    move = alice.browser.post(f"/api/appointments/{booked['id']}/reschedule", {"start": start, "version": 1})
    block = tom.browser.post("/api/staff/blocks", {"start": start, "end": LAST})

    assert told(book) == told(move) == told(block) == (422, "invalid", "body.start")


def test_a_version_that_no_table_could_hold_is_refused(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    booked = practice.book(alice, tom)
    huge = 10**40

    profile = tom.browser.put("/api/staff/profile", practice.profile(version=huge))
    availability = tom.browser.put("/api/staff/availability", practice.availability(version=huge))
    cancel = practice.cancel(alice, {**booked, "version": huge})

    assert told(profile) == told(availability) == told(cancel) == (422, "invalid", "body.version")


def test_what_cannot_be_an_id_is_nobodys(alice: Client, tom: StaffMember, ada: StaffMember) -> None:
    for route in BY_ID:
        browser = alice.browser
        if route in STAFF_ROUTES:
            browser = (ada if "/people/" in route.path else tom).browser
        start, end = route.path.index("{"), route.path.index("}") + 1

        for name, no_id in NO_IDS.items():
            path = route.path[:start] + no_id + route.path[end:]
            answer = browser.request(route.method, path, body=None if route.method == "GET" else sensible(route))
            assert answer.status == 404, f"{route.key}, {name}: {answer.text[:200]}"


def sensible(route: Route) -> dict[str, object]:
    """A body that this route would take."""
    bodies: dict[str, dict[str, object]] = {
        "reschedule": {"start": practice.text(practice.NINE), "version": 1},
        "cancel": {"version": 1, "reason": "I am ill."} if route in STAFF_ROUTES else {"version": 1},
        "noshow": {"version": 1},
    }
    return bodies.get(route.path.rsplit("/", 1)[1], {})


@pytest.mark.parametrize("days", [1, 7])
def test_whole_days_can_be_blocked_and_given_free_again(days: int, alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    day_before = practice.NINE.replace(hour=0)

    blocked = practice.block(tom, day_before, hours=24 * days)
    assert blocked.status == 201, blocked.text
    assert practice.slots(alice, tom, days=days) == []

    assert tom.browser.delete(f"/api/staff/blocks/{blocked.json['id']}").status == 204
    assert len(practice.slots(alice, tom, days=days)) == 8 * days


def test_a_block_is_answered_as_the_agenda_shows_it_whatever_offset_it_was_sent_with(tom: StaffMember) -> None:
    practice.opens(tom)
    sent = {"start": "2027-03-03T10:00:00.000+05:45", "end": "2027-03-03T11:00:00-03:30", "note": "Training"}

    answered = tom.browser.post("/api/staff/blocks", sent)

    assert answered.status == 201, answered.text
    assert (answered.json["start"], answered.json["end"]) == ("2027-03-03T04:15:00Z", "2027-03-03T14:30:00Z")
    assert tom.browser.get("/api/staff/agenda", query="from=2027-03-03&days=1").json["blocks"] == [answered.json]


def test_the_length_of_a_block_has_a_limit_and_a_direction(tom: StaffMember) -> None:
    assert told(practice.block(tom, practice.NINE, hours=0)) == (422, "invalid", "body.end")
    assert told(practice.block(tom, practice.NINE, hours=-1)) == (422, "invalid", "body.end")
    assert told(practice.block(tom, practice.NINE, hours=24 * 7 + 1)) == (422, "invalid", "body.end")
    assert told(practice.block(tom, practice.NINE - timedelta(days=9))) == (422, "invalid", "body.start")
