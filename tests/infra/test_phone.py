"""The phone in the stack: only where it is wanted, with no more rights than it needs, and never on a laptop."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from functions.phone.app import PhoneFunctionEnvironment
from functions.phone_app import PhoneEnvironment
from infra.settings import Laptop, Settings, WrongSetting, read_settings
from tests.infra.conftest import PHONE
from tests.infra.described import Described, as_list, describe


@pytest.fixture
def by_phone(in_aws_with_everything: Described) -> Described:
    """The stack of an organisation that has a number."""
    return in_aws_with_everything


def _told(described: Described, package: str) -> dict[str, Any]:
    told: dict[str, Any] = described.functions()[package]["Properties"]["Environment"]["Variables"]
    return told


def _granted(described: Described, package: str) -> list[dict[str, Any]]:
    role = described.functions()[package]["Properties"]["Role"]["Fn::GetAtt"][0]
    return [dict(statement) for statement in described.statements(role)]


@pytest.mark.parametrize("place", ["in_aws", "in_aws_plain", "on_a_laptop"])
def test_without_the_setting_there_is_no_phone(place: str, request: pytest.FixtureRequest) -> None:
    described: Described = request.getfixturevalue(place)
    assert {"phone", "phone_rule"}.isdisjoint(described.functions())
    assert described.all("AWS::Chime::SipMediaApplication") == {}
    assert "PHONE_NUMBER" not in json.dumps(described.template)
    assert "SipMediaApplicationCall" not in json.dumps(described.template)


def test_a_laptop_has_no_phone_whatever_the_setting(built_site: Path, tmp_path: Path) -> None:
    laptop = Laptop("http://localhost:8080", "ada@example.org", "http://127.0.0.1:4566")
    described = describe(Settings(phone=PHONE), laptop, built_site, tmp_path)
    assert {"phone", "phone_rule"}.isdisjoint(described.functions())
    assert "AWS::Chime" not in json.dumps(described.template)


def test_the_application_runs_the_function_and_nobody_but_this_accounts_calls_may(by_phone: Described) -> None:
    application = by_phone.one("AWS::Chime::SipMediaApplication")[1]["Properties"]
    function = next(name for name, f in by_phone.all("AWS::Lambda::Function").items() if "phone.app" in str(f))
    assert application["Endpoints"] == [{"LambdaArn": {"Fn::GetAtt": [function, "Arn"]}}]
    assert application["AwsRegion"] == {"Ref": "AWS::Region"}
    permission = by_phone.one("AWS::Lambda::Permission", "Phone")[1]["Properties"]
    assert permission["FunctionName"] == {"Fn::GetAtt": [function, "Arn"]}
    assert permission["Principal"] == "voiceconnector.chime.amazonaws.com"
    assert permission["SourceAccount"] == {"Ref": "AWS::AccountId"}


def test_the_number_leads_to_the_application(by_phone: Described) -> None:
    application, _ = by_phone.one("AWS::Chime::SipMediaApplication")
    rule = by_phone.one("Custom::SipRule")[1]["Properties"]
    assert rule["Number"] == PHONE.number
    assert rule["Application"] == {"Fn::GetAtt": [application, "SipMediaApplicationId"]}


def test_each_function_is_told_what_it_reads(by_phone: Described) -> None:
    application, _ = by_phone.one("AWS::Chime::SipMediaApplication")
    for package in ("member_api", "staff_api"):
        told = _told(by_phone, package)
        assert {name.upper() for name in PhoneEnvironment.model_fields} <= told.keys()
        assert told["PHONE_NUMBER"] == PHONE.number
        assert told["PHONE_COUNTRIES"] == "US,CA"
        assert told["PHONE_APPLICATION"] == {"Fn::GetAtt": [application, "SipMediaApplicationId"]}
    assert {name.upper() for name in PhoneFunctionEnvironment.model_fields} <= _told(by_phone, "phone").keys()
    assert _told(by_phone, "phone")["PHONE_LANGUAGES"] == "en,es"


def test_only_staff_may_place_calls_and_only_the_rules_function_may_change_rules(by_phone: Described) -> None:
    chime: dict[str, set[str]] = defaultdict(set)
    for package in by_phone.functions():
        for statement in _granted(by_phone, package):
            chime[package] |= {
                action for action in as_list(statement["Action"]) if action.startswith("chime:") and "Sip" in action
            }
    assert {package: actions for package, actions in chime.items() if actions} == {
        "staff_api": {"chime:CreateSipMediaApplicationCall"},
        "phone_rule": {"chime:CreateSipRule", "chime:UpdateSipRule", "chime:DeleteSipRule", "chime:ListSipRules"},
    }


def test_nothing_may_record_stream_or_analyse_what_is_said_on_the_phone(by_phone: Described) -> None:
    policies = json.dumps(by_phone.all("AWS::IAM::Policy"))
    for action in ("VoiceConnector", "Streaming", "SpeakerSearch", "VoiceTone", "VoiceProfile", "Insights", "Capture"):
        assert action not in policies
    assert '"chime:*"' not in policies
    assert "s3:Put" not in json.dumps([_granted(by_phone, package) for package in by_phone.functions()])


def test_what_is_sealed_is_opened_only_by_those_it_is_for(by_phone: Described) -> None:
    sealing: dict[str, dict[str, set[str]]] = {}
    for package in by_phone.functions():
        found: dict[str, set[str]] = {}
        for statement in _granted(by_phone, package):
            purpose = statement.get("Condition", {}).get("StringEquals", {}).get("kms:EncryptionContext:purpose")
            if purpose and purpose.startswith("phone-"):
                found[purpose] = set(as_list(statement["Action"]))
        if found:
            sealing[package] = found
    assert sealing == {
        "member_api": {"phone-code": {"kms:Decrypt", "kms:Encrypt"}, "phone-number": {"kms:Encrypt"}},
        "staff_api": {"phone-number": {"kms:Decrypt"}},
    }


@pytest.mark.parametrize(
    "given",
    [
        {"phone": {"number": "206 555 0100"}},
        {"phone": {"number": PHONE.number, "call_out_countries": ["FR"]}},
        {"phone": {"number": PHONE.number, "call_out_countries": ["US", "US"]}},
        {"phone": {"number": PHONE.number, "record": True}},
        {"phone": PHONE.number},
        {"phone": {"number": PHONE.number}, "encryption": "aws"},
        {"phone": {"number": PHONE.number}, "video_provider": "peer"},
    ],
)
def test_a_phone_that_could_not_work_is_refused_in_words(given: dict[str, Any]) -> None:
    with pytest.raises(WrongSetting, match=r"hearthline\.phone is .*; allowed is null, or .*encryption"):
        read_settings(given)


def test_a_number_is_enough_and_then_nobody_is_called() -> None:
    phone = read_settings({"phone": {"number": PHONE.number}}).phone
    assert phone is not None
    assert phone.call_out_countries == ()
