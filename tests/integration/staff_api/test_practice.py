"""A counselor's profile and hours."""

from typing import Any

import pytest

from tests.support import practice
from tests.support.api import Answer, fresh_key
from tests.support.cast import Client, StaffMember

PROFILE, HOURS = "/api/staff/profile", "/api/staff/availability"


def told(answer: Answer) -> tuple[int, str, str]:
    return answer.status, answer.code, answer.field


def test_before_anything_is_written_there_are_the_usual_rules_and_no_hours(tom: StaffMember) -> None:
    me = tom.browser.get("/api/staff/me").json

    assert tom.browser.get(PROFILE).json == {
        "name": "",
        "about": "",
        "languages": [me["language"]],
        "topics": [],
        "modes": [],
        "published": False,
        "version": 0,
    }
    assert tom.browser.get(HOURS).json == {
        "zone": me["zone"],
        "weekly": [],
        "exceptions": [],
        "length_minutes": 50,
        "buffer_minutes": 10,
        "notice_hours": 24,
        "horizon_days": 60,
        "change_notice_hours": 24,
        "repeats": 12,
        "version": 0,
    }


def test_what_is_written_is_read_back(tom: StaffMember) -> None:
    rules = practice.availability(
        zone="Asia/Kathmandu",
        weekly=[{"weekday": 1, "start": "09:15", "end": "24:00"}, {"weekday": 7, "start": "00:00", "end": "01:30"}],
        exceptions=[
            {"on": "2027-12-24", "open": False, "start": "12:00", "end": "24:00"},
            {"on": "2027-03-06", "open": True, "start": "10:00", "end": "12:00"},
        ],
        length_minutes=45,
        buffer_minutes=0,
        notice_hours=0,
        horizon_days=365,
        change_notice_hours=336,
        repeats=1,
    )

    profile = tom.browser.put(PROFILE, practice.profile())
    availability = tom.browser.put(HOURS, rules)

    written = practice.profile(version=1, modes=["text", "video"])
    assert (profile.status, profile.json) == (200, written)
    assert tom.browser.get(PROFILE).json == written
    assert (availability.status, availability.json) == (200, rules | {"version": 1})
    assert tom.browser.get(HOURS).json == rules | {"version": 1}


def test_an_exception_without_times_is_a_whole_day(tom: StaffMember) -> None:
    rules = practice.availability(exceptions=[{"on": "2027-12-24", "open": False}])

    answer = tom.browser.put(HOURS, rules)

    assert answer.json["exceptions"] == [{"on": "2027-12-24", "open": False, "start": "00:00", "end": "24:00"}]


WRONG_PROFILES: list[Any] = [
    ({"name": ""}, "body.name"),
    ({"name": "   "}, "body.name"),
    ({"name": "x" * 81}, "body.name"),
    ({"name": 7}, "body.name"),
    ({"about": "x" * 2001}, "body.about"),
    ({"languages": ["English"]}, "body.languages.0"),
    ({"languages": "en"}, "body.languages"),
    ({"languages": [f"a{chr(97 + n)}" for n in range(21)]}, "body.languages"),
    ({"languages": []}, "body.languages"),
    ({"topics": ["football"]}, "body.topics.0"),
    ({"modes": ["carrier-pigeon"]}, "body.modes.0"),
    ({"modes": []}, "body.modes"),
    ({"published": "yes"}, "body.published"),
    ({"published": 1}, "body.published"),
    ({"version": -1}, "body.version"),
    ({"version": "0"}, "body.version"),
    ({"email": "tom@lighthouse.example"}, "body.email"),
]


def test_a_profile_with_a_value_that_cannot_be_is_refused_by_name(tom: StaffMember) -> None:
    for change, field in WRONG_PROFILES:
        assert told(tom.browser.put(PROFILE, practice.profile(**change))) == (422, "invalid", field)
        assert tom.browser.get(PROFILE).json["version"] == 0


def test_what_nobody_can_find_yet_may_be_unfinished(tom: StaffMember) -> None:
    draft = practice.profile(published=False, modes=[], languages=[], topics=[], about="")

    assert tom.browser.put(PROFILE, draft).status == 200


def hours(*weekly: tuple[Any, Any, Any]) -> dict[str, Any]:
    return {"weekly": [{"weekday": day, "start": start, "end": end} for day, start, end in weekly]}


