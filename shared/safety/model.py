"""Concerns: a worry about someone's safety, and how it is looked after. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from shared.errors import ChangedMeanwhile, Conflict, Invalid
from shared.safety.screening import Level

LONGEST_NOTE = 1000


class Source(StrEnum):
    """What gave rise to the worry: words that screening found, or somebody on the staff who was with them."""

    MESSAGE = "message"
    STAFF = "staff"


class ConcernStatus(StrEnum):
    """`escalated`: nobody acknowledged it in time, so others were asked as well."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    ESCALATED = "escalated"
    RESOLVED = "resolved"


@dataclass(frozen=True)
class Concern:
    """A worry about a member of a room. It holds no words of theirs: `seq` says where to read them, 0 if nowhere.

    `handle` and `member_id` are the room's, never the account's. `raised_by`, `acknowledged_by` and `resolved_by`
    are ids of staff; `raised_by` is empty when screening found it. `raised_note` says what worries, `note` what was
    done.
    """

    id: str
    level: Level
    source: Source
    room_id: str
    member_id: str
    seq: int
    handle: str
    raised_at: datetime
    status: ConcernStatus = ConcernStatus.RAISED
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None
    resolved_by: str = ""
    resolved_at: datetime | None = None
    note: str = ""
    version: int = 1
    raised_by: str = ""
    raised_note: str = ""

    def acknowledged(self, by: str, version: int, now: datetime) -> "Concern":
        """Somebody looks after it from now on. Raises Invalid, ChangedMeanwhile."""
        self._seen(version)
        if self.status not in (ConcernStatus.RAISED, ConcernStatus.ESCALATED):
            raise ChangedMeanwhile
        status = ConcernStatus.ACKNOWLEDGED
        return replace(self, status=status, acknowledged_by=by, acknowledged_at=now, version=version + 1)

    def resolved(self, by: str, note: str, version: int, now: datetime) -> "Concern":
        """It has been looked after; `note` says how, in 1 to 1000 characters.

        Not only by who acknowledged it: a shift may end in between. Raises Invalid, Conflict, ChangedMeanwhile.
        """
        self._seen(version)
        done = note.strip()
        if not 1 <= len(done) <= LONGEST_NOTE:
            raise Invalid(f"Please say in 1 to {LONGEST_NOTE} characters what was done.", field="body.note")
        if self.status in (ConcernStatus.RAISED, ConcernStatus.ESCALATED):
            raise Conflict("Please acknowledge it first.")
        if self.status is ConcernStatus.RESOLVED:
            raise ChangedMeanwhile
        status = ConcernStatus.RESOLVED
        return replace(self, status=status, resolved_by=by, resolved_at=now, note=done, version=version + 1)

    def _seen(self, version: int) -> None:
        if version > self.version:
            raise Invalid("There is no such version yet.", field="body.version")
        if version < self.version:
            raise ChangedMeanwhile


def by_need(concern: Concern) -> tuple[bool, datetime, str]:
    """The order in which to look: urgent ones first, then the oldest."""
    return concern.level is not Level.URGENT, concern.raised_at, concern.id
