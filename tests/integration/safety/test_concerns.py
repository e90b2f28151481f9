"""A concern from the moment it is raised until somebody says what was done."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from shared.errors import ChangedMeanwhile, NotAllowed, NotFound
from shared.ids import derived_id
from shared.intents import Repeated
from shared.safety.model import ConcernStatus
from shared.safety.screening import Level
from shared.tables import commit
from tests.support.crash import Crashes
from tests.support.ward import ADA, ALICE, EVE, MAYA, TOM, Ward


def test_a_concern_is_raised_acknowledged_and_resolved(ward: Ward) -> None:
    raised = ward.raise_concern("grief", 7, level=Level.URGENT)
    assert (raised.status, raised.level, raised.seq) == (ConcernStatus.RAISED, Level.URGENT, 7)
    assert ward.concerns.listed(MAYA, {"grief"}) == [raised]

    ward.clock.advance(timedelta(minutes=2))
    acknowledged = ward.acknowledge(raised)
    assert ward.concerns.listed(MAYA, {"grief"}) == [acknowledged]

    ward.clock.advance(timedelta(minutes=20))
    resolved = ward.resolve(acknowledged, by=EVE)
    assert ward.concerns.listed(MAYA, {"grief"}) == []
    assert ward.concerns.store.find("grief", raised.id) == resolved
    assert (resolved.acknowledged_by, resolved.resolved_by) == ("maya", "eve")
    assert ward.faults() == []


def test_each_step_is_in_the_log_with_who_and_when_and_no_words(ward: Ward) -> None:
    concern = ward.raise_concern("grief", 7)
    ward.clock.advance(timedelta(minutes=2))
    concern = ward.acknowledge(concern)
    ward.clock.advance(timedelta(minutes=2))
    ward.resolve(concern, by=EVE)

    log = [item for item in ward.items() if item["sk"].startswith("CONCERNLOG#")]
    assert [(item["status"], item["by"], item["at"]) for item in log] == [
        ("raised", "system", "2027-03-01T12:00:00Z"),
        ("acknowledged", "maya", "2027-03-01T12:02:00Z"),
        ("resolved", "eve", "2027-03-01T12:04:00Z"),
    ]
    assert all("note" not in item and "handle" not in item for item in log)
    entries = ward.items("audit")
    assert [(entry["what"], entry["by"], entry["pk"]) for entry in entries] == [
        ("ConcernAcknowledged", "maya", "PERSON#member of grief"),
        ("ConcernResolved", "eve", "PERSON#member of grief"),
    ]


def test_urgent_ones_are_shown_first_and_then_the_oldest(ward: Ward) -> None:
    for seq, level in ((1, Level.CONCERN), (2, Level.CONCERN), (3, Level.URGENT), (4, Level.URGENT)):
        ward.raise_concern("grief", seq, level=level)
        ward.clock.advance(timedelta(minutes=1))
    assert [concern.seq for concern in ward.concerns.listed(MAYA, ["grief"])] == [3, 4, 1, 2]


def test_everybody_sees_those_of_their_own_rooms(ward: Ward) -> None:
    grief, direct = ward.raise_concern("grief", 1), ward.raise_concern("direct", 1)
    assert ward.concerns.listed(MAYA, {"grief"}) == [grief]
    assert ward.concerns.listed(TOM, {"direct"}) == [direct]
    assert ward.concerns.listed(EVE, set()) == []


def test_a_concern_of_another_room_looks_like_none(ward: Ward) -> None:
    concern = ward.raise_concern("grief", 1)
    now = ward.clock()
    for rooms, room_id in (({"direct"}, "grief"), ({"direct"}, "direct"), (set(), "grief")):
        with pytest.raises(NotFound):
            ward.concerns.acknowledge(TOM, rooms, room_id, concern.id, 1, ward.once(), now)
        with pytest.raises(NotFound):
            ward.concerns.resolve(TOM, rooms, room_id, concern.id, 1, "Done.", ward.once(), now)
    assert ward.concerns.store.find("grief", concern.id) == concern


@pytest.mark.parametrize("caller", [ADA, ALICE])
def test_admins_and_clients_see_no_concerns(caller: Any, ward: Ward) -> None:
    concern = ward.raise_concern("grief", 1)
    with pytest.raises(NotAllowed):
        ward.concerns.listed(caller, {"grief"})
    with pytest.raises(NotAllowed):
        ward.acknowledge(concern, by=caller)
    with pytest.raises(NotAllowed):
        ward.resolve(concern, by=caller)


def test_the_same_worry_is_raised_once_and_never_overwritten(ward: Ward, dynamodb: Any) -> None:
    acknowledged = ward.acknowledge(ward.raise_concern("grief", 7))
    with pytest.raises(ChangedMeanwhile):
        commit(dynamodb, ward.raising("grief", 7, Level.URGENT))
    assert ward.concerns.listed(MAYA, {"grief"}) == [acknowledged]
    assert ward.faults() == []


def test_twice_is_once(ward: Ward) -> None:
    concern, once = ward.raise_concern("grief", 7), ward.once()
    acknowledged = ward.acknowledge(concern, once=once)
    with pytest.raises(ChangedMeanwhile):
        ward.acknowledge(concern, once=once)  # the edge then finds the answer that is remembered

    once = ward.once()
    ward.resolve(acknowledged, once=once)
    with pytest.raises(ChangedMeanwhile):
        ward.resolve(acknowledged, once=once)
    assert len(ward.items("audit")) == 2
    assert ward.faults() == []


@pytest.mark.parametrize("step", ["acknowledge", "resolve"])
def test_of_eight_who_want_to_take_a_step_at_once_one_does(step: str, ward: Ward) -> None:
    def take(concern: Any) -> str:
        try:
            getattr(ward, step)(concern)
        except (ChangedMeanwhile, Repeated) as lost:
            return type(lost).__name__
        return "done"

    with ThreadPoolExecutor(8) as rivals:
        for seq in range(10):
            concern = ward.raise_concern("grief", seq)
            seen = concern if step == "acknowledge" else ward.acknowledge(concern)
            outcomes = list(rivals.map(take, [seen] * 8))
            assert sorted(outcomes) == ["ChangedMeanwhile"] * 7 + ["done"]
    assert ward.faults() == []


@pytest.mark.parametrize("step", ["raise", "acknowledge", "resolve"])
def test_after_a_crash_anywhere_all_of_a_step_is_there_or_nothing(step: str, ward: Ward, dynamodb: Any) -> None:
    crashes, seen = Crashes(), set()
    crashes.watch(dynamodb)
    for seq, point in enumerate(crashes.everywhere(), 1):
        before = 0
        if step == "raise":
            with point:
                commit(dynamodb, ward.raising("grief", seq))
        else:
            concern = ward.raise_concern("grief", seq)
            concern = ward.acknowledge(concern) if step == "resolve" else concern
            before = concern.version
            with point:
                getattr(ward, step)(concern)
        committed = not point.reached or (point.operation, point.moment) == ("TransactWriteItems", "after")
        kept = ward.concerns.store.find("grief", derived_id("concern", "grief", str(seq)))
        assert (kept.version if kept else 0) == before + committed, f"crash {point}"
        assert ward.faults() == [], f"crash {point}"
        if point.reached:
            seen.add((point.operation, point.moment))
    assert {("TransactWriteItems", "before"), ("TransactWriteItems", "after")} <= seen
