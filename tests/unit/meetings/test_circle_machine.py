"""Whatever a dozen people do in a circle, in whatever order, what holds of it holds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from functions.circle_views import CircleView
from shared.appointments.model import Mode
from shared.errors import Refusal
from shared.meetings.circle import MOST_IN_CIRCLE, Circle
from shared.meetings.circling import _ABOUT_ONESELF, Move, _moved
from shared.meetings.model import Ending, Meeting, MeetingKind
from shared.meetings.seat import Seat, SeatRole, SeatStatus

PEOPLE = [f"{number:032x}" for number in range(15)]
SOMEBODY = st.sampled_from(PEOPLE)
MAYA = PEOPLE[0]


def test_every_move_is_known() -> None:
    assert set(_ABOUT_ONESELF) == set(Move)


class Circles(RuleBasedStateMachine):
    """Maya and others. A seat's id is its person's here."""

    @initialize()
    def open(self) -> None:
        self.now = datetime(2027, 3, 1, 19, tzinfo=UTC)
        self.meeting = Meeting("m" * 32, MeetingKind.CIRCLE, "room", self.now, (MAYA,), circle=Circle())
        self.arrive(MAYA)

    @property
    def circle(self) -> Circle:
        assert self.meeting.circle
        return self.meeting.circle

    @rule(minutes=st.integers(0, 3))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(who=SOMEBODY)
    def arrive(self, who: str) -> None:
        there = self.meeting.seat_of(who)
        if there and there.status in (SeatStatus.REMOVED, SeatStatus.ADMITTED):
            return
        role = SeatRole.FACILITATOR if who == MAYA else SeatRole.MEMBER
        status = SeatStatus.ADMITTED if role.hosts else SeatStatus.WAITING
        self.meeting = self.meeting.seated(Seat(who, who, role, who, status, "", Mode.AUDIO, self.now))

    @rule(who=SOMEBODY, status=st.sampled_from([SeatStatus.ADMITTED, SeatStatus.ADMITTED, SeatStatus.REMOVED]))
    def decide(self, who: str, status: SeatStatus) -> None:
        there = self.meeting.seat_of(who)
        if there and not there.role.hosts and there.status is not SeatStatus.REMOVED:
            self.meeting = self.meeting.decided(there, status)

    @rule(who=SOMEBODY)
    def join(self, who: str) -> None:
        there = self.meeting.seat_of(who)
        if there and not there.in_call and not self.meeting.has_out(there):
            self._try(lambda: self.meeting.joined(there, None, self.now))

    @rule(who=SOMEBODY)
    def leave(self, who: str) -> None:
        there = self.meeting.seat_of(who)
        if there:
            self.meeting = self.meeting.left(there, self.now)

    @rule(who=SOMEBODY)
    def take_another_device(self, who: str) -> None:
        there = self.meeting.seat_of(who)
        if there:
            self.meeting = self.meeting.seated(replace(there, device="another", number=0))

    @rule(who=SOMEBODY, move=st.sampled_from(Move))
    def move(self, who: str, move: Move) -> None:
        there = self.meeting.seat_of(who)
        if there:
            self._try(lambda: _moved(self.meeting, there, move, self.now))

    @rule(who=st.one_of(st.just(""), SOMEBODY))
    def give(self, who: str) -> None:
        self._try(lambda: self.meeting.circled(self.circle.give_turn(who, self.now)))

    @rule(data=st.data())
    def reorder(self, data: st.DataObject) -> None:
        order = data.draw(st.permutations(self.circle.here))
        self.meeting = self.meeting.circled(self.circle.reorder(order))

    @rule(seconds=st.integers(0, 600))
    def time(self, seconds: int) -> None:
        self.meeting = self.meeting.circled(self.circle.set_timer(seconds, self.now))

    @rule(there=st.booleans())
    @precondition(lambda self: not self.meeting.ended_at)
    def attend(self, there: bool) -> None:
        self.meeting = self.meeting.attended(self.now, by_facilitator=there)

    @invariant()
    def the_order_is_of_those_who_were_in_the_call_each_once(self) -> None:
        in_call = {seat.id for seat in self.meeting.seats if seat.in_call}
        assert len(set(self.circle.order)) == len(self.circle.order)
        assert set(self.circle.here) == in_call
        assert len(in_call) <= MOST_IN_CIRCLE

    @invariant()
    def whoever_speaks_or_asks_to_is_in_the_call(self) -> None:
        circle = self.circle
        assert {circle.speaker, circle.next} - {""} <= set(circle.here)
        assert {*circle.hands, *circle.passed} <= set(circle.here)
        assert not set(circle.hands) & {circle.speaker, *circle.passed}
        assert circle.speaker or circle.turn_ends_at is None

    @invariant()
    def whoever_stepped_out_is_not_in_the_call(self) -> None:
        assert not {care.seat_id for care in self.circle.stepped_out} & set(self.circle.here)

    @invariant()
    def nobody_but_a_facilitator_learns_who_is_not_okay(self) -> None:
        for seat in self.meeting.seats:
            view = CircleView.of(self.circle, seat.id, inside=True, hosts=seat.role.hosts)
            told = {care.seat for care in (*view.not_okay, *view.following_up)}
            assert seat.role.hosts or told <= {seat.id}

    @invariant()
    def facilitators_learn_of_everybody_who_is_not_okay(self) -> None:
        view = CircleView.of(self.circle, MAYA, inside=True, hosts=True)
        assert {care.seat for care in view.not_okay} == {care.seat_id for care in self.circle.not_okay}

    @invariant()
    def without_a_facilitator_it_is_over_when_it_was_to_be(self) -> None:
        over = self.meeting.ended_because is Ending.FACILITATOR_GONE
        assert not over or (self.circle.ends_at and self.now >= self.circle.ends_at)

    def _try(self, do: object) -> None:
        before = self.meeting
        try:
            self.meeting = do()  # type: ignore[operator]
        except Refusal:
            assert self.meeting is before


Circles.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestCircles = Circles.TestCase
