"""Times as the site writes them for a reader of British English, computed here by other means: Python's zone rules."""

from datetime import datetime
from zoneinfo import ZoneInfo


def instant(text: str) -> datetime:
    """What the API writes: `2026-11-24T18:00:00Z`."""
    return datetime.fromisoformat(text)


def wall_clock(at: datetime, zone: str) -> str:
    """`18:00`; the site writes `9:00` for nine in the morning."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.hour}:{local.minute:02d}"


def span(start: datetime, end: datetime, zone: str) -> str:
    """`9:00 – 9:50`, with whatever spaces stand around the dash."""
    return rf"\b0?{wall_clock(start, zone)}\s*–\s*0?{wall_clock(end, zone)}\b"


def long_day(at: datetime, zone: str) -> str:
    """`Tuesday 24 November 2026`, with or without a comma after the weekday."""
    local = at.astimezone(ZoneInfo(zone))
    return rf"{local:%A},? {local.day} {local:%B %Y}"
