"""The ladder of what facilitators decide."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import Invalid
from shared.rooms.decisions import Step, decided, end_of
from shared.rooms.model import MembershipStatus
from shared.rooms.refusals import AlreadyDecided
from tests.unit.rooms.members import NOON, member

HOUR = timedelta(hours=1)
TIMED = {Step.SLOW: "slow_until", Step.MUTE: "muted_until", Step.SUSPEND: "suspended_until"}


@pytest.mark.parametrize("step", TIMED)
def test_what_has_an_end_lasts_a_day_unless_said_otherwise(step: Step) -> None:
    assert end_of(step, None, NOON) == NOON + 24 * HOUR
    assert end_of(step, 3, NOON) == NOON + 3 * HOUR
    after = decided(member(), step, "Why.", NOON + 3 * HOUR)
    assert {name: getattr(after, name) for name in TIMED.values()} == dict.fromkeys(TIMED.values()) | {
        TIMED[step]: NOON + 3 * HOUR
    }
    assert (after.status, after.reason, after.decisions) == (MembershipStatus.JOINED, "Why.", 1)


@pytest.mark.parametrize("step", sorted(set(Step) - set(TIMED)))
def test_what_has_no_end_takes_no_hours(step: Step) -> None:
    assert end_of(step, None, NOON) is None
    with pytest.raises(Invalid) as refused:
        end_of(step, 1, NOON)
    assert refused.value.field == "body.hours"


def test_a_reminder_changes_nothing_but_is_remembered() -> None:
    after = decided(member(), Step.REMIND, "Why.", None)
    assert (after.status, after.muted_until, after.decisions, after.reason) == (
        MembershipStatus.JOINED,
        None,
        1,
        "Why.",
    )


@pytest.mark.parametrize("step", sorted(set(Step) - {Step.LIFT}))
def test_after_a_removal_only_lifting_it_is_left(step: Step) -> None:
    removed = decided(member(), Step.REMOVE, "Why.", None)
    assert removed.status is MembershipStatus.REMOVED
    with pytest.raises(AlreadyDecided):
        decided(removed, step, "Again.", None)


def test_whoever_was_removed_and_is_forgiven_comes_back_by_themselves() -> None:
    forgiven = decided(decided(member(), Step.REMOVE, "Why.", None), Step.LIFT, "", None)
    assert (forgiven.status, forgiven.reason) == (MembershipStatus.LEFT, "")


@given(st.lists(st.sampled_from([Step.REMIND, Step.SLOW, Step.MUTE, Step.SUSPEND]), max_size=6))
def test_lifting_takes_everything_back(steps: list[Step]) -> None:
    after = member()
    for step in steps:
        after = decided(after, step, "Why.", end_of(step, None, NOON))
    lifted = decided(after, Step.LIFT, "", None)

    lifted.require_voice(NOON)
    assert (lifted.wait(0, NOON), lifted.reason, lifted.decisions) == (0, "", len(steps) + 1)


@pytest.mark.parametrize("status", [MembershipStatus.LEFT, MembershipStatus.REQUESTED, MembershipStatus.DECLINED])
def test_lifting_lets_nobody_in(status: MembershipStatus) -> None:
    assert decided(member(status=status), Step.LIFT, "", None).status is status
