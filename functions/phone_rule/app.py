"""A SIP rule as a resource of the stack: CloudFormation knows the SIP media application, and not the rule that leads a
number to it. The number is in its events.
"""

from collections.abc import Iterator
from typing import Any, Protocol

from functions.custom_resource import Event, Made, answer
from shared import aws


class Rules(Protocol):
    """What is used of the client of Chime SDK Voice."""

    def list_sip_rules(self, **request: Any) -> Any: ...
    def create_sip_rule(self, **request: Any) -> Any: ...
    def update_sip_rule(self, **request: Any) -> Any: ...
    def delete_sip_rule(self, **request: Any) -> Any: ...


def handler(event: dict[str, Any], _context: object) -> None:
    """Make, change or remove the rule, and tell CloudFormation what came of it."""
    answer(event, lambda event: Made(serve(aws.chime_voice(), event)))


def serve(rules: Rules, event: Event) -> str:
    """Do what the event asks; the id of the rule. Asked twice, it is done once."""
    if event["RequestType"] == "Delete":
        return _remove(rules, event["PhysicalResourceId"])
    told = event["ResourceProperties"]
    target = {"SipMediaApplicationId": told["Application"], "Priority": 1, "AwsRegion": told["Region"]}
    named = {"Name": told["Name"], "Disabled": False, "TargetApplications": [target]}
    there = _rule_of(rules, told["Number"])
    if there:
        rules.update_sip_rule(SipRuleId=there, **named)
        return there
    made = rules.create_sip_rule(TriggerType="ToPhoneNumber", TriggerValue=told["Number"], **named)
    return str(made["SipRule"]["SipRuleId"])


def _rule_of(rules: Rules, number: str) -> str | None:
    """The rule of a number: it can have one, and a repeat finds what was made before."""
    trigger = ("ToPhoneNumber", number)
    ids = (str(r["SipRuleId"]) for r in _all(rules) if (r["TriggerType"], r["TriggerValue"]) == trigger)
    return next(ids, None)


def _remove(rules: Rules, rule_id: str) -> str:
    for rule in _all(rules):
        if rule["SipRuleId"] == rule_id:
            rules.update_sip_rule(SipRuleId=rule_id, Name=rule["Name"], Disabled=True)  # or it can't be deleted
            rules.delete_sip_rule(SipRuleId=rule_id)
            break
    return rule_id


def _all(rules: Rules) -> Iterator[dict[str, Any]]:
    page: dict[str, Any] = {}
    while True:
        answer = rules.list_sip_rules(**page)
        yield from answer["SipRules"]
        if not answer.get("NextToken"):
            return
        page = {"NextToken": answer["NextToken"]}
