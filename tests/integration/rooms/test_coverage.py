"""Facilitators write the rota and pass single shifts on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.errors import ChangedMeanwhile, Invalid, NotAllowed, NotFound
from shared.ids import new_id
from shared.intents import Repeated
from shared.people.model import Kind, Principal
from shared.rooms.rota import RoomMode, Rota, SwapState, mode_at
from shared.rooms.shifts import Shift
from shared.rooms.swaps import NotOnOffer, ShiftOver
from tests.support.rota import Rooms, facilitator

MONDAY = date(2027, 3, 1)
DAY = timedelta(days=1)
VERBS = ("offer", "withdraw", "take", "drop")


@pytest.fixture
def maya(rooms: Rooms) -> Principal:
    return rooms.team[0]


@pytest.fixture
def tom(rooms: Rooms) -> Principal:
    return rooms.team[1]


@pytest.fixture
def room(rooms: Rooms, maya: Principal) -> str:
    """Maya comes on Monday evenings."""
    return rooms.room((maya, 1, 18, 22))


def test_a_room_without_a_rota_is_slow(rooms: Rooms) -> None:
    rota = rooms.coverage.get(new_id())

    assert (rota.version, mode_at(rota, rooms.clock())) == (0, RoomMode.SLOW)


def test_what_is_written_is_kept_whole(rooms: Rooms, maya: Principal, tom: Principal) -> None:
    room = new_id()
    shifts = (Shift(new_id(), maya.id, 1, 65, 1440), Shift(new_id(), tom.id, 7, 1320, 360))
    written = rooms.write(maya, room, Rota("Asia/Kathmandu", shifts, without_cover=RoomMode.RESTING))

    assert written == Rota("Asia/Kathmandu", shifts, without_cover=RoomMode.RESTING, version=1)
    assert rooms.coverage.get(room) == written
    rooms.swap("drop", tom, room, shifts[1].id, MONDAY + 6 * DAY)
    taken = rooms.swap("take", maya, room, shifts[1].id, MONDAY + 6 * DAY)
    assert [(swap.state, swap.taken_by) for swap in taken.swaps] == [(SwapState.TAKEN, maya.id)]
    assert rooms.coverage.get(room) == taken
    assert taken.version == 3


def test_an_offer_is_taken_once(rooms: Rooms, room: str, maya: Principal, tom: Principal) -> None:
    rooms.swap("offer", maya, room, "s0", MONDAY)
    seen = rooms.coverage.get(room).version
    rooms.swap("take", tom, room, "s0", MONDAY, version=seen)

    with pytest.raises(ChangedMeanwhile):
        rooms.swap("take", rooms.team[2], room, "s0", MONDAY, version=seen)
    with pytest.raises(NotOnOffer):
        rooms.swap("take", rooms.team[2], room, "s0", MONDAY)


def test_an_offer_is_taken_back(rooms: Rooms, room: str, maya: Principal) -> None:
    before = rooms.coverage.get(room)
    rooms.swap("offer", maya, room, "s0", MONDAY)

    assert rooms.swap("withdraw", maya, room, "s0", MONDAY) == replace(before, version=3)


@pytest.mark.parametrize("verb", VERBS)
def test_strangers_see_nothing_and_change_nothing(verb: str, rooms: Rooms, room: str) -> None:
    before = rooms.coverage.get(room)
    for stranger in (Principal(new_id(), Kind.CLIENT), facilitator()):
        with pytest.raises(NotFound):
            rooms.swap(verb, stranger, room, "s0", MONDAY)
        with pytest.raises(NotFound):
            rooms.write(stranger, room, before)
    assert rooms.coverage.get(room) == before


@pytest.mark.parametrize("verb", ["offer", "withdraw", "drop"])
def test_a_colleagues_shift_is_the_colleagues(verb: str, rooms: Rooms, room: str, tom: Principal) -> None:
    with pytest.raises(NotAllowed):
        rooms.swap(verb, tom, room, "s0", MONDAY)


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_over_stays_as_it_was(verb: str, rooms: Rooms, room: str, maya: Principal) -> None:
    with pytest.raises(ShiftOver):
        rooms.swap(verb, maya, room, "s0", MONDAY - 7 * DAY)


def test_what_cannot_be_a_rota_is_not_written(rooms: Rooms, maya: Principal) -> None:
    with pytest.raises(Invalid) as refused:
        rooms.write(maya, new_id(), Rota("UTC", (Shift("s", maya.id, 1, 600, 601),)))
    assert refused.value.field == "body.shifts.0.end"


def test_who_has_not_seen_the_last_change_is_told(rooms: Rooms, room: str, maya: Principal) -> None:
    seen = rooms.coverage.get(room)
    rooms.write(maya, room, replace(seen, without_cover=RoomMode.RESTING))

    with pytest.raises(ChangedMeanwhile):
        rooms.write(maya, room, seen)
    with pytest.raises(ChangedMeanwhile):
        rooms.swap("offer", maya, room, "s0", MONDAY, version=seen.version)


def test_the_same_intent_changes_it_once(rooms: Rooms, room: str, maya: Principal) -> None:
    once = rooms.once("the same")
    offered = rooms.swap("offer", maya, room, "s0", MONDAY, once=once)

    with pytest.raises(Repeated):
        rooms.swap("offer", maya, room, "s0", MONDAY, once=once)
    assert rooms.coverage.get(room) == offered


def test_a_new_rota_keeps_the_swaps_that_are_ahead_and_forgets_those_that_are_over(
    rooms: Rooms, room: str, maya: Principal
) -> None:
    rooms.swap("drop", maya, room, "s0", MONDAY)
    rooms.swap("drop", maya, room, "s0", MONDAY + 14 * DAY)
    rooms.clock.advance(7 * DAY)

    written = rooms.write(maya, room, replace(rooms.coverage.get(room), swaps=(), zone="Europe/Paris"))

    assert [swap.on for swap in written.swaps] == [MONDAY + 14 * DAY]


def test_the_audit_trail_says_who_changed_a_rota_and_no_more(
    rooms: Rooms, room: str, maya: Principal, tom: Principal
) -> None:
    rooms.swap("drop", maya, room, "s0", MONDAY)
    rooms.swap("take", tom, room, "s0", MONDAY)

    entries = [
        (item["pk"]["S"], item["what"]["S"], item["by"]["S"], len(item)) for item in rooms.items(rooms.tables.audit)
    ]
    mine, toms = [(f"PERSON#{who.id}", "RotaChanged", who.id, 6) for who in (maya, tom)]
    assert sorted(entries) == sorted([mine, mine, toms])
