"""Calls by Amazon Chime: nobody waits in one alone, an ended one is made anew, and nothing personal goes there."""

import json
import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError

from shared.appointments.model import Mode
from shared.ids import derived_id
from shared.meetings.calls import Calls, ChimeCall
from shared.meetings.chime import ChimeCalls
from shared.meetings.model import Meeting, MeetingKind, Provider
from shared.meetings.refusals import CallBusy, MeetingFull
from shared.meetings.seat import Seat, SeatRole, SeatStatus
from tests.support.chime import Chime, TokenRefused
from tests.support.clock import NOON, VirtualClock

PLACES = {MeetingKind.APPOINTMENT: 2, MeetingKind.CIRCLE: 4}
BUSY = ["ThrottlingException", "ThrottledClientException", "ServiceUnavailableException", "ServiceFailureException"]


def _seat(name: str, number: int = 0) -> Seat:
    return Seat(
        id=derived_id("seat", name),
        person_id=f"person-of-{name}",
        role=SeatRole.COUNSELOR if name == "Tom" else SeatRole.CLIENT,
        name=name,
        status=SeatStatus.ADMITTED,
        device="d" * 32,
        mode=Mode.VIDEO,
        arrived_at=NOON,
        number=number,
    )


ALICE, TOM = _seat("Alice", 1), _seat("Tom", 2)


def _meeting(*seats: Seat, kind: MeetingKind = MeetingKind.APPOINTMENT) -> Meeting:
    return Meeting(derived_id("meeting"), kind, "appointment-of-Alice", NOON, seats=seats, provider=Provider.CHIME)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def chime(clock: VirtualClock) -> Chime:
    return Chime(clock)


@pytest.fixture
def calls(chime: Chime) -> ChimeCalls:
    return ChimeCalls(chime.client(), "eu-west-1", PLACES)


def _join(calls: Calls, meeting: Meeting, seat: Seat) -> tuple[Meeting, ChimeCall]:
    joined = calls.join(meeting, seat, NOON)
    assert isinstance(joined.call, ChimeCall)
    return joined.meeting, joined.call


def test_a_lone_one_waits_without_a_meeting_that_would_cost(calls: ChimeCalls, chime: Chime) -> None:
    meeting = _meeting(ALICE, replace(TOM, number=0))
    joined = calls.join(meeting, ALICE, NOON)
    assert (joined.meeting, joined.call, chime.calls) == (meeting, None, [])


def test_two_are_brought_together_and_each_has_a_token_of_their_own(calls: ChimeCalls, chime: Chime) -> None:
    first, of_alice = _join(calls, _meeting(ALICE, TOM), ALICE)
    second, of_tom = _join(calls, first, TOM)
    assert second == first
    assert (first.generation, first.provider_id) == (1, of_alice.meeting["MeetingId"])
    assert of_tom.meeting == of_alice.meeting
    assert of_tom.attendee["JoinToken"] != of_alice.attendee["JoinToken"]
    chime.connect(of_alice.meeting, of_alice.attendee)
    chime.connect(of_tom.meeting, of_tom.attendee)
    assert chime.meetings[first.provider_id].connected == 2
    assert chime.made == ["CreateMeeting", "CreateAttendee", "GetMeeting", "CreateAttendee"]


def test_asked_again_the_same_seat_is_the_same_attendee(calls: ChimeCalls) -> None:
    meeting, before = _join(calls, _meeting(ALICE, TOM), ALICE)
    assert _join(calls, meeting, ALICE) == (meeting, before)


