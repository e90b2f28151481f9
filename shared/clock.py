"""The time. Everything that depends on it takes `now`, so tests choose it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present instant, aware, in UTC, to the second: what is stored and what is answered then agree."""
    return datetime.now(UTC).replace(microsecond=0)


def epoch(instant: datetime) -> int:
    """Whole seconds since 1970, as DynamoDB's TTL wants them."""
    return int(instant.timestamp())


def instant_text(instant: datetime) -> str:
    """An aware instant as `2026-11-24T18:00:00Z`: sortable as text, whole seconds."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_instant(text: str) -> datetime:
    """What `instant_text` wrote.

    Raises ValueError for anything that is not an ISO 8601 instant with an offset.
    """
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"no offset in {text!r}")
    return instant.astimezone(UTC)
