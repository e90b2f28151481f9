"""What facilitators decide about members: a ladder from a word to removal. Pure.

Every decision has a reason that the member reads, an end where it has one, and can be appealed.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shared.errors import Invalid
from shared.rooms.model import Membership, MembershipStatus
from shared.rooms.refusals import AlreadyDecided

USUALLY = timedelta(hours=24)


class Step(StrEnum):
    """The rungs, from the mildest on; `lift` takes all of them back."""

    REMIND = "remind"
    SLOW = "slow"
    MUTE = "mute"
    SUSPEND = "suspend"
    REMOVE = "remove"
    LIFT = "lift"


class AppealOutcome(StrEnum):
    """What became of an appeal: the decision stands, or it was taken back."""

    UPHELD = "upheld"
    LIFTED = "lifted"


@dataclass(frozen=True)
class Appeal:
    """What the member said against it, and what became of that."""

    text: str
    at: datetime
    outcome: AppealOutcome | None = None


@dataclass(frozen=True)
class Decision:
    """One step of one facilitator about one member; never changed afterwards. `seq` is the message it is about."""

    id: str
    room_id: str
    member_id: str
    handle: str
    step: Step
    reason: str
    by: str
    by_name: str
    at: datetime
    until: datetime | None = None
    seq: int = 0
    appeal: Appeal | None = None


_TIMED = {Step.SLOW: "slow_until", Step.MUTE: "muted_until", Step.SUSPEND: "suspended_until"}


def end_of(step: Step, hours: int | None, now: datetime) -> datetime | None:
    """Until when a step holds: a day where nothing else is said; None for those without an end.

    Raises Invalid for hours where there is no end.
    """
    if step in _TIMED:
        return now + (timedelta(hours=hours) if hours else USUALLY)
    if hours:
        raise Invalid("Only slow, mute and suspend have an end.", field="body.hours")
    return None


def decided(member: Membership, step: Step, reason: str, until: datetime | None) -> Membership:
    """The membership after a step. Raises AlreadyDecided for somebody who was removed, but for lifting that."""
    after = replace(member, decisions=member.decisions + 1, reason=reason)
    if step is Step.LIFT:
        back = MembershipStatus.LEFT if member.status is MembershipStatus.REMOVED else member.status
        return replace(after, status=back, slow_until=None, muted_until=None, suspended_until=None, reason="")
    if member.status is MembershipStatus.REMOVED:
        raise AlreadyDecided
    if step is Step.REMOVE:
        return replace(after, status=MembershipStatus.REMOVED)
    if step in _TIMED:
        return replace(after, **{_TIMED[step]: until})  # type: ignore[arg-type]
    return after