def test_a_browser_is_answered_what_the_sdk_reads_and_nothing_else(calls: ChimeCalls) -> None:
    _, call = _join(calls, _meeting(ALICE, TOM), ALICE)
    assert call.meeting.keys() == {"MeetingId", "MediaPlacement", "MeetingFeatures"}
    assert call.meeting["MediaPlacement"].keys() == {"AudioHostUrl", "SignalingUrl", "TurnControlUrl"}
    assert call.meeting["MeetingFeatures"] == {"Video": {"MaxResolution": "HD"}, "Content": {"MaxResolution": "FHD"}}
    assert call.attendee.keys() == {"AttendeeId", "ExternalUserId", "JoinToken"}
    assert json.loads(json.dumps([call.meeting, call.attendee])) == [call.meeting, call.attendee]


def test_two_who_come_at_the_same_moment_share_one_meeting(calls: ChimeCalls, chime: Chime) -> None:
    neither_knows = _meeting(ALICE, TOM)
    first, _ = _join(calls, neither_knows, ALICE)
    second, _ = _join(calls, neither_knows, TOM)
    assert first == second
    assert len(chime.meetings) == 1


def test_a_request_that_is_being_served_at_the_same_moment_is_asked_again(calls: ChimeCalls, chime: Chime) -> None:
    chime.failing["CreateMeeting"] = ["ConflictException", "ConflictException"]
    meeting, _ = _join(calls, _meeting(ALICE, TOM), ALICE)
    assert meeting.generation == 1
    chime.failing["CreateMeeting"] = ["ConflictException"] * 3
    with pytest.raises(CallBusy):
        calls.join(_meeting(ALICE, TOM), ALICE, NOON)


@pytest.mark.parametrize("remembers_ended", [True, False])
def test_a_meeting_that_chime_has_ended_is_made_anew(
    calls: ChimeCalls, chime: Chime, clock: VirtualClock, *, remembers_ended: bool
) -> None:
    chime.remembers_ended = remembers_ended
    before, old = _join(calls, _meeting(ALICE, TOM), ALICE)
    clock.advance(timedelta(minutes=6))
    after, new = _join(calls, before, ALICE)
    assert after == replace(before, generation=2, provider_id=new.meeting["MeetingId"])
    assert after.provider_id != before.provider_id
    again, _ = _join(calls, before, TOM)  # he had not heard of it
    assert again == after
    chime.connect(new.meeting, new.attendee)
    with pytest.raises(TokenRefused):
        chime.connect(old.meeting, old.attendee)


@pytest.mark.parametrize("remembers_ended", [True, False])
def test_what_was_made_and_never_written_down_is_found_again_or_passed_over(
    calls: ChimeCalls, chime: Chime, clock: VirtualClock, *, remembers_ended: bool
) -> None:
    chime.remembers_ended = remembers_ended
    as_kept = _meeting(ALICE, TOM)
    lost, _ = _join(calls, as_kept, ALICE)
    assert _join(calls, as_kept, ALICE)[0] == lost
    clock.advance(timedelta(minutes=6))
    meeting, call = _join(calls, as_kept, ALICE)
    assert meeting.generation == (2 if remembers_ended else 1)
    chime.connect(call.meeting, call.attendee)


def test_a_meeting_lasts_while_two_are_in_it_and_a_day_at_most(
    calls: ChimeCalls, chime: Chime, clock: VirtualClock
) -> None:
    meeting, of_alice = _join(calls, _meeting(ALICE, TOM), ALICE)
    _, of_tom = _join(calls, meeting, TOM)
    for call in (of_alice, of_tom):
        chime.connect(call.meeting, call.attendee)
    clock.advance(timedelta(hours=20))
    assert _join(calls, meeting, ALICE)[0] == meeting
    clock.advance(timedelta(hours=5))
    assert _join(calls, meeting, ALICE)[0].generation == 2


def test_of_a_meeting_that_ended_between_two_questions_the_next_is_made(calls: ChimeCalls, chime: Chime) -> None:
    meeting, _ = _join(calls, _meeting(ALICE, TOM), ALICE)
    for code in ("NotFoundException", "UnprocessableEntityException"):
        chime.failing["CreateAttendee"] = [code]
        assert _join(calls, meeting, ALICE)[0].generation == 2


