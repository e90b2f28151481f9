"""What Chime tells by EventBridge, in every shape its guide documents, and what others may send."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from functions.meeting_events import app
from functions.meeting_events.app import handler, serve
from shared.ids import derived_id
from shared.meetings.happenings import Happening, HappeningKind, happening_of

MEETING, SEAT = derived_id("meeting"), derived_id("seat")
CHIME_MEETING, CHIME_ATTENDEE = "87654321-4321-4321-1234-111122223333", "12345678-4321-4321-1234-111122223333"
AT = datetime(2027, 3, 1, 12, 0, 0, 250000, tzinfo=UTC)
NETWORK = {"networkType": "Voip"}
OF_SOMEBODY = {
    "chime:AttendeeAdded": {},
    "chime:AttendeeDeleted": {},
    "chime:AttendeeAuthorized": {},
    "chime:AttendeeJoined": NETWORK,
    "chime:AttendeeLeft": NETWORK,
    "chime:AttendeeDropped": NETWORK,
    "chime:AttendeeVideoStarted": {},
    "chime:AttendeeVideoStopped": {},
    "chime:AttendeeCapabilitiesUpdated": {
        "success": "1",
        "attendeeCapabilities": {"audio": "SendReceive", "video": "SendReceive", "content": "SendReceive"},
    },
    "chime:AttendeeContentJoined": NETWORK,
    "chime:AttendeeContentLeft": NETWORK,
    "chime:AttendeeContentDropped": NETWORK,
    "chime:AttendeeContentVideoStarted": {},
    "chime:AttendeeContentVideoStopped": {},
}
OF_THE_MEETING = ("chime:MeetingStarted", "chime:MeetingEnded")
KNOWN = {kind.value for kind in HappeningKind}


def _event(kind: str, **detail: Any) -> dict[str, Any]:
    somebody = {"attendeeId": CHIME_ATTENDEE, "externalUserId": SEAT} if kind in OF_SOMEBODY else {}
    return {
        "version": "0",
        "id": "12345678-1234-1234-1234-111122223333",
        "source": "aws.chime",
        "account": "111122223333",
        "region": "us-east-1",
        "detail-type": "Chime Meeting State Change",
        "time": "2027-03-01T12:00:00Z",
        "resources": [],
        "detail": {
            "version": "0",
            "eventType": kind,
            "timestamp": 1803902400250,
            "meetingId": CHIME_MEETING,
            "externalMeetingId": MEETING,
            "mediaRegion": "us-east-1",
            **somebody,
            **OF_SOMEBODY.get(kind, {}),
            **detail,
        },
    }


@pytest.mark.parametrize("kind", [*OF_THE_MEETING, *OF_SOMEBODY])
def test_of_every_documented_event_we_read_what_matters_to_us(kind: str) -> None:
    expected = None
    if kind in KNOWN:
        seat = SEAT if kind in OF_SOMEBODY else ""
        expected = Happening(HappeningKind(kind), MEETING, seat, CHIME_MEETING, AT)
    assert happening_of(_event(kind)) == expected


def test_every_kind_we_know_is_a_documented_one() -> None:
    assert {*OF_SOMEBODY, *OF_THE_MEETING} >= KNOWN


@pytest.mark.parametrize(
    "event",
    [
        _event("chime:MeetingRenamed"),
        _event("chime:AttendeeJoined", eventType=None),
        _event("chime:AttendeeJoined", eventType=["chime:AttendeeJoined"]),
        {**_event("chime:AttendeeJoined"), "source": "aws.s3"},
        {**_event("chime:AttendeeJoined"), "detail-type": "Chime VoiceConnector Streaming Status"},
    ],
)
def test_an_event_we_do_not_know_tells_nothing(event: Any) -> None:
    assert happening_of(event) is None


@pytest.mark.parametrize("external", ["Team meeting", "", None, 7, MEETING.upper(), f"{MEETING}0"])
def test_a_meeting_of_somebody_else_in_the_account_tells_nothing(external: Any) -> None:
    assert happening_of(_event("chime:MeetingEnded", externalMeetingId=external)) is None
    assert happening_of(_event("chime:AttendeeLeft", externalUserId=external)) is None


@pytest.mark.parametrize("missing", ["timestamp", "meetingId", "externalMeetingId", "externalUserId", "eventType"])
def test_an_event_that_lacks_something_tells_nothing(missing: str) -> None:
    event = _event("chime:AttendeeJoined")
    del event["detail"][missing]
    assert happening_of(event) is None


@pytest.mark.parametrize("timestamp", ["1803902400250", True, None, 1e300, -1e300, float("nan"), float("inf"), []])
def test_an_event_with_no_instant_tells_nothing(timestamp: Any) -> None:
    assert happening_of(_event("chime:MeetingEnded", timestamp=timestamp)) is None


@pytest.mark.parametrize(
    "event", [None, "", [], 7, {}, {"source": "aws.chime"}, {**_event("chime:MeetingEnded"), "detail": "x"}]
)
def test_what_is_no_event_tells_nothing(event: Any) -> None:
    assert serve(_never, event) == {"noted": False}


def test_what_happened_is_handed_on_each_time_it_is_told() -> None:
    noted: list[Happening] = []
    for _ in range(2):
        assert serve(noted.append, _event("chime:AttendeeDropped")) == {"noted": True}
    assert [happening.kind for happening in noted] == [HappeningKind.DROPPED] * 2


def test_an_error_of_whoever_notes_it_is_logged_without_ids_and_raised(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(AssertionError):
        serve(_never, _event("chime:AttendeeDropped"))
    [record] = caplog.records
    said = json.dumps(vars(record), default=str)
    assert record.getMessage() == "fault"
    assert SEAT not in said
    assert MEETING not in said


def test_the_function_counts_what_happened_and_names_nobody(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[Happening] = []
    monkeypatch.setattr(app, "_note", lambda happening: (noted.append(happening), app.count(happening)))
    assert handler(_event("chime:AttendeeDropped"), None) == {"noted": True}
    said = capsys.readouterr().out
    assert json.loads(said.splitlines()[-1])["AttendeeDropped"] == [1.0]
    assert SEAT not in said
    assert handler(_event("chime:AttendeeVideoStarted"), None) == {"noted": False}
    assert capsys.readouterr().out == ""
    assert [happening.seat_id for happening in noted] == [SEAT]


def _never(_: Happening) -> None:
    raise AssertionError("there was nothing to note")
