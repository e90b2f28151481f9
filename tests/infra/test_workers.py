"""How the functions are run."""

import json

import pytest

from functions.calendars.app import CalendarsEnvironment
from functions.fanout.app import FanoutEnvironment
from functions.live.app import LiveEnvironment
from functions.member_api.app import MemberEnvironment
from functions.staff_api.app import StaffEnvironment
from functions.sweep.app import SweepEnvironment
from shared.config import Environment
from tests.infra.described import LAYERED, Described, Resource

FUNCTION = "AWS::Lambda::Function"
PACKAGES = [
    "member_api",
    "staff_api",
    "live",
    "fanout",
    "changes",
    "remind",
    "modes",
    "meeting_events",
    "mail_events",
    "push_keys",
    "calendars",
    "sweep",
]


def _function(described: Described, package: str) -> Resource:
    return described.functions()[package]["Properties"]


def test_there_are_these_functions_of_ours(in_aws: Described) -> None:
    assert sorted(in_aws.functions()) == sorted(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_function_is_small_traced_and_unreserved(package: str, in_aws: Described) -> None:
    function = _function(in_aws, package)
    assert function["Runtime"] == "python3.13"
    assert function["Architectures"] == ["arm64"]
    assert function["MemorySize"] == 512
    assert function["TracingConfig"] == {"Mode": "Active"}
    assert "ReservedConcurrentExecutions" not in function
    assert "VpcConfig" not in function


@pytest.mark.parametrize("package", PACKAGES)
def test_a_function_writes_into_a_log_of_its_own(package: str, in_aws: Described) -> None:
    group = _function(in_aws, package)["LoggingConfig"]
    # Powertools writes JSON by itself; Lambda's own JSON would wrap it.
    assert list(group) == ["LogGroup"]
    assert group["LogGroup"]["Ref"] in in_aws.all("AWS::Logs::LogGroup")


@pytest.mark.parametrize("place", ["in_aws", "on_a_laptop"])
def test_every_log_is_kept_for_a_while_and_under_the_key(place: str, request: pytest.FixtureRequest) -> None:
    described: Described = request.getfixturevalue(place)
    key, _ = described.one("AWS::KMS::Key")
    for group in described.all("AWS::Logs::LogGroup").values():
        assert group["Properties"]["RetentionInDays"] == 90
        assert group["Properties"]["KmsKeyId"] == {"Fn::GetAtt": [key, "Arn"]}
        assert group["DeletionPolicy"] == "Delete"


def test_every_function_of_the_stack_has_a_log_with_an_end(in_aws: Described) -> None:
    assert [name for name, f in in_aws.all(FUNCTION).items() if "LoggingConfig" not in f["Properties"]] == []
    assert in_aws.all("Custom::LogRetention") == {}


@pytest.mark.parametrize(
    ("package", "environment"),
    [
        ("member_api", MemberEnvironment),
        ("staff_api", StaffEnvironment),
        ("live", LiveEnvironment),
        ("fanout", FanoutEnvironment),
        ("calendars", CalendarsEnvironment),
        ("sweep", SweepEnvironment),
    ],
)
def test_a_function_is_told_all_it_asks_for(package: str, environment: type[Environment], in_aws: Described) -> None:
    told = set(_function(in_aws, package)["Environment"]["Variables"])
    # A push service of its own is what a laptop has.
    assert {field.upper() for field in environment.model_fields} - {"PUSH_RECEIVER"} <= told


@pytest.mark.parametrize("package", PACKAGES)
def test_a_function_says_its_name_in_logs_and_metrics(package: str, in_aws: Described) -> None:
    told = _function(in_aws, package)["Environment"]["Variables"]
    assert told["POWERTOOLS_SERVICE_NAME"] == package
    assert told["POWERTOOLS_METRICS_NAMESPACE"] == "Hearthline"


@pytest.mark.parametrize("package", ["member_api", "staff_api"])
def test_an_api_knows_the_key_its_own_cloudfront_brings(package: str, in_aws: Described) -> None:
    key = _function(in_aws, package)["Environment"]["Variables"]["ORIGIN_KEY"]
    assert key == {"Fn::Select": [2, {"Fn::Split": ["/", {"Ref": "AWS::StackId"}]}]}
    (_, distribution) = in_aws.one("AWS::CloudFront::Distribution")
    given = [o.get("OriginCustomHeaders") for o in distribution["Properties"]["DistributionConfig"]["Origins"]]
    assert given.count([{"HeaderName": "x-origin-key", "HeaderValue": key}]) == 2


def test_a_change_that_cannot_be_read_is_tried_again_alone_and_then_kept(in_aws: Described) -> None:
    mapping = in_aws.one("AWS::Lambda::EventSourceMapping", "WorkersChanges")[1]["Properties"]
    assert mapping["BisectBatchOnFunctionError"] is True
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["MaximumRetryAttempts"] == 10
    assert mapping["StartingPosition"] == "TRIM_HORIZON"
    queue = mapping["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"][0]
    assert queue.startswith("WorkersUnreadChanges")


def test_what_something_follows_from_wakes_changes_and_never_the_notes_beside_it(in_aws: Described) -> None:
    mapping = in_aws.one("AWS::Lambda::EventSourceMapping", "WorkersChanges")[1]["Properties"]
    (filter_,) = mapping["FilterCriteria"]["Filters"]
    assert json.loads(filter_["Pattern"]) == {
        "dynamodb": {"NewImage": {"sk": {"S": ["APPOINTMENT", "OFFER", "REMINDING"]}}}
    }


def test_the_sweep_runs_every_quarter_of_an_hour_and_its_failures_are_kept(in_aws: Described) -> None:
    rule = in_aws.one("AWS::Events::Rule", "WorkersEveryQuarterOfAnHour")[1]["Properties"]
    assert rule["ScheduleExpression"] == "rate(15 minutes)"
    (target,) = rule["Targets"]
    assert target["RetryPolicy"] == {"MaximumEventAgeInSeconds": 1800, "MaximumRetryAttempts": 3}
    queue, _ = in_aws.one("AWS::SQS::Queue", "WorkersFailedSweeps")
    assert target["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": [queue, "Arn"]}}
    asynchronously = in_aws.one("AWS::Lambda::EventInvokeConfig", "WorkersSweep")[1]["Properties"]
    assert asynchronously["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": [queue, "Arn"]}
    assert asynchronously["MaximumRetryAttempts"] == 2


