"""The calendar a counselor has named, and how reading it goes. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.appointments.busy.trouble import Trouble

LOOKED_AT_EVERY = timedelta(minutes=30)


@dataclass(frozen=True)
class Watched:
    """A calendar that is watched.

    `mark` is new with every address, so that what is read from an old one never lands under a new one. `skipped` is
    how many events could not be read the last time. `failing_since` and `trouble` are there while it cannot be read.
    """

    counselor_id: str
    address: str
    mark: str
    named_at: datetime
    tried_at: datetime | None = None
    read_at: datetime | None = None
    skipped: int = 0
    failing_since: datetime | None = None
    trouble: Trouble | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether it is to be read now: at once when it is new, then every half hour."""
        return self.tried_at is None or now >= self.tried_at + LOOKED_AT_EVERY
