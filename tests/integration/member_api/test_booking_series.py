"""Booking the same time for many weeks."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support import practice, series
from tests.support.api import fresh_key
from tests.support.calendars import appointments, faults
from tests.support.cast import Client, StaffMember
from tests.support.practice import NINE, text
from tests.support.series import WEEK, weeks
from tests.support.site import Site

HOUR = timedelta(hours=1)


def standings(answer: Any) -> list[str]:
    return [occasion["standing"] for occasion in answer.json["occasions"]]


def test_what_is_not_free_is_shown_before_anything_is_booked_with_the_nearest_times_of_its_week(
    alice: Client, ben: Client, tom: StaffMember, site: Site
) -> None:
    practice.opens(tom)
    practice.book(ben, tom, NINE + WEEK)
    practice.book(alice, tom, NINE + 2 * WEEK)
    practice.block(tom, NINE + 3 * WEEK, hours=8)
    before = site.items(site.tables.appointments)

    answer = series.preview(alice, tom, count=5)

    assert answer.status == 200
    assert standings(answer) == ["free", "taken", "yours", "taken", "free"]
    found = answer.json["occasions"]
    assert [one["start"] for one in found] == [text(start) for start in weeks(5)]
    assert [one["end"] for one in found] == [text(start + timedelta(minutes=50)) for start in weeks(5)]
    others = [[slot["start"] for slot in one["others"]] for one in found]
    assert others[0] == []
    assert others[1] == [text(NINE + WEEK + hours * HOUR) for hours in (1, 2, 3)]
    # The whole day is taken: the nearest of the days beside it.
    assert others[3] == [text(NINE + 3 * WEEK + hours * HOUR) for hours in (-19, -18, -17)]
    assert site.items(site.tables.appointments) == before


def test_a_series_is_as_many_real_appointments_that_know_their_place(
    alice: Client, tom: StaffMember, site: Site
) -> None:
    practice.opens(tom)

    booked = series.book(alice, tom, weeks(3))

    assert [one["start"] for one in booked] == [text(start) for start in weeks(3)]
    (id_,) = {one["series"]["id"] for one in booked}
    assert [one["series"] for one in booked] == [{"id": id_, "position": n, "of": 3} for n in (1, 2, 3)]
    assert alice.browser.get("/api/appointments").json == {"appointments": booked}
    assert series.shown(alice, booked[1]) == booked
    theirs = tom.browser.get(f"/api/staff/appointments/{booked[2]['id']}/series").json["appointments"]
    assert theirs == [{**one, "client": {"handle": alice.handle}} for one in booked]
    assert faults(site.items(site.tables.appointments)) == []


def test_what_is_left_out_or_put_elsewhere_in_its_week_is_the_clients_choice(
    alice: Client, ben: Client, tom: StaffMember, site: Site
) -> None:
    practice.opens(tom)
    practice.book(ben, tom, NINE + WEEK)
    chosen = [NINE, NINE + WEEK + 26 * HOUR, NINE + 3 * WEEK]

    booked = series.book(alice, tom, chosen, count=5)

    assert [one["start"] for one in booked] == [text(start) for start in chosen]
    assert booked[-1]["series"] | {"id": ""} == {"id": "", "position": 3, "of": 3}
    assert faults(site.items(site.tables.appointments)) == []


def test_every_two_weeks_until_a_date(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    rule = {"every": 2, "until": "2027-04-14"}

    shown = series.preview(alice, tom, **rule).json["occasions"]
    booked = series.book(alice, tom, weeks(4, every=2), **rule)

    assert [one["start"] for one in shown] == [one["start"] for one in booked]
    assert booked[-1]["start"] == "2027-04-14T09:00:00Z"


def test_the_hour_stays_on_the_counselors_clock_when_it_changes(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom, rules=practice.availability(zone="Europe/Lisbon"))

    shown = series.preview(alice, tom, first=datetime(2027, 3, 24, 9, tzinfo=UTC), count=2)

    assert standings(shown) == ["free", "free"]
    assert [one["start"] for one in shown.json["occasions"]] == ["2027-03-24T09:00:00Z", "2027-03-31T08:00:00Z"]


def test_the_horizon_is_for_the_first_and_notice_for_all(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom, rules=practice.availability(horizon_days=14))

    within = series.preview(alice, tom, count=12)
    beyond = series.preview(alice, tom, first=NINE + 2 * WEEK)
    over = series.preview(alice, tom, first=NINE - WEEK)

    assert standings(within) == ["free"] * 12
    assert [(answer.status, answer.code, answer.field) for answer in (beyond, over)] == [
        (422, "slot_not_offered", "query.first")
    ] * 2
    assert series.book(alice, tom, weeks(12))[-1]["start"] == text(NINE + 11 * WEEK)


def test_a_rule_that_cannot_be_is_refused_by_name(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom, rules=practice.availability(repeats=4))
    wrong = {
        "first=tomorrow&every=1&count=2": "query.first",
        f"first={text(NINE)}&every=3&count=2": "query.every",
        f"first={text(NINE)}&every=1&count=1": "query.count",
        f"first={text(NINE)}&every=1&count=5": "query.count",  # more than Tom lets be booked in a row
        f"first={text(NINE)}&every=1&until=2027-06-30": "query.until",
        f"first={text(NINE)}&every=1&until=2027-03-09": "query.until",  # that would be one
        f"first={text(NINE)}&every=1&count=2&until=2027-03-17": "query.count",
        f"first={text(NINE)}&every=1": "query.count",
    }

    answers = {query: alice.browser.get(f"/api/counselors/{tom.id}/series", query=query) for query in wrong}

    assert {query: answer.field for query, answer in answers.items()} == wrong
    assert {answer.status for answer in answers.values()} == {422}


def test_starts_that_are_not_of_the_series_are_refused(alice: Client, tom: StaffMember, site: Site) -> None:
    practice.opens(tom)
    wrong = {
        "no week of the series": ([NINE, NINE + 4 * WEEK], "body.starts.1"),
        "two in one week": ([NINE, NINE + 24 * HOUR], "body.starts.1"),
        "one twice": ([NINE, NINE], "body.starts.1"),
        "one": ([NINE], "body.starts"),
    }

    answers = {
        why: alice.browser.post("/api/series", series.wish(tom, starts, count=4)) for why, (starts, _) in wrong.items()
    }

    assert {why: (answer.status, answer.field) for why, answer in answers.items()} == {
        why: (422, field) for why, (_, field) in wrong.items()
    }
    assert appointments(site.items(site.tables.appointments)) == []


def test_a_counselor_who_wants_no_series_has_none(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom, rules=practice.availability(repeats=1))

    answers = [series.preview(alice, tom), alice.browser.post("/api/series", series.wish(tom, weeks(2)))]

    assert {(answer.status, answer.code) for answer in answers} == {(422, "series_not_offered")}
    assert alice.browser.get(f"/api/counselors/{tom.id}").json["repeats"] == 1


def test_a_mode_that_is_not_offered_and_a_counselor_who_is_not_there(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)

    by_phone = alice.browser.post("/api/series", series.wish(tom, weeks(2), mode="phone"))
    nobody = alice.browser.post("/api/series", series.wish(tom, weeks(2), counselor_id="0" * 32))

    assert (by_phone.code, by_phone.field) == ("mode_not_offered", "body.mode")
    assert (nobody.status, series.preview(alice, StaffMember(alice.browser, "", "", "0" * 32)).status) == (404, 404)


def test_whoever_comes_second_is_told_which_are_gone_and_has_none_of_it(
    alice: Client, ben: Client, tom: StaffMember, site: Site
) -> None:
    practice.opens(tom)
    practice.book(ben, tom, NINE + WEEK)
    practice.book(alice, tom, NINE + 3 * WEEK)
    before = site.items(site.tables.appointments)

    answer = alice.browser.post("/api/series", series.wish(tom, weeks(5)))

    assert (answer.status, answer.code) == (409, "times_taken")
    assert answer.json["taken"] == [text(NINE + WEEK), text(NINE + 3 * WEEK)]
    assert site.items(site.tables.appointments) == before


def test_hours_that_were_closed_meanwhile_are_named_as_gone(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    closed = [{"on": "2027-03-10", "open": False}]
    tom.browser.put("/api/staff/availability", practice.availability(exceptions=closed, version=1))

    answer = alice.browser.post("/api/series", series.wish(tom, weeks(3)))

    assert (answer.code, answer.json["taken"]) == ("times_taken", [text(NINE + WEEK)])


def test_nobody_holds_more_than_thirty_appointments_ahead_by_series_either(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    for hours in (0, 1):
        series.book(alice, tom, weeks(12, NINE + hours * HOUR))

    answer = alice.browser.post("/api/series", series.wish(tom, weeks(7, NINE + 2 * HOUR)))

    assert (answer.status, answer.code) == (409, "too_many_appointments")
    assert len(series.book(alice, tom, weeks(6, NINE + 2 * HOUR))) == 6


def test_the_same_intent_twice_is_one_series_and_one_answer(alice: Client, tom: StaffMember, site: Site) -> None:
    practice.opens(tom)
    key, body = fresh_key(), series.wish(tom, weeks(3))

    first = alice.browser.post("/api/series", body, key=key)
    again = alice.browser.post("/api/series", body, key=key)

    assert first.status == 201
    assert again == first
    assert len(appointments(site.items(site.tables.appointments))) == 3


def test_the_longest_series_fits_into_one_transaction_where_every_day_ends_in_between(
    alice: Client, tom: StaffMember, site: Site
) -> None:
    evenings = [{"weekday": day, "start": "19:30", "end": "22:00"} for day in range(1, 8)]
    longest = practice.availability(length_minutes=60, buffer_minutes=60, repeats=19)
    practice.opens(tom, rules=longest | {"zone": "America/New_York", "weekly": evenings})
    first = datetime(2027, 4, 6, 23, 30, tzinfo=UTC)  # half past seven there

    booked = series.book(alice, tom, weeks(19, first))

    assert len(booked) == 19
    assert {one["end"][8:10] for one in booked} != {one["start"][8:10] for one in booked}
    done = series.cancel(alice, booked[0], "all")
    assert len(done.json["cancelled"]) == 19
    assert faults(site.items(site.tables.appointments)) == []
