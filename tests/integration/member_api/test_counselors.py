"""Finding a counselor and a time."""

from datetime import timedelta

import pytest

from tests.support import cast, practice
from tests.support.cast import Client, StaffMember
from tests.support.site import Site

HOUR = timedelta(hours=1)
NEARLY_ALL_DAY = [{"weekday": day, "start": "00:00", "end": "24:00"} for day in range(1, 8)]


@pytest.fixture
def eve(site: Site, ada: StaffMember) -> StaffMember:
    """Another counselor: Arabic, about sleep, by phone, from six in the evening."""
    eve = cast.hire(site, ada, "Eve", "forty quiet lighthouses", "counselor", address="198.51.100.4")
    evenings = [{"weekday": day, "start": "18:00", "end": "21:00"} for day in range(1, 8)]
    words = practice.profile(name="Eve", languages=["ar"], topics=["sleep"], modes=["phone"])
    practice.opens(eve, rules=practice.availability(weekly=evenings), words=words)
    return eve


def found(client: Client, query: str = "") -> list[str]:
    """The ids of the counselors in the answer, in its order."""
    answer = client.browser.get("/api/counselors", query=query)
    assert answer.status == 200, answer.text
    return [counselor["id"] for counselor in answer.json["counselors"]]


def test_a_client_reads_what_a_counselor_wrote_and_when_they_are_free(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)

    shown = alice.browser.get(f"/api/counselors/{tom.id}")

    assert shown.status == 200
    assert shown.json == {
        "id": tom.id,
        "name": "Tom Tarrow",
        "about": "I listen.",
        "languages": ["en", "es"],
        "topics": ["grief", "sleep"],
        "modes": ["text", "video"],
        "length_minutes": 50,
        "repeats": 12,
        "next_slot": {"start": "2027-03-02T12:00:00Z", "end": "2027-03-02T12:50:00Z"},
    }
    assert alice.browser.get("/api/counselors").json == {"counselors": [shown.json]}


def test_whoever_is_free_soonest_comes_first_and_whoever_is_never_free_last(
    alice: Client, tom: StaffMember, eve: StaffMember, ada: StaffMember, site: Site
) -> None:
    full = cast.hire(site, ada, "Finn", "sixty careful lanterns", "counselor", address="198.51.100.5")
    practice.opens(full, rules=practice.availability(weekly=[]))
    practice.opens(tom)

    assert found(alice) == [tom.id, eve.id, full.id]
    assert alice.browser.get(f"/api/counselors/{full.id}").json["next_slot"] is None


FILTERS: list[tuple[str, set[str]]] = [
    ("language=en", {"tom"}),
    ("language=ar", {"eve"}),
    ("language=pt", set()),
    ("topic=sleep", {"tom", "eve"}),
    ("topic=grief", {"tom"}),
    ("topic=trauma", set()),
    ("mode=phone", {"eve"}),
    ("mode=video", {"tom"}),
    ("mode=audio", set()),
    ("language=en&topic=sleep&mode=text", {"tom"}),
    ("language=ar&topic=grief", set()),
    ("part_of_day=morning&zone=UTC", {"tom"}),
    ("part_of_day=afternoon&zone=UTC", {"tom"}),
    ("part_of_day=evening&zone=UTC", {"eve"}),
    ("part_of_day=night&zone=UTC", set()),
    ("part_of_day=night&zone=Asia/Tokyo", {"tom", "eve"}),  # 9:00 to 21:00 is 18:00 to 6:00 there
    ("part_of_day=morning&zone=Asia/Tokyo", set()),
    ("part_of_day=evening&zone=Asia/Tokyo", {"tom"}),
    ("part_of_day=morning&zone=America/New_York", {"tom"}),
    ("part_of_day=morning&zone=America/New_York&mode=phone", set()),
]


def test_clients_filter_by_language_topic_mode_and_part_of_their_own_day(
    alice: Client, tom: StaffMember, eve: StaffMember
) -> None:
    practice.opens(tom)
    for query, who in FILTERS:
        assert set(found(alice, query)) == {{"tom": tom.id, "eve": eve.id}[name] for name in who}


