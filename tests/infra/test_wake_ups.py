"""Who may be woken, by whom, and where a wake-up goes that cannot be delivered."""

import pytest

from functions.announcing import AnnouncingEnvironment
from tests.infra.described import Described, as_list

PLANNERS = {"staff_api": ["modes"], "modes": ["modes"], "changes": ["remind"], "sweep": ["modes", "remind"]}


def _told(described: Described, package: str) -> dict[str, object]:
    told: dict[str, object] = described.functions()[package]["Properties"]["Environment"]["Variables"]
    return told


def _function(described: Described, package: str) -> str:
    return next(
        name
        for name, function in described.all("AWS::Lambda::Function").items()
        if function["Properties"]["Handler"] == f"functions.{package}.app.handler"
    )


def test_the_role_can_be_borrowed_by_this_groups_schedules_alone(in_aws: Described) -> None:
    group, _ = in_aws.one("AWS::Scheduler::ScheduleGroup")
    _, role = in_aws.one("AWS::IAM::Role", "WakeUps")
    (trust,) = role["Properties"]["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "scheduler.amazonaws.com"}
    assert trust["Condition"] == {
        "StringEquals": {
            "aws:SourceAccount": {"Ref": "AWS::AccountId"},
            "aws:SourceArn": {"Fn::GetAtt": [group, "Arn"]},
        }
    }


def test_the_role_wakes_two_functions_and_keeps_what_failed(in_aws: Described) -> None:
    role, _ = in_aws.one("AWS::IAM::Role", "WakeUps")
    queue, _ = in_aws.one("AWS::SQS::Queue", "WorkersFailedWakeUps")
    granted = [(s["Action"], s["Resource"]["Fn::GetAtt"][0]) for s in in_aws.statements(role)]
    woken = [("lambda:InvokeFunction", _function(in_aws, package)) for package in ("modes", "remind")]
    assert granted == [*woken, ("sqs:SendMessage", queue)]


@pytest.mark.parametrize("package", PLANNERS)
def test_whoever_plans_may_hand_the_role_to_scheduler_and_to_nobody_else(package: str, in_aws: Described) -> None:
    role = in_aws.functions()[package]["Properties"]["Role"]["Fn::GetAtt"][0]
    (passing,) = [s for s in in_aws.statements(role) if "iam:PassRole" in as_list(s["Action"])]
    assert passing["Condition"] == {"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}}


@pytest.mark.parametrize("place", ["in_aws", "on_a_laptop"])
@pytest.mark.parametrize("package", PLANNERS)
def test_whoever_plans_is_told_what_the_schedules_need(
    package: str, place: str, request: pytest.FixtureRequest
) -> None:
    described: Described = request.getfixturevalue(place)
    told = _told(described, package)
    group, _ = described.one("AWS::Scheduler::ScheduleGroup")
    role, _ = described.one("AWS::IAM::Role", "WakeUps")
    queue, _ = described.one("AWS::SQS::Queue", "WorkersFailedWakeUps")
    assert told["SCHEDULE_GROUP"] == {"Ref": group}
    assert told["SCHEDULER_ROLE_ARN"] == {"Fn::GetAtt": [role, "Arn"]}
    assert told["WAKE_UPS_DLQ_ARN"] == {"Fn::GetAtt": [queue, "Arn"]}
    # Its own address is told to `modes` by each invocation; in its environment it would be a circle.
    for target in ("modes", "remind"):
        # Both APIs wake `remind` at once, to send a code, and plan nothing with it.
        planned = (target in PLANNERS[package] and target != package) or (package, target) == ("staff_api", "remind")
        expected = {"Fn::GetAtt": [_function(described, target), "Arn"]} if planned else {}
        assert told.get(f"{target.upper()}_FUNCTION_ARN", {}) == expected


def test_modes_is_told_all_it_asks_for(in_aws: Described) -> None:
    assert {field.upper() for field in AnnouncingEnvironment.model_fields} <= set(_told(in_aws, "modes"))


def test_a_function_that_fails_is_tried_again_and_its_event_kept(in_aws: Described) -> None:
    queue, _ = in_aws.one("AWS::SQS::Queue", "WorkersFailedWakeUps")
    asynchronously = in_aws.one("AWS::Lambda::EventInvokeConfig", "WorkersModes")[1]["Properties"]
    assert asynchronously["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": [queue, "Arn"]}
    assert asynchronously["MaximumRetryAttempts"] == 2
