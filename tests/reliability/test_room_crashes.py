"""The process dies before or after each of its calls to AWS; the page tries again with the same Idempotency-Key."""

from collections.abc import Callable
from typing import Any

import pytest

from shared.ids import new_id
from shared.people.model import Principal, Role
from shared.rooms.decisions import Step
from shared.rooms.log import Reaction
from shared.rooms.model import MembershipStatus, WayIn
from shared.rooms.rota import Rota
from tests.support import roombook
from tests.support.circle import Circle
from tests.support.crash import Crashes
from tests.support.dynamodb_local import TableNames
from tests.support.groups import ALWAYS

Request = Callable[[str], object]


class Scene:
    """A group and a direct room, and for each attempt people to whom nothing has happened yet."""

    def __init__(self, circle: Circle) -> None:
        self.circle = circle
        self.room = circle.room()
        self.asked = circle.room(entry=WayIn.REQUEST)
        self.careful = circle.room(premoderate_first=1)
        self.bella = circle.hire("Bella", Role.COUNSELOR)

    def post(self) -> Request:
        ben = self.circle.member(self.room)
        return lambda key: self.circle.post(ben, self.room, "kill myself", key=key).message

    def post_that_waits(self) -> Request:
        ben = self.circle.member(self.careful)
        return lambda key: self.circle.post(ben, self.careful, key=key).message

    def edit(self) -> Request:
        ben, seq = self._said()
        return self._by(ben, lambda key: self.circle.edit(ben, self.room, seq, "how many pills", key))

    def withdraw(self) -> Request:
        ben, seq = self._said()
        return self._by(ben, lambda key: self.circle.withdraw(ben, self.room, seq, key))

    def withdraw_what_waits(self) -> Request:
        ben = self.circle.member(self.careful)
        seq = self.circle.post(ben, self.careful).message.seq
        return self._by(ben, lambda key: self.circle.withdraw(ben, self.careful, seq, key))

    def react(self) -> Request:
        _, seq = self._said()
        alice = self.circle.member(self.room)
        return self._by(alice, lambda key: self.circle.react(alice, self.room, seq, Reaction.HUG, key=key))

    def join(self) -> Request:
        ben = self.circle.client()
        return self._by(ben, lambda key: self.circle.join(ben, self.room, key, handle=_handle(ben)))

    def join_by_request(self) -> Request:
        ben = self.circle.client()
        return self._by(ben, lambda key: self.circle.join(ben, self.asked, key, handle=_handle(ben)))

    def come_back(self) -> Request:
        ben = self.circle.member(self.room)
        self.circle.leave(ben, self.room)
        return self._by(ben, lambda key: self.circle.join(ben, self.room, key))

    def leave(self) -> Request:
        ben = self.circle.member(self.room)
        return self._by(ben, lambda key: self.circle.leave(ben, self.room, key))

    def leave_the_queue(self) -> Request:
        ben = self.circle.member(self.asked)
        return self._by(ben, lambda key: self.circle.leave(ben, self.asked, key))

    def report(self) -> Request:
        _, seq = self._said()
        alice = self.circle.member(self.room)
        return self._by(alice, lambda key: self.circle.report(alice, self.room, seq, key))

    def remove(self) -> Request:
        ben = self.circle.member(self.room)
        return self._by_maya(lambda key: self.circle.decide(ben, self.room, Step.REMOVE, key))

    def remove_somebody_who_asks(self) -> Request:
        ben = self.circle.member(self.asked)
        return self._by_maya(lambda key: self.circle.decide(ben, self.asked, Step.REMOVE, key))

    def suspend(self) -> Request:
        ben = self.circle.member(self.room)
        return self._by_maya(lambda key: self.circle.decide(ben, self.room, Step.SUSPEND, key))

    def appeal(self) -> Request:
        ben = self.circle.member(self.room)
        decision = self.circle.decide(ben, self.room, Step.REMOVE)
        return self._by(ben, lambda key: self.circle.appeal(ben, self.room, decision.id, key))

    def lift_on_appeal(self) -> Request:
        ben = self.circle.member(self.room)
        decision = self.circle.decide(ben, self.room, Step.REMOVE)
        self.circle.appeal(ben, self.room, decision.id)
        (item,) = (item for item in self.circle.waiting(self.room) if item.decision_id == decision.id)
        return self._by_maya(lambda key: self.circle.settle(self.room, item, "lift", key))

    def redact(self) -> Request:
        _, seq = self._said()
        return self._by_maya(lambda key: self.circle.redact(self.room, seq, key))

    def approve(self) -> Request:
        item = self._waits()
        return self._by_maya(lambda key: self.circle.settle(self.careful, item, "approve", key))

    def decline(self) -> Request:
        item = self._waits()
        return self._by_maya(lambda key: self.circle.settle(self.careful, item, "decline", key))

    def admit(self) -> Request:
        ben = self.circle.member(self.asked)
        item = self._request_of(ben)
        return self._by_maya(lambda key: self.circle.settle(self.asked, item, "admit", key))

    def refuse(self) -> Request:
        ben = self.circle.member(self.asked)
        item = self._request_of(ben)
        return self._by_maya(lambda key: self.circle.settle(self.asked, item, "decline", key))

    def open_a_direct_room(self) -> Request:
        alice = self.circle.client()
        return self._by(alice, lambda key: self.circle.direct_room(alice, key=key))

    def propose_a_hand_over(self) -> Request:
        alice = self.circle.client()
        room = self.circle.direct_room(alice)
        return self._by(self.circle.tom, lambda key: self.circle.propose(room, self.bella, key=key))

    def accept_a_hand_over(self) -> Request:
        alice = self.circle.client()
        room = self.circle.direct_room(alice)
        self.circle.post(alice, room)
        self.circle.propose(room, self.bella)
        return self._by(alice, lambda key: self.circle.answer(alice, room, key=key))

    def write_a_rota(self) -> Request:
        room = self.circle.room(live=False)
        rota = Rota(
            "UTC",
            shifts=tuple(shift.__class__(shift.id, self.circle.maya.id, shift.weekday, 0, 60) for shift in ALWAYS),
        )

        def write(key: str) -> object:
            once = self.circle.once(self.circle.intent(self.circle.maya, key))
            return self.circle.coverage.write(self.circle.maya, room, rota, once, self.circle.clock())

        return self._by_maya(write)

    def _said(self) -> tuple[Principal, int]:
        ben = self.circle.member(self.room)
        return ben, self.circle.post(ben, self.room).message.seq

    def _waits(self) -> str:
        ben = self.circle.member(self.careful)
        seq = self.circle.post(ben, self.careful).message.seq
        (item,) = (item for item in self.circle.waiting(self.careful) if item.seq == seq)
        return item.id

    def _request_of(self, ben: Principal) -> str:
        member_id = self.circle.membership(ben, self.asked).member_id
        (item,) = (item for item in self.circle.waiting(self.asked) if item.member_id == member_id)
        return item.id

    def _by(self, who: Principal, act: Request) -> Request:
        return lambda key: self.circle.asked(who, key, lambda: act(key))

    def _by_maya(self, act: Request) -> Request:
        return self._by(self.circle.maya, act)