def test_with_a_part_of_day_the_next_time_is_in_it(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)

    answer = alice.browser.get("/api/counselors", query="part_of_day=morning&zone=UTC")

    assert answer.json["counselors"][0]["next_slot"]["start"] == "2027-03-03T09:00:00Z"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("language=English", "query.language"),
        ("topic=football", "query.topic"),
        ("mode=carrier-pigeon", "query.mode"),
        ("part_of_day=teatime", "query.part_of_day"),
        ("zone=Mars/Base", "query.zone"),
        ("colour=blue", "query.colour"),
    ],
)
def test_what_is_no_filter_is_refused_by_name(query: str, field: str, alice: Client) -> None:
    answer = alice.browser.get("/api/counselors", query=query)

    assert (answer.status, answer.code, answer.field) == (422, "invalid", field)


def test_an_unpublished_counselor_looks_like_none_at_all(alice: Client, tom: StaffMember) -> None:
    nobody = "0" * 32
    practice.opens(tom, words=practice.profile(published=False))
    query = "from=2027-03-03&days=7&zone=UTC"

    assert found(alice) == []
    for path, asked in (("", ""), ("/slots", query)):
        theirs = alice.browser.get(f"/api/counselors/{tom.id}{path}", query=asked)
        nobodys = alice.browser.get(f"/api/counselors/{nobody}{path}", query=asked)
        assert theirs.status == 404
        assert theirs == nobodys
    wishes = [
        alice.browser.post("/api/appointments", practice.wish(tom) | {"counselor_id": id_}) for id_ in (tom.id, nobody)
    ]
    assert wishes[0].status == 404
    assert wishes[0] == wishes[1]


def test_a_counselor_who_has_hours_but_no_profile_is_not_found(alice: Client, tom: StaffMember) -> None:
    assert tom.browser.put("/api/staff/availability", practice.availability()).status == 200

    assert found(alice) == []


@pytest.mark.parametrize("change", [{"status": "suspended"}, {"roles": ["facilitator"]}])
def test_a_counselor_who_is_suspended_or_no_counselor_any_more_vanishes(
    change: dict[str, object], alice: Client, tom: StaffMember, ada: StaffMember
) -> None:
    practice.opens(tom)
    assert found(alice) == [tom.id]

    assert ada.browser.patch(f"/api/staff/people/{tom.id}", change).status == 200

    assert found(alice) == []
    assert alice.browser.get(f"/api/counselors/{tom.id}").status == 404
    assert alice.browser.post("/api/appointments", practice.wish(tom)).status == 404


def test_times_are_those_of_the_dates_of_the_clients_own_zone(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom, rules=practice.availability(weekly=NEARLY_ALL_DAY))

    for zone, first, last in (
        ("UTC", "2027-03-04T00:00:00Z", "2027-03-04T23:00:00Z"),
        ("Asia/Kathmandu", "2027-03-03T19:00:00Z", "2027-03-04T18:00:00Z"),
        ("Pacific/Kiritimati", "2027-03-03T10:00:00Z", "2027-03-04T09:00:00Z"),
        ("America/Los_Angeles", "2027-03-04T08:00:00Z", "2027-03-05T07:00:00Z"),
    ):
        starts = practice.slots(alice, tom, "2027-03-04", 1, zone)
        assert (starts[0], starts[-1], len(starts)) == (first, last, 24), zone


def test_the_answer_says_which_dates_and_zone_it_is_about(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)

    answer = alice.browser.get(f"/api/counselors/{tom.id}/slots", query="from=2027-03-03&zone=Asia/Tokyo")

    assert {name: answer.json[name] for name in ("zone", "from", "days")} == {
        "zone": "Asia/Tokyo",
        "from": "2027-03-03",
        "days": 14,
    }


