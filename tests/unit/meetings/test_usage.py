"""What calls come to, and what a ceiling leaves."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.appointments.model import Mode
from shared.meetings.model import Because, Meeting, MeetingKind, Provider
from shared.meetings.presence import LEASE, Presence
from shared.meetings.refusals import HeldInWriting
from shared.meetings.seat import Seat, SeatRole, SeatStatus
from shared.meetings.usage import (
    MICROS,
    Basis,
    Choice,
    Forecast,
    Month,
    Standing,
    Tally,
    added,
    choice,
    cost,
    forecast,
    mixed_cost,
    standing,
    tally_of,
    typical_cost,
)

NOW = datetime(2027, 3, 3, 9, tzinfo=UTC)
MARCH = Month(2027, 3)
APPOINTMENT, CIRCLE = MeetingKind
CHIME, PEER = Provider
BY_SIGHT = {Mode.VIDEO}


def seat(person: str, mode: Mode = Mode.VIDEO) -> Seat:
    return Seat(person, person, SeatRole.MEMBER, person, SeatStatus.ADMITTED, "page", mode, NOW)


def meeting(*seats: Seat, provider: Provider = CHIME) -> Meeting:
    """One that all of these have joined."""
    made = Meeting("m", APPOINTMENT, "a", NOW)
    for one in seats:
        made = made.joined(one, provider, NOW)
    return replace(made, provider_id="there" if provider is CHIME and len(seats) > 1 else "")


def heard(*people: str, at: datetime = NOW, seconds: int = 60) -> Mapping[str, Presence]:
    return {person: Presence(person, "page", at, seconds) for person in people}


def seconds(of: Meeting, presences: Mapping[str, Presence], now: datetime) -> int:
    tally = tally_of(of, presences, now)
    return tally.seconds if tally else 0


@pytest.mark.parametrize("provider", Provider)
def test_time_is_added_up_over_everybody_in_the_call(provider: Provider) -> None:
    both = meeting(seat("alice"), seat("tom"), provider=provider)
    now = NOW + timedelta(seconds=10)

    assert tally_of(both, heard("alice", "tom"), now) == Tally(APPOINTMENT, provider, 1, 2 * 70)


@pytest.mark.parametrize("provider", Provider)
def test_whoever_is_alone_from_the_first_is_not_connected_yet(provider: Provider) -> None:
    """Amazon is asked for a call when there are two."""
    assert (
        tally_of(meeting(seat("tom"), provider=provider), heard("tom", seconds=0), NOW + timedelta(seconds=9)) is None
    )


def test_whoever_was_left_alone_by_chime_still_costs() -> None:
    both = meeting(seat("alice"), seat("tom"))
    left = both.left(both.seat("alice"), NOW)

    assert seconds(left, heard("alice", "tom", seconds=0), NOW + timedelta(seconds=9)) == 9


def test_who_takes_part_in_writing_costs_nothing() -> None:
    both = meeting(seat("alice", Mode.TEXT), seat("tom"))

    assert seconds(both, heard("alice", "tom", seconds=0), NOW + timedelta(seconds=9)) == 9


def test_a_page_that_vanished_counts_until_it_was_last_heard_of() -> None:
    both = meeting(seat("alice"), seat("tom"))
    presences = {**heard("alice"), **heard("tom", at=NOW + LEASE)}

    assert seconds(both, presences, NOW + LEASE) == 60 + 60


def test_a_phone_counts_from_when_it_joined() -> None:
    """It says nothing between that and its end: its lease is given in advance."""
    both = meeting(seat("alice", Mode.PHONE), seat("tom"))
    presences = {**heard("alice", at=NOW + timedelta(hours=3), seconds=0), **heard("tom", at=NOW + LEASE, seconds=0)}

    assert seconds(both, presences, NOW + LEASE) == LEASE.total_seconds()


def test_a_meeting_in_writing_is_no_call() -> None:
    in_writing = replace(meeting(seat("alice", Mode.TEXT), seat("tom", Mode.TEXT)), provider=None, provider_id="")

    assert tally_of(in_writing, heard("alice", "tom"), NOW) is None


def test_tallies_are_added_by_kind_and_provider() -> None:
    tallies = [Tally(CIRCLE, CHIME, 1, 60), Tally(APPOINTMENT, PEER, 1, 60), Tally(CIRCLE, CHIME, 2, 120)]

    assert added(tallies) == [Tally(APPOINTMENT, PEER, 1, 60), Tally(CIRCLE, CHIME, 3, 180)]


def test_only_chime_costs() -> None:
    """$0.0017 for a minute of one person."""
    assert cost([Tally(CIRCLE, CHIME, 1, 600), Tally(CIRCLE, PEER, 9, 99_999)]) == 17_000


def test_a_typical_appointment_costs_seventeen_cents_or_nothing() -> None:
    assert (typical_cost(CHIME), typical_cost(PEER)) == (170_000, 0)
    assert mixed_cost([Tally(APPOINTMENT, CHIME, 1, 600), Tally(APPOINTMENT, PEER, 3, 1_800)]) == 42_500
    assert mixed_cost([Tally(CIRCLE, CHIME, 1, 600)]) is None


@pytest.mark.parametrize(
    ("text", "begins", "ends", "before"),
    [
        ("2027-03", datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 4, 1, tzinfo=UTC), "2027-02"),
        ("2027-01", datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC), "2026-12"),
        ("2028-02", datetime(2028, 2, 1, tzinfo=UTC), datetime(2028, 3, 1, tzinfo=UTC), "2028-01"),
    ],
)
def test_months_follow_the_calendar(text: str, begins: datetime, ends: datetime, before: str) -> None:
    month = Month.parse(text)

    assert (str(month), month.begins_at, month.ends_at, str(month.before)) == (text, begins, ends, before)
    assert Month.of(begins) == Month.of(ends - timedelta(seconds=1)) == month


def test_a_forecast_goes_on_at_the_same_pace() -> None:
    half = MARCH.begins_at + (MARCH.ends_at - MARCH.begins_at) / 2

    assert forecast(MARCH, 5 * MICROS, 90 * MICROS, half) == Forecast(10 * MICROS, Basis.SO_FAR)


def test_in_the_first_three_days_it_is_last_months_or_what_is_spent_already() -> None:
    early = MARCH.begins_at + timedelta(days=3, seconds=-1)

    assert forecast(MARCH, 1, 9, early) == Forecast(9, Basis.LAST_MONTH)
    assert forecast(MARCH, 12, 9, early) == Forecast(12, Basis.LAST_MONTH)
    assert forecast(MARCH, 12, 9, early + timedelta(seconds=1)).basis is Basis.SO_FAR


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 31 * 86_400 - 1))
def test_no_forecast_is_below_what_is_spent(so_far: int, last_month: int, passed: int) -> None:
    assert forecast(MARCH, so_far, last_month, MARCH.begins_at + timedelta(seconds=passed)).micros >= so_far


@pytest.mark.parametrize(
    ("spent", "ceiling", "stands"),
    [
        (0, None, Standing.USUAL),
        (10**12, None, Standing.USUAL),
        (40 * MICROS - 1, 50, Standing.USUAL),
        (40 * MICROS, 50, Standing.DIRECT),
        (50 * MICROS - 1, 50, Standing.DIRECT),
        (50 * MICROS, 50, Standing.IN_WRITING),
        (0, 0, Standing.IN_WRITING),
    ],
)
def test_a_ceiling_acts_at_four_fifths_and_in_full(spent: int, ceiling: int | None, stands: Standing) -> None:
    assert standing(spent, ceiling) is stands


@pytest.mark.parametrize("kind", MeetingKind)
def test_below_it_all_is_as_usual(kind: MeetingKind) -> None:
    assert choice(kind, BY_SIGHT, CHIME, Standing.USUAL) == Choice(CHIME)


def test_first_one_to_one_calls_go_directly_and_then_circles_meet_in_writing() -> None:
    for stands in (Standing.DIRECT, Standing.IN_WRITING):
        assert choice(APPOINTMENT, BY_SIGHT, CHIME, stands) == Choice(PEER, Because.CEILING)
    assert choice(CIRCLE, BY_SIGHT, CHIME, Standing.DIRECT) == Choice(CHIME)
    with pytest.raises(HeldInWriting):
        choice(CIRCLE, BY_SIGHT, CHIME, Standing.IN_WRITING)


@pytest.mark.parametrize("kind", MeetingKind)
@pytest.mark.parametrize("stands", Standing)
def test_what_costs_nothing_knows_no_ceiling(kind: MeetingKind, stands: Standing) -> None:
    assert choice(kind, BY_SIGHT, PEER, stands) == Choice(PEER)


@pytest.mark.parametrize("stands", Standing)
def test_who_has_only_a_phone_is_not_shut_out(stands: Standing) -> None:
    assert choice(APPOINTMENT, {Mode.VIDEO, Mode.PHONE}, CHIME, stands) == Choice(CHIME)
