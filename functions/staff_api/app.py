"""Answers that nothing is here."""

import json
from typing import Any


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:  # noqa: ARG001 - Lambda's signature
    """A problem document: not found."""
    return {
        "statusCode": 404,
        "headers": {"content-type": "application/problem+json"},
        "body": json.dumps({"title": "Not found", "status": 404, "code": "not_found", "detail": event["routeKey"]}),
    }