def test_meetings_that_all_end_at_once_are_given_up(calls: ChimeCalls, chime: Chime) -> None:
    chime.failing["CreateAttendee"] = ["NotFoundException"] * 3
    with pytest.raises(CallBusy):
        calls.join(_meeting(ALICE, TOM), ALICE, NOON)
    assert chime.made.count("CreateMeeting") == 3


def test_an_attendee_that_is_gone_is_made_anew(calls: ChimeCalls, chime: Chime) -> None:
    meeting, old = _join(calls, _meeting(ALICE, TOM), ALICE)
    calls.remove(meeting, ALICE)
    after, new = _join(calls, meeting, ALICE)
    assert after == meeting
    chime.connect(new.meeting, new.attendee)
    with pytest.raises(TokenRefused):
        chime.connect(old.meeting, old.attendee)


@pytest.mark.parametrize("code", [*BUSY, "LimitExceededException"])
@pytest.mark.parametrize("operation", ["CreateMeeting", "GetMeeting", "CreateAttendee"])
def test_what_chime_cannot_do_just_now_is_refused_and_a_repeat_is_safe(
    calls: ChimeCalls, chime: Chime, operation: str, code: str
) -> None:
    meeting = _meeting(ALICE, TOM)
    if operation == "GetMeeting":
        meeting, _ = _join(calls, meeting, ALICE)
    chime.failing[operation] = [code]
    full = operation == "CreateAttendee" and code == "LimitExceededException"
    with pytest.raises(MeetingFull if full else CallBusy):
        calls.join(meeting, ALICE, NOON)
    after, call = _join(calls, meeting, ALICE)
    assert (after.generation, len(chime.meetings)) == (1, 1)
    chime.connect(call.meeting, call.attendee)


@pytest.mark.parametrize("code", BUSY)
def test_a_throttled_end_or_removal_says_so_and_can_be_repeated(calls: ChimeCalls, chime: Chime, code: str) -> None:
    meeting, call = _join(calls, _meeting(ALICE, TOM), ALICE)
    for operation, act in (
        ("ListAttendees", lambda: calls.remove(meeting, ALICE)),
        ("DeleteAttendee", lambda: calls.remove(meeting, ALICE)),
        ("DeleteMeeting", lambda: calls.end(meeting)),
    ):
        chime.failing[operation] = [code]
        with pytest.raises(CallBusy):
            act()
    chime.connect(call.meeting, call.attendee)
    calls.end(meeting)
    with pytest.raises(TokenRefused):
        chime.connect(call.meeting, call.attendee)


@pytest.mark.parametrize(
    "error",
    [
        EndpointConnectionError(endpoint_url="https://x.invalid"),
        ConnectTimeoutError(endpoint_url="https://x.invalid"),
        ReadTimeoutError(endpoint_url="https://x.invalid"),
    ],
)
def test_a_chime_that_does_not_answer_is_busy(calls: ChimeCalls, error: Exception) -> None:
    def lost(**_: Any) -> None:
        raise error

    calls.client.meta.events.register_first("before-send", lost)
    with pytest.raises(CallBusy):
        calls.join(_meeting(ALICE, TOM), ALICE, NOON)


@pytest.mark.parametrize("code", ["BadRequestException", "ForbiddenException", "UnauthorizedException"])
def test_what_is_our_own_fault_is_no_refusal(calls: ChimeCalls, chime: Chime, code: str) -> None:
    chime.failing["CreateMeeting"] = [code]
    with pytest.raises(ClientError, match=code):
        calls.join(_meeting(ALICE, TOM), ALICE, NOON)


