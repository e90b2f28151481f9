"""Any order of booking, moving, cancelling, blocking and time passing, held against a model on paper.

The model knows only who has which stretch of time. After every step, what DynamoDB keeps must say the same.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test

from shared.appointments.model import Appointment
from shared.errors import Refusal
from shared.people.model import Principal
from tests.support import calendars
from tests.support.dynamodb_local import create_tables, delete_tables
from tests.support.house import House

MINUTE, QUARTER, HOUR = timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=1)
EVENING = datetime(2027, 3, 1, 21, tzinfo=UTC)  # midnight is on the grid of both counselors


@dataclass
class Paper:
    """One appointment or block, as somebody with pencil and paper keeps it."""

    counselor: int
    client: int | None
    start: datetime
    end: datetime
    buffer: int
    booked_at: datetime
    change_until: datetime | None = None
    status: str = "booked"
    seen: Appointment | None = None

    def has(self, *, counselor: int | None = None, client: int | None = None) -> set[int]:
        """The quarters, counted from 1970, that it takes from this person."""
        if self.status == "cancelled":
            return set()
        if counselor is not None and self.counselor == counselor:
            return quarters(self.start, self.end + self.buffer * MINUTE)
        if client is not None and self.client == client:
            return quarters(self.start, self.end)
        return set()


def quarters(start: datetime, end: datetime) -> set[int]:
    """The quarters that any minute of a stretch lies in."""
    return {int((start + n * MINUTE).timestamp()) // 900 for n in range(int((end - start) / MINUTE))}


class Booking(RuleBasedStateMachine):
    """Three clients, two counselors, one night and the morning after it."""

    dynamodb: Any = None
    held = Bundle("held")
    lengths = ((45, 15), (30, 15))  # buffers that take quarters of their own

    def __init__(self) -> None:
        super().__init__()
        self.tables = create_tables(self.dynamodb)
        self.house = House(self.dynamodb, self.tables)
        self.counselors = [self.house.counselor(length=length, buffer=buffer) for length, buffer in self.lengths]
        self.clients = [self.house.client() for _ in range(3)]
        self.papers: list[Paper] = []

    def teardown(self) -> None:
        """Give the tables' memory back."""
        delete_tables(self.dynamodb, self.tables)

    @rule(target=held, client=st.integers(0, 2), counselor=st.integers(0, 1), place=st.integers(-1, 11))
    def book(self, client: int, counselor: int, place: int) -> Any:
        wanted = self._paper(counselor, client, self._start(counselor, place))
        expected = self._refusal_of(wanted)
        done = self._try(expected, self.house.book, self.clients[client], self.counselors[counselor], wanted.start)
        if done is None:
            return multiple()
        wanted.seen = done
        self.papers.append(wanted)
        return wanted

    @rule(paper=held, place=st.integers(-1, 11), other=st.booleans())
    def move(self, paper: Paper, place: int, other: bool) -> None:
        """As its client, or as somebody else."""
        if paper.client is None:
            return
        start = self._start(paper.counselor, place)
        after = replace(paper, start=start, end=start + (paper.end - paper.start))
        expected = self._change_refused(paper, other=other) or self._refusal_of(after, instead_of=paper)
        caller = self.clients[(paper.client + other) % 3]
        done = self._try(expected, self.house.move, caller, paper.seen, start)
        if done:
            paper.seen, paper.start, paper.end = done, after.start, after.end
            notice = paper.start - 24 * HOUR
            paper.change_until = max(notice, min(paper.booked_at + HOUR, paper.start))

    @rule(paper=held, other=st.booleans())
    def cancel(self, paper: Paper, other: bool) -> None:
        """As its client, or as somebody else."""
        if paper.client is None:
            return
        caller = self.clients[(paper.client + other) % 3]
        done = self._try(self._change_refused(paper, other=other), self.house.cancel, caller, paper.seen)
        if done:
            paper.seen, paper.status = done, "cancelled"

    @rule(paper=held, other=st.booleans())
    def call_off(self, paper: Paper, other: bool) -> None:
        """As its counselor, or as another."""
        if paper.client is None:
            return
        expected = "not_found" if other else "changed_meanwhile" if paper.status != "booked" else ""
        expected = expected or ("too_late" if self._now >= paper.end else "")
        done = self._try(expected, self.house.cancel, self.counselors[(paper.counselor + other) % 2], paper.seen)
        if done:
            paper.seen, paper.status = done, "cancelled"

    @rule(paper=held)
    def noshow(self, paper: Paper) -> None:
        if paper.client is None:
            return
        expected = "changed_meanwhile" if paper.status != "booked" else "not_started" if self._now < paper.start else ""
        done = self._try(expected, self.house.noshow, self.counselors[paper.counselor], paper.seen)
        if done:
            paper.seen, paper.status = done, "noshow"

    @rule(target=held, counselor=st.integers(0, 1), start=st.integers(0, 60), length=st.integers(1, 12))
    def block(self, counselor: int, start: int, length: int) -> Any:
        begins = EVENING + start * 10 * MINUTE
        ends = begins + length * 20 * MINUTE
        paper = Paper(counselor, None, begins, ends, 0, self._now)
        taken = self._counselor_taken(counselor)
        expected = "invalid" if ends <= self._now else "slot_taken" if paper.has(counselor=counselor) & taken else ""
        done = self._try(expected, self.house.block, self.counselors[counselor], begins, ends - begins)
        if done is None:
            return multiple()
        paper.seen = done
        self.papers.append(paper)
        return paper

    @rule(paper=held, other=st.booleans())
    def unblock(self, paper: Paper, other: bool) -> None:
        """As the counselor who blocked it, or as another."""
        if paper.client is not None or paper.seen is None:
            return
        expected = "not_found" if other or paper.status == "cancelled" else ""
        caller = self.counselors[(paper.counselor + other) % 2]
        if self._try(expected, self._unblock, caller, paper.seen.id):
            paper.status = "cancelled"

    @rule(minutes=st.integers(1, 120))
    def time_passes(self, minutes: int) -> None:
        self.house.clock.advance(minutes * MINUTE)

    @invariant()
    def what_is_taken_is_what_is_booked_or_blocked(self) -> None:
        items = self.house.items()
        assert calendars.faults(items) == []
        kept = {(item["id"], item["start"], item["status"]) for item in calendars.appointments(items)}
        assert kept == {(p.seen.id, _text(p.start), p.status) for p in self.papers if p.client is not None and p.seen}
        blocked = {item["id"] for item in calendars.blocks(items)}
        assert blocked == {p.seen.id for p in self.papers if p.client is None and p.seen and p.status == "booked"}

    @property
    def _now(self) -> datetime:
        return self.house.clock()

    def _start(self, counselor: int, place: int) -> datetime:
        """A time on offer; place -1 is one that is not."""
        return EVENING + (place * (sum(self.lengths[counselor]) * MINUTE) if place >= 0 else 7 * MINUTE)

    def _paper(self, counselor: int, client: int, start: datetime) -> Paper:
        length, buffer = self.lengths[counselor]
        until = max(start - 24 * HOUR, min(self._now + HOUR, start))
        return Paper(counselor, client, start, start + length * MINUTE, buffer, self._now, until)

    def _refusal_of(self, wanted: Paper, instead_of: Paper | None = None) -> str:
        """What stands against taking this time; empty if nothing does."""
        if wanted.start <= self._now or (wanted.start - EVENING) == 7 * MINUTE:
            return "slot_not_offered"
        rest = [paper for paper in self.papers if paper is not instead_of]
        if wanted.has(counselor=wanted.counselor) & self._counselor_taken(wanted.counselor, rest):
            return "slot_taken"
        mine = set().union(*(paper.has(client=wanted.client) for paper in rest if paper.client is not None))
        return "already_booked_then" if wanted.has(client=wanted.client) & mine else ""

    def _counselor_taken(self, counselor: int, papers: list[Paper] | None = None) -> set[int]:
        return set().union(*(paper.has(counselor=counselor) for paper in (self.papers if papers is None else papers)))

    def _change_refused(self, paper: Paper, *, other: bool) -> str:
        if other:
            return "not_found"
        if paper.status != "booked":
            return "changed_meanwhile"
        return "too_late" if paper.change_until and self._now >= paper.change_until else ""

    def _unblock(self, counselor: Principal, block_id: str) -> bool:
        self.house.unblock(counselor, block_id)
        return True

    def _try(self, expected: str, change: Any, *arguments: Any) -> Any:
        """What the change comes to; None if it is refused, which has to be for the reason expected."""
        try:
            done = change(*arguments)
        except Refusal as refused:
            assert refused.code == expected, f"{change.__name__}: {refused.code}, not {expected or 'done'}"
            return None
        assert not expected, f"{change.__name__}: done, not {expected}"
        return done


def _text(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_whatever_people_do_and_in_whatever_order_the_calendars_agree_with_paper(dynamodb: Any) -> None:
    machine = type("Booking", (Booking,), {"dynamodb": dynamodb})
    steady = settings(max_examples=15, stateful_step_count=25, suppress_health_check=list(HealthCheck))

    run_state_machine_as_test(machine, settings=steady)
