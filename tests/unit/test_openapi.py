"""The document of the API says what the routes say."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from openapi_spec_validator import validate

from functions.member_api.routes import ROUTES as MEMBER_ROUTES
from functions.staff_api.routes import ROUTES as STAFF_ROUTES

API = Path(__file__).parents[2] / "docs" / "api"


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", API / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_document_in_the_repository_is_current(generator: ModuleType) -> None:
    kept = (API / "openapi.json").read_text("utf-8")

    assert kept == generator.text(), "run `python docs/api/generate.py` and commit the result"


def test_the_document_is_valid_openapi(generator: ModuleType) -> None:
    validate(generator.document())


def test_every_route_is_in_the_document(generator: ModuleType) -> None:
    paths = generator.document()["paths"]

    for route in (*MEMBER_ROUTES, *STAFF_ROUTES):
        assert route.method.lower() in paths[route.path]


def test_every_change_takes_an_idempotency_key_or_says_it_may_be_repeated(generator: ModuleType) -> None:
    keyed = {"$ref": "#/components/parameters/IdempotencyKey"}
    paths = generator.document()["paths"]

    without = {
        (method.upper(), path)
        for path, methods in paths.items()
        for method, described in methods.items()
        if method != "get" and keyed not in described["parameters"]
    }

    assert without == {
        ("POST", "/api/auth/sign-in"),
        ("POST", "/api/auth/refresh"),
        ("POST", "/api/auth/sign-out"),
        ("POST", "/api/auth/sign-out-everywhere"),
        ("POST", "/api/live/tickets"),
        ("DELETE", "/api/appointments/{appointment_id}/phone-number"),
        ("DELETE", "/api/me/devices/{device_id}"),
        ("DELETE", "/api/staff/me/devices/{device_id}"),
        ("DELETE", "/api/me/channels/email"),
        ("DELETE", "/api/me/channels/sms"),
        ("DELETE", "/api/staff/me/channels/email"),
        ("DELETE", "/api/staff/me/channels/sms"),
        ("POST", "/api/unsubscribe/{token}"),
        ("PUT", "/api/meetings/{meeting_id}/seat"),
        ("DELETE", "/api/meetings/{meeting_id}/seat"),
        ("PUT", "/api/staff/meetings/{meeting_id}/seat"),
        ("DELETE", "/api/staff/meetings/{meeting_id}/seat"),
        ("POST", "/api/staff/auth/sign-in"),
        ("POST", "/api/staff/auth/answer"),
        ("POST", "/api/staff/auth/refresh"),
        ("POST", "/api/staff/auth/sign-out"),
        ("POST", "/api/staff/auth/sign-out-everywhere"),
        ("POST", "/api/staff/auth/totp"),
        ("PUT", "/api/staff/auth/totp"),
        ("POST", "/api/staff/live/tickets"),
        ("POST", "/api/invitations"),
        ("POST", "/api/rooms/{room_id}/handles"),
        ("PUT", "/api/rooms/{room_id}/read"),
        ("PUT", "/api/staff/rooms/{room_id}/read"),
    }
