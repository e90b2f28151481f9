"""What operators see, and who is told."""

import json

from tests.infra.described import Described, Resource

ALARM = "AWS::CloudWatch::Alarm"


def test_one_dashboard_shows_requests_errors_latency_and_bookings(in_aws: Described) -> None:
    body = json.dumps(in_aws.one("AWS::CloudWatch::Dashboard")[1]["Properties"]["DashboardBody"])
    for word in ("Count", "5xx", "p95", "AppointmentBooked", "Errors"):
        assert word in body


def test_alarms_ring_for_errors_failures_throttles_and_work_that_waits(in_aws: Described) -> None:
    watched = sorted(a["Properties"]["MetricName"] for a in in_aws.all(ALARM).values())
    assert watched == ["5xx", *["ApproximateNumberOfMessagesVisible"] * 5, *["Errors"] * 3, "Throttles"]


def test_the_failures_of_each_function_ring_an_alarm_at_once_or_from_where_its_work_waits(in_aws: Described) -> None:
    answering = {a["Properties"]["Dimensions"][0]["Value"]["Ref"][:-8] for a in _alarms(in_aws, "Errors")}
    waiting = {
        a["Properties"]["Dimensions"][0]["Value"]["Fn::GetAtt"][0][:-8]
        for a in _alarms(in_aws, "ApproximateNumberOfMessagesVisible")
    }
    assert answering == {"WorkersMemberApi", "WorkersStaffApi", "WorkersLive"}
    failed = {queue[:-8] for queue in in_aws.all("AWS::SQS::Queue")} - {"WorkersShards"}  # they wait for a function
    assert waiting == failed


def test_the_alarms_cost_nothing(in_aws: Described) -> None:
    assert len(in_aws.all(ALARM)) <= 10  # ten are free


def test_alarms_go_to_the_given_address_over_an_encrypted_topic(in_aws: Described) -> None:
    topic, described = in_aws.one("AWS::SNS::Topic")
    assert "KmsMasterKeyId" in described["Properties"]
    subscription = in_aws.one("AWS::SNS::Subscription")[1]["Properties"]
    assert (subscription["Protocol"], subscription["Endpoint"]) == ("email", "night@riverside.example")
    assert all(a["Properties"]["AlarmActions"] == [{"Ref": topic}] for a in in_aws.all(ALARM).values())


def test_without_an_address_nobody_is_told(in_aws_plain: Described) -> None:
    assert in_aws_plain.all("AWS::SNS::Topic") == {}
    assert in_aws_plain.all(ALARM)


def _alarms(described: Described, metric: str) -> list[Resource]:
    return [alarm for alarm in described.all(ALARM).values() if alarm["Properties"]["MetricName"] == metric]
