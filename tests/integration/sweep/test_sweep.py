"""`sweep`: registrations that nobody finished are undone after an hour, and nothing else is touched."""

import json
from datetime import timedelta

import pytest

from functions.announcing import Announcing
from functions.sweep import app as sweep
from shared.meetings.phone_numbers import PhoneNumbers
from shared.people.sweeping import UnfinishedRegistrations
from shared.rooms.floors import Floors
from shared.rooms.log_store import LogStore
from shared.rooms.room_store import RoomStore
from shared.rooms.rota import RoomMode, State
from shared.tables import commit
from tests.support import groups, practice
from tests.support.cast import Client, StaffMember, half_registered, sign_in
from tests.support.clock import VirtualClock
from tests.support.meeting import Attending
from tests.support.reminding import Reminding
from tests.support.rota import Rooms
from tests.support.site import Site

HOUR = timedelta(hours=1)


def wire(site: Site, monkeypatch: pytest.MonkeyPatch) -> tuple[Rooms, list[tuple[str, State]]]:
    """The function with this site's tables; rooms with a rota, and what open pages are told."""
    rooms = Rooms(site.dynamodb, site.tables, site.clock)
    told: list[tuple[str, State]] = []
    swept = UnfinishedRegistrations(site.member_app.people, site.member_app.accounts)
    announced = Announcing(rooms.modes, lambda room_id, state: told.append((room_id, state)))
    table = rooms.coverage.store.table
    floors = Floors(RoomStore(table), LogStore(table))
    monkeypatch.setattr(sweep, "registrations", lambda: swept)
    monkeypatch.setattr(sweep, "modes", lambda: announced)
    monkeypatch.setattr(sweep, "floors", lambda: floors)
    monkeypatch.setattr(sweep, "meetings", site.reaper)
    monkeypatch.setattr(sweep, "numbers", lambda: (PhoneNumbers(table), site.member_app.finder.store))
    monkeypatch.setattr(sweep, "offers", lambda: site.member_app.waitlist.offering)
    reminding = Reminding(site)
    monkeypatch.setattr(sweep, "reminders", lambda: reminding.following)
    monkeypatch.setattr(sweep, "dates", lambda: reminding.dates)
    monkeypatch.setattr(sweep, "utc_now", site.clock)
    return rooms, told


def people_in(site: Site) -> list[str]:
    kinds = [item["pk"]["S"].split("#")[0] for item in site.items(site.tables.people)]
    return sorted(kind for kind in kinds if kind in {"PERSON", "HANDLE", "REGISTRATIONS"})


def test_an_unfinished_registration_is_left_alone_for_an_hour(site: Site, clock: VirtualClock) -> None:
    half_registered(site)
    clock.advance(HOUR)
    before = people_in(site)

    assert site.sweep() == 0
    assert people_in(site) == before != []


def test_after_that_nothing_of_it_is_left_and_the_handle_is_free(site: Site, clock: VirtualClock) -> None:
    half_registered(site)
    assert site.member_usernames() != set()
    clock.advance(HOUR + timedelta(seconds=1))

    assert site.sweep() == 1

    assert people_in(site) == []
    assert site.member_usernames() == set()
    assert site.sweep() == 0


def test_people_who_finished_are_left_alone(alice: Client, tom: StaffMember, site: Site, clock: VirtualClock) -> None:
    clock.advance(timedelta(days=2))

    assert site.sweep() == 0
    assert sign_in(site.browser(), alice.handle, alice.password).status == 200
    assert tom.browser.get("/api/staff/me").status == 200


def test_somebody_who_finishes_at_that_very_moment_stays(site: Site, clock: VirtualClock) -> None:
    handle = half_registered(site)
    clock.advance(HOUR + timedelta(seconds=1))
    person_id = site.member_app.people.id_of_handle(handle)
    assert person_id

    def finish(**_: object) -> None:
        site.behind_the_scenes.update_item(
            TableName=site.tables.people,
            Key={"pk": {"S": f"PERSON#{person_id}"}, "sk": {"S": "PERSON"}},
            UpdateExpression="SET #status = :active",
            ExpressionAttributeNames={"#status": "status"},
            ExpressionAttributeValues={":active": {"S": "active"}},
        )

    site.dynamodb.meta.events.register("before-call.dynamodb.TransactWriteItems", finish)
    site.sweep()
    site.dynamodb.meta.events.unregister("before-call.dynamodb.TransactWriteItems", finish)

    assert site.member_app.people.get(person_id).handle == handle
    assert person_id in site.member_usernames()


