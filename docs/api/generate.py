"""Writes `docs/api/openapi.json` (OpenAPI 3.1) from the routes: `python docs/api/generate.py`.

What a route takes and answers is read from where the edge reads it, so the document cannot say anything else.
"""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from pydantic import TypeAdapter  # noqa: E402 - the path comes first
from pydantic.json_schema import models_json_schema  # noqa: E402

from functions.edge import IdempotencyKeyMissing  # noqa: E402
from functions.member_api.routes import ROUTES as MEMBER_ROUTES  # noqa: E402
from functions.operation import Operation  # noqa: E402
from functions.problems import status_of  # noqa: E402
from functions.routing import Route  # noqa: E402
from functions.staff_api.routes import ROUTES as STAFF_ROUTES  # noqa: E402
from shared.errors import Invalid, Malformed, Refusal, SignInRequired  # noqa: E402

_ABOUT = """Instants are UTC, zones IANA names. Errors are problem details (RFC 9457).

API Gateway itself refuses a token that is missing, expired, of another pool or no access token (401), an address that
does not exist (404) and too many requests at once (429): with `{"message": …}` and no code. Go by the status."""
_REF = "#/components/schemas/{model}"


def document() -> dict[str, Any]:
    """The whole document."""
    served = [
        (route, package, _handler(package, route))
        for package, routes in (("member_api", MEMBER_ROUTES), ("staff_api", STAFF_ROUTES))
        for route in routes
    ]
    paths: dict[str, dict[str, Any]] = {}
    for route, package, handler in served:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, package, handler)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Hearthline",
            "version": "0.1.0",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "description": _ABOUT,
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": {**_schemas([handler.operation for _, _, handler in served]), "Problem": _PROBLEM},
            "securitySchemes": {
                "member": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                "staff": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            },
            "parameters": {"IdempotencyKey": _IDEMPOTENCY_KEY},
        },
    }


def _handler(package: str, route: Route) -> Any:
    module, function = route.handler.split(".")
    return getattr(importlib.import_module(f"functions.{package}.{module}"), function)


def _operation(route: Route, package: str, handler: Any) -> dict[str, Any]:
    contract: Operation = handler.operation
    refusals: set[type[Refusal]] = {Malformed, Invalid, *contract.refusals}
    if route.signed_in:
        refusals.add(SignInRequired)
    parameters = [
        {"name": part[1:-1], "in": "path", "required": True, "schema": {"type": "string"}}
        for part in route.path.split("/")
        if part.startswith("{")
    ]
    if contract.query:
        schema = contract.query.model_json_schema(ref_template=_REF)
        parameters += [
            {"name": name, "in": "query", "required": name in schema.get("required", []), "schema": kind}
            for name, kind in schema["properties"].items()
        ]
    if route.method != "GET" and not contract.repeatable:
        refusals.add(IdempotencyKeyMissing)
        parameters.append({"$ref": "#/components/parameters/IdempotencyKey"})
    described: dict[str, Any] = {
        "operationId": f"{package}.{route.handler}",
        "summary": (handler.__doc__ or "").strip().split("\n")[0],
        "security": [{package.removesuffix("_api"): []}] if route.signed_in else [],
        "parameters": parameters,
        "responses": {**_answers(contract), **_refused(refusals)},
    }
    if contract.body:
        content = {"application/json": {"schema": {"$ref": _REF.format(model=contract.body.__name__)}}}
        described["requestBody"] = {"required": bool(contract.body.model_fields), "content": content}
    return described


def _answers(contract: Operation) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for status, view in contract.answers.items():
        answers[str(status)] = {"description": "Done"}
        if view is not None:
            shown = TypeAdapter(view).json_schema(ref_template=_REF, mode="serialization")
            schema = {"anyOf": shown["anyOf"]} if "anyOf" in shown else {"$ref": _REF.format(model=view.__name__)}
            answers[str(status)]["content"] = {"application/json": {"schema": schema}}
    return answers


def _refused(refusals: set[type[Refusal]]) -> dict[str, Any]:
    by_status: dict[int, list[type[Refusal]]] = {}
    for refusal in sorted(refusals, key=lambda kind: kind.code):
        by_status.setdefault(status_of(refusal), []).append(refusal)
    schema = {"$ref": _REF.format(model="Problem")}
    return {
        str(status): {
            "description": "; ".join(f"`{kind.code}`: {kind.title}" for kind in kinds),
            "content": {"application/problem+json": {"schema": schema}},
        }
        for status, kinds in sorted(by_status.items())
    }


def _schemas(contracts: list[Operation]) -> dict[str, Any]:
    models: dict[tuple[Any, Any], None] = {}
    for contract in contracts:
        for given in (contract.body, contract.query):
            if given:
                models[given, "validation"] = None
        for view in contract.answers.values():
            for model in getattr(view, "__args__", (view,)):
                if model is not None:
                    models[model, "serialization"] = None
    _, schemas = models_json_schema(list(models), ref_template=_REF)
    defined: dict[str, Any] = schemas.get("$defs", {})
    return dict(sorted(defined.items()))


_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "One per intent, kept when the request is repeated. Remembered for a day.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9-]{8,64}$"},
}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "field": {"type": "string", "description": "The part of the request at fault, such as `body.start`"},
    },
}


def text() -> str:
    """The document as it is kept in the repository."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (HERE / "openapi.json").write_text(text(), "utf-8")
