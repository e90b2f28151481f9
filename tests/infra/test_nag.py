"""What the rule packs and the linter say about the stack."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.infra.described import Described


@pytest.mark.parametrize(
    "place", ["in_aws", "in_aws_plain", "in_aws_with_own_relay", "in_aws_with_everything", "on_a_laptop"]
)
def test_no_finding_of_the_rule_packs_is_left_unanswered(place: str, request: pytest.FixtureRequest) -> None:
    described: Described = request.getfixturevalue(place)
    assert {plugin["pluginName"] for plugin in described.report} >= {"AwsSolutions", "HIPAA.Security"}
    assert [
        (violation["ruleName"], [c["constructPath"] for c in violation["violatingConstructs"]])
        for plugin in described.report
        for violation in plugin["violations"]
    ] == []


def test_every_finding_left_as_it_is_has_a_reason_of_its_own(in_aws: Described) -> None:
    accepted = [violation for plugin in in_aws.report for violation in plugin["suppressedViolations"]]
    assert accepted
    assert [v["ruleName"] for v in accepted if len(v["reason"]) < 40] == []


# Nothing is in the others that is not in one of these two. The linter takes long: the second is for THOROUGH.
@pytest.mark.parametrize("place", ["in_aws_with_everything", *(["in_aws_plain"] if "THOROUGH" in os.environ else [])])
def test_the_template_passes_the_linter(place: str, request: pytest.FixtureRequest) -> None:
    described: Described = request.getfixturevalue(place)
    # W3005 is about dependencies the CDK states twice, once by reference and once by name.
    command = [
        str(Path(sys.executable).with_name("cfn-lint")),
        "--ignore-checks",
        "W3005",
        "--regions",
        "eu-west-1",
        "--",
        str(described.file),
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("place", ["in_aws", "in_aws_plain"])
def test_the_template_is_well_within_what_cloudformation_takes(place: str, request: pytest.FixtureRequest) -> None:
    described: Described = request.getfixturevalue(place)
    assert len(described.template["Resources"]) < 400  # of 500
    assert described.file.stat().st_size < 700_000  # of a million bytes
