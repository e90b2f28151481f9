"""A counselor's practice: what clients read about them, and when they are there. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.appointments.availability import Availability
from shared.appointments.model import Appointment, Mode
from shared.topics import Topic

MOVED_ON = timedelta(days=14)
"""How far beyond the horizon one of a series may be moved, from its own time on."""


@dataclass(frozen=True)
class Profile:
    """What clients read. Only a published one is found."""

    name: str
    about: str = ""
    languages: frozenset[str] = frozenset()
    topics: frozenset[Topic] = frozenset()
    modes: frozenset[Mode] = frozenset()
    published: bool = False
    version: int = 0


@dataclass(frozen=True)
class Practice:
    """A counselor, as far as booking is concerned. `busy_calendar` says that another calendar of theirs is watched."""

    counselor_id: str
    profile: Profile
    availability: Availability
    busy_calendar: bool = False

    def for_moving(self, appointment: Appointment, now: datetime) -> "Practice":
        """The practice as it is open to whoever moves this appointment: the horizon was for the first of a series."""
        if not appointment.series_id:
            return self
        return replace(self, availability=self.availability.reaching(appointment.start + MOVED_ON, now))
