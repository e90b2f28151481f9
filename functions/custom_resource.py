"""Resources of the stack that CloudFormation does not know, and a function of ours makes.

Speaks the protocol of custom resources
(https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html). Its events may hold what no log may,
so nothing of them is logged.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from shared.telemetry import fault

Event = Mapping[str, Any]
NONE_YET = "none-yet"
"""The id of a resource that could not be made."""


@dataclass(frozen=True)
class Made:
    """What there is now: its id, and attributes that other resources of the stack may be told."""

    id: str
    data: Mapping[str, str] = field(default_factory=dict)


def answer(event: Event, serve: Callable[[Event], Made]) -> None:
    """Have `serve` do what the event asks, and tell CloudFormation what came of it."""
    try:
        made = serve(event)
        said: dict[str, Any] = {"Status": "SUCCESS", "PhysicalResourceId": made.id, "Data": dict(made.data)}
    except Exception as error:
        fault(error)
        reason = f"{type(error).__name__}; the function's log says where."
        said = {"Status": "FAILED", "PhysicalResourceId": event.get("PhysicalResourceId", NONE_YET), "Reason": reason}
    _tell(event, said)


def _tell(event: Event, said: Mapping[str, Any]) -> None:
    named = {name: event[name] for name in ("StackId", "RequestId", "LogicalResourceId")}
    body = json.dumps({**named, **said}).encode()
    url = event["ResponseURL"]
    where = urlsplit(url)
    if where.scheme != "https" and where.hostname != "localhost":
        raise ValueError("CloudFormation answers by https, and its emulator on this machine")
    with urlopen(Request(url, body, {"Content-Type": ""}, method="PUT"), timeout=10):  # noqa: S310 - as checked
        pass
