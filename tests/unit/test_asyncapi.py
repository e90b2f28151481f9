"""The document of the socket says what the frames say."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from functions.frames import EXCHANGES, HEARD, SAID

ROOT = Path(__file__).parents[2]
API = ROOT / "docs" / "api"
RULES = ROOT / "node_modules" / "@asyncapi" / "specs" / "schemas" / "3.0.0-without-$id.json"


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_asyncapi", API / "generate_asyncapi.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def document(generator: ModuleType) -> dict[str, Any]:
    written: dict[str, Any] = generator.document()
    return written


def test_the_document_in_the_repository_is_current(generator: ModuleType) -> None:
    kept = (API / "asyncapi.json").read_text("utf-8")

    assert kept == generator.text(), "run `python docs/api/generate_asyncapi.py` and commit the result"


def test_the_document_is_valid_asyncapi(document: dict[str, Any]) -> None:
    if not RULES.exists():
        pytest.skip("AsyncAPI's own schema is not there: run `npm ci`")

    faults = [error.message for error in Draft7Validator(json.loads(RULES.read_text("utf-8"))).iter_errors(document)]

    assert faults == []


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    references = list(_references(document))

    assert len(references) > len(SAID) + len(HEARD)
    for reference in references:
        found: Any = document
        for part in reference.removeprefix("#/").split("/"):
            assert part in found, reference
            found = found[part]


def test_the_schemas_are_schemas(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_frame_travels_somewhere(document: dict[str, Any]) -> None:
    travelling = {"receive": set(), "send": set()}  # type: dict[str, set[str]]
    for operation in document["operations"].values():
        travelling[operation["action"]] |= {_name(message) for message in operation["messages"]}
        travelling["send"] |= {_name(message) for message in operation.get("reply", {}).get("messages", [])}

    assert travelling == {
        "receive": {said.__name__ for said in SAID},
        "send": {view.__name__ for view in HEARD},
    }


def test_every_frame_a_page_says_has_its_answer_and_its_troubles(document: dict[str, Any]) -> None:
    assert set(EXCHANGES) == set(SAID)
    for said, exchange in EXCHANGES.items():
        operation = document["operations"][f"hear{said.__name__}"]
        for refusal in exchange.refusals:
            assert f"`{refusal.code}`" in operation["description"]
        answers = [_name(message) for message in operation["reply"]["messages"]]
        assert answers == ([exchange.answer.__name__] if exchange.answer else []) + ["Trouble"]


def test_a_frame_is_known_by_its_type_alone(document: dict[str, Any]) -> None:
    for models in (SAID, HEARD):
        types = [document["components"]["schemas"][model.__name__]["properties"]["type"]["const"] for model in models]
        assert len(set(types)) == len(models)


def _name(reference: dict[str, str]) -> str:
    return reference["$ref"].rpartition("/")[2]


def _references(part: Any) -> Any:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inner in part.values():
            yield from _references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _references(inner)
