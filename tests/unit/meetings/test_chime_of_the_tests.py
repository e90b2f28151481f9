"""The Chime of the tests: were it more patient than the real one, much would pass that should not."""

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, ParamValidationError

from tests.support.chime import Chime
from tests.support.clock import VirtualClock
from tests.support.service_model import AwsWouldRefuse

MEETING = {"ClientRequestToken": "m-1", "MediaRegion": "eu-west-1", "ExternalMeetingId": "mm"}


@pytest.fixture
def chime() -> Any:
    return Chime(VirtualClock()).client()


@pytest.mark.parametrize(
    "asked",
    [
        {"ClientRequestToken": "with:colon"},
        {"ClientRequestToken": "x" * 65},
        {"ExternalMeetingId": "m"},
        {"MeetingFeatures": {"Attendee": {"MaxCount": 251}}},
        {"MeetingFeatures": {"Video": {"MaxResolution": "SD"}}},
        {"MeetingFeatures": {"Content": {"MaxResolution": "HD"}}},
        {"NotificationsConfiguration": {"SqsQueueArn": "arn:aws:sqs:eu-west-1:123456789012:x"}},
    ],
)
def test_what_breaks_the_service_model_or_asks_for_more_is_refused(chime: Any, asked: dict[str, Any]) -> None:
    with pytest.raises(AwsWouldRefuse):
        chime.create_meeting(**MEETING | asked)


@pytest.mark.parametrize("asked", [{"MediaRegion": "eu-central-2"}, {"ExternalMeetingId": "AWS:meeting"}])
def test_what_only_the_documentation_forbids_is_refused_too(chime: Any, asked: dict[str, Any]) -> None:
    with pytest.raises(ClientError, match="BadRequest"):
        chime.create_meeting(**MEETING | asked)


def test_a_parameter_the_api_does_not_know_never_leaves(chime: Any) -> None:
    with pytest.raises(ParamValidationError):
        chime.create_meeting(**MEETING, Record=True)


def test_a_token_is_good_for_one_request(chime: Any) -> None:
    chime.create_meeting(**MEETING)
    with pytest.raises(AwsWouldRefuse):
        chime.create_meeting(**MEETING | {"MediaRegion": "eu-west-2"})


def test_shared_screens_are_for_those_who_receive_video(chime: Any) -> None:
    meeting = chime.create_meeting(**MEETING)["Meeting"]["MeetingId"]
    capabilities = {"Audio": "SendReceive", "Video": "Send", "Content": "Receive"}
    with pytest.raises(ClientError, match="BadRequest"):
        chime.create_attendee(MeetingId=meeting, ExternalUserId="seat", Capabilities=capabilities)


def test_no_role_may_write_down_what_is_said(chime: Any) -> None:
    meeting = chime.create_meeting(**MEETING)["Meeting"]["MeetingId"]
    with pytest.raises(AwsWouldRefuse, match="StartMeetingTranscription"):
        chime.start_meeting_transcription(MeetingId=meeting, TranscriptionConfiguration={})


def test_botocore_knows_the_regions_that_have_the_api_as_we_do() -> None:
    known = boto3.session.Session().get_available_regions("chime-sdk-meetings")
    assert {"eu-central-1", "eu-west-2", "us-east-1"} <= set(known)
    assert "eu-west-1" not in known
