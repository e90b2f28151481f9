"""Where calls are carried and asked for, and what wakes the function that hears of them."""

from pathlib import Path

import boto3
import pytest

from functions.carriers import CarriersEnvironment
from infra.chime_regions import CONTROL_REGIONS, MEDIA_REGIONS, control_region
from infra.settings import Settings, WrongSetting
from tests.infra.described import Described, as_list, describe


def _told(described: Described, package: str) -> dict[str, object]:
    told: dict[str, object] = described.functions()[package]["Properties"]["Environment"]["Variables"]
    return told


@pytest.mark.parametrize("package", ["member_api", "staff_api"])
def test_whoever_makes_calls_knows_where_they_are_carried_and_where_the_api_is(
    package: str, in_aws: Described, on_a_laptop: Described
) -> None:
    for described in (in_aws, on_a_laptop):
        # Ireland carries calls, and has no API to ask for them.
        told = _told(described, package)
        assert {field.upper() for field in CarriersEnvironment.model_fields} <= told.keys()
        assert (told["MEDIA_REGION"], told["CHIME_REGION"]) == ("eu-west-1", "eu-central-1")


def test_the_sweep_knows_where_the_api_is_and_may_end_calls(in_aws: Described) -> None:
    assert _told(in_aws, "sweep")["CHIME_REGION"] == "eu-central-1"
    assert _told(in_aws, "sweep")["MEDIA_REGION"] == _told(in_aws, "member_api")["MEDIA_REGION"]


def test_meetings_are_named_in_any_region_of_this_account(in_aws: Described) -> None:
    role = in_aws.functions()["sweep"]["Properties"]["Role"]["Fn::GetAtt"][0]
    (ending,) = [s for s in in_aws.statements(role) if "chime:DeleteMeeting" in as_list(s["Action"])]
    arn = ["arn:", {"Ref": "AWS::Partition"}, ":chime:*:", {"Ref": "AWS::AccountId"}, ":meeting/*"]
    assert ending["Resource"] == {"Fn::Join": ["", arn]}


def test_another_region_can_be_chosen_to_carry_calls(built_site: Path, tmp_path: Path) -> None:
    chosen = describe(Settings(media_region="eu-north-1"), None, built_site, tmp_path)
    told = _told(chosen, "member_api")
    assert (told["MEDIA_REGION"], told["CHIME_REGION"]) == ("eu-north-1", "eu-central-1")


def test_in_a_region_without_calls_one_has_to_be_chosen(built_site: Path, tmp_path: Path) -> None:
    # Circles are of more than browsers connect by themselves.
    settings = Settings(video_provider="peer")
    with pytest.raises(WrongSetting, match=r"media_region is None.*no calls in eu-central-2; allowed is.*eu-west-1"):
        describe(settings, None, built_site, tmp_path, region="eu-central-2")


def test_where_browsers_carry_the_calls_no_region_has_to_be_chosen(built_site: Path, tmp_path: Path) -> None:
    described = describe(
        Settings(video_provider="peer", circle_provider="peer"), None, built_site, tmp_path, region="eu-central-2"
    )
    assert _told(described, "member_api")["MEDIA_REGION"] == "eu-central-2"


@pytest.mark.parametrize("region", CONTROL_REGIONS)
def test_a_region_with_the_api_asks_at_home(region: str) -> None:
    assert control_region(region) == region


@pytest.mark.parametrize(
    ("region", "asks"),
    [
        ("eu-west-1", "eu-central-1"),
        ("eu-west-3", "eu-central-1"),
        ("us-east-2", "us-east-1"),
        ("us-west-1", "us-west-2"),
        ("sa-east-1", "us-east-1"),
        ("ca-west-1", "ca-central-1"),
        ("ap-southeast-4", "ap-southeast-1"),
        ("me-south-1", "us-east-1"),
    ],
)
def test_a_region_without_it_asks_one_near_by(region: str, asks: str) -> None:
    assert control_region(region) == asks


def test_botocore_lists_the_same_regions_with_the_api() -> None:
    session = boto3.session.Session()
    known = {
        region
        for partition in ("aws", "aws-us-gov")
        for region in session.get_available_regions("chime-sdk-meetings", partition_name=partition)
    }
    assert known == set(CONTROL_REGIONS)
    assert {control_region(region) for region in MEDIA_REGIONS} <= known


@pytest.mark.parametrize("place", ["in_aws", "on_a_laptop"])
def test_what_happens_in_calls_wakes_one_function_and_what_fails_is_kept(
    place: str, request: pytest.FixtureRequest
) -> None:
    described: Described = request.getfixturevalue(place)
    rule = described.one("AWS::Events::Rule", "MeetingEvents")[1]["Properties"]
    assert rule["EventPattern"] == {
        "source": ["aws.chime"],
        "detail-type": ["Chime Meeting State Change"],
        "detail": {
            "eventType": [
                "chime:MeetingStarted",
                "chime:MeetingEnded",
                "chime:AttendeeJoined",
                "chime:AttendeeLeft",
                "chime:AttendeeDropped",
            ]
        },
    }
    (target,) = rule["Targets"]
    function, _ = described.one("AWS::Lambda::Function", "WorkersMeetingEvents")
    queue, _ = described.one("AWS::SQS::Queue", "WorkersFailedMeetingEvents")
    assert target["Arn"] == {"Fn::GetAtt": [function, "Arn"]}
    assert target["RetryPolicy"] == {"MaximumEventAgeInSeconds": 1800, "MaximumRetryAttempts": 3}
    assert target["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": [queue, "Arn"]}}
    asynchronously = described.one("AWS::Lambda::EventInvokeConfig", "WorkersMeetingEvents")[1]["Properties"]
    assert asynchronously["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": [queue, "Arn"]}
    assert asynchronously["MaximumRetryAttempts"] == 2
