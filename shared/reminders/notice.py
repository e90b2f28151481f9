"""Notices: what somebody was told, whichever way it reached them. Pure."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from shared.reminders.channel import Channel, Delivery

KEPT = timedelta(days=14)
HELD = timedelta(seconds=50)  # longer than `remind` may run, shorter than Lambda waits before it tries again


class NoticeKind(StrEnum):
    """What a notice is about."""

    REMINDER = "reminder"
    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    LATE = "late"
    WAITING = "waiting"
    MISSED = "missed"
    UNATTENDED = "unattended"
    OFFER = "offer"
    GATHERING = "gathering"
    GATHERING_CANCELLED = "gathering_cancelled"


@dataclass(frozen=True)
class Notice:
    """One thing one person is told.

    `of` is the id of what it is about, `room` that of a gathering's room, `start` when it takes place; of an
    appointment `more` of its series changed with it. `minutes` are those of a delay, `until` is how long an offer
    stands. `own` says that they did it themselves: then it is no news.
    `deliveries` says for each channel what became of it; while some wait, nobody else sends them before `held_until`.
    """

    id: str
    person_id: str
    kind: NoticeKind
    of: str
    at: datetime
    start: datetime
    version: int = 0
    minutes: int = 0
    more: int = 0
    until: datetime | None = None
    room: str = ""
    own: bool = False
    deliveries: dict[Channel, Delivery] = field(default_factory=dict)
    held_until: datetime | None = None

    @property
    def waiting(self) -> list[Channel]:
        """The channels on which it has not gone out."""
        return sorted(channel for channel, state in self.deliveries.items() if state is Delivery.WAITING)

    def is_news(self, read_until: datetime | None) -> bool:
        """Whether it is unread for somebody who has read up to then. What they did themselves never is."""
        return not self.own and (read_until is None or self.at > read_until)
