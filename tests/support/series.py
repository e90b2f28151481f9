"""Alice's Wednesdays at nine with Tom, through the API."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from tests.support.api import Answer
from tests.support.cast import Client, StaffMember
from tests.support.practice import NINE, text

WEEK = timedelta(days=7)


def weeks(count: int, first: datetime = NINE, every: int = 1) -> list[datetime]:
    """The same time in so many weeks, where the clocks do not change."""
    return [first + number * every * WEEK for number in range(count)]


def preview(client: Client, counselor: StaffMember, first: datetime = NINE, **rule: Any) -> Answer:
    """What a series would be."""
    asked = {"first": text(first), "every": 1} | ({} if "until" in rule else {"count": 4}) | rule
    return client.browser.get(f"/api/counselors/{counselor.id}/series", query=urlencode(asked))


def wish(counselor: StaffMember, starts: list[datetime], **other: Any) -> dict[str, Any]:
    """The body of a booking of these starts, weekly from the first on."""
    usual = {
        "counselor_id": counselor.id,
        "first": text(starts[0]),
        "every": 1,
        "starts": [text(start) for start in starts],
        "mode": "video",
        "zone": "Europe/Lisbon",
    }
    return usual | ({} if "until" in other else {"count": len(starts)}) | other


def book(client: Client, counselor: StaffMember, starts: list[datetime], **other: Any) -> list[dict[str, Any]]:
    """A series, booked."""
    answer = client.browser.post("/api/series", wish(counselor, starts, **other))
    assert answer.status == 201, answer.text
    booked: list[dict[str, Any]] = answer.json["appointments"]
    return booked


def shown(client: Client, appointment: dict[str, Any]) -> list[dict[str, Any]]:
    """All of the series as it is now."""
    found: list[dict[str, Any]] = client.browser.get(f"/api/appointments/{appointment['id']}/series").json[
        "appointments"
    ]
    return found


def preview_move(client: Client, appointment: dict[str, Any], start: datetime, scope: str) -> Answer:
    """Where they would go."""
    asked = urlencode({"start": text(start), "scope": scope})
    return client.browser.get(f"/api/appointments/{appointment['id']}/series/moves", query=asked)


def move(client: Client, moves: list[tuple[dict[str, Any], datetime]], **parts: Any) -> Answer:
    """Move these, seen from the first of them."""
    body = {"moves": [{"id": one["id"], "start": text(to), "version": one["version"]} for one, to in moves]}
    return client.browser.post(f"/api/appointments/{moves[0][0]['id']}/series/moves", body, **parts)


def cancel(client: Client, appointment: dict[str, Any], scope: str, **parts: Any) -> Answer:
    """Call off as its client."""
    body = {"scope": scope, "version": appointment["version"]}
    return client.browser.post(f"/api/appointments/{appointment['id']}/series/cancel", body, **parts)


def call_off(counselor: StaffMember, appointment: dict[str, Any], scope: str, **parts: Any) -> Answer:
    """Call off as its counselor."""
    body = {"scope": scope, "version": appointment["version"], "reason": "I am ill."}
    return counselor.browser.post(f"/api/staff/appointments/{appointment['id']}/series/cancel", body, **parts)
