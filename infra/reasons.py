"""Findings of cdk-nag that are left as they are: said where the construct is made, each with its reason."""

from collections.abc import Mapping

from aws_cdk import Acknowledgment, Validations
from constructs import IConstruct


def accept(construct: IConstruct, findings: Mapping[str, str]) -> None:
    """Leave `findings` as they are at `construct` and below: from a rule such as `AwsSolutions-L1` to the reason."""
    Validations.of(construct).acknowledge(
        *(
            # cdk-nag 3 names a rule by its pack too; the pack is what stands before the first dash.
            Acknowledgment(id=f"{rule.split('-', 1)[0]}::{rule}", reason=reason)
            for rule, reason in findings.items()
        )
    )
