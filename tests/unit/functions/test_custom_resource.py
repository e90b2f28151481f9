"""What CloudFormation is told of a resource that a function of ours makes."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from functions.custom_resource import NONE_YET, Event, Made, answer

ASKED = {"StackId": "stack", "RequestId": "request", "LogicalResourceId": "Key", "RequestType": "Create"}


@contextmanager
def cloudformation() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Where it is answered, and what it has been told."""
    told: list[dict[str, Any]] = []

    class Listening(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
            """Silent."""

    with HTTPServer(("localhost", 0), Listening) as server:
        listening = Thread(target=server.serve_forever, args=(0.01,))
        listening.start()
        yield f"http://localhost:{server.server_port}/answer", told
        server.shutdown()
        listening.join()


def test_it_is_told_what_was_made_and_what_others_may_know_of_it() -> None:
    with cloudformation() as (url, told):
        answer(ASKED | {"ResponseURL": url}, lambda _event: Made("a key", {"PublicKey": "B4"}))
    named = {"StackId": "stack", "RequestId": "request", "LogicalResourceId": "Key"}
    assert told == [named | {"Status": "SUCCESS", "PhysicalResourceId": "a key", "Data": {"PublicKey": "B4"}}]


def test_it_is_told_of_a_failure_without_what_the_error_quotes() -> None:
    def fail(_event: Event) -> Made:
        raise RuntimeError("+12065550100")

    with cloudformation() as (url, told):
        answer(ASKED | {"ResponseURL": url}, fail)
        answer(ASKED | {"ResponseURL": url, "PhysicalResourceId": "a key"}, fail)
    assert [(one["Status"], one["PhysicalResourceId"]) for one in told] == [("FAILED", NONE_YET), ("FAILED", "a key")]
    assert "+12065550100" not in json.dumps(told)


def test_nobody_else_is_told_anything_in_the_clear() -> None:
    with pytest.raises(ValueError, match="https"):
        answer(ASKED | {"ResponseURL": "http://evil.example/answer"}, lambda _event: Made("a key"))