WRONG_HOURS: list[Any] = [
    ({"zone": "Mars/Base"}, "body.zone"),
    ({"zone": 1}, "body.zone"),
    (hours((0, "09:00", "10:00")), "body.weekly.0.weekday"),
    (hours((8, "09:00", "10:00")), "body.weekly.0.weekday"),
    (hours((1, "9:00", "10:00")), "body.weekly.0.start"),
    (hours((1, "09:00", "24:01")), "body.weekly.0.end"),
    (hours((1, "25:00", "26:00")), "body.weekly.0.start"),
    (hours((1, "10:00", "09:00")), "body.weekly.0.end"),
    (hours((1, "10:00", "10:00")), "body.weekly.0.end"),
    (hours((1, "09:00", "11:00"), (1, "10:00", "12:00")), "body.weekly.1"),
    (hours((1, "09:00", "11:00"), (1, "09:00", "11:00")), "body.weekly.1"),
    ({"weekly": [{"weekday": 1, "start": "09:00"}]}, "body.weekly.0.end"),
    ({"weekly": hours(*[(1, "09:00", "10:00")] * 51)["weekly"]}, "body.weekly"),
    ({"exceptions": [{"on": "2027-02-30", "open": True}]}, "body.exceptions.0.on"),
    ({"exceptions": [{"on": "tomorrow", "open": True}]}, "body.exceptions.0.on"),
    ({"exceptions": [{"on": "2027-03-01", "open": "no"}]}, "body.exceptions.0.open"),
    (
        {"exceptions": [{"on": "2027-03-01", "open": True, "start": "12:00", "end": "11:00"}]},
        "body.exceptions.0.end",
    ),
    ({"exceptions": [{"on": "2027-03-01", "open": False}] * 201}, "body.exceptions"),
    ({"length_minutes": 14}, "body.length_minutes"),
    ({"length_minutes": 52}, "body.length_minutes"),
    ({"length_minutes": 185}, "body.length_minutes"),
    ({"buffer_minutes": -5}, "body.buffer_minutes"),
    ({"buffer_minutes": 65}, "body.buffer_minutes"),
    ({"notice_hours": 337}, "body.notice_hours"),
    ({"horizon_days": 0}, "body.horizon_days"),
    ({"horizon_days": 366}, "body.horizon_days"),
    ({"change_notice_hours": 337}, "body.change_notice_hours"),
    ({"repeats": 0}, "body.repeats"),
    ({"repeats": 20}, "body.repeats"),
    ({"version": None}, "body.version"),
    ({"lunch": "12:00"}, "body.lunch"),
]


def test_hours_with_a_value_that_cannot_be_are_refused_by_name(tom: StaffMember) -> None:
    for change, field in WRONG_HOURS:
        assert told(tom.browser.put(HOURS, practice.availability(**change))) == (422, "invalid", field)
        assert tom.browser.get(HOURS).json["version"] == 0


@pytest.mark.parametrize(("path", "body"), [(PROFILE, practice.profile), (HOURS, practice.availability)])
def test_who_has_not_seen_the_latest_version_is_asked_to_look_again(path: str, body: Any, tom: StaffMember) -> None:
    assert tom.browser.put(path, body()).json["version"] == 1

    for seen in (0, 2, 7):
        assert told(tom.browser.put(path, body(version=seen))) == (409, "changed_meanwhile", "")
    assert tom.browser.put(path, body(version=1)).json["version"] == 2
    assert tom.browser.put(path, body(version=1)).code == "changed_meanwhile"


def test_profile_and_hours_are_changed_independently(tom: StaffMember) -> None:
    for version in range(3):
        assert tom.browser.put(HOURS, practice.availability(version=version)).status == 200

    assert tom.browser.put(PROFILE, practice.profile()).json["version"] == 1
    assert tom.browser.get(HOURS).json["version"] == 3


@pytest.mark.parametrize(("path", "body"), [(PROFILE, practice.profile), (HOURS, practice.availability)])
def test_a_repeated_request_gives_the_same_answer_and_one_version(path: str, body: Any, tom: StaffMember) -> None:
    key = fresh_key()

    first = tom.browser.put(path, body(), key=key)

    assert first.status == 200
    assert tom.browser.put(path, body(), key=key) == first
    assert tom.browser.put(path, body(version=1), key=key).code == "idempotency_key_reused"
    assert tom.browser.get(path).json["version"] == 1


def test_practices_are_for_counselors_alone(maya: StaffMember, ada: StaffMember, alice: Client) -> None:
    for caller in (maya, ada):
        for path, body in ((PROFILE, practice.profile()), (HOURS, practice.availability())):
            assert told(caller.browser.get(path)) == (403, "not_allowed", "")
            assert told(caller.browser.put(path, body)) == (403, "not_allowed", "")
    assert alice.browser.get(PROFILE).status == 401


def test_a_closed_date_keeps_its_appointments(alice: Client, ben: Client, tom: StaffMember) -> None:
    practice.opens(tom)
    booked = practice.book(alice, tom)
    closed = practice.availability(exceptions=[{"on": "2027-03-03", "open": False}], version=1)
    assert tom.browser.put(HOURS, closed).status == 200

    assert practice.slots(ben, tom) == []
    assert alice.browser.get(f"/api/appointments/{booked['id']}").json == booked
    agenda = tom.browser.get("/api/staff/agenda", query="from=2027-03-03&days=1").json
    assert [appointment["id"] for appointment in agenda["appointments"]] == [booked["id"]]


def test_an_extra_opening_is_on_offer_and_a_closing_is_not(alice: Client, tom: StaffMember) -> None:
    exceptions = [
        {"on": "2027-03-03", "open": True, "start": "19:00", "end": "21:00"},
        {"on": "2027-03-03", "open": False, "start": "12:00", "end": "15:00"},
    ]
    practice.opens(tom, rules=practice.availability(exceptions=exceptions))

    assert [start[11:13] for start in practice.slots(alice, tom)] == ["09", "10", "11", "15", "16", "19", "20"]