def _handle(who: Principal) -> str:
    """The same one at each try, and another for each person."""
    number = int(who.id[:4], 16)
    quality, being = ("amber", "calm", "dawn", "jade")[number % 4], ("elm", "fox", "owl")[number // 4 % 3]
    return f"{quality}-{being}-{100 + number // 12 % 900}"


ACTS = tuple(name for name in vars(Scene) if not name.startswith("_"))


@pytest.fixture
def scene(dynamodb: Any, tables: TableNames) -> Scene:
    return Scene(Circle(dynamodb, tables))


@pytest.mark.parametrize("act", ACTS)
def test_after_a_crash_anywhere_a_repeat_has_one_effect_and_one_answer(act: str, scene: Scene, dynamodb: Any) -> None:
    crashes = Crashes()
    crashes.watch(dynamodb)
    crashed = set()
    for point in crashes.everywhere():
        request = getattr(scene, act)()
        key = new_id()
        before = state(scene)
        with point:
            request(key)
        crashed.add((point.operation, point.moment))
        effect = state(scene)
        assert roombook.faults(effect) == [], f"crash {point}"
        scene.circle.start()

        again = request(key)
        done = state(scene)
        assert roombook.faults(done) == [], f"repeat after a crash {point}"
        assert effect in (before, done), f"half an effect after a crash {point}"
        assert done != before

        if again is not None:
            assert request(key) in (again, None)
        assert state(scene) == done
    assert {("TransactWriteItems", "before"), ("TransactWriteItems", "after")} <= crashed


def test_whoever_asks_and_is_removed_waits_no_more(scene: Scene) -> None:
    ben = scene.circle.member(scene.asked)
    scene.circle.decide(ben, scene.asked, Step.REMOVE)

    assert scene.circle.waiting(scene.asked) == []
    assert scene.circle.membership(ben, scene.asked).status is MembershipStatus.REMOVED


def state(scene: Scene) -> list[Any]:
    """Everything the rooms table holds, but for the order of sets."""
    return sorted(scene.circle.items(), key=lambda item: (item["pk"]["S"], item["sk"]["S"]))
