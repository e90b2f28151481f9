"""What somebody decides about being reminded. Pure."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from shared.errors import Invalid
from shared.people.model import Kind
from shared.reminders.channel import Channel

MOST = 4
SHORTEST, LONGEST = 5, 7 * 24 * 60
MINUTES_PER_HOUR = 60
MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR
_USUAL = {Kind.CLIENT: (24 * 60, 15), Kind.STAFF: (15,)}


@dataclass(frozen=True)
class Quiet:
    """From one minute of the day to another on the person's own clock; 22:00 to 07:00 goes past midnight."""

    start: int
    end: int

    def holds(self, instant: datetime, zone: ZoneInfo) -> bool:
        """Whether the instant falls into it."""
        local = instant.astimezone(zone)
        minute = local.hour * 60 + local.minute
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end


@dataclass(frozen=True)
class Preferences:
    """How somebody wants to be reminded.

    `before` are minutes before the start, at most four, the longest first. `channels` are those they want used, of
    which only those count that have an address. `code_word`, `sender` and `calendar_title` are shown instead of ours,
    so that whoever looks over a shoulder learns nothing. `version` is 0 for somebody who has decided nothing yet.
    """

    person_id: str
    before: tuple[int, ...]
    channels: frozenset[Channel] = field(default_factory=lambda: frozenset(Channel))
    quiet: Quiet | None = None
    code_word: str = ""
    sender: str = ""
    calendar_title: str = ""
    version: int = 0
    changed_at: datetime | None = None

    @classmethod
    def usual(cls, person_id: str, kind: Kind) -> "Preferences":
        """Those of somebody who has decided nothing: a day and a quarter of an hour before; for staff the latter."""
        return cls(person_id, _USUAL[kind])

    def check(self) -> None:
        """Raises Invalid, naming the field."""
        if len(self.before) > MOST:
            raise Invalid("At most four reminders, please.", field="body.before")
        if len(set(self.before)) != len(self.before):
            raise Invalid("Two of these reminders are at the same time.", field="body.before")
        for number, minutes in enumerate(self.before):
            if not SHORTEST <= minutes <= LONGEST:
                raise Invalid("Between 5 minutes and 7 days before, please.", field=f"body.before.{number}")
        if self.quiet and self.quiet.start == self.quiet.end:
            raise Invalid("Quiet hours need an end that differs from their start.", field="body.quiet.end")
        for name in ("code_word", "sender", "calendar_title"):
            if not getattr(self, name).isprintable():
                raise Invalid("Letters, numbers and signs on one line, please.", field=f"body.{name}")
