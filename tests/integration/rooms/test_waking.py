"""`modes`: woken by a schedule, it tells open pages what is true now, once."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from functions.announcing import Announcing
from functions.modes import app as modes
from shared import telemetry
from shared.rooms.rota import RoomMode, State
from tests.support.rota import Rooms
from tests.support.scheduler import FAILURES, GROUP, ROLE, TARGET

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
def app(rooms: Rooms, heard: Heard) -> Announcing:
    telemetry.metrics().clear_metrics()  # they belong to the process, and other tests count too
    return Announcing(rooms.modes, heard)


@dataclass(frozen=True)
class Context:
    """What Lambda says of an invocation."""

    invoked_function_arn: str = TARGET


def test_open_pages_hear_of_each_change_and_the_next_wake_up_is_planned(
    app: Announcing, rooms: Rooms, room: str, heard: Heard
) -> None:
    for _ in range(2):
        (name,) = rooms.scheduler.planned
        rooms.clock.now = rooms.scheduler.due(name)
        assert app.announce(rooms.scheduler.fire(name)["room_id"], rooms.clock())

    assert heard.states == [
        (room, State(RoomMode.LIVE, TEN, SIX + WEEK)),
        (room, State(RoomMode.SLOW, SIX + WEEK, SIX + WEEK)),
    ]
    assert len(rooms.scheduler.planned) == 1


def test_an_event_that_comes_twice_early_or_for_a_room_that_is_gone_says_nothing(
    app: Announcing, rooms: Rooms, room: str, heard: Heard
) -> None:
    assert not app.announce(room, SIX - timedelta(seconds=1))
    assert app.announce(room, SIX)
    assert not app.announce(room, SIX + timedelta(seconds=1))
    assert not app.announce("0" * 32, SIX)
    assert len(heard.states) == 1


def test_while_scheduler_is_out_of_reach_nothing_counts_as_told(
    app: Announcing, rooms: Rooms, room: str, heard: Heard
) -> None:
    rooms.scheduler.failing = "InternalServerException"
    with pytest.raises(ClientError):
        app.announce(room, SIX)
    assert heard.states == []

    rooms.scheduler.failing = ""
    assert app.announce(room, SIX + timedelta(minutes=1))
    assert [state.mode for _, state in heard.states] == [RoomMode.LIVE]


@pytest.fixture
def woken(app: Announcing, rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], dict[str, bool]]:
    """The function itself, at six o'clock."""
    monkeypatch.setattr(modes, "app", {TARGET: app}.__getitem__)
    monkeypatch.setattr(modes, "utc_now", lambda: SIX)
    return lambda room_id: modes.handler({"room_id": room_id}, Context())


def test_a_change_is_counted_and_the_count_names_no_room(
    woken: Callable[[str], dict[str, bool]], room: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert woken(room) == {"changed": True}
    assert woken(room) == {"changed": False}

    (written,) = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
    assert written["ModeChanged"] == [1.0]
    assert room not in json.dumps(written)


def test_when_it_fails_the_invocation_fails_so_that_it_is_tried_again(
    woken: Callable[[str], dict[str, bool]], rooms: Rooms, room: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rooms.scheduler.failing = "InternalServerException"
    with pytest.raises(ClientError):
        woken(room)

    rooms.scheduler.failing = ""
    assert woken(room) == {"changed": True}
    assert room not in capsys.readouterr().out


def test_the_collaborators_are_made_from_what_the_function_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {
        "ROOMS_TABLE": "rooms",
        "LIVE_ENDPOINT": "https://abc.execute-api.us-east-1.amazonaws.com/live",
        "SCHEDULE_GROUP": GROUP,
        "SCHEDULER_ROLE_ARN": ROLE,
        "WAKE_UPS_DLQ_ARN": FAILURES,
        "AWS_REGION": "us-east-1",
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)

    made = modes.app.__wrapped__(TARGET).modes

    assert (made.store.table.name, made.schedules.group, made.schedules.target) == ("rooms", GROUP, TARGET)
    assert (made.schedules.role, made.schedules.failures) == (ROLE, FAILURES)
