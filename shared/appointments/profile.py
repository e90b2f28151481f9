"""A counselor's practice: what clients read about them, and when they are there. Pure."""

from dataclasses import dataclass

from shared.appointments.availability import Availability
from shared.appointments.model import Mode
from shared.topics import Topic


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
    """A counselor, as far as booking is concerned."""

    counselor_id: str
    profile: Profile
    availability: Availability
