"""What Chime tells of its meetings, by EventBridge: a hint that comes late, twice, out of order, or never.

https://docs.aws.amazon.com/chime-sdk/latest/dg/using-events.html
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from shared.ids import ID_PATTERN

SOURCE, DETAIL_TYPE = "aws.chime", "Chime Meeting State Change"
_CHIME_ID = "^[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}$"


class HappeningKind(StrEnum):
    """What happened. Of one going away only one is told: they left, or nothing came from them for ten seconds."""

    STARTED = "chime:MeetingStarted"
    ENDED = "chime:MeetingEnded"
    JOINED = "chime:AttendeeJoined"
    LEFT = "chime:AttendeeLeft"
    DROPPED = "chime:AttendeeDropped"

    @property
    def of_somebody(self) -> bool:
        """Whether it happened to a seat, and not to the meeting."""
        return self not in (HappeningKind.STARTED, HappeningKind.ENDED)


@dataclass(frozen=True)
class Happening:
    """Something that happened at `at` in the meeting of these ids. `seat_id` is empty when it was to the meeting."""

    kind: HappeningKind
    meeting_id: str
    seat_id: str
    provider_id: str
    at: datetime


def happening_of(event: Any) -> Happening | None:
    """What an event of EventBridge tells; None if it tells nothing we know, or of a meeting that is not ours.

    Whatever it is given, it raises nothing. Events about pictures and shared screens tell us nothing: pages say
    that to each other.
    """
    if not isinstance(event, Mapping) or (event.get("source"), event.get("detail-type")) != (SOURCE, DETAIL_TYPE):
        return None
    told = event.get("detail")
    if not isinstance(told, Mapping) or told.get("eventType") not in tuple(HappeningKind):
        return None
    kind = HappeningKind(told["eventType"])
    meeting_id, provider_id = told.get("externalMeetingId"), told.get("meetingId")
    seat_id = told.get("externalUserId") if kind.of_somebody else ""
    at = _instant(told.get("timestamp"))
    whole = _is(ID_PATTERN, meeting_id) and _is(_CHIME_ID, provider_id)
    if not whole or at is None or (kind.of_somebody and not _is(ID_PATTERN, seat_id)):
        return None
    return Happening(kind, str(meeting_id), str(seat_id), str(provider_id), at)


def _is(pattern: str, value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _instant(milliseconds: object) -> datetime | None:
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
