"""What the stack says at the end, and what it tells the site."""

import json

import pytest

from infra.settings import Laptop, Settings, read_settings
from infra.site_config import site_config
from tests.infra.described import Described


def test_the_stack_says_where_the_site_is_and_the_next_three_steps(in_aws: Described) -> None:
    outputs = in_aws.template["Outputs"]
    assert set(outputs) == {"SiteAddress", "Next1", "Next2", "Next3"}
    assert "SiteDistribution" in json.dumps(outputs["SiteAddress"])
    assert "Ada@riverside.example" in json.dumps(outputs["Next1"])


def test_without_an_admin_the_first_step_is_to_name_one(in_aws_plain: Described) -> None:
    assert "admin_email" in in_aws_plain.template["Outputs"]["Next1"]["Value"]


def test_the_laptop_learns_where_everything_is(on_a_laptop: Described) -> None:
    outputs = on_a_laptop.template["Outputs"]
    assert outputs["SiteAddress"]["Value"] == "http://localhost:8080"
    assert {"HttpApiId", "LiveApiId", "OriginKey", "SiteBucket", "SiteDomain", "StaffPoolId", "PeopleTable"} <= set(
        outputs
    )


def test_on_a_laptop_only_what_the_emulator_lacks_is_left_out(in_aws: Described, on_a_laptop: Described) -> None:
    def kinds(described: Described) -> set[str]:
        return {resource["Type"] for resource in described.template["Resources"].values()}

    assert kinds(in_aws) - kinds(on_a_laptop) == {
        "AWS::ApiGatewayV2::RouteResponse",
        "AWS::Cognito::UserPoolUser",
        "Custom::CDKBucketDeployment",
        "AWS::SNS::Topic",  # the laptop has no alarm_email
        "AWS::SNS::TopicPolicy",
        "AWS::SNS::Subscription",
    }


def test_the_site_is_told_only_public_facts() -> None:
    config = site_config(Settings(contact_email="hello@riverside.example"), laptop=None)
    assert set(config) == {
        "channels",
        "contact_email",
        "countries",
        "default_zone",
        "languages",
        "local",
        "organisation",
        "phone",
        "version",
        "video_provider",
        "circle_provider",
        "relay",
    }
    assert (config["local"], config["video_provider"]) == (False, "chime")


def test_on_a_laptop_video_goes_from_browser_to_browser_unless_chosen_otherwise() -> None:
    laptop = Laptop("http://localhost:8080", "ada@example.org", "http://127.0.0.1:4566")
    assert site_config(Settings(), laptop=laptop)["video_provider"] == "peer"
    assert site_config(Settings(video_provider="chime"), laptop=laptop)["video_provider"] == "chime"


@pytest.mark.parametrize(
    ("turn", "laptop", "there"),
    [
        (None, False, False),
        ({"kind": "kinesis"}, False, True),
        ({"kind": "kinesis"}, True, False),
        ({"kind": "static", "urls": ["turns:turn.example.org"], "secret_parameter": "/turn"}, True, True),
    ],
)
def test_the_site_asks_whether_to_hide_an_address_where_it_can(
    turn: dict[str, object] | None, laptop: bool, there: bool
) -> None:
    place = Laptop("http://localhost:8080", "ada@example.org", "http://127.0.0.1:4566") if laptop else None
    assert site_config(read_settings({"turn": turn}), laptop=place)["relay"] is there
