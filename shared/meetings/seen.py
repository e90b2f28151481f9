"""A meeting, to one of those who may come: what use cases hand back."""

from dataclasses import dataclass

from shared.meetings.calls import ChimeCall, PeerCall
from shared.meetings.model import Meeting
from shared.meetings.occasions import Occasion
from shared.meetings.store import Gathered


@dataclass(frozen=True)
class Seen:
    """A meeting as one of those sees it who may come."""

    gathered: Gathered
    occasion: Occasion
    person_id: str

    @property
    def meeting(self) -> Meeting:
        """The meeting."""
        return self.gathered.meeting


@dataclass(frozen=True)
class Kept:
    """What came of keeping a seat. `changed` says whether the others should look."""

    seen: Seen
    call: PeerCall | ChimeCall | None
    changed: bool
