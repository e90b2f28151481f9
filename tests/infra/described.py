"""A described stack, and questions to ask of it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from aws_cdk import App, Environment, Validations
from aws_cdk import aws_lambda as lambda_
from cdk_nag import AwsSolutionsChecks, HIPAASecurityChecks

from infra.settings import Laptop, Settings
from infra.stack import HearthlineStack

Resource = Mapping[str, Any]
LAYERED = {"calendars", "push_keys", "remind"}
"""The functions that carry the layer; nobody waits for them."""


class Described(NamedTuple):
    """A template, where it was written, and what cdk-nag said of it."""

    template: Mapping[str, Any]
    file: Path
    report: list[Mapping[str, Any]]

    def all(self, kind: str) -> dict[str, Resource]:
        """Resources of a type such as `AWS::Lambda::Function`, by logical id."""
        return {name: r for name, r in self.template["Resources"].items() if r["Type"] == kind}

    def one(self, kind: str, name: str = "") -> tuple[str, Resource]:
        """The only resource of a type whose logical id begins with `name`."""
        found = {id_: r for id_, r in self.all(kind).items() if id_.startswith(name)}
        assert len(found) == 1, f"{kind} {name}: {sorted(found)}"
        return next(iter(found.items()))

    def functions(self) -> dict[str, Resource]:
        """Our own functions by package: `member_api` and so on."""
        return {
            r["Properties"]["Handler"].split(".")[1]: r
            for r in self.all("AWS::Lambda::Function").values()
            if str(r["Properties"]["Handler"]).startswith("functions.")
        }

    def statements(self, role: str) -> Iterator[Mapping[str, Any]]:
        """What the policies attached to the role with this logical id say."""
        for policy in self.all("AWS::IAM::Policy").values():
            if {"Ref": role} in policy["Properties"]["Roles"]:
                yield from policy["Properties"]["PolicyDocument"]["Statement"]


def describe(settings: Settings, laptop: Laptop | None, site: Path, out: Path, region: str = "eu-west-1") -> Described:
    """Synthesize the stack into directory `out`, with stand-ins for the functions' package and their layer."""
    stand_in = {}
    for name in ("code", "layer"):
        (out / name).mkdir()
        (out / name / "empty.py").write_text(name)
        stand_in[name] = lambda_.Code.from_asset(str(out / name))
    assembly = out / "assembly"
    app = App(outdir=str(assembly), analytics_reporting=False)
    HearthlineStack(
        app,
        "Hearthline",
        settings=settings,
        laptop=laptop,
        **stand_in,
        site=site,
        env=Environment(region=region),
    )
    Validations.of(app).add_plugins(AwsSolutionsChecks(), HIPAASecurityChecks())
    app.synth()
    file = assembly / "Hearthline.template.json"
    report = json.loads((assembly / "validation-report.json").read_text())["pluginReports"]
    return Described(json.loads(file.read_text()), file, report)


def as_list(value: Any) -> list[Any]:
    """Policies hold one thing as itself and several as a list."""
    return value if isinstance(value, list) else [value]
