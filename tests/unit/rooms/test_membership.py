"""Who may read, who may write, and how soon again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import Invalid
from shared.people.handles import new_handle
from shared.rooms.items import membership_item, membership_of
from shared.rooms.model import (
    MOST_A_MINUTE,
    RECENT_KEPT,
    MemberRole,
    Membership,
    MembershipStatus,
    Recent,
    check_handle,
    member_id_of,
)
from shared.rooms.refusals import MemberMuted, MemberSuspended, NotAMember, Removed, TooSoon
from tests.unit.rooms.members import NOON, member

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def said(who: Membership, *seconds: int) -> Membership:
    """After messages at so many seconds past noon."""
    for number, after in enumerate(seconds, 1):
        recent = Recent(f"key{number}", f"content{number}", number, int(NOON.timestamp()) + after)
        who = who.posted(recent, number)
    return who


@pytest.mark.parametrize("status", [status for status in MembershipStatus if status is not MembershipStatus.JOINED])
def test_only_those_who_have_joined_read(status: MembershipStatus) -> None:
    refusal = Removed if status is MembershipStatus.REMOVED else NotAMember
    with pytest.raises(refusal):
        member(status=status).require_joined(NOON)


def test_a_mute_keeps_from_writing_and_a_suspension_from_reading_until_they_end() -> None:
    muted = member(muted_until=NOON + HOUR, reason="Why.")
    muted.require_joined(NOON)
    with pytest.raises(MemberMuted, match="muted") as refused:
        muted.require_voice(NOON + HOUR - SECOND)
    assert (refused.value.detail, refused.value.extra) == ("Why.", {"until": "2027-03-01T13:00:00Z"})
    muted.require_voice(NOON + HOUR)
    suspended = member(suspended_until=NOON + HOUR)
    with pytest.raises(MemberSuspended):
        suspended.require_joined(NOON + HOUR - SECOND)
    suspended.require_voice(NOON + HOUR)


def test_slow_mode_lasts_from_the_latest_message_and_not_for_staff() -> None:
    alice = said(member(), 0)
    assert [alice.wait(45, NOON + n * SECOND) for n in (0, 44, 45)] == [45, 1, 0]
    assert member().wait(45, NOON) == 0
    assert said(member(role=MemberRole.FACILITATOR), 0).wait(45, NOON) == 0
    slowed = said(member(slow_until=NOON + HOUR), 0)
    assert [slowed.wait(45, NOON + n * SECOND) for n in (0, 59, 60)] == [60, 1, 0]
    assert slowed.wait(300, NOON) == 300
    with pytest.raises(TooSoon) as refused:
        slowed.require_pace(0, NOON)
    assert refused.value.retry_after == 60


@given(st.lists(st.integers(0, 200), max_size=40).map(sorted), st.integers(0, 90))
def test_whoever_waits_as_told_is_let_through_and_never_writes_more_than_ten_a_minute(
    tries: list[int], slow: int
) -> None:
    alice, times = member(), list[int]()
    for second in tries:
        wait = alice.wait(slow, NOON + second * SECOND)
        assert alice.wait(slow, NOON + (second + wait) * SECOND) == 0
        if wait == 0:
            alice = said(alice, second)
            times.append(second)
    assert all(late - early >= 60 for early, late in zip(times, times[MOST_A_MINUTE:], strict=False))
    assert all(late - early >= slow for early, late in zip(times, times[1:], strict=False))


def test_every_message_of_the_last_minute_is_remembered() -> None:
    assert MOST_A_MINUTE < RECENT_KEPT
    alice = said(member(), *range(20))
    assert [recent.seq for recent in alice.recent] == list(range(20 - RECENT_KEPT + 1, 21))
    assert (alice.posts, alice.read_seq, alice.read_ordinal) == (20, 20, 20)


def test_an_id_is_of_one_person_in_one_room() -> None:
    ids = {member_id_of(room, person) for room in "ab" for person in "xy"}
    assert len(ids) == 4
    assert member_id_of("a", "x") == member_id_of("a", "x")


def test_only_handles_that_we_make_are_taken() -> None:
    for _ in range(50):
        check_handle(new_handle())
    for other in (
        "",
        "alice",
        "quiet-otter",
        "quiet-otter-48",
        "quiet-otter-048",
        "quiet-otter-4820",
        "loud-otter-482",
    ):
        with pytest.raises(Invalid):
            check_handle(other)


instants = st.none() | st.integers(0, 10**6).map(lambda n: NOON + n * SECOND)
ids = st.frozensets(st.text("abcdef0123456789", min_size=1, max_size=8), max_size=4)
counts = st.integers(0, 10**9)


@given(
    st.builds(
        member,
        status=st.sampled_from(MembershipStatus),
        role=st.sampled_from(MemberRole),
        posts=counts,
        decisions=counts,
        read_seq=counts,
        read_ordinal=counts,
        muted_until=instants,
        slow_until=instants,
        suspended_until=instants,
        reason=st.text(max_size=20),
        note=st.text(max_size=20),
        blocks=ids,
        blocked_by=ids,
        sees_from=st.integers(1, 10**9),
    )
)
def test_a_membership_is_read_as_it_was_written(written: Membership) -> None:
    assert membership_of(membership_item(written)) == written
