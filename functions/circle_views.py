"""How a circle is shown: to its facilitators all of it, to others nothing of who is not okay."""

from collections.abc import Iterable
from datetime import datetime

from functions.call import View
from shared.meetings.circle import Care, Circle


class CareView(View):
    """Somebody whom a facilitator should look after, since when, and whether one has."""

    seat: str
    at: datetime
    done: bool


class CircleView(View):
    """Seats by their ids. `order` is of those in the call, `next` whose turn comes then; "" is nobody.

    `not_okay` and `following_up` (those who stepped out) tell facilitators of everybody, others of themselves.
    Who waits to be let in sees nothing of the talking. Without a facilitator a circle ends at `ends_at`.
    """

    order: list[str]
    speaker: str
    next: str
    turn_seconds: int
    turn_ends_at: datetime | None
    hands: list[str]
    passed: list[str]
    stepped_out: list[str]
    following_up: list[CareView]
    not_okay: list[CareView]
    facilitator_gone_since: datetime | None
    ends_at: datetime | None

    @classmethod
    def of(cls, circle: Circle, own: str, *, inside: bool, hosts: bool) -> "CircleView":
        """The circle, to whoever has the seat `own`."""
        told = circle if inside else Circle(facilitator_gone_since=circle.facilitator_gone_since)
        return cls(
            order=list(told.here),
            speaker=told.speaker,
            next=told.next,
            turn_seconds=told.turn_seconds,
            turn_ends_at=told.turn_ends_at,
            hands=list(told.hands),
            passed=list(told.passed),
            stepped_out=[care.seat_id for care in told.stepped_out],
            following_up=_cares(circle.stepped_out, own, hosts=hosts),
            not_okay=_cares(circle.not_okay, own, hosts=hosts),
            facilitator_gone_since=told.facilitator_gone_since,
            ends_at=told.ends_at,
        )


def _cares(cares: Iterable[Care], own: str, *, hosts: bool) -> list[CareView]:
    return [CareView(seat=care.seat_id, at=care.at, done=care.done) for care in cares if hosts or care.seat_id == own]
