"""All appointments of a person as one calendar that programmes come back for (RFC 5545, RFC 7986)."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from shared.appointments.availability import FARTHEST
from shared.appointments.calendar_file import calendar_text, event_lines
from shared.appointments.model import Appointment

BACK = timedelta(days=30)
AHEAD = timedelta(days=FARTHEST + 1)
_COME_BACK = "PT1H"


def calendar_feed(appointments: Iterable[Appointment], title: str) -> str:
    """The text of the feed. Those called off stay in it as CANCELLED: programmes that copied one take it out.

    The same appointments give the same text, so that "nothing is new" can be answered.
    """
    # The second is what Apple and Outlook have read since before the first was a standard.
    properties = [f"REFRESH-INTERVAL;VALUE=DURATION:{_COME_BACK}", f"X-PUBLISHED-TTL:{_COME_BACK}"]
    return calendar_text(properties, *(event_lines(one, title, stamp=one.changed_at) for one in appointments))


def stretch(now: datetime) -> tuple[datetime, datetime]:
    """From when to when appointments are in a feed."""
    return now - BACK, now + AHEAD


def entity_tag(text: str) -> str:
    """A strong validator of this text (RFC 9110, section 8.8.3)."""
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