def test_the_function_says_how_many_it_undid_and_nothing_about_them(
    site: Site, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    handle = half_registered(site)
    clock.advance(HOUR + timedelta(seconds=1))
    wire(site, monkeypatch)
    capsys.readouterr()

    undone = sweep.handler({}, None)["registrations"]

    told = capsys.readouterr().out
    metric = next(json.loads(line) for line in told.splitlines() if "_aws" in line)
    assert undone == 1
    assert metric["RegistrationsUndone"] == [float(undone)]
    assert handle not in told


def test_a_change_of_mode_that_was_missed_is_announced(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    rooms, told = wire(site, monkeypatch)
    room = rooms.room((rooms.team[0], 1, 18, 22))
    other = rooms.room((rooms.team[0], 2, 18, 22))
    for made in (room, other):
        commit(site.dynamodb, [rooms.coverage.store.table.put({"pk": "ROOMS", "sk": made})])  # as groups are listed
    assert sweep.handler({}, None)["modes"] == 2
    told.clear()
    site.clock.advance(6 * HOUR)

    assert sweep.handler({}, None)["modes"] == 1

    assert [(name, state.mode) for name, state in told] == [(room, RoomMode.LIVE)]
    assert sweep.handler({}, None)["modes"] == 0


def test_a_meeting_that_nobody_ended_is_over(
    site: Site, monkeypatch: pytest.MonkeyPatch, alice: Client, tom: StaffMember, clock: VirtualClock
) -> None:
    practice.opens(tom)
    client = Attending(alice, practice.book(alice, tom)["id"])
    clock.now = practice.NINE
    assert client.arrives().status == 201
    wire(site, monkeypatch)
    assert sweep.handler({}, None)["meetings"] == 0
    clock.advance(2 * HOUR)

    assert sweep.handler({}, None)["meetings"] == 1
    assert client.looks()["ended_because"] == "everyone_left"
    assert sweep.handler({}, None)["meetings"] == 0


def test_a_number_that_was_left_is_gone_with_the_first_sweep_after_its_appointment(
    site: Site, monkeypatch: pytest.MonkeyPatch, alice: Client, tom: StaffMember, clock: VirtualClock
) -> None:
    practice.opens(tom)
    numbers, appointment_id = (
        PhoneNumbers(wire(site, monkeypatch)[0].coverage.store.table),
        practice.book(alice, tom)["id"],
    )
    commit(site.dynamodb, [numbers.keep(appointment_id, b"sealed", practice.NINE + HOUR)])
    clock.now = practice.NINE + HOUR - timedelta(seconds=1)
    assert sweep.handler({}, None)["numbers"] == 0
    clock.advance(timedelta(seconds=1))

    assert sweep.handler({}, None)["numbers"] == 1
    assert not [item for item in site.items(site.tables.rooms) if item["pk"]["S"] == "NUMBERS"]
    assert sweep.handler({}, None)["numbers"] == 0


def test_a_number_that_was_left_is_gone_with_the_first_sweep_after_its_appointment_was_cancelled(
    site: Site, monkeypatch: pytest.MonkeyPatch, alice: Client, ben: Client, tom: StaffMember
) -> None:
    practice.opens(tom)
    numbers = PhoneNumbers(wire(site, monkeypatch)[0].coverage.store.table)
    hers, his = practice.book(alice, tom), practice.book(ben, tom, practice.NINE + 2 * HOUR)
    for booked in (hers, his):
        commit(site.dynamodb, [numbers.keep(booked["id"], b"sealed", practice.NINE + 4 * HOUR)])
    assert practice.cancel(alice, hers).status == 200

    assert sweep.handler({}, None)["numbers"] == 1
    assert numbers.find(hers["id"], site.clock()) is None
    assert numbers.find(his["id"], site.clock()) == b"sealed"


def test_when_one_part_fails_the_others_are_done_and_the_invocation_fails_so_that_it_is_tried_again(
    site: Site, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> Announcing:
        raise RuntimeError("no connection")

    half_registered(site)
    clock.advance(HOUR + timedelta(seconds=1))
    wire(site, monkeypatch)
    monkeypatch.setattr(sweep, "modes", broken)

    with pytest.raises(RuntimeError):
        sweep.handler({}, None)
    assert people_in(site) == []


def test_when_it_fails_the_invocation_fails_so_that_it_is_tried_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> UnfinishedRegistrations:
        raise RuntimeError("no connection")

    wire(site, monkeypatch)
    monkeypatch.setattr(sweep, "registrations", broken)

    with pytest.raises(RuntimeError):
        sweep.handler({}, None)


def test_a_room_remembers_how_far_its_log_had_come_when_all_of_it_is_erased(
    site: Site, alice: Client, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = groups.found(site, retention_days=1)
    groups.join(alice, room)
    for words in ("One.", "Two."):
        groups.say(alice, room, words)
    wire(site, monkeypatch)

    assert sweep.handler({}, None)["floors"] == 1
    assert sweep.handler({}, None)["floors"] == 0

    clock.advance(timedelta(days=9))
    for item in site.items(site.tables.rooms):
        if item["sk"]["S"].startswith("LOG#"):  # what DynamoDB does by and by
            site.behind_the_scenes.delete_item(TableName=site.tables.rooms, Key={"pk": item["pk"], "sk": item["sk"]})
    sign_in(alice.browser, alice.handle, alice.password)
    assert groups.page(alice, room)["tail"] == 2
    assert groups.say(alice, room, "Three.").json["entry"]["seq"] == 3
