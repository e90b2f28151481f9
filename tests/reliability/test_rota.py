"""Races for a shift, crashes at every call, and a year of a room in which wake-ups get lost, doubled and late."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Any

import pytest

from shared.errors import Refusal
from shared.intents import Once, Repeated
from shared.rooms.rota import RoomMode, Rota, State, mode_at, state_at
from tests.support.dynamodb_local import TableNames
from tests.support.rota import Rooms, facilitator
from tests.unit.rooms.rotas import Watcher

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
MONDAY = date(2027, 3, 1)
RIVALS = 8


@pytest.fixture
def rooms(dynamodb: Any, tables: TableNames) -> Iterator[Rooms]:
    made = Rooms(dynamodb, tables, team=tuple(facilitator() for _ in range(RIVALS + 1)))
    yield made
    assert made.scheduler.guard.faults == []


@pytest.fixture
def rivals() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(RIVALS) as pool:
        yield pool


def at_once(pool: ThreadPoolExecutor, attempts: list[Callable[[], Any]]) -> list[Any]:
    """What each of the attempts came to, made at the same moment; of a refusal its code."""
    together = threading.Barrier(len(attempts))

    def make(attempt: Callable[[], Any]) -> Any:
        together.wait()
        try:
            return attempt()
        except Refusal as refused:
            return refused.code
        except Repeated:
            return "repeated"

    return list(pool.map(make, attempts))


def test_of_eight_who_take_a_shift_one_comes(rooms: Rooms, rivals: ThreadPoolExecutor) -> None:
    maya, *others = rooms.team
    room = rooms.room((maya, 1, 18, 22))

    for week in range(1, 8):
        monday = MONDAY + week * 7 * DAY
        seen = rooms.swap("offer", maya, room, "s0", monday).version
        attempts = [partial(rooms.swap, "take", who, room, "s0", monday, version=seen) for who in others]
        done = at_once(rivals, attempts)
        refused = [outcome for outcome in done if isinstance(outcome, str)]
        assert Counter(refused) == {"changed_meanwhile": RIVALS - 1}
        (after,) = (outcome for outcome in done if isinstance(outcome, Rota))
        assert rooms.coverage.get(room) == after
        assert len(after.swaps) == week
    assert len(rooms.items(rooms.tables.audit)) == 1 + 2 * 7


def test_the_same_intent_at_once_is_one_change(rooms: Rooms, rivals: ThreadPoolExecutor) -> None:
    maya = rooms.team[0]
    room = rooms.room((maya, 1, 18, 22))
    once = rooms.once("the same")

    drop = partial(rooms.swap, "drop", maya, room, "s0", MONDAY, version=1, once=once)
    done = at_once(rivals, [drop] * RIVALS)

    assert sum(isinstance(outcome, Rota) for outcome in done) == 1
    assert {outcome for outcome in done if isinstance(outcome, str)} <= {"repeated", "changed_meanwhile"}
    assert rooms.coverage.get(room).version == 2


def test_of_eight_who_announce_at_once_one_tells_the_members(rooms: Rooms, rivals: ThreadPoolExecutor) -> None:
    for _ in range(10):
        room = rooms.room((rooms.team[0], 1, 18, 22))
        told = at_once(rivals, [partial(rooms.announce, room)] * RIVALS)
        assert sum(state is not None for state in told) == 1


@dataclass
class Scene:
    """For each attempt a room that nothing has happened to yet, and what the caller does there."""

    rooms: Rooms
    _numbers: Iterator[int] = field(default_factory=count)

    def write(self, room: str, once: Once) -> None:
        rota = replace(self.rooms.coverage.get(room), version=1, without_cover=RoomMode.RESTING)
        self.rooms.write(self.rooms.team[0], room, rota, once)

    def offer(self, room: str, once: Once) -> None:
        self.rooms.swap("offer", self.rooms.team[0], room, "s0", MONDAY, version=1, once=once)

    def drop(self, room: str, once: Once) -> None:
        self.rooms.swap("drop", self.rooms.team[0], room, "s0", MONDAY, version=1, once=once)

    def take(self, room: str, once: Once) -> None:
        self.rooms.swap("take", self.rooms.team[1], room, "s0", MONDAY, version=2, once=once)

    def withdraw(self, room: str, once: Once) -> None:
        self.rooms.swap("withdraw", self.rooms.team[0], room, "s0", MONDAY, version=2, once=once)

    def room(self, verb: str) -> str:
        """One whose Monday is on offer if that is what it takes."""
        room = self.rooms.room((self.rooms.team[0], 1, 18, 22))
        if verb in ("take", "withdraw"):
            self.offer(room, self.rooms.once())
        return room

    def key(self) -> str:
        return f"intent {next(self._numbers)}"


@pytest.mark.parametrize("verb", ["write", "offer", "take", "withdraw", "drop"])
def test_after_a_crash_anywhere_a_repeat_has_one_effect(verb: str, rooms: Rooms) -> None:
    scene = Scene(rooms)
    moments = set()
    for point in rooms.crashes.everywhere():
        room, key = scene.room(verb), scene.key()
        before = rooms.coverage.get(room)
        audited = len(rooms.items(rooms.tables.audit))
        with point:
            getattr(scene, verb)(room, rooms.once(key))
        moments.add((point.operation, point.moment))

        try:
            getattr(scene, verb)(room, rooms.once(key))
        except (Refusal, Repeated):  # what the edge answers from memory
            assert before != rooms.coverage.get(room), f"crash {point}"

        assert rooms.coverage.get(room).version == before.version + 1, f"crash {point}"
        assert len(rooms.items(rooms.tables.audit)) == audited + 1, f"crash {point}"
    assert {("TransactWriteItems", "before"), ("TransactWriteItems", "after")} <= moments


def test_after_a_crash_anywhere_in_announcing_one_repeat_or_sweep_makes_it_right(rooms: Rooms) -> None:
    moments = set()
    for number, point in enumerate(rooms.crashes.everywhere()):
        room = rooms.room((rooms.team[0], 1, 18, 22))
        told: list[State | None] = []
        with point:
            told.append(rooms.announce(room))
        moments.add((point.operation, point.moment))

        told.append(rooms.announce(room) if number % 2 else rooms.modes.repair([room], rooms.clock()).get(room))

        assert [name for name in rooms.scheduler.planned if room in name], f"crash {point}"
        assert known_mode(rooms, room) == (RoomMode.SLOW, 1), f"crash {point}"
        # Past its last call nobody else can know whether the members were told; they look at `until` themselves.
        written = (point.operation, point.moment) == ("PutItem", "after")
        assert [state for state in told if state] == (
            [] if written else [state_at(rooms.coverage.get(room), rooms.clock())]
        )
    assert {("CreateSchedule", "before"), ("CreateSchedule", "after"), ("PutItem", "before")} <= moments


def test_an_answer_that_was_lost_on_its_way_does_not_make_it_silent(rooms: Rooms) -> None:
    room = rooms.room((rooms.team[0], 1, 18, 22))
    sent = []

    def send_twice(**_: Any) -> None:
        if not sent:  # botocore's own repeat of a write that had its effect
            sent.append(True)
            store = rooms.modes.store
            store.table.client.put_item(**captured[0])

    captured: list[dict[str, Any]] = []
    events = rooms.dynamodb.meta.events
    events.register("provide-client-params.dynamodb.PutItem", lambda params, **_: captured.append(dict(params)))
    events.register("before-call.dynamodb.PutItem", send_twice)

    assert rooms.announce(room) is not None
    assert sent


def test_a_year_of_a_room_in_which_wake_ups_get_lost_doubled_and_late(rooms: Rooms) -> None:
    chance = Random(20270301)
    maya, tom, eve = rooms.team[:3]
    room = rooms.room((maya, 1, 22, 6), (tom, 3, 18, 22), (eve, 6, 1, 3), (maya, 7, 2, 4), zone="Europe/Berlin")
    rooms.announce(room)
    year = Year(rooms, room, chance)

    for hour in range(366 * 24):
        year.fire_until(year.start + hour * HOUR)
        if hour % 24 == 10 and chance.random() < 0.3:
            year.change_something()
        year.sweep()
    assert year.lost > 50
    assert year.doubled > 20
    assert year.swept > 50


class Year:
    """Lets time pass, fires what is planned as badly as can be, and holds what members were told against the truth."""

    def __init__(self, rooms: Rooms, room: str, chance: Random) -> None:
        self.rooms, self.room, self._chance = rooms, room, chance
        self.start = rooms.clock()
        self.lost = self.doubled = self.swept = 0
        self._late: list[datetime] = []
        self._disturbed = True
        self._known: RoomMode | None = None
        self._watch()

    def fire_until(self, now: datetime) -> None:
        """Wake `modes` for everything that is due by then: a fifth never, a fifth twice, a fifth up to an hour late."""
        scheduler = self.rooms.scheduler
        self.rooms.clock.now = now
        for name in [name for name in scheduler.planned if scheduler.due(name) <= now]:
            scheduler.fire(name)
            self._disturbed = True
            fate = self._chance.randrange(5)
            if fate == 0:
                self.lost += 1
            elif fate == 1:
                self._late.append(now + self._chance.randrange(60) * MINUTE)
            else:
                for _ in range(2 if fate == 2 else 1):
                    self.rooms.announce(self.room)
                self.doubled += fate == 2
        for late in [late for late in self._late if late <= now]:
            self._late.remove(late)
            self._disturbed = True
            self.rooms.announce(self.room)

    def change_something(self) -> None:
        """Somebody cannot come, or comes instead; and every other time the process dies before it is announced."""
        rota = self.rooms.coverage.get(self.room)
        on = self.rooms.clock().date() + self._chance.randrange(7) * DAY
        shift = self._chance.choice(rota.shifts)
        verb = self._chance.choice(["drop", "take", "offer"])
        caller = next(who for who in self.rooms.team if who.id == shift.facilitator_id)
        if verb == "take":
            caller = self._chance.choice(self.rooms.team[:3])
        try:
            self.rooms.swap(verb, caller, self.room, shift.id, on)
        except Refusal:
            return
        self._watch()
        self._disturbed = True
        if self._chance.random() < 0.5:
            self.rooms.announce(self.room)

    def sweep(self) -> None:
        """Whatever went wrong, now the members know, and what they know is what the wall clock says.

        A sweep after which nothing happened to the room and nothing is due reads the same and does nothing: those are
        left out but for one in fifty.
        """
        now = self.rooms.clock()
        if now not in self._watcher.there:
            self._watch()
        truth = self._watcher.mode(self._rota, now)
        assert mode_at(self._rota, now) is truth, now
        if self._disturbed or truth is not self._known or self._chance.random() < 0.02:
            self.swept += len(self.rooms.modes.repair([self.room], now))
            self._disturbed = False
            self._known, _ = known_mode(self.rooms, self.room)
        assert self._known is truth, now

    def _watch(self) -> None:
        self._rota = self.rooms.coverage.get(self.room)
        now = self.rooms.clock()
        self._watcher = Watcher(self._rota, now, now + 8 * DAY)


def known_mode(rooms: Rooms, room: str) -> tuple[RoomMode, int]:
    """What was announced last, and by which version of the rota."""
    item = next(i for i in rooms.items(rooms.tables.rooms) if i["pk"]["S"] == f"ROOM#{room}" and i["sk"]["S"] == "MODE")
    return RoomMode(item["mode"]["S"]), int(item["rota_version"]["N"])
