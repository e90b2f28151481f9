"""Frames as they travel, held against what `functions/frames.py` and `docs/api/asyncapi.json` promise."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from functions.frames import HEARD

LONGEST = 32 * 1024  # bytes: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
_KINDS = {view.model_fields["type"].default: view for view in HEARD}
_DOCUMENT = Path(__file__).parents[2] / "docs" / "api" / "asyncapi.json"


def heard(body: bytes) -> dict[str, Any]:
    """What a page reads in a frame. Fails unless it is exactly one of `HEARD` and as documented."""
    assert len(body) <= LONGEST, f"{len(body)} bytes"
    told: dict[str, Any] = json.loads(body)
    kind = _KINDS[told["type"]]
    assert kind.model_validate_json(body).model_dump_json().encode() == body, f"not just a {kind.__name__}: {told}"
    _described(kind.__name__).validate(told)
    return told


@cache
def _described(name: str) -> Draft202012Validator:
    schemas = json.loads(_DOCUMENT.read_text("utf-8"))["components"]["schemas"]
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}})