def test_a_counselors_hours_follow_their_own_clocks(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom, rules=practice.availability(zone="Europe/Lisbon"))  # summer time from 28 March 2027 on

    assert practice.slots(alice, tom, "2027-03-27")[0] == "2027-03-27T09:00:00Z"
    assert practice.slots(alice, tom, "2027-03-28")[0] == "2027-03-28T08:00:00Z"


def test_no_time_is_shown_before_the_notice_or_beyond_the_horizon(alice: Client, tom: StaffMember, site: Site) -> None:
    practice.opens(tom, rules=practice.availability(notice_hours=48, horizon_days=3))  # now is Monday, 1 March, noon

    assert practice.slots(alice, tom, "2027-03-01", 31) == [
        *(f"2027-03-03T{hour}:00:00Z" for hour in (12, 13, 14, 15, 16)),
        *(f"2027-03-04T{hour:02}:00:00Z" for hour in (9, 10, 11)),
    ]
    site.clock.advance(HOUR)
    assert practice.slots(alice, tom, "2027-03-01", 31)[0] == "2027-03-03T13:00:00Z"


def test_a_time_that_is_booked_or_blocked_is_shown_to_nobody(alice: Client, ben: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    practice.book(alice, tom, practice.NINE)
    assert practice.block(tom, practice.NINE + 3 * HOUR, hours=0.25).status == 201

    hours = [start[11:13] for start in practice.slots(ben, tom)]

    assert hours == ["10", "11", "13", "14", "15", "16"]
    assert [start[11:13] for start in practice.slots(alice, tom)] == hours


def test_the_buffer_is_kept_free_too(alice: Client, ben: Client, tom: StaffMember) -> None:
    rules = practice.availability(length_minutes=30, buffer_minutes=30)
    practice.opens(tom, rules=rules)
    practice.book(alice, tom, practice.NINE)
    wider = practice.availability(length_minutes=30, buffer_minutes=0, version=1)
    assert tom.browser.put("/api/staff/availability", wider).status == 200

    assert practice.slots(ben, tom)[0] == "2027-03-03T10:00:00Z"


def test_a_client_is_not_shown_times_when_they_are_with_somebody_else(
    alice: Client, ben: Client, tom: StaffMember, eve: StaffMember
) -> None:
    practice.opens(tom, rules=practice.availability(weekly=NEARLY_ALL_DAY))
    at_six = practice.NINE + 9 * HOUR
    practice.book(alice, eve, at_six, mode="phone")

    assert practice.text(at_six) not in practice.slots(alice, tom)
    assert practice.text(at_six + HOUR) in practice.slots(alice, tom)
    assert practice.text(at_six) in practice.slots(ben, tom)


def test_nor_when_their_other_appointment_begins_on_the_next_day(
    alice: Client, tom: StaffMember, eve: StaffMember
) -> None:
    """Half past eleven in the evening in Paris is 22:30 UTC, and two hours later it is the next day in both."""
    mornings = [{"weekday": day, "start": "07:30", "end": "09:30"} for day in range(1, 8)]
    practice.opens(tom, rules=practice.availability(zone="Asia/Tokyo", weekly=mornings, length_minutes=120))
    always = practice.availability(weekly=NEARLY_ALL_DAY, length_minutes=30, buffer_minutes=0, version=1)
    assert eve.browser.put("/api/staff/availability", always).status == 200
    assert practice.slots(alice, tom, "2027-03-03", 1, "Europe/Paris") == ["2027-03-03T22:30:00Z"]

    practice.book(alice, eve, practice.NINE + 15 * HOUR, mode="phone")

    assert practice.slots(alice, tom, "2027-03-03", 1, "Europe/Paris") == []


def test_slots_need_a_date_and_a_zone(alice: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    path = f"/api/counselors/{tom.id}/slots"

    assert alice.browser.get(path, query="from=2027-03-03").field == "query.zone"
    assert alice.browser.get(path, query="zone=UTC").field == "query.from"
    assert alice.browser.get(path, query="from=tomorrow&zone=UTC").field == "query.from"
    assert alice.browser.get(path, query="from=2027-03-03&zone=Mars/Base").field == "query.zone"
