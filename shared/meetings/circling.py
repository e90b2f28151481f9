"""What people do in a circle: about themselves, everybody; about others, its facilitators."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.errors import Busy, NotFound
from shared.intents import Once
from shared.meetings.circle import Circle
from shared.meetings.hosting import Hosting
from shared.meetings.model import Meeting, MeetingKind
from shared.meetings.refusals import RemovedFromMeeting
from shared.meetings.seat import Seat, SeatStatus
from shared.meetings.seen import Seen
from shared.meetings.service import ATTEMPTS, Meetings
from shared.meetings.store import Gathered
from shared.people.model import Principal


class Move(StrEnum):
    """What somebody does about themselves."""

    RAISE_HAND = "raise_hand"
    LOWER_HAND = "lower_hand"
    PASS = "pass"  # noqa: S105 - a turn, not a password
    DONE = "done"
    NOT_OKAY = "not_okay"
    OKAY = "okay"
    STEP_OUT = "step_out"
    COME_BACK = "come_back"

    @property
    def private(self) -> bool:
        """Whether only facilitators learn of it."""
        return self in (Move.NOT_OKAY, Move.OKAY)


class CareKind(StrEnum):
    """What a facilitator has done for somebody: seen that they are not okay, written to them after they stepped out."""

    SEEN = "seen"
    FOLLOWED_UP = "followed_up"


@dataclass(frozen=True)
class Turns:
    """How talking is to go on; None is as it is. `seat_id` "": nobody speaks for now. `seconds` 0: no timer."""

    seat_id: str | None = None
    order: Sequence[str] | None = None
    seconds: int | None = None


_ABOUT_ONESELF: dict[Move, Callable[[Circle, str, datetime], Circle]] = {
    Move.RAISE_HAND: lambda circle, seat_id, _now: circle.raise_hand(seat_id),
    Move.LOWER_HAND: lambda circle, seat_id, _now: circle.lower_hand(seat_id),
    Move.PASS: Circle.pass_turn,
    Move.DONE: Circle.done,
    Move.NOT_OKAY: Circle.signal,
    Move.OKAY: lambda circle, seat_id, _now: circle.okay(seat_id),
    Move.STEP_OUT: Circle.step_out,
    Move.COME_BACK: lambda circle, seat_id, _now: circle.come_back(seat_id),
}


@dataclass(frozen=True)
class Circling:
    """Use cases of circles."""

    meetings: Meetings
    hosting: Hosting

    def on(self, caller: Principal, room_id: str, now: datetime) -> Seen:
        """The circle that is on in a room. Raises NotFound when there is none, and what keeps the caller from it."""
        occasion = self.meetings.occasions.find(caller, MeetingKind.CIRCLE, room_id, now)
        gathered = self.meetings.store.find(occasion.meeting_id)
        if gathered is None:
            raise NotFound
        return Seen(gathered, occasion, caller.id)

    def move(self, caller: Principal, meeting_id: str, move: Move, once: Once, now: datetime) -> Seen:
        """Do something about oneself.

        Raises NotFound, also for what is no circle, MeetingEnded, RemovedFromMeeting, NotAdmitted, Declined, what keeps
        the caller from the room, and what the circle says: NotInCircle, AlreadySpeaking, NotYourTurn.
        """
        for _ in range(ATTEMPTS):
            before = self.meetings.theirs(caller, meeting_id)
            seat = before.meeting.seat_of(caller.id)
            if seat is None:
                raise NotFound
            before.meeting.require_open()
            occasion = self.meetings.occasion_of(caller, before.meeting, now)
            after = _moved(before.meeting, seat, move, now)
            seen = Seen(Gathered(after, before.presences), occasion, caller.id)
            if self.meetings.committed([once(seen), *self.meetings.store.changes(before.meeting, after)]):
                return seen
        raise Busy

    def direct(self, caller: Principal, meeting_id: str, turns: Turns, once: Once, now: datetime) -> Seen:
        """Say who speaks, in which order, and for about how long.

        Raises NotFound, MeetingEnded, NotInCircle, OrderChanged.
        """

        def change(meeting: Meeting) -> Meeting:
            circle = _circle(meeting)
            if turns.seconds is not None:
                circle = circle.set_timer(turns.seconds, now)
            if turns.order is not None:
                circle = circle.reorder(turns.order)
            if turns.seat_id is not None:
                circle = circle.give_turn(turns.seat_id, now)
            return meeting.circled(circle)

        return self.hosting.changed(caller, meeting_id, change, once, now)[1]

    def care(self, caller: Principal, meeting_id: str, seat_id: str, kind: CareKind, once: Once, now: datetime) -> Seen:
        """Note that one has looked after somebody, also when the circle is over. Raises NotFound."""

        def change(meeting: Meeting) -> Meeting:
            circle = _circle(meeting)
            cared = circle.seen(seat_id) if kind is CareKind.SEEN else circle.followed_up(seat_id)
            return meeting.circled(cared)

        return self.hosting.changed(caller, meeting_id, change, once, now, also_ended=True)[1]


def _circle(meeting: Meeting) -> Circle:
    if meeting.circle is None:
        raise NotFound
    return meeting.circle


def _moved(meeting: Meeting, seat: Seat, move: Move, now: datetime) -> Meeting:
    """Who waits, or was not let in this time, may still say that they are not okay."""
    circle = _circle(meeting)
    if seat.status is SeatStatus.REMOVED:
        raise RemovedFromMeeting
    if not move.private:
        seat.require_admitted()
    after = meeting.circled(_ABOUT_ONESELF[move](circle, seat.id, now))
    return after.left(seat, now) if move is Move.STEP_OUT and seat.in_call else after
