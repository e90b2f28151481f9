"""The SIP rule as CloudFormation asks for it."""

from typing import Any

import pytest

from functions.custom_resource import NONE_YET
from functions.phone_rule.app import serve
from tests.support.phone import OURS
from tests.support.telephony import APPLICATION, Telephony

PROPERTIES = {"Number": OURS, "Application": APPLICATION, "Region": "us-east-1", "Name": "Hearthline-phone"}


@pytest.fixture
def telephony() -> Telephony:
    return Telephony()


def _asks(kind: str, rule_id: str = "", **other: str) -> dict[str, Any]:
    asked = {"RequestType": kind, "ResourceProperties": PROPERTIES | other}
    return asked | ({"PhysicalResourceId": rule_id} if rule_id else {})


def test_a_rule_leads_the_number_to_the_application(telephony: Telephony) -> None:
    rule_id = serve(telephony.voice(), _asks("Create"))
    rule = telephony.rules[rule_id]
    assert (rule["TriggerType"], rule["TriggerValue"], rule["Disabled"]) == ("ToPhoneNumber", OURS, False)
    assert rule["TargetApplications"] == [
        {"SipMediaApplicationId": APPLICATION, "Priority": 1, "AwsRegion": "us-east-1"}
    ]


def test_made_twice_it_is_one_rule(telephony: Telephony) -> None:
    assert serve(telephony.voice(), _asks("Create")) == serve(telephony.voice(), _asks("Create"))
    assert len(telephony.rules) == 1


def test_another_application_changes_the_rule_and_another_number_makes_another(telephony: Telephony) -> None:
    first = serve(telephony.voice(), _asks("Create"))
    assert serve(telephony.voice(), _asks("Update", first, Application="another")) == first
    assert telephony.rules[first]["TargetApplications"][0]["SipMediaApplicationId"] == "another"
    assert serve(telephony.voice(), _asks("Update", first, Number="+12065550101")) != first


def test_a_rule_is_switched_off_and_removed_and_removing_it_again_is_fine(telephony: Telephony) -> None:
    rule_id = serve(telephony.voice(), _asks("Create"))
    for _ in range(2):
        assert serve(telephony.voice(), _asks("Delete", rule_id)) == rule_id
    assert telephony.rules == {}


def test_what_was_never_made_is_removed_without_a_word(telephony: Telephony) -> None:
    assert serve(telephony.voice(), _asks("Delete", NONE_YET)) == NONE_YET
