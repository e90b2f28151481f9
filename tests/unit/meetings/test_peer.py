"""Calls that browsers connect among themselves."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from shared.appointments.model import Mode
from shared.meetings.calls import Calls, IceServer, PeerCall
from shared.meetings.model import Meeting, MeetingKind, Provider
from shared.meetings.peer import PeerCalls
from shared.meetings.refusals import CallBusy, MeetingFull
from shared.meetings.seat import Seat, SeatRole, SeatStatus

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)


class Relay:
    """Answers who asked."""

    def for_seat(self, seat_id: str, now: datetime) -> tuple[IceServer, ...]:
        return (IceServer(("turn:turn.example.org",), seat_id, now.isoformat()),)


class BusyRelay:
    """Has nothing to give just now."""

    def for_seat(self, seat_id: str, now: datetime) -> tuple[IceServer, ...]:
        raise CallBusy


CALLS: Calls = PeerCalls(Relay())


def circle(size: int) -> Meeting:
    """A circle with so many people in the call; their seats are `seat-1`, `seat-2`, …"""
    meeting = Meeting("m1", MeetingKind.CIRCLE, "r1", NOW)
    for number in range(1, size + 1):
        seat = Seat(
            f"seat-{number}",
            f"person-{number}",
            SeatRole.MEMBER,
            f"quiet-otter-{number}",
            SeatStatus.ADMITTED,
            "d" * 32,
            Mode.VIDEO,
            NOW,
        )
        meeting = meeting.joined(seat, Provider.PEER, NOW)
    return meeting


def test_who_is_alone_is_ready_at_once_for_who_comes_next() -> None:
    meeting = circle(1)
    joined = CALLS.join(meeting, meeting.seats[0], NOW)
    assert joined.meeting == meeting
    assert joined.call == PeerCall((IceServer(("turn:turn.example.org",), "seat-1", NOW.isoformat()),))


@pytest.mark.parametrize("already_counted", [True, False])
def test_up_to_four_connect(already_counted: bool) -> None:
    four = circle(4)
    assert CALLS.join(four if already_counted else circle(3), four.seats[3], NOW).call is not None


@pytest.mark.parametrize("already_counted", [True, False])
def test_a_fifth_is_told_that_it_is_full(already_counted: bool) -> None:
    five = circle(5)
    with pytest.raises(MeetingFull, match="meeting_full"):
        CALLS.join(five if already_counted else circle(4), five.seats[4], NOW)


def test_who_left_the_call_makes_room() -> None:
    five = circle(5)
    after = five.left(five.seats[0], NOW)
    assert CALLS.join(after, after.seat("seat-5"), NOW).call is not None


def test_who_asks_again_is_answered_again() -> None:
    four = circle(4)
    assert CALLS.join(four, four.seats[1], NOW) == CALLS.join(four, four.seats[1], NOW)


def test_nobody_is_connected_without_the_relay_that_the_deployment_has() -> None:
    meeting = circle(1)
    with pytest.raises(CallBusy):
        PeerCalls(BusyRelay()).join(meeting, meeting.seats[0], NOW)


def test_ending_and_removing_ask_nothing_of_anybody() -> None:
    meeting = circle(2)
    CALLS.remove(meeting, replace(meeting.seats[0], status=SeatStatus.REMOVED))
    CALLS.end(meeting)
    CALLS.end(meeting)
