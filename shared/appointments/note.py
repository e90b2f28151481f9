"""A counselor's private note: what it holds. Pure."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

LONGEST = 4000


class NoteKind(StrEnum):
    """How a note is written: as it comes, or under headings."""

    FREE = "free"
    STRUCTURED = "structured"


@dataclass(frozen=True)
class NoteWords:
    """What a counselor wrote, each part at most 4,000 characters.

    `text` is written when it is free, the others when it is structured. Whoever goes over to the other kind keeps
    what they wrote in the first.
    """

    text: str = ""
    talked_about: str = ""
    how_they_are: str = ""
    agreed: str = ""
    next_steps: str = ""

    @property
    def blank(self) -> bool:
        """Whether there is nothing to read."""
        return not (self.text or self.talked_about or self.how_they_are or self.agreed or self.next_steps)


@dataclass(frozen=True)
class Note:
    """The note of one appointment by one author. Version 0 is the one nobody has written yet."""

    appointment_id: str
    author_id: str
    kind: NoteKind = NoteKind.FREE
    words: NoteWords = field(default_factory=NoteWords)
    version: int = 0
    changed_at: datetime | None = None
