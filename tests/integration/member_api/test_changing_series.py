"""Moving and calling off one of a series, it and those that follow, or all."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support import practice, series
from tests.support.api import fresh_key
from tests.support.calendars import faults
from tests.support.cast import Client, StaffMember
from tests.support.practice import NINE, text
from tests.support.series import WEEK, weeks
from tests.support.site import Site

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def starts(found: list[dict[str, Any]]) -> list[str]:
    return [one["start"] for one in found]


def standings(found: list[dict[str, Any]]) -> list[str]:
    return [one["status"] for one in found]


@pytest.fixture
def booked(alice: Client, tom: StaffMember) -> list[dict[str, Any]]:
    """Four Wednesdays at nine."""
    practice.opens(tom)
    return series.book(alice, tom, weeks(4))


@pytest.mark.parametrize(
    ("scope", "moved"),
    [("one", [False, True, False, False]), ("following", [False, True, True, True]), ("all", [True] * 4)],
)
def test_what_moves_goes_to_the_same_weekday_and_hour_of_its_own_week(
    scope: str, moved: list[bool], alice: Client, booked: list[dict[str, Any]], site: Site
) -> None:
    later = DAY + 2 * HOUR

    shown = series.preview_move(alice, booked[1], NINE + WEEK + later, scope).json
    answer = series.move(
        alice, [(one["appointment"], datetime.fromisoformat(one["to"]["start"])) for one in shown["moves"]]
    )

    assert [one["to"]["standing"] for one in shown["moves"]] == ["free"] * sum(moved)
    assert shown["kept"] == []
    assert answer.status == 200
    assert starts(series.shown(alice, booked[0])) == sorted(
        text(start + later * goes) for start, goes in zip(weeks(4), moved, strict=True)
    )
    assert [one["version"] for one in answer.json["appointments"]] == [2] * sum(moved)
    assert faults(site.items(site.tables.appointments)) == []


def test_a_week_later_each_takes_the_place_of_the_next(alice: Client, booked: list[dict[str, Any]], site: Site) -> None:
    shown = series.preview_move(alice, booked[0], NINE + WEEK, "all").json

    answer = series.move(alice, [(one, start + WEEK) for one, start in zip(booked, weeks(4), strict=True)])

    assert [one["to"]["standing"] for one in shown["moves"]] == ["free"] * 4
    assert answer.status == 200, answer.text
    assert starts(series.shown(alice, booked[0])) == [text(start + WEEK) for start in weeks(4)]
    assert faults(site.items(site.tables.appointments)) == []


def test_by_less_than_its_length_a_series_makes_room_for_itself(alice: Client, tom: StaffMember, site: Site) -> None:
    practice.opens(tom, rules=practice.availability(length_minutes=30, buffer_minutes=30))
    booked = series.book(alice, tom, weeks(2))
    tom.browser.put("/api/staff/availability", practice.availability(length_minutes=30, buffer_minutes=0, version=1))

    answer = series.move(alice, [(one, start + HOUR / 2) for one, start in zip(booked, weeks(2), strict=True)])

    assert answer.status == 200, answer.text
    assert faults(site.items(site.tables.appointments)) == []


def test_what_is_in_the_way_is_shown_and_nothing_moves_until_the_client_has_chosen(
    alice: Client, ben: Client, tom: StaffMember, booked: list[dict[str, Any]], site: Site
) -> None:
    practice.book(ben, tom, NINE + 2 * WEEK + DAY)
    moves = [(one, start + DAY) for one, start in zip(booked, weeks(4), strict=True)]

    shown = series.preview_move(alice, booked[0], NINE + DAY, "all").json["moves"]
    refused = series.move(alice, moves)

    assert [one["to"]["standing"] for one in shown] == ["free", "free", "taken", "free"]
    others = [slot["start"] for slot in shown[2]["to"]["others"]]
    assert others == [text(NINE + 2 * WEEK + DAY + hours * HOUR) for hours in (1, 2, 3)]
    assert (refused.status, refused.code, refused.json["taken"]) == (409, "times_taken", [text(NINE + 2 * WEEK + DAY)])
    assert starts(series.shown(alice, booked[0])) == [text(start) for start in weeks(4)]
    moves[2] = (booked[2], datetime.fromisoformat(others[0]))
    assert series.move(alice, moves).status == 200
    assert faults(site.items(site.tables.appointments)) == []


def test_one_that_was_moved_by_itself_joins_the_others_again(alice: Client, booked: list[dict[str, Any]]) -> None:
    apart = practice.move(alice, booked[2], NINE + 2 * WEEK + 2 * DAY).json

    shown = series.preview_move(alice, booked[0], NINE + DAY + HOUR, "all").json["moves"]

    assert apart["series"] == booked[2]["series"]
    assert [one["to"]["start"] for one in shown] == [text(start + DAY + HOUR) for start in weeks(4)]


def test_what_it_is_too_late_for_stays_and_is_named(
    alice: Client, tom: StaffMember, booked: list[dict[str, Any]], site: Site
) -> None:
    site.clock.advance(NINE - 20 * HOUR - site.clock())

    shown = series.preview_move(alice, booked[1], NINE + WEEK + DAY, "all").json
    done = series.cancel(alice, booked[0], "all").json

    assert [one["appointment"]["id"] for one in shown["moves"]] == [one["id"] for one in booked[1:]]
    assert [one["id"] for one in shown["kept"]] == [booked[0]["id"]]
    assert [one["id"] for one in done["cancelled"]] == [one["id"] for one in booked[1:]]
    assert [one["id"] for one in done["kept"]] == [booked[0]["id"]]
    assert standings(series.shown(alice, booked[0])) == ["booked", "cancelled", "cancelled", "cancelled"]
    assert series.cancel(alice, booked[0], "all").code == "too_late"
    assert series.preview_move(alice, booked[0], NINE + DAY, "all").code == "too_late"
    assert faults(site.items(site.tables.appointments)) == []


@pytest.mark.parametrize(
    ("scope", "left"),
    [
        ("one", ["booked", "cancelled", "booked", "booked"]),
        ("following", ["booked", "cancelled", "cancelled", "cancelled"]),
        ("all", ["cancelled"] * 4),
    ],
)
@pytest.mark.parametrize("by", ["client", "counselor"])
def test_either_calls_off_what_is_meant_and_the_time_is_free_again(
    by: str,
    scope: str,
    left: list[str],
    alice: Client,
    ben: Client,
    tom: StaffMember,
    booked: list[dict[str, Any]],
    site: Site,
) -> None:
    answer = series.cancel(alice, booked[1], scope) if by == "client" else series.call_off(tom, booked[1], scope)

    assert answer.status == 200
    assert {one["cancelled_by"] for one in answer.json["cancelled"]} == {by}
    found = series.shown(alice, booked[1])
    assert standings(found) == left
    assert [one["series"]["position"] for one in found] == [1, 2, 3, 4]
    practice.book(ben, tom, NINE + WEEK)
    assert faults(site.items(site.tables.appointments)) == []


def test_the_counselor_reads_whom_and_the_client_reads_why(
    alice: Client, tom: StaffMember, booked: list[dict[str, Any]]
) -> None:
    answer = series.call_off(tom, booked[2], "following").json

    assert {one["client"]["handle"] for one in answer["cancelled"]} == {alice.handle}
    assert [one["cancel_reason"] for one in series.shown(alice, booked[0])] == [None, None, "I am ill.", "I am ill."]


def test_an_appointment_of_no_series_is_all_there_is(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    alone = practice.book(alice, tom)

    assert series.shown(alice, alone) == [alone]
    moved = series.move(alice, [(alone, NINE + DAY)]).json["appointments"]
    assert starts(moved) == [text(NINE + DAY)]
    assert standings(series.cancel(alice, moved[0], "all").json["cancelled"]) == ["cancelled"]


def test_one_of_a_series_may_be_moved_near_to_its_time_beyond_the_horizon(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom, rules=practice.availability(horizon_days=7))
    last = series.book(alice, tom, weeks(4))[-1]
    day = (NINE + 3 * WEEK + DAY).date().isoformat()

    shown = alice.browser.get(
        f"/api/counselors/{tom.id}/slots", query=f"from={day}&days=1&zone=UTC&moving={last['id']}"
    ).json["slots"]

    assert practice.slots(alice, tom, day) == []
    assert text(NINE + 3 * WEEK + DAY) in starts(shown)
    assert practice.move(alice, last, NINE + 3 * WEEK + DAY).status == 200
    assert practice.move(alice, last | {"version": 2}, NINE + 8 * WEEK).code == "slot_not_offered"


def test_a_series_is_nobody_elses(
    alice: Client, ben: Client, tom: StaffMember, ada: Any, booked: list[dict[str, Any]]
) -> None:
    theirs = practice.book(ben, tom, NINE + DAY)

    answers = [
        ben.browser.get(f"/api/appointments/{booked[0]['id']}/series"),
        series.preview_move(ben, booked[0], NINE + HOUR, "all"),
        series.move(ben, [(booked[0], NINE + HOUR)]),
        series.cancel(ben, booked[0], "all"),
        ben.browser.get(
            "/api/counselors/" + tom.id + "/slots", query=f"from=2027-03-03&zone=UTC&moving={booked[0]['id']}"
        ),
    ]
    smuggled = series.move(ben, [(theirs, NINE + DAY + HOUR), (booked[0], NINE + HOUR)])

    assert [answer.status for answer in answers] == [404] * 5
    assert (smuggled.status, smuggled.field) == (422, "body.moves.1.id")
    assert standings(series.shown(alice, booked[0])) == ["booked"] * 4


def test_a_cancelling_that_cannot_be_is_refused_by_name(alice: Client, booked: list[dict[str, Any]]) -> None:
    path = f"/api/appointments/{booked[0]['id']}/series/cancel"
    changes: list[dict[str, Any]] = [{"scope": "some"}, {"version": 0}, {"version": 7}]

    answers = [alice.browser.post(path, {"scope": "all", "version": 1} | change) for change in changes]

    assert [(answer.status, answer.field) for answer in answers] == [
        (422, "body.scope"),
        (422, "body.version"),
        (422, "body.version"),
    ]


def test_moves_that_cannot_be_are_refused(alice: Client, booked: list[dict[str, Any]]) -> None:
    one, other = booked[:2]

    refused = [
        series.move(alice, [(one, NINE + HOUR), (one, NINE + 2 * HOUR)]),
        series.move(alice, [(one, NINE + HOUR), (other, NINE + HOUR)]),
        series.move(alice, [(one, NINE + HOUR / 4)]),
        series.move(alice, [(one | {"version": 2}, NINE + HOUR)]),
        alice.browser.post(f"/api/appointments/{one['id']}/series/moves", {"moves": []}),
    ]

    assert [(answer.status, answer.code, answer.field) for answer in refused] == [
        (422, "invalid", "body.moves"),
        (422, "invalid", "body.moves.1"),
        (409, "times_taken", ""),
        (422, "invalid", "body.version"),
        (422, "invalid", "body.moves"),
    ]


def test_what_changed_meanwhile_stops_all_of_it(alice: Client, booked: list[dict[str, Any]]) -> None:
    practice.move(alice, booked[3], NINE + 3 * WEEK + HOUR)

    answer = series.move(alice, [(one, start + DAY) for one, start in zip(booked, weeks(4), strict=True)])

    assert (answer.status, answer.code) == (409, "changed_meanwhile")
    assert starts(series.shown(alice, booked[0]))[:3] == [text(start) for start in weeks(3)]
    assert series.cancel(alice, booked[3], "following").code == "changed_meanwhile"


@pytest.mark.parametrize("what", ["move", "cancel", "call_off"])
def test_twice_is_once(what: str, alice: Client, tom: StaffMember, booked: list[dict[str, Any]], site: Site) -> None:
    key = fresh_key()

    def send() -> Any:
        if what == "move":
            return series.move(
                alice, [(one, start + DAY) for one, start in zip(booked, weeks(4), strict=True)], key=key
            )
        if what == "cancel":
            return series.cancel(alice, booked[0], "all", key=key)
        return series.call_off(tom, booked[0], "all", key=key)

    first, once = send(), site.items(site.tables.appointments)

    assert first.status == 200
    assert send() == first
    assert site.items(site.tables.appointments) == once


def test_a_move_that_no_transaction_can_hold_is_refused_and_may_be_made_in_parts(
    alice: Client, tom: StaffMember, site: Site
) -> None:
    evenings = [{"weekday": day, "start": "19:30", "end": "22:00"} for day in range(1, 8)]
    longest = practice.availability(length_minutes=60, buffer_minutes=60, repeats=19)
    practice.opens(tom, rules=longest | {"zone": "America/New_York", "weekly": evenings})
    first = datetime(2027, 4, 6, 23, 30, tzinfo=UTC)
    booked = series.book(alice, tom, weeks(19, first))
    moves = [(one, start + 2 * DAY) for one, start in zip(booked, weeks(19, first), strict=True)]

    refused = series.move(alice, moves)

    assert (refused.status, refused.code) == (409, "too_many_at_once")
    assert starts(series.shown(alice, booked[0])) == [text(start) for start in weeks(19, first)]
    assert [series.move(alice, part).status for part in (moves[9:], moves[:9])] == [200, 200]
    assert faults(site.items(site.tables.appointments)) == []
