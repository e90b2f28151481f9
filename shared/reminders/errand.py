"""Errands: what `remind` is woken for. Each says where to look and nothing of what is to be found there. Pure."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol

from shared.ids import derived_id


@dataclass(frozen=True)
class Errand:
    """Look whether something is to be done about a thing.

    `kind` is what for, `of` the id of the thing (an appointment, an offer, a channel), `to` the person concerned,
    `version` that of the thing when the errand was planned, `what` tells errands of one kind apart.
    """

    kind: str
    of: str
    to: str = ""
    version: int = 0
    what: str = ""

    @property
    def id(self) -> str:
        """The same errand always has the same one."""
        return derived_id("errand", self.kind, self.of, self.to, str(self.version), self.what)

    @property
    def name(self) -> str:
        """The name of its schedule: within the 64 characters EventBridge Scheduler allows while a kind has 31."""
        return f"{self.kind}-{self.id}"

    def told(self) -> dict[str, Any]:
        """The event that wakes `remind`."""
        return asdict(self)

    @classmethod
    def of_event(cls, event: dict[str, Any]) -> "Errand":
        """The errand in an event. Raises TypeError for anything else."""
        return cls(**event)


@dataclass(frozen=True)
class Due:
    """An errand and when it is due."""

    errand: Errand
    at: datetime


class Post(Protocol):
    """Sees to it that `remind` is woken."""

    def send(self, errand: Errand, at: datetime, now: datetime) -> None:
        """Have the errand run at `at`, or at once where that is close or over. Sending it again is harmless."""