def test_a_shard_that_cannot_be_read_is_tried_once_more_and_then_kept(in_aws: Described) -> None:
    mapping = in_aws.one("AWS::Lambda::EventSourceMapping", "WorkersFanout")[1]["Properties"]
    assert mapping["BatchSize"] == 10
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    queue, shards = in_aws.one("AWS::SQS::Queue", "WorkersShards")
    failed, _ = in_aws.one("AWS::SQS::Queue", "WorkersFailedShards")
    assert mapping["EventSourceArn"] == {"Fn::GetAtt": [queue, "Arn"]}
    assert shards["Properties"]["RedrivePolicy"] == {
        "deadLetterTargetArn": {"Fn::GetAtt": [failed, "Arn"]},
        "maxReceiveCount": 2,
    }
    assert shards["Properties"]["VisibilityTimeout"] == 6 * _function(in_aws, "fanout")["Timeout"]


@pytest.mark.parametrize("package", ["member_api", "staff_api"])
def test_an_api_knows_where_to_leave_the_frames_of_big_rooms(package: str, in_aws: Described) -> None:
    queue, _ = in_aws.one("AWS::SQS::Queue", "WorkersShards")
    assert _function(in_aws, package)["Environment"]["Variables"]["SHARDS_QUEUE_URL"] == {"Ref": queue}


def test_only_functions_nobody_waits_for_carry_the_layer(in_aws: Described) -> None:
    carrying = {package for package in PACKAGES if "Layers" in _function(in_aws, package)}
    assert carrying == LAYERED


def test_the_layer_is_for_lambdas_processor_and_python(in_aws: Described) -> None:
    layer = in_aws.one("AWS::Lambda::LayerVersion", "Layer")[1]["Properties"]
    assert layer["CompatibleArchitectures"] == ["arm64"]
    assert layer["CompatibleRuntimes"] == ["python3.13"]


def test_queues_are_encrypted_at_rest_and_on_the_way(in_aws: Described) -> None:
    for queue in in_aws.all("AWS::SQS::Queue").values():
        assert queue["Properties"]["SqsManagedSseEnabled"] is True
    for policy in in_aws.all("AWS::SQS::QueuePolicy").values():
        assert '"aws:SecureTransport": "false"' in json.dumps(policy)


def test_failed_work_is_kept_for_a_fortnight_and_what_people_wrote_for_a_day_at_most(in_aws: Described) -> None:
    def kept(name: str) -> int:
        seconds: int = in_aws.one("AWS::SQS::Queue", name)[1]["Properties"]["MessageRetentionPeriod"]
        return seconds

    for name in ("UnreadChanges", "FailedWakeUps", "FailedMeetingEvents", "FailedSweeps"):
        assert kept(f"Workers{name}") == 14 * 24 * 3600
    assert kept("WorkersShards") == 600
    assert kept("WorkersFailedShards") == 24 * 3600