def test_nobody_comes_beyond_the_places_of_the_kind(calls: ChimeCalls, chime: Chime) -> None:
    everybody = [_seat(name, number) for number, name in enumerate(["Maya", "Alice", "Ben", "Cleo", "Sam"], 1)]
    meeting = _meeting(*everybody, kind=MeetingKind.CIRCLE)
    for seat in everybody[:4]:
        meeting, _ = _join(calls, meeting, seat)
    with pytest.raises(MeetingFull):
        calls.join(meeting, everybody[4], NOON)
    calls.remove(meeting, everybody[1])
    _join(calls, meeting, everybody[4])


@pytest.mark.parametrize("page", [1, 2, 100])
def test_whoever_is_removed_is_found_on_whatever_page_and_their_token_no_longer_works(
    calls: ChimeCalls, chime: Chime, page: int
) -> None:
    chime.page = page
    everybody = [_seat(name, number) for number, name in enumerate(["Maya", "Ben", "Alice", "Cleo"], 1)]
    meeting = _meeting(*everybody, kind=MeetingKind.CIRCLE)
    given = {}
    for seat in everybody:
        meeting, given[seat.name] = _join(calls, meeting, seat)
    calls.remove(meeting, everybody[2])
    with pytest.raises(TokenRefused):
        chime.connect(given["Alice"].meeting, given["Alice"].attendee)
    for name in ("Maya", "Ben", "Cleo"):
        chime.connect(given[name].meeting, given[name].attendee)
    calls.remove(meeting, everybody[2])
    assert chime.made.count("DeleteAttendee") == 1


def test_removing_is_not_disturbed_by_somebody_who_was_faster(
    calls: ChimeCalls, chime: Chime, clock: VirtualClock
) -> None:
    meeting, _ = _join(calls, _meeting(ALICE, TOM), ALICE)
    chime.failing["DeleteAttendee"] = ["NotFoundException"]
    calls.remove(meeting, ALICE)
    clock.advance(timedelta(minutes=6))
    calls.remove(meeting, ALICE)


def test_ended_twice_is_ended(calls: ChimeCalls, chime: Chime) -> None:
    meeting, call = _join(calls, _meeting(ALICE, TOM), ALICE)
    calls.end(meeting)
    calls.end(meeting)
    with pytest.raises(TokenRefused):
        chime.connect(call.meeting, call.attendee)


def test_of_a_call_that_never_came_about_nothing_is_asked(calls: ChimeCalls, chime: Chime) -> None:
    calls.remove(_meeting(ALICE), ALICE)
    calls.end(_meeting(ALICE))
    assert chime.calls == []


def test_chime_learns_ids_and_nothing_else(calls: ChimeCalls, chime: Chime) -> None:
    meeting, _ = _join(calls, _meeting(ALICE, TOM), ALICE)
    calls.remove(meeting, ALICE)
    calls.end(meeting)
    told = json.dumps(chime.calls)
    for private in ("Alice", "Tom", "person-of", "appointment", "client", "counselor", "d" * 32):
        assert private not in told
    assert chime.calls[0][1] == {
        "ClientRequestToken": f"{meeting.id}-1",
        "ExternalMeetingId": meeting.id,
        "MediaRegion": "eu-west-1",
        "MeetingFeatures": {
            "Video": {"MaxResolution": "HD"},
            "Content": {"MaxResolution": "FHD"},
            "Attendee": {"MaxCount": 2},
        },
    }
    everything = {"Audio": "SendReceive", "Video": "SendReceive", "Content": "SendReceive"}
    assert chime.calls[1][1] == {
        "MeetingId": meeting.provider_id,
        "ExternalUserId": ALICE.id,
        "Capabilities": everything,
    }
    assert chime.guard.faults == []


def test_a_join_token_is_in_no_text_and_no_log(calls: ChimeCalls, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    joined = calls.join(_meeting(ALICE, TOM), ALICE, NOON)
    assert isinstance(joined.call, ChimeCall)
    token = joined.call.attendee["JoinToken"]
    assert token.startswith("join-token-")
    assert token not in f"{joined!r} {joined} {joined.call!r} {caplog.text}"
