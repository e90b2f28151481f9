"""The key for push messages in the stack."""

import json

import pytest

from functions.api_app import ApiEnvironment
from shared.reminders.push_sender import PushEnvironment
from tests.infra.described import Described


@pytest.mark.parametrize("place", ["in_aws", "in_aws_plain", "on_a_laptop"])
def test_a_deployment_makes_the_key_wherever_it_goes(place: str, request: pytest.FixtureRequest) -> None:
    described: Described = request.getfixturevalue(place)
    key = described.one("Custom::PushKey")[1]["Properties"]
    maker = next(name for name, f in described.all("AWS::Lambda::Function").items() if "push_keys.app" in str(f))
    assert key["ServiceToken"] == {"Fn::GetAtt": [maker, "Arn"]}
    assert key["Parameter"] == "/Hearthline/push-key"


def test_the_apis_are_told_the_public_half_and_nothing_of_the_private_one(in_aws: Described) -> None:
    key, _ = in_aws.one("Custom::PushKey")
    assert "push_public_key" in ApiEnvironment.model_fields
    for package in ("member_api", "staff_api"):
        told = in_aws.functions()[package]["Properties"]["Environment"]["Variables"]
        assert told["PUSH_PUBLIC_KEY"] == {"Fn::GetAtt": [key, "PublicKey"]}
        assert "PUSH_KEY_PARAMETER" not in told


def test_the_private_half_is_nowhere_in_the_template(in_aws: Described) -> None:
    assert "PRIVATE KEY" not in json.dumps(in_aws.template)
    assert in_aws.all("AWS::SSM::Parameter") == {}


@pytest.mark.parametrize(
    ("place", "contact"),
    [("in_aws", "mailto:hello@riverside.example"), ("on_a_laptop", "mailto:ada@example.org")],
)
def test_only_who_sends_knows_where_the_key_is(place: str, contact: str, request: pytest.FixtureRequest) -> None:
    described: Described = request.getfixturevalue(place)
    told = {name: f["Properties"]["Environment"]["Variables"] for name, f in described.functions().items()}
    assert [name for name, variables in told.items() if "PUSH_KEY_PARAMETER" in variables] == ["remind"]
    assert {name.upper() for name in PushEnvironment.model_fields} - {"PUSH_RECEIVER"} <= told["remind"].keys()
    assert told["remind"]["PUSH_CONTACT"] == contact


def test_without_a_mail_address_push_services_are_told_the_sites(in_aws_plain: Described) -> None:
    told = in_aws_plain.functions()["remind"]["Properties"]["Environment"]["Variables"]
    assert told["PUSH_CONTACT"]["Fn::Join"][1][0] == "https://"


@pytest.mark.parametrize("place", ["in_aws", "in_aws_plain"])
def test_in_aws_nothing_is_pushed_to_but_the_browsers_own_services(place: str, request: pytest.FixtureRequest) -> None:
    described: Described = request.getfixturevalue(place)
    assert "PUSH_RECEIVER" not in json.dumps(described.template)


def test_a_laptop_is_a_push_service_itself(on_a_laptop: Described) -> None:
    told = {name: f["Properties"]["Environment"]["Variables"] for name, f in on_a_laptop.functions().items()}
    receivers = {name: variables["PUSH_RECEIVER"] for name, variables in told.items() if "PUSH_RECEIVER" in variables}
    assert receivers == dict.fromkeys(("member_api", "staff_api", "remind"), "http://localhost:8080/_local/push")
