"""A circle: who speaks now and who next, who asks to, and whom a facilitator should look after. Pure.

People are known by their seats. The order is kept while somebody is away for a moment: whoever comes again finds their
place. Each method returns the circle as it is afterwards, or raises why it can't be so.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.errors import NotFound
from shared.meetings.refusals import AlreadySpeaking, NotInCircle, NotYourTurn, OrderChanged

MOST_IN_CIRCLE = 12  # more are no circle: a round of three minutes each would take the better part of an hour
GRACE = timedelta(minutes=5)  # without a facilitator


@dataclass(frozen=True)
class Care:
    """Somebody whom a facilitator should look after, since when, and whether one has."""

    seat_id: str
    at: datetime
    done: bool = False


@dataclass(frozen=True)
class Circle:
    """`order` goes round; those of it who are not in the call just now are `away`. Nobody may be speaking: "".

    `last` is who spoke last. `turn_seconds` is how long a turn should be, 0 for as long as it takes; nobody is cut off.
    `passed` let their next turn go by. `not_okay` is for facilitators' eyes only.
    """

    order: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    speaker: str = ""
    last: str = ""
    turn_seconds: int = 0
    turn_ends_at: datetime | None = None
    hands: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    stepped_out: tuple[Care, ...] = ()
    not_okay: tuple[Care, ...] = ()
    facilitator_gone_since: datetime | None = None

    @property
    def here(self) -> tuple[str, ...]:
        """Those in the call, in the order of talking."""
        return tuple(seat_id for seat_id in self.order if seat_id not in self.away)

    @property
    def next(self) -> str:
        """Whose turn comes after this one; "" when nobody wants it."""
        return next((seat_id for seat_id in self._ahead() if seat_id not in self.passed), "")

    @property
    def ends_at(self) -> datetime | None:
        """When it ends, unless a facilitator comes before."""
        return self.facilitator_gone_since + GRACE if self.facilitator_gone_since else None

    def is_out(self, seat_id: str) -> bool:
        """Whether somebody stepped out and has not come back."""
        return any(care.seat_id == seat_id for care in self.stepped_out)

    def among(self, here: Sequence[str], out: Collection[str]) -> "Circle":
        """With these in the call, newcomers last, and nothing left of the place of those who are `out` for good.

        A turn ends with its speaker's going; it is nobody's then, and the order goes on after them.
        """
        there = [seat_id for seat_id in here if seat_id not in out]
        known = tuple(seat_id for seat_id in self.order if seat_id not in out)
        order = (*known, *(seat_id for seat_id in there if seat_id not in known))
        speaks = self.speaker in there
        return replace(
            self,
            order=order,
            away=tuple(seat_id for seat_id in order if seat_id not in there),
            speaker=self.speaker if speaks else "",
            last=self._before(self.last, out),
            turn_ends_at=self.turn_ends_at if speaks else None,
            hands=tuple(seat_id for seat_id in self.hands if seat_id in there),
            passed=tuple(seat_id for seat_id in self.passed if seat_id in there),
        )

    def raise_hand(self, seat_id: str) -> "Circle":
        """Ask for the next turn. Raises NotInCircle, AlreadySpeaking."""
        self._require_here(seat_id)
        if seat_id == self.speaker:
            raise AlreadySpeaking
        return replace(self, hands=_with(self.hands, seat_id), passed=_without(self.passed, seat_id))

    def lower_hand(self, seat_id: str) -> "Circle":
        """Ask no more."""
        return replace(self, hands=_without(self.hands, seat_id))

    def give_turn(self, seat_id: str, now: datetime) -> "Circle":
        """Have somebody speak, or nobody. Raises NotInCircle. Given again, the turn does not begin anew."""
        if seat_id == self.speaker:
            return self
        if seat_id:
            self._require_here(seat_id)
        ends_at = now + timedelta(seconds=self.turn_seconds) if seat_id and self.turn_seconds else None
        return replace(
            self,
            speaker=seat_id,
            last=seat_id or self.last,
            turn_ends_at=ends_at,
            hands=_without(self.hands, seat_id),
            passed=_without(self.passed, seat_id),
        )

    def next_turn(self, now: datetime) -> "Circle":
        """Have the next in the order speak. Those who are passed over have their turn again in the next round."""
        following = self.next
        ahead = self._ahead()
        skipped = ahead[: ahead.index(following)] if following else ahead
        passed = tuple(seat_id for seat_id in self.passed if seat_id not in skipped)
        return replace(self, passed=passed).give_turn(following, now)

    def pass_turn(self, seat_id: str, now: datetime) -> "Circle":
        """Let one's turn go by, this one or the next. Raises NotInCircle."""
        self._require_here(seat_id)
        if seat_id == self.speaker:
            return self.next_turn(now)
        return replace(self, passed=_with(self.passed, seat_id), hands=_without(self.hands, seat_id))

    def done(self, seat_id: str, now: datetime) -> "Circle":
        """End one's turn. Raises NotYourTurn."""
        if seat_id != self.speaker:
            raise NotYourTurn
        return self.next_turn(now)

    def reorder(self, order: Sequence[str]) -> "Circle":
        """Have those who are in the call speak in another order. Raises OrderChanged when they are others."""
        if sorted(order) != sorted(self.here):
            raise OrderChanged
        return replace(self, order=(*order, *self.away))

    def set_timer(self, seconds: int, now: datetime) -> "Circle":
        """Have turns last so long, this one from now on."""
        ends_at = now + timedelta(seconds=seconds) if seconds and self.speaker else None
        return replace(self, turn_seconds=seconds, turn_ends_at=ends_at)

    def signal(self, seat_id: str, now: datetime) -> "Circle":
        """Say to the facilitators alone that one is not okay. Said again after one has seen it, it is new."""
        open_ = any(care.seat_id == seat_id and not care.done for care in self.not_okay)
        return self if open_ else replace(self, not_okay=(*_no_care(self.not_okay, seat_id), Care(seat_id, now)))

    def okay(self, seat_id: str) -> "Circle":
        """Take that back."""
        return replace(self, not_okay=_no_care(self.not_okay, seat_id))

    def seen(self, seat_id: str) -> "Circle":
        """Note that a facilitator knows that somebody is not okay. Raises NotFound."""
        return replace(self, not_okay=_cared(self.not_okay, seat_id))

    def step_out(self, seat_id: str, now: datetime) -> "Circle":
        """Go for a while, without having to say why; a turn goes to the next. Raises NotInCircle."""
        if self.is_out(seat_id):
            return self
        self._require_here(seat_id)
        after = self.next_turn(now) if seat_id == self.speaker else self
        return replace(after, stepped_out=(*after.stepped_out, Care(seat_id, now)))

    def come_back(self, seat_id: str) -> "Circle":
        """Be welcome again."""
        return replace(self, stepped_out=_no_care(self.stepped_out, seat_id))

    def followed_up(self, seat_id: str) -> "Circle":
        """Note that a facilitator has written to somebody who stepped out. Raises NotFound."""
        return replace(self, stepped_out=_cared(self.stepped_out, seat_id))

    def attended(self, now: datetime, *, by_facilitator: bool) -> "Circle":
        """Note whether a facilitator is there."""
        if by_facilitator:
            return replace(self, facilitator_gone_since=None)
        return self if self.facilitator_gone_since else replace(self, facilitator_gone_since=now)

    def _require_here(self, seat_id: str) -> None:
        if seat_id not in self.here:
            raise NotInCircle

    def _ahead(self) -> tuple[str, ...]:
        """Those in the call who could be next, in order. Who spoke last comes last; who speaks now is left out."""
        place = self.order.index(self.last) + 1 if self.last in self.order else 0
        turned = self.order[place:] + self.order[:place]
        return tuple(seat_id for seat_id in turned if seat_id not in self.away and seat_id != self.speaker)

    def _before(self, seat_id: str, out: Collection[str]) -> str:
        """The seat itself, or else the next before it that is not out."""
        if seat_id not in out or seat_id not in self.order:
            return seat_id if seat_id not in out else ""
        earlier = self.order[: self.order.index(seat_id)]
        return next((before for before in reversed(earlier) if before not in out), "")


def _with(seat_ids: tuple[str, ...], seat_id: str) -> tuple[str, ...]:
    return seat_ids if seat_id in seat_ids else (*seat_ids, seat_id)


def _without(seat_ids: tuple[str, ...], seat_id: str) -> tuple[str, ...]:
    return tuple(other for other in seat_ids if other != seat_id)


def _no_care(cares: tuple[Care, ...], seat_id: str) -> tuple[Care, ...]:
    return tuple(care for care in cares if care.seat_id != seat_id)


def _cared(cares: tuple[Care, ...], seat_id: str) -> tuple[Care, ...]:
    if all(care.seat_id != seat_id for care in cares):
        raise NotFound
    return tuple(replace(care, done=True) if care.seat_id == seat_id else care for care in cares)
