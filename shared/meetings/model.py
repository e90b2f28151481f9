"""Meetings: people together now, by video, sound, phone or in writing. Pure: no AWS, no clock, no environment."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shared.errors import NotFound
from shared.meetings.circle import MOST_IN_CIRCLE, Circle
from shared.meetings.refusals import (
    MeetingEnded,
    MeetingFull,
    SeatMoved,
)
from shared.meetings.seat import Seat, SeatStatus

EMPTY_FOR = timedelta(minutes=5)  # Chime, too, ends a meeting that has been empty for so long


class MeetingKind(StrEnum):
    """What people meet for."""

    APPOINTMENT = "appointment"
    CIRCLE = "circle"


class Provider(StrEnum):
    """What carries sound and pictures."""

    CHIME = "chime"
    PEER = "peer"


class Because(StrEnum):
    """Why a call is not carried as it usually would be."""

    CEILING = "ceiling"


class Ending(StrEnum):
    """Why a meeting is over."""

    ENDED = "ended"
    EVERYONE_LEFT = "everyone_left"
    FACILITATOR_GONE = "facilitator_gone"


@dataclass(frozen=True)
class Notice:
    """The counselor knows that somebody waits, and says about when they will come."""

    at: datetime
    expected_at: datetime


@dataclass(frozen=True)
class Meeting:
    """One meeting of an appointment, or one circle of a room; `of` is the id of that.

    `host_ids` are the people who let others in, and who are told when somebody waits before they have a seat.
    `provider` is chosen when the first person joins the call, and kept; `because` says why if it is not the usual one.
    `provider_id` is Chime's id of its `generation`-th meeting for this one: a meeting there ends when it is left alone,
    and is made anew. Meetings of rooms have a `circle`, which follows who is in the call.
    """

    id: str
    kind: MeetingKind
    of: str
    opened_at: datetime
    host_ids: tuple[str, ...] = ()
    version: int = 0
    seats: tuple[Seat, ...] = ()
    joins: int = 0
    provider: Provider | None = None
    because: Because | None = None
    provider_id: str = ""
    generation: int = 0
    notice: Notice | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    ended_because: Ending | None = None
    circle: Circle | None = None

    def seat_of(self, person_id: str) -> Seat | None:
        """Somebody's seat."""
        return next((seat for seat in self.seats if seat.person_id == person_id), None)

    def seat(self, seat_id: str) -> Seat:
        """A seat by its id. Raises NotFound."""
        found = next((seat for seat in self.seats if seat.id == seat_id), None)
        if found is None:
            raise NotFound
        return found

    def require_open(self) -> None:
        """Raises MeetingEnded."""
        if self.ended_at:
            raise MeetingEnded

    @property
    def person_ids(self) -> frozenset[str]:
        """Everybody whom a change of the meeting concerns."""
        return frozenset({*self.host_ids, *(seat.person_id for seat in self.seats)})

    @property
    def have_met(self) -> bool:
        """Whether a host and somebody else have been in the call."""
        return {True, False} <= {seat.role.hosts for seat in self.seats if seat.joined_at}

    def seated(self, seat: Seat) -> "Meeting":
        """With this seat in place of the one its person had, if any."""
        others = tuple(other for other in self.seats if other.person_id != seat.person_id)
        return self._with_seats((*others, seat))

    def held(self, person_id: str, device: str) -> Seat:
        """The seat of somebody whose page `device` holds it. Raises NotFound, MeetingEnded, SeatMoved."""
        seat = self.seat_of(person_id)
        if seat is None:
            raise NotFound
        self.require_open()
        if seat.device != device:
            raise SeatMoved
        return seat

    def joined(self, seat: Seat, provider: Provider | None, now: datetime) -> "Meeting":
        """With `seat` in the call: it is the newest there, and offers the others its connection.

        Raises NotAdmitted, Declined, RemovedFromMeeting, and MeetingFull for a circle that is one already.
        """
        seat.require_admitted()
        if self.circle and len(self.circle.here) >= MOST_IN_CIRCLE:
            raise MeetingFull(f"Up to {MOST_IN_CIRCLE} people can be in a circle together.")
        number = self.joins + 1
        after = self.seated(replace(seat, number=number, joined_at=seat.joined_at or now, left_at=None))
        together = sum(other.in_call for other in after.seats) > 1
        return replace(
            after,
            joins=number,
            provider=self.provider or provider,
            started_at=self.started_at or (now if together else None),
        )

    def left(self, seat: Seat, now: datetime) -> "Meeting":
        """Without `seat` in the call. It stays theirs."""
        return self.seated(replace(seat, number=0, left_at=now))

    def emptied(self, now: datetime) -> "Meeting":
        """Without anybody in the call."""
        after = self
        for seat in self.seats:
            if seat.in_call:
                after = after.left(seat, now)
        return after

    def hung_up(self) -> "Meeting":
        """Without Chime's meeting, if nobody is in the call."""
        if not self.provider_id or any(seat.in_call for seat in self.seats):
            return self
        return self.without_call()

    def without_call(self) -> "Meeting":
        """Without Chime's meeting. The next has another number, or it would be the old one."""
        return self._changed(provider_id="", generation=self.generation + 1)

    def decided(self, seat: Seat, status: SeatStatus) -> "Meeting":
        """With another answer to whether `seat` may come in. Who may not is not in the call either."""
        number = seat.number if status is SeatStatus.ADMITTED else 0
        return self.seated(replace(seat, status=status, number=number))

    def noticed(self, minutes: int, now: datetime) -> "Meeting":
        """With word from the counselor that it takes them about so many more minutes."""
        return self._changed(notice=Notice(now, now + timedelta(minutes=minutes)))

    def over(self, because: Ending, now: datetime) -> "Meeting":
        """Ended, for everybody."""
        seats = tuple(replace(seat, number=0, left_at=now if seat.in_call else seat.left_at) for seat in self.seats)
        return replace(self._with_seats(seats), ended_at=now, ended_because=because)

    def has_out(self, seat: Seat) -> bool:
        """Whether somebody stepped out of the circle and has not come back."""
        return self.circle is not None and self.circle.is_out(seat.id)

    def circled(self, circle: Circle) -> "Meeting":
        """With its circle as it has become."""
        return self if circle == self.circle else self._changed(circle=circle)

    def attended(self, now: datetime, *, by_facilitator: bool) -> "Meeting":
        """Having noted whether a facilitator is there. A circle without one is over after a while."""
        if self.circle is None:
            return self
        after = self.circled(self.circle.attended(now, by_facilitator=by_facilitator))
        ends_at = after.circle.ends_at if after.circle else None
        return after.over(Ending.FACILITATOR_GONE, now) if ends_at and now >= ends_at else after

    def _with_seats(self, seats: tuple[Seat, ...]) -> "Meeting":
        """With these seats; a circle goes on among those in the call."""
        circle = self.circle
        if circle:
            here = sorted((seat.number, seat.id) for seat in seats if seat.in_call)
            out = {seat.id for seat in seats if seat.status is not SeatStatus.ADMITTED}
            circle = circle.among([seat_id for _, seat_id in here], out)
        return self._changed(seats=seats, circle=circle)

    def _changed(self, **what: object) -> "Meeting":
        return replace(self, version=self.version + 1, **what)  # type: ignore[arg-type]
