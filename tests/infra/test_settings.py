"""What an organisation may put into cdk.json, and what it is told when it may not."""

from typing import Any

import pytest

from infra.settings import Laptop, Settings, WrongSetting, read_laptop, read_settings

TURN = {
    "kind": "static",
    "urls": ["turn:192.0.2.7:3478", "turn:[2001:db8::7]", "turns:turn.riverside.example:443?transport=tcp"],
    "secret_parameter": "/hearthline/turn-secret",
}


def test_every_setting_has_a_default() -> None:
    assert read_settings(None) == read_settings({}) == Settings()


def test_every_setting_says_what_is_allowed() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


@pytest.mark.parametrize(
    ("key", "value", "allowed"),
    [
        ("organisation", "", "a name of 1 to 80 characters"),
        ("organisation", "<b>", "without < or >"),
        ("admin_email", "ada", "an e-mail address"),
        ("contact_email", 7, "an e-mail address"),
        ("alarm_email", "a@b", "an e-mail address"),
        ("sender_email", "no reply@example.org", "Amazon SES"),
        ("countries", [], "two-letter"),
        ("countries", ["us"], "two-letter"),
        ("countries", ["US", "US"], "different"),
        ("countries", "US", "a list"),
        ("languages", ["fr"], '"en", "es" and "ar"'),
        ("default_zone", "Mars/Base", "time zone"),
        ("video_provider", "zoom", '"chime" or "peer"'),
        ("video_ceiling_usd", -1, "a whole number of US dollars from 0"),
        ("video_ceiling_usd", "50", "null for no ceiling"),
        ("video_ceiling_usd", 12.5, "a whole number"),
        ("turn", "coturn", '{"kind": "kinesis"}, or null'),
        ("turn", {}, '"kind": "static"'),
        ("turn", {"kind": "carrier pigeon"}, '"kind": "static"'),
        ("turn", {"kind": "kinesis", "channel": "mine"}, '"kind": "kinesis"'),
        ("turn", {"kind": "static", "urls": ["turn:a.example"]}, '"secret_parameter": "/hearthline/turn-secret"'),
        ("turn", {**TURN, "urls": []}, "one to four addresses"),
        ("turn", {**TURN, "urls": [f"turn:{n}.example" for n in range(5)]}, "one to four addresses"),
        ("turn", {**TURN, "urls": ["turn:a.example", "turn:a.example"]}, "one to four addresses"),
        ("turn", {**TURN, "urls": ["turn.example.org"]}, "turns:turn.example.org:443?transport=tcp"),
        ("turn", {**TURN, "urls": ["stun:a.example"]}, "turns:turn.example.org:443?transport=tcp"),
        ("turn", {**TURN, "urls": ["turn:a.example,b.example"]}, "turns:turn.example.org:443?transport=tcp"),
        ("turn", {**TURN, "secret_parameter": "turn-secret"}, "/hearthline/turn-secret"),
        ("turn", {**TURN, "secret_parameter": "/aws/turn-secret"}, "/hearthline/turn-secret"),
        ("turn", {**TURN, "secret_parameter": "/hearthline/*"}, "/hearthline/turn-secret"),
        ("media_region", "Frankfurt", "one of af-south-1, "),
        ("media_region", "eu-central-2", "null for the stack's own"),
        ("encryption", "none", '"customer" or "aws"'),
        ("log_retention_days", 91, "one of the numbers"),
        ("log_retention_days", "90", "one of the numbers"),
        ("audit_retention_days", 30, "365 to 36500"),
    ],
)
def test_a_wrong_value_is_answered_with_the_key_the_value_and_what_is_allowed(
    key: str, value: Any, allowed: str
) -> None:
    with pytest.raises(WrongSetting) as refused:
        read_settings({key: value})
    sentence = str(refused.value)
    assert f"hearthline.{key}" in sentence
    assert repr(value) in sentence
    assert allowed in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


def test_an_unknown_setting_is_named_with_those_there_are() -> None:
    with pytest.raises(WrongSetting, match=r"hearthline\.colour is 'red'.*organisation.*alarm_email"):
        read_settings({"colour": "red"})


@pytest.mark.parametrize("given", ["Riverside", ["Riverside"], 3])
def test_settings_that_are_no_object_are_refused(given: Any) -> None:
    with pytest.raises(WrongSetting, match="an object of settings"):
        read_settings(given)


@pytest.mark.parametrize("turn", [None, TURN, {"kind": "kinesis"}])
def test_a_full_set_of_settings_is_taken_as_it_is(turn: Any) -> None:
    given = {
        "organisation": "Riverside Listening",
        "contact_email": "hello@riverside.example",
        "admin_email": "ada@riverside.example",
        "sender_email": "post@riverside.example",
        "countries": ["GB", "IE"],
        "languages": ["en", "ar"],
        "default_zone": "Europe/London",
        "video_provider": "peer",
        "circle_provider": "chime",
        "video_ceiling_usd": 0,
        "turn": turn,
        "media_region": "eu-west-2",
        "phone": None,
        "sms": None,
        "encryption": "aws",
        "log_retention_days": 30,
        "audit_retention_days": 365,
        "alarm_email": None,
    }
    assert read_settings(given).model_dump(mode="json") == given


def test_only_the_start_command_makes_it_a_laptop() -> None:
    assert read_laptop(None, None, None, None) is None
    assert read_laptop("false", None, None, None) is None
    told = ("http://localhost:8080", "ada@example.org", "http://127.0.0.1:4566")
    assert read_laptop("true", *told) == Laptop(*told)
    for missing in range(3):
        with pytest.raises(WrongSetting, match=Laptop._fields[missing]):
            read_laptop("true", *told[:missing], None, *told[missing + 1 :])
    with pytest.raises(WrongSetting, match="allowed is true or false"):
        read_laptop("yes", None, None, None)
