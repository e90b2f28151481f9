"""`modes`: woken by a schedule, it tells open pages what is true now, once."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from functions.modes.app import ModesApp, answer, serve
from shared import telemetry
from shared.rooms.rota import RoomMode, State
from tests.support.rota import Rooms

SIX, TEN = datetime(2027, 3, 1, 18, tzinfo=UTC), datetime(2027, 3, 1, 22, tzinfo=UTC)
WEEK = timedelta(weeks=1)


@dataclass
class Heard:
    """The open pages."""

    states: list[tuple[str, State]] = field(default_factory=list)

    def __call__(self, room_id: str, state: State) -> None:
        self.states.append((room_id, state))


@pytest.fixture
def room(rooms: Rooms) -> str:
    """Maya comes on Monday evenings; it has been announced at noon that the room is slow until then."""
    made = rooms.room((rooms.team[0], 1, 18, 22))
    rooms.announce(made)
    return made


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def app(rooms: Rooms, heard: Heard) -> ModesApp:
    telemetry.metrics().clear_metrics()  # they belong to the process, and other tests count too
    return ModesApp(rooms.modes, heard)


def test_open_pages_hear_of_each_change_and_the_next_wake_up_is_planned(
    app: ModesApp, rooms: Rooms, room: str, heard: Heard
) -> None:
    for _ in range(2):
        (name,) = rooms.scheduler.planned
        rooms.clock.now = rooms.scheduler.due(name)
        assert serve(app, rooms.scheduler.fire(name), rooms.clock())

    assert heard.states == [
        (room, State(RoomMode.LIVE, TEN, SIX + WEEK)),
        (room, State(RoomMode.SLOW, SIX + WEEK, SIX + WEEK)),
    ]
    assert len(rooms.scheduler.planned) == 1


def test_an_event_that_comes_twice_early_or_for_a_room_that_is_gone_says_nothing(
    app: ModesApp, rooms: Rooms, room: str, heard: Heard
) -> None:
    assert not serve(app, {"room_id": room}, SIX - timedelta(seconds=1))
    assert serve(app, {"room_id": room}, SIX)
    assert not serve(app, {"room_id": room}, SIX + timedelta(seconds=1))
    assert not serve(app, {"room_id": "0" * 32}, SIX)
    assert len(heard.states) == 1


def test_while_scheduler_is_out_of_reach_nothing_counts_as_told(
    app: ModesApp, rooms: Rooms, room: str, heard: Heard
) -> None:
    rooms.scheduler.failing = "InternalServerException"
    with pytest.raises(ClientError):
        serve(app, {"room_id": room}, SIX)
    assert heard.states == []

    rooms.scheduler.failing = ""
    assert serve(app, {"room_id": room}, SIX + timedelta(minutes=1))
    assert [state.mode for _, state in heard.states] == [RoomMode.LIVE]


def test_a_change_is_counted_and_the_count_names_no_room(
    app: ModesApp, room: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(app, {"room_id": room}, SIX)

    (written,) = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
    assert written["ModeChanged"] == [1.0]
    assert room not in json.dumps(written)


def test_when_it_fails_the_invocation_fails_so_that_it_is_tried_again(
    app: ModesApp, rooms: Rooms, room: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rooms.scheduler.failing = "InternalServerException"
    with pytest.raises(ClientError):
        answer(app, {"room_id": room}, SIX)

    rooms.scheduler.failing = ""
    assert answer(app, {"room_id": room}, SIX) == {"changed": True}
    assert answer(app, {"room_id": room}, SIX) == {"changed": False}
    assert room not in capsys.readouterr().out
