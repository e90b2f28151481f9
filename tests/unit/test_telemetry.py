"""Exceptions are logged by type and place: their messages often quote what somebody typed."""

import io
import json

import pytest

from shared.telemetry import fault, logger

SECRET = "violet teapots hum quietly"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    written = io.StringIO()
    monkeypatch.setattr(logger().registered_handler, "stream", written)
    return written


def stumble() -> None:
    """Fail as code does that quotes what it was given."""
    try:
        raise KeyError(SECRET)  # noqa: TRY301 - the cause is the point
    except KeyError as error:
        raise RuntimeError(f"could not find {SECRET}") from error


def test_a_fault_is_logged_with_its_type_and_the_places_it_passed(log: io.StringIO) -> None:
    try:
        stumble()
    except RuntimeError as error:
        fault(error, route="POST /api/register")

    line = json.loads(log.getvalue())
    assert line["message"] == "fault"
    assert line["error"] == "RuntimeError"
    assert line["route"] == "POST /api/register"
    assert line["frames"][-1].startswith("unit/test_telemetry.py:")


def test_a_fault_is_logged_without_its_message_or_those_of_its_causes(log: io.StringIO) -> None:
    try:
        stumble()
    except RuntimeError as error:
        fault(error)

    assert "RuntimeError" in log.getvalue()
    assert SECRET not in log.getvalue()
