"""Who is told: where and in which language they read, and how they want it. Pure."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from shared.people.model import Kind
from shared.reminders.preferences import Preferences


@dataclass(frozen=True)
class Reader:
    """Somebody who can be told something."""

    person_id: str
    kind: Kind
    zone: ZoneInfo
    language: str
    preferences: Preferences
