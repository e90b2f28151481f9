"""Days in which many wait for different things and times come free, with a ledger kept beside: who comes first, by the
rule as people are told it, in other words than the list's own.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.appointments.offer import Offer
from shared.people.model import Principal
from tests.support.dynamodb_local import TableNames
from tests.support.line import Line

PEOPLE = 9
STEPS = 60
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# So far ahead that every offer is open for its whole two hours.
FIRST_TIME = datetime(2027, 3, 20, tzinfo=UTC)
MORNING = range(6, 12)


@dataclass
class Ledger:
    """Who waits since when and for what, what each holds, and what each was asked before."""

    since: dict[Principal, datetime] = field(default_factory=dict)
    counselor: dict[Principal, Principal | None] = field(default_factory=dict)
    mornings: dict[Principal, bool] = field(default_factory=dict)
    holding: dict[Principal, Offer] = field(default_factory=dict)
    asked: set[tuple[Principal, Principal, datetime]] = field(default_factory=set)

    def first_for(self, counselor: Principal, start: datetime, giver: Principal) -> Principal | None:
        """Whoever has waited longest of those it suits, holds nothing, did not give it back and was not asked yet."""
        suited = [
            person
            for person in self.since
            if person not in self.holding
            and person != giver
            and (person, counselor, start) not in self.asked
            and self.counselor[person] in (None, counselor)
            and (start.hour in MORNING or not self.mornings[person])
        ]
        return min(suited, key=lambda person: (self.since[person], person.id), default=None)


class Days:
    """What happens by the seeded luck of these days. `happened` counts it."""

    def __init__(self, line: Line, seed: int) -> None:
        self.line, self.luck, self.ledger = line, random.Random(seed), Ledger()
        self.counselors = [line.counselor(), line.counselor()]
        self.people = [line.client() for _ in range(PEOPLE)]
        self.givers: dict[tuple[str, datetime], Principal] = {}
        self.next_time = FIRST_TIME
        self.happened: Counter[str] = Counter()

    def one_thing_happens(self) -> None:
        """A little later, one of the things that people do, and what time itself ends."""
        self.line.clock.now += self.luck.randrange(1, 50) * MINUTE
        self._time_runs_out()
        deeds = [self.joins, self.leaves, self.time_comes_free, self.lets_go, self.takes]
        self.luck.choices(deeds, weights=[5, 1, 6, 2, 2])[0]()

    def joins(self) -> None:
        """Somebody begins to wait, for anything or for something."""
        if person := self._one_of([one for one in self.people if one not in self.ledger.since]):
            counselor, mornings = self.luck.choice([None, *self.counselors]), self.luck.random() < 0.3
            wanted: dict[str, Any] = {"parts": frozenset({"morning"})} if mornings else {}
            self.line.wait(person, **wanted, counselors=frozenset({counselor.id} if counselor else ()))
            self.ledger.since[person] = self.line.clock()
            self.ledger.counselor[person], self.ledger.mornings[person] = counselor, mornings
            self.happened["joined"] += 1

    def leaves(self) -> None:
        """Somebody does not want to wait any more; what they held goes on."""
        if person := self._one_of([*self.ledger.since]):
            self.line.leave(person)
            del self.ledger.since[person]
            self._goes_on(self.ledger.holding.pop(person, None), "left")

    def time_comes_free(self) -> None:
        """Somebody, who may wait as well, calls off what they had at an hour of its own."""
        counselor, giver, start = self.luck.choice(self.counselors), self.luck.choice(self.people), self.next_time
        self.next_time += HOUR
        self.givers[counselor.id, start] = giver
        freed = self.line.call_off(giver, self.line.book(giver, counselor, start))
        made = self.line.freed(freed)
        first = self.ledger.first_for(counselor, start, giver)
        assert [offer.client_id for offer in made] == ([first.id] if first else [])
        self._holds(first, counselor, start)
        self.happened["freed"] += 1

    def lets_go(self) -> None:
        """Somebody does not want what is held for them, and keeps their place."""
        if person := self._one_of([*self.ledger.holding]):
            offer = self.ledger.holding.pop(person)
            self.line.decline(person, offer)
            self._goes_on(offer, "let go")

    def takes(self) -> None:
        """Somebody takes what is held for them. If they want another time, they begin anew."""
        if person := self._one_of([*self.ledger.holding]):
            self.line.take(person, self.ledger.holding.pop(person))
            del self.ledger.since[person]
            self.happened["taken"] += 1

    def _time_runs_out(self) -> None:
        over = [one for one in self.ledger.holding.items() if one[1].until <= self.line.clock()]
        for person, offer in sorted(over, key=lambda one: (one[1].until, one[1].id)):
            self.line.pass_on(offer)
            del self.ledger.holding[person]
            self._goes_on(offer, "ran out")

    def _goes_on(self, offer: Offer | None, how: str) -> None:
        if offer is None:
            return
        counselor = next(one for one in self.counselors if one.id == offer.counselor_id)
        giver = self.givers[counselor.id, offer.start]
        self._holds(self.ledger.first_for(counselor, offer.start, giver), counselor, offer.start)
        self.happened[how] += 1

    def _holds(self, person: Principal | None, counselor: Principal, start: datetime) -> None:
        if person is None:
            return
        held = self.line.held_for(person)
        assert held
        assert (held.counselor_id, held.start) == (counselor.id, start)
        self.ledger.holding[person] = held
        self.ledger.asked.add((person, counselor, start))

    def _one_of(self, people: list[Principal]) -> Principal | None:
        return self.luck.choice(people) if people else None


def test_every_time_goes_to_whoever_has_waited_longest_and_it_suits_and_to_nobody_twice(
    dynamodb: Any, tables: TableNames
) -> None:
    line = Line(dynamodb, tables)
    days = Days(line, seed=9)
    for _ in range(STEPS):
        days.one_thing_happens()
        held = {person: offer for person in days.people if (offer := line.held_for(person))}
        assert held == days.ledger.holding
    assert line.faults() == []
    assert all(days.happened[what] for what in ("joined", "left", "freed", "let go", "taken", "ran out")), days.happened
