"""Counselors at work and clients who book with them, through the API."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support.api import Answer
from tests.support.cast import Client, StaffMember

EVERY_DAY = [{"weekday": day, "start": "09:00", "end": "17:00"} for day in range(1, 8)]
NINE = datetime(2027, 3, 3, 9, tzinfo=UTC)
"""A time on offer under the usual hours, on the Wednesday after the Monday at whose noon tests begin."""


def text(instant: datetime) -> str:
    """An instant as the API writes it."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def profile(**other: Any) -> dict[str, Any]:
    """A published profile, but for what is said otherwise."""
    usual = {
        "name": "Tom Tarrow",
        "about": "I listen.",
        "languages": ["en", "es"],
        "topics": ["grief", "sleep"],
        "modes": ["video", "text"],
        "published": True,
        "version": 0,
    }
    return usual | other


def availability(**other: Any) -> dict[str, Any]:
    """Nine to five every day in UTC, 50 minutes and 10 between, but for what is said otherwise."""
    return {"zone": "UTC", "weekly": EVERY_DAY, "exceptions": [], "version": 0} | other


def opens(counselor: StaffMember, *, rules: dict[str, Any] | None = None, words: dict[str, Any] | None = None) -> None:
    """The counselor writes a profile and hours; from now on clients find them."""
    written = counselor.browser.put("/api/staff/profile", words or profile())
    assert written.status == 200, written.text
    set_ = counselor.browser.put("/api/staff/availability", rules or availability())
    assert set_.status == 200, set_.text


def wish(counselor: StaffMember, start: datetime = NINE, **other: Any) -> dict[str, Any]:
    """The body of a booking."""
    usual = {"counselor_id": counselor.id, "start": text(start), "mode": "video", "zone": "Europe/Lisbon"}
    return usual | other


def book(client: Client, counselor: StaffMember, start: datetime = NINE, **other: Any) -> dict[str, Any]:
    """An appointment, booked."""
    answer = client.browser.post("/api/appointments", wish(counselor, start, **other))
    assert answer.status == 201, answer.text
    booked: dict[str, Any] = answer.json
    return booked


def move(client: Client, appointment: dict[str, Any], start: datetime, **parts: Any) -> Answer:
    """Ask for another time."""
    body = {"start": text(start), "version": appointment["version"]}
    return client.browser.post(f"/api/appointments/{appointment['id']}/reschedule", body, **parts)


def cancel(client: Client, appointment: dict[str, Any], **parts: Any) -> Answer:
    """Call it off as its client."""
    path = f"/api/appointments/{appointment['id']}/cancel"
    return client.browser.post(path, {"version": appointment["version"]}, **parts)


def call_off(counselor: StaffMember, appointment: dict[str, Any], reason: str = "I am ill.", **parts: Any) -> Answer:
    """Call it off as its counselor."""
    path = f"/api/staff/appointments/{appointment['id']}/cancel"
    return counselor.browser.post(path, {"version": appointment["version"], "reason": reason}, **parts)


def noshow(counselor: StaffMember, appointment: dict[str, Any], **parts: Any) -> Answer:
    """Note that the client did not come."""
    path = f"/api/staff/appointments/{appointment['id']}/noshow"
    return counselor.browser.post(path, {"version": appointment["version"]}, **parts)


def block(counselor: StaffMember, start: datetime, hours: float = 1, note: str = "", **parts: Any) -> Answer:
    """Keep time free."""
    body = {"start": text(start), "end": text(start + timedelta(hours=hours)), "note": note}
    return counselor.browser.post("/api/staff/blocks", body, **parts)


def slots(
    client: Client, counselor: StaffMember, first: str = "2027-03-03", days: int = 1, zone: str = "UTC"
) -> list[str]:
    """The starts a client is shown on these dates of their zone."""
    answer = client.browser.get(f"/api/counselors/{counselor.id}/slots", query=f"from={first}&days={days}&zone={zone}")
    assert answer.status == 200, answer.text
    return [slot["start"] for slot in answer.json["slots"]]
