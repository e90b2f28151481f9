"""E-mail and text messages in the stack: only where they are wanted, and nobody but `remind` can read an address."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from functions.channels_app import GivingEnvironment
from functions.mail_events.app import MailEventsEnvironment
from functions.remind.app import RemindEnvironment
from infra.channels import channels_of
from infra.settings import Laptop, Settings, Sms, WrongSetting, read_settings
from tests.infra.conftest import FULL
from tests.infra.described import Described, as_list, describe

SMS = Sms(origination="+12065550100", countries=("US",))
LAPTOP = Laptop("http://localhost:8080", "ada@example.org", "http://127.0.0.1:4566")


@pytest.fixture(scope="module")
def by_text(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Described:
    """The stack of an organisation that sends text messages, and no mails."""
    return describe(Settings(sms=SMS), None, built_site, tmp_path_factory.mktemp("sms"))


def _told(described: Described, package: str) -> dict[str, Any]:
    told: dict[str, Any] = described.functions()[package]["Properties"]["Environment"]["Variables"]
    return told


def _granted(described: Described, package: str) -> list[dict[str, Any]]:
    role = described.functions()[package]["Properties"]["Role"]["Fn::GetAtt"][0]
    return [dict(statement) for statement in described.statements(role)]


def test_which_channels_there_are_follows_from_the_settings() -> None:
    assert channels_of(Settings(), None) == []
    assert channels_of(Settings(sender_email="care@example.org"), None) == ["email"]
    assert channels_of(Settings(sender_email="care@example.org", sms=SMS), None) == ["email", "sms"]
    assert channels_of(Settings(sender_email="care@example.org", encryption="aws"), None) == []
    assert channels_of(Settings(sms=SMS), LAPTOP) == ["email"]
    assert channels_of(Settings(encryption="aws"), LAPTOP) == []


@pytest.mark.parametrize(
    "given",
    [
        {"sms": {"origination": "+12065550100"}},
        {"sms": {"origination": "+12065550100", "countries": []}},
        {"sms": {"origination": "+12065550100", "countries": ["FR"]}},
        {"sms": {"origination": "a number", "countries": ["US"]}},
        {"sms": {"origination": "+12065550100", "countries": ["US"]}, "encryption": "aws"},
    ],
)
def test_text_messages_that_could_not_work_are_refused_in_words(given: dict[str, Any]) -> None:
    with pytest.raises(WrongSetting, match=r"hearthline\.sms is .*; allowed is null, or .*encryption"):
        read_settings(given)


def test_without_a_channel_nothing_of_it_is_there(in_aws_plain: Described) -> None:
    assert "mail_events" not in in_aws_plain.functions()
    assert in_aws_plain.all("AWS::SES::ConfigurationSet") == {}
    template = json.dumps(in_aws_plain.template)
    for word in ("ADDRESS_KEY", "SENDER_EMAIL", "ses:Send", "sms-voice", "email-address"):
        assert word not in template


def test_only_remind_opens_addresses_and_nobody_else_sends(in_aws: Described) -> None:
    sealing: dict[str, dict[str, set[str]]] = defaultdict(dict)
    sending: dict[str, set[str]] = {}
    for package in in_aws.functions():
        for statement in _granted(in_aws, package):
            purpose = statement.get("Condition", {}).get("StringEquals", {}).get("kms:EncryptionContext:purpose")
            actions = set(as_list(statement["Action"]))
            if purpose:
                sealing[package][purpose] = actions
            if any(action.startswith("ses:") for action in actions):
                sending[package] = actions
                assert statement["Condition"]["StringEquals"]["ses:FromAddress"]
    assert sealing == {
        "member_api": {"email-address": {"kms:Encrypt"}},
        "staff_api": {"email-address": {"kms:Encrypt"}},
        "remind": {"email-address": {"kms:Decrypt"}},
    }
    assert sending == {"remind": {"ses:SendEmail", "ses:SendRawEmail"}}


def test_mails_are_sent_from_one_address_and_may_be_sent_from_a_verified_domain(in_aws: Described) -> None:
    (send,) = [s for s in _granted(in_aws, "remind") if "ses:SendEmail" in as_list(s["Action"])]
    said = json.dumps(send["Resource"])
    for identity in (f"identity/{FULL.sender_email}", "identity/riverside.example", "configuration-set/"):
        assert identity in said
    assert "identity/example" not in said
    assert "*" not in said


def test_what_becomes_of_mails_wakes_a_function_and_mails_are_never_followed(in_aws: Described) -> None:
    set_, _ = in_aws.one("AWS::SES::ConfigurationSet")
    destination = in_aws.one("AWS::SES::ConfigurationSetEventDestination")[1]["Properties"]["EventDestination"]
    assert destination["Enabled"]
    kinds = {kind.upper() for kind in destination["MatchingEventTypes"]}
    assert kinds == {"SEND", "DELIVERY", "BOUNCE", "COMPLAINT", "REJECT"}  # and neither OPEN nor CLICK
    assert "event-bus/default" in json.dumps(destination["EventBridgeDestination"])
    rule = in_aws.one("AWS::Events::Rule", "ChannelsMail")[1]["Properties"]
    assert rule["EventPattern"]["source"] == ["aws.ses"]
    assert rule["EventPattern"]["detail"]["mail"]["tags"]["ses:configuration-set"] == [{"Ref": set_}]
    (target,) = rule["Targets"]
    function = next(name for name, f in in_aws.all("AWS::Lambda::Function").items() if "mail_events" in str(f))
    assert target["Arn"] == {"Fn::GetAtt": [function, "Arn"]}
    assert target["DeadLetterConfig"]


def test_the_function_that_hears_of_mails_may_note_them_and_nothing_else(in_aws: Described) -> None:
    granted = {
        action
        for statement in _granted(in_aws, "mail_events")
        for action in as_list(statement["Action"])
        if not action.startswith(("kms:", "logs:", "xray:", "sqs:"))
    }
    assert granted == {"dynamodb:GetItem", "dynamodb:UpdateItem"}


def test_text_messages_go_out_by_remind_alone(by_text: Described) -> None:
    senders = {
        package
        for package in by_text.functions()
        for statement in _granted(by_text, package)
        if "sms-voice:SendTextMessage" in as_list(statement["Action"])
    }
    assert senders == {"remind"}
    assert "mail_events" not in by_text.functions()
    assert _told(by_text, "remind")["SMS_ORIGINATION"] == "+12065550100"
    assert _told(by_text, "member_api")["CHANNELS"] == "sms"
    assert _told(by_text, "member_api")["SMS_COUNTRIES"] == "US"


def test_each_function_is_told_what_it_reads(in_aws: Described) -> None:
    for package in ("member_api", "staff_api"):
        assert {name.upper() for name in GivingEnvironment.model_fields} <= _told(in_aws, package).keys()
    elsewhere = {"SMS_ORIGINATION", "PUSH_RECEIVER"}
    assert {name.upper() for name in RemindEnvironment.model_fields} - elsewhere <= _told(in_aws, "remind").keys()
    assert {name.upper() for name in MailEventsEnvironment.model_fields} <= _told(in_aws, "mail_events").keys()


def test_it_passes_the_rule_packs(by_text: Described) -> None:
    left = [
        (violation["ruleName"], [c["constructPath"] for c in violation["violatingConstructs"]])
        for plugin in by_text.report
        for violation in plugin["violations"]
    ]
    assert left == []
