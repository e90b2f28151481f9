"""The relay of peer calls: what there is of it for each choice, and who may have it."""

import json
from pathlib import Path

import pytest

from infra.settings import KinesisTurn, Laptop, Settings
from shared.meetings.ice import TurnEnvironment
from tests.infra.described import Described, as_list, describe

CALLERS = ("member_api", "staff_api")
PLACES = ["in_aws", "in_aws_with_own_relay", "in_aws_with_everything", "on_a_laptop"]
TURN = ("kinesisvideo:", "ssm:")


def _told(described: Described, package: str) -> dict[str, object]:
    variables = described.functions()[package]["Properties"]["Environment"]["Variables"]
    return {name: value for name, value in variables.items() if name.startswith("TURN_")}


def _granted(described: Described, package: str) -> list[tuple[list[str], object]]:
    role = described.functions()[package]["Properties"]["Role"]["Fn::GetAtt"][0]
    statements = [(sorted(as_list(s["Action"])), s["Resource"]) for s in described.statements(role)]
    of_turn = [(actions, resource) for actions, resource in statements if any(a.startswith(TURN) for a in actions)]
    return [(actions, resource) for actions, resource in of_turn if "push-key" not in json.dumps(resource)]


@pytest.mark.parametrize("place", PLACES)
def test_both_apis_are_told_all_that_the_choice_needs_and_nobody_else_is(
    place: str, request: pytest.FixtureRequest
) -> None:
    described: Described = request.getfixturevalue(place)
    for package in described.functions():
        told = _told(described, package)
        assert set(told) == ({name.upper() for name in TurnEnvironment.model_fields} if package in CALLERS else set())
    for package in CALLERS:
        told = {
            name.lower(): value if isinstance(value, str) else "arn"
            for name, value in _told(described, package).items()
        }
        TurnEnvironment.model_validate(told)


@pytest.mark.parametrize("place", ["in_aws", "on_a_laptop"])
def test_by_default_there_is_no_relay_and_no_permission(place: str, request: pytest.FixtureRequest) -> None:
    described: Described = request.getfixturevalue(place)
    for package in described.functions():
        assert _granted(described, package) == []
    assert _told(described, "member_api")["TURN_KIND"] == "none"
    assert described.all("AWS::KinesisVideo::SignalingChannel") == {}


def test_for_an_own_server_both_apis_may_read_its_secret_and_nobody_else_may(in_aws_with_own_relay: Described) -> None:
    described = in_aws_with_own_relay
    parts = ["arn:", {"Ref": "AWS::Partition"}, ":ssm:eu-west-1:", {"Ref": "AWS::AccountId"}]
    secret = {"Fn::Join": ["", [*parts, ":parameter/hearthline/turn-secret"]]}
    for package in described.functions():
        assert _granted(described, package) == ([(["ssm:GetParameter"], secret)] if package in CALLERS else [])
    assert _told(described, "staff_api") == {
        "TURN_KIND": "static",
        "TURN_URLS": "turn:turn.riverside.example:3478,turns:turn.riverside.example:443?transport=tcp",
        "TURN_SECRET_PARAMETER": "/hearthline/turn-secret",
        "TURN_CHANNEL_ARN": "",
    }


def test_for_kinesis_both_apis_may_ask_the_one_channel_for_credentials_and_nobody_else_may(
    in_aws_with_everything: Described,
) -> None:
    described = in_aws_with_everything
    channel, _ = described.one("AWS::KinesisVideo::SignalingChannel")
    arn = {"Fn::GetAtt": [channel, "Arn"]}
    granted = [(["kinesisvideo:GetIceServerConfig", "kinesisvideo:GetSignalingChannelEndpoint"], arn)]
    for package in described.functions():
        assert _granted(described, package) == (granted if package in CALLERS else [])
    assert _told(described, "member_api") == {
        "TURN_KIND": "kinesis",
        "TURN_URLS": "",
        "TURN_SECRET_PARAMETER": "",
        "TURN_CHANNEL_ARN": arn,
    }


def test_of_kinesis_there_is_a_channel_and_nothing_that_could_store_a_conversation(
    in_aws_with_everything: Described,
) -> None:
    template = in_aws_with_everything.template
    kinds = {r["Type"] for r in template["Resources"].values() if r["Type"].startswith("AWS::KinesisVideo::")}
    assert kinds == {"AWS::KinesisVideo::SignalingChannel"}
    for word in ("UpdateMediaStorageConfiguration", "JoinStorageSession", "PutMedia", "CreateStream"):
        assert word not in json.dumps(template)


def test_a_laptop_has_no_kinesis_and_goes_without(built_site: Path, tmp_path: Path) -> None:
    laptop = Laptop("http://localhost:8080", "ada@example.org", "http://127.0.0.1:4566")
    described = describe(Settings(turn=KinesisTurn(kind="kinesis")), laptop, built_site, tmp_path)
    assert "KinesisVideo" not in json.dumps(described.template)
    assert _told(described, "member_api")["TURN_KIND"] == "none"
