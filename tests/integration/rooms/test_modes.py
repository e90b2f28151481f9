"""Open pages hear of each change of mode once, and the next look is always planned."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from shared.ids import new_id
from shared.people.model import Principal
from shared.rooms.rota import RoomMode, Rota, State
from tests.support.rota import Rooms

MONDAY = date(2027, 3, 1)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
SIX, TEN = datetime(2027, 3, 1, 18, tzinfo=UTC), datetime(2027, 3, 1, 22, tzinfo=UTC)


@pytest.fixture
def maya(rooms: Rooms) -> Principal:
    return rooms.team[0]


@pytest.fixture
def room(rooms: Rooms, maya: Principal) -> str:
    """Maya comes on Monday evenings. It is noon of a Monday."""
    return rooms.room((maya, 1, 18, 22))


def test_the_first_look_says_the_mode_and_plans_the_next(rooms: Rooms, room: str) -> None:
    assert rooms.announce(room) == State(RoomMode.SLOW, SIX, SIX)
    assert {name: rooms.scheduler.due(name) for name in rooms.scheduler.planned} == {
        f"mode-{room}-{int(SIX.timestamp())}": SIX
    }


def test_from_change_to_change_each_wake_up_plans_the_next(rooms: Rooms, room: str) -> None:
    rooms.announce(room)
    told = []
    for _ in range(4):
        (name,) = rooms.scheduler.planned
        rooms.clock.now = rooms.scheduler.due(name) + 7 * timedelta(seconds=1)
        event = rooms.scheduler.fire(name)
        state = rooms.announce(event["room_id"])
        assert state
        told.append((state.mode, state.until))
    week = timedelta(weeks=1)
    assert told == [
        (RoomMode.LIVE, TEN),
        (RoomMode.SLOW, SIX + week),
        (RoomMode.LIVE, TEN + week),
        (RoomMode.SLOW, SIX + 2 * week),
    ]


def test_twice_is_once(rooms: Rooms, room: str) -> None:
    assert rooms.announce(room)
    before = rooms.items(rooms.tables.rooms)
    rooms.clock.advance(MINUTE)

    assert rooms.announce(room) is None
    assert rooms.items(rooms.tables.rooms) == before
    assert len(rooms.scheduler.planned) == 1


def test_a_wake_up_that_comes_early_or_late_or_for_nothing_says_only_what_is_true(rooms: Rooms, room: str) -> None:
    rooms.announce(room)
    rooms.clock.now = SIX - timedelta(seconds=1)
    assert rooms.announce(room) is None
    rooms.clock.now = TEN + HOUR  # the one of six o'clock, five hours late
    assert rooms.announce(room) == State(RoomMode.SLOW, SIX + 7 * DAY, SIX + 7 * DAY)
    assert rooms.announce(new_id()) is None


def test_somebody_who_cannot_come_tonight_is_felt_at_once(rooms: Rooms, room: str, maya: Principal) -> None:
    rooms.clock.now = SIX + HOUR
    assert rooms.announce(room) == State(RoomMode.LIVE, TEN, SIX + 7 * DAY)

    rooms.swap("drop", maya, room, "s0", MONDAY)
    assert rooms.announce(room) == State(RoomMode.SLOW, SIX + 7 * DAY, SIX + 7 * DAY)
    rooms.swap("take", rooms.team[1], room, "s0", MONDAY)
    assert rooms.announce(room) == State(RoomMode.LIVE, TEN, SIX + 7 * DAY)


def test_what_was_announced_later_stands_against_an_earlier_look(rooms: Rooms, room: str) -> None:
    rooms.clock.now = TEN
    rooms.announce(room)

    assert rooms.modes.announce(room, SIX) is None
    assert rooms.announce(room) is None


def test_a_change_that_makes_no_difference_to_members_is_not_announced(
    rooms: Rooms, room: str, maya: Principal
) -> None:
    rooms.announce(room)
    rooms.swap("offer", maya, room, "s0", MONDAY)

    assert rooms.announce(room) is None


def test_a_longer_shift_is_announced_since_the_mode_lasts_longer(rooms: Rooms, room: str, maya: Principal) -> None:
    rooms.clock.now = SIX
    rooms.announce(room)
    seen = rooms.coverage.get(room)
    rooms.write(maya, room, replace(seen, shifts=(replace(seen.shifts[0], end=23 * 60),)))

    assert rooms.announce(room) == State(RoomMode.LIVE, TEN + HOUR, SIX + 7 * DAY)


def test_a_room_that_is_never_alone_is_looked_at_again_all_the_same(rooms: Rooms, maya: Principal) -> None:
    room = rooms.room(*((maya, day, 0, 24) for day in range(1, 8)))
    rooms.announce(room)
    rooms.swap("drop", maya, room, "s1", MONDAY + 15 * DAY)
    rooms.announce(room)

    for _ in range(2):
        name = max(rooms.scheduler.planned, key=rooms.scheduler.due)
        rooms.clock.now = rooms.scheduler.due(name)
        state = rooms.announce(rooms.scheduler.fire(name)["room_id"])
    assert rooms.clock.now == datetime(2027, 3, 16, tzinfo=UTC)
    assert state == State(RoomMode.SLOW, rooms.clock.now + DAY, rooms.clock.now + DAY)


def test_a_room_without_shifts_needs_no_wake_up(rooms: Rooms) -> None:
    assert rooms.announce(rooms.room()) == State(RoomMode.SLOW, None, None)
    assert rooms.scheduler.planned == {}


@pytest.mark.parametrize(("ahead", "late"), [(60, 0), (59, 60), (1, 60)])
def test_what_is_due_within_a_minute_is_planned_a_minute_later(ahead: int, late: int, rooms: Rooms, room: str) -> None:
    rooms.clock.now = SIX - timedelta(seconds=ahead)
    rooms.announce(room)

    (name,) = rooms.scheduler.planned
    assert rooms.scheduler.due(name) == SIX + timedelta(seconds=late)


def test_while_nothing_can_be_planned_nothing_counts_as_announced(rooms: Rooms, room: str) -> None:
    rooms.scheduler.failing = "InternalServerException"
    with pytest.raises(ClientError):
        rooms.announce(room)

    rooms.scheduler.failing = ""
    assert rooms.announce(room)
    assert len(rooms.scheduler.planned) == 1


def test_a_sweep_announces_what_was_missed_and_only_that(rooms: Rooms, room: str, maya: Principal) -> None:
    tuesdays, never_announced = rooms.room((maya, 2, 18, 22)), rooms.room((maya, 3, 18, 22))
    for known in (room, tuesdays):
        rooms.announce(known)
    changed = rooms.room((maya, 1, 9, 10))
    rooms.announce(changed)
    rooms.write(maya, changed, Rota("UTC", without_cover=RoomMode.RESTING, version=1))
    rooms.scheduler.planned.clear()
    rooms.clock.now = SIX + 14 * MINUTE

    everywhere = [room, tuesdays, never_announced, changed, new_id()]
    told = rooms.modes.repair(everywhere, rooms.clock())

    assert {name: state.mode for name, state in told.items()} == {
        room: RoomMode.LIVE,
        never_announced: RoomMode.SLOW,
        changed: RoomMode.RESTING,
    }
    assert {name.split("-")[1] for name in rooms.scheduler.planned} == {room, never_announced}
    assert rooms.modes.repair(everywhere, rooms.clock()) == {}
