"""Times as the site writes them for a reader of British English, computed here by other means: Python's zone rules."""

from datetime import datetime
from zoneinfo import ZoneInfo


def instant(text: str) -> datetime:
    """What the API writes: `2026-11-24T18:00:00Z`."""
    return datetime.fromisoformat(text)


def wall_clock(at: datetime, zone: str) -> str:
    """`09:00`."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def span(start: datetime, end: datetime, zone: str) -> str:
    """From and to with a dash between them, whatever spaces stand around it."""
    return rf"\b{wall_clock(start, zone)}\s*\u2013\s*{wall_clock(end, zone)}\b"


def long_day(at: datetime, zone: str) -> str:
    """`Tuesday 24 November 2026`, with or without a comma after the weekday."""
    local = at.astimezone(ZoneInfo(zone))
    return rf"{local:%A},? {local.day} {local:%B %Y}"
