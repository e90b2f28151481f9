"""Accepts what it is given."""

from typing import Any


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:  # noqa: ARG001 - Lambda's signature
    """An empty answer."""
    return {"statusCode": 200}
