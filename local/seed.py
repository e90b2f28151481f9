"""Demo people."""

from collections.abc import Mapping

from local.places import Places


def seed(places: Places, outputs: Mapping[str, str]) -> None:
    """Make them."""


def sign_ins() -> str:
    """How to sign in as them."""
    return ""
