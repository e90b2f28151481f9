"""How a concern is looked after, step by step."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.errors import ChangedMeanwhile, Conflict, Invalid
from shared.safety.model import Concern, ConcernStatus, Source, by_need
from shared.safety.screening import Level

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=3)
RAISED = Concern("c1", Level.URGENT, Source.MESSAGE, "room", "member", 7, "quiet-otter", NOON)
ESCALATED = replace(RAISED, status=ConcernStatus.ESCALATED)
ACKNOWLEDGED = RAISED.acknowledged("maya", 1, LATER)


@pytest.mark.parametrize("before", [RAISED, ESCALATED])
def test_acknowledging_says_who_looks_after_it_and_since_when(before: Concern) -> None:
    after = before.acknowledged("maya", 1, LATER)
    assert (after.status, after.acknowledged_by, after.acknowledged_at) == (ConcernStatus.ACKNOWLEDGED, "maya", LATER)
    assert after.version == 2


def test_resolving_says_what_was_done_and_keeps_who_acknowledged() -> None:
    after = ACKNOWLEDGED.resolved("tom", "  We talked.  ", 2, LATER)
    assert (after.status, after.resolved_by, after.resolved_at) == (ConcernStatus.RESOLVED, "tom", LATER)
    assert (after.note, after.acknowledged_by, after.version) == ("We talked.", "maya", 3)


def test_an_acknowledged_concern_is_not_acknowledged_again() -> None:
    with pytest.raises(ChangedMeanwhile):
        ACKNOWLEDGED.acknowledged("tom", 2, LATER)
    with pytest.raises(ChangedMeanwhile):
        ACKNOWLEDGED.acknowledged("tom", 1, LATER)


@pytest.mark.parametrize("before", [RAISED, ESCALATED])
def test_nothing_is_resolved_before_somebody_acknowledged_it(before: Concern) -> None:
    with pytest.raises(Conflict) as refused:
        before.resolved("maya", "We talked.", 1, LATER)
    assert refused.value.code == "conflict"


def test_a_resolved_concern_stays_as_it_is() -> None:
    resolved = ACKNOWLEDGED.resolved("maya", "We talked.", 2, LATER)
    with pytest.raises(ChangedMeanwhile):
        resolved.resolved("tom", "Again.", 3, LATER)
    with pytest.raises(ChangedMeanwhile):
        resolved.acknowledged("tom", 3, LATER)


@pytest.mark.parametrize("note", ["", " \n ", "x" * 1001])
def test_resolving_needs_a_note_of_at_most_a_thousand_characters(note: str) -> None:
    with pytest.raises(Invalid) as refused:
        ACKNOWLEDGED.resolved("maya", note, 2, LATER)
    assert refused.value.field == "body.note"
    assert ACKNOWLEDGED.resolved("maya", "x" * 1000, 2, LATER).note == "x" * 1000


def test_a_version_that_is_not_there_yet_is_named() -> None:
    with pytest.raises(Invalid) as refused:
        RAISED.acknowledged("maya", 2, LATER)
    assert refused.value.field == "body.version"


def test_urgent_ones_come_first_and_then_the_oldest() -> None:
    mild = replace(RAISED, id="mild", level=Level.CONCERN, raised_at=NOON - timedelta(hours=1))
    milder = replace(mild, id="milder", raised_at=NOON)
    late = replace(RAISED, id="late", raised_at=LATER)
    assert [c.id for c in sorted([milder, late, mild, RAISED], key=by_need)] == ["c1", "late", "mild", "milder"]
