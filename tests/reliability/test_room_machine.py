"""Any order of posting, changing, moderating, coming, going and losing frames, held against a model on paper.

Whoever may read has, after catching up, every number once and in order, and sees what the paper says they see.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from functions.log_views import PageView
from shared.errors import Refusal
from shared.people.model import Principal
from shared.rooms.decisions import Step
from shared.rooms.log import Reaction
from shared.rooms.model import member_id_of
from tests.support import roombook
from tests.support.circle import Circle
from tests.support.dynamodb_local import create_tables, delete_tables, raw_items

SECONDS, MINUTE = timedelta(seconds=7), timedelta(minutes=1)
WAITS = "how many pills"
MEMBERS = 3
who = st.integers(0, MEMBERS - 1)
which = st.integers(0, 40)


@dataclass
class Paper:
    """A message, as somebody with pencil and paper keeps it. `held` says it has waited at some
    time; `sent` are the words it first came with."""

    seq: int
    author: int
    words: str
    posted_at: datetime
    state: str
    held: bool
    key: str = ""
    sent: str = ""
    after: int = 0
    replaces: int = 0

    def shown_to(self, reader: int) -> str | None:
        """The words that a reader sees; None for nothing at all. Maya is reader -1."""
        if self.state == "approved" or (self.held and reader not in (self.author, -1)):
            return None
        return "" if self.state in {"withdrawn", "redacted"} else self.words


@dataclass
class Page:
    """What an open page knows: everything up to `seen`, in order, and what it would show."""

    seen: int = 0
    shown: dict[int, str | None] = field(default_factory=dict)
    connection: str = ""
    frames_read: int = 0

    def take(self, entry: dict[str, Any]) -> None:
        """The next entry; another one is of no use yet, or known."""
        if entry["seq"] != self.seen + 1:
            return
        self.seen += 1
        if entry["kind"] == "change":
            self.shown[entry["of"]] = entry["message"].get("text")
            self.shown[entry["seq"]] = None
        else:
            self.shown[entry["seq"]] = entry.get("text")
            if entry.get("replaces"):
                self.shown[entry["replaces"]] = None


class Talking(RuleBasedStateMachine):
    """Three members, Maya, one group."""

    dynamodb: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.tables = create_tables(self.dynamodb)
        self.circle = Circle(self.dynamodb, self.tables)
        self.room = self.circle.room()
        self.people = [self.circle.member(self.room) for _ in range(MEMBERS)]
        self.standing = ["joined"] * MEMBERS
        self.pages = [Page(connection=self.circle.open_page(person, self.room)) for person in self.people]
        self.mayas = Page()
        self.papers: list[Paper] = []
        self.tail = self.fresh = 0
        self.unsaid: set[str] = set()

    def teardown(self) -> None:
        """Everybody catches up. Then the tables' memory is given back."""
        try:
            for reader, (page, person) in enumerate(zip(self.pages, self.people, strict=True)):
                if self.standing[reader] == "joined":
                    self._catch_up(person, page, 3 + reader)
                    self._agrees(reader, page)
            self._catch_up(self.circle.maya, self.mayas, 100)
            self._agrees(-1, self.mayas)
            kept = str(self.circle.items()) + str(raw_items(self.dynamodb, self.tables.people))
            assert [words for words in self.unsaid if words in kept] == []
        finally:
            delete_tables(self.dynamodb, self.tables)

    @rule(author=who, waits=st.booleans())
    def post(self, author: int, waits: bool) -> None:
        self._post(author, waits)

    @rule(author=who, rival=who, waits=st.booleans())
    def post_while_another_is_faster(self, author: int, rival: int, waits: bool) -> None:
        with self._in_between(lambda: self._post(rival, False)):
            self._post(author, waits)

    @rule(author=who)
    def post_twice_at_once(self, author: int) -> None:
        """The second overtakes the first, and both are told of the same message."""
        if self.standing[author] != "joined":
            return
        key, words = self._fresh(author)
        first: list[int] = []
        again = lambda: first.append(self.circle.post(self.people[author], self.room, words, key).message.seq)  # noqa: E731
        with self._in_between(again):
            seq = self.circle.post(self.people[author], self.room, words, key).message.seq
        assert first == [seq]
        self._said(Paper(seq, author, words, self.circle.clock(), "posted", False, key, words))

    @precondition(lambda self: self.papers)
    @rule(pick=which)
    def post_again(self, pick: int) -> None:
        """Late, and after newer ones: nothing happens a second time."""
        paper = self._paper(pick)
        if not paper.key:
            return
        again = self._try(
            self._barred(paper.author),
            lambda: self.circle.post(self.people[paper.author], self.room, paper.sent, paper.key, after=paper.after),
        )
        if again:
            stands = next((p for p in self.papers if p.replaces == paper.seq), paper)
            assert (again.message.seq, again.entry) == (stands.seq, None)

    @precondition(lambda self: self.papers)
    @rule(pick=which, other=st.booleans(), waits=st.booleans())
    def edit(self, pick: int, other: bool, waits: bool) -> None:
        paper = self._paper(pick)
        actor = (paper.author + other) % MEMBERS
        _, words = self._fresh(actor, waits)
        expected = self._barred(actor) or ("not_found" if other else self._unchangeable(paper, 15 * MINUTE))
        if self._try(expected, lambda: self.circle.edit(self.people[actor], self.room, paper.seq, words)):
            self.tail += 1
            paper.words, paper.held = words, paper.held or waits
            paper.state = "held" if paper.held else "posted"

    @precondition(lambda self: self.papers)
    @rule(pick=which)
    def withdraw(self, pick: int) -> None:
        paper = self._paper(pick)
        again = paper.state == "withdrawn"
        expected = self._barred(paper.author) or ("" if again else self._unchangeable(paper, timedelta(days=1)))
        author = self.people[paper.author]
        if self._try(expected, lambda: self.circle.withdraw(author, self.room, paper.seq)) and not again:
            self.tail += 1
            paper.state = "withdrawn"
            self.unsaid.add(paper.words)

    @precondition(lambda self: self.papers)
    @rule(pick=which, reader=who, kinds=st.sets(st.sampled_from(Reaction), max_size=2))
    def react(self, pick: int, reader: int, kinds: set[Reaction]) -> None:
        paper = self._paper(pick)
        expected = self._barred(reader) or ("not_found" if paper.shown_to(reader) is None else "")
        expected = expected or ("" if paper.state == "posted" else "conflict")
        before = self.circle.app.log.find(self.room, paper.seq)
        after = self._try(expected, lambda: self.circle.react(self.people[reader], self.room, paper.seq, *kinds))
        self.tail += bool(after and after != before)

    @precondition(lambda self: self.papers)
    @rule(pick=which)
    def redact(self, pick: int) -> None:
        paper = self._paper(pick)
        expected = "" if paper.state == "posted" else "already_decided"
        if self._try(expected, lambda: self._done(self.circle.redact(self.room, paper.seq))):
            self.tail += 1
            paper.state = "redacted"
            self.unsaid.add(paper.words)

    @precondition(lambda self: any(paper.state == "held" for paper in self.papers))
    @rule(pick=which, approve=st.booleans())
    def settle(self, pick: int, approve: bool) -> None:
        waiting = [paper for paper in self.papers if paper.state == "held"]
        paper = waiting[pick % len(waiting)]
        (item,) = (item for item in self.circle.waiting(self.room) if item.seq == paper.seq)
        self.circle.settle(self.room, item, "approve" if approve else "decline")
        self.tail += 1
        paper.state = "approved" if approve else "declined"
        if approve:
            again = Paper(self.tail, paper.author, paper.words, self.circle.clock(), "posted", False)
            self.papers.append(replace(again, replaces=paper.seq))

    @rule(person=who, step=st.sampled_from([Step.REMOVE, Step.SUSPEND, Step.LIFT]))
    def decide(self, person: int, step: Step) -> None:
        now = self.standing[person]
        expected = "already_decided" if now == "removed" and step is not Step.LIFT else ""
        if not self._try(expected, lambda: self.circle.decide(self.people[person], self.room, step)):
            return
        if step is Step.REMOVE:
            self.standing[person] = "removed"
        elif step is Step.SUSPEND:
            self.standing[person] = "suspended" if now in {"joined", "suspended"} else "left, suspended"
        else:
            self.standing[person] = "joined" if now in {"joined", "suspended"} else "left"
        self._closed(person)

    @rule(person=who)
    def leave(self, person: int) -> None:
        there = self.standing[person] in {"joined", "suspended"}
        leave = lambda: self._done(self.circle.leave(self.people[person], self.room))  # noqa: E731
        if self._try("" if there else "not_a_member", leave):
            self.standing[person] = {"joined": "left", "suspended": "left, suspended"}[self.standing[person]]
            self._closed(person)

    @rule(person=who)
    def join(self, person: int) -> None:
        now = self.standing[person]
        expected = {"removed": "removed", "joined": "already_a_member", "suspended": "already_a_member"}.get(now, "")
        if self._try(expected, lambda: self.circle.join(self.people[person], self.room)):
            self.standing[person] = "suspended" if now == "left, suspended" else "joined"

    @rule(person=who)
    def connect(self, person: int) -> None:
        if self.standing[person] == "joined":
            self.disconnect(person)  # a browser that opens a new socket ends the old one
            page = self.pages[person]
            page.connection, page.frames_read = self.circle.open_page(self.people[person], self.room), 0

    @rule(person=who)
    def disconnect(self, person: int) -> None:
        page = self.pages[person]
        if page.connection:
            self.circle.app.connections.close(page.connection)
            page.connection = ""

    @rule()
    def all_frames_arrive(self) -> None:
        for page in self.pages:
            self._arrive(page, set(), backwards=False)

    @rule(person=who, lost=st.sets(st.integers(0, 5)), backwards=st.booleans())
    def frames_arrive(self, person: int, lost: set[int], backwards: bool) -> None:
        """Some are lost, and they come in any order: API Gateway promises none."""
        self._arrive(self.pages[person], lost, backwards=backwards)

    def _arrive(self, page: Page, lost: set[int], *, backwards: bool) -> None:
        frames = self.circle.sockets.of(page.connection)[page.frames_read :] if page.connection else []
        page.frames_read += len(frames)
        for number, frame in enumerate(reversed(frames) if backwards else frames):
            if number not in lost and frame["type"] == "entry":
                page.take(frame["entry"])

    @rule(person=who, limit=st.integers(1, 7))
    def pull(self, person: int, limit: int) -> None:
        expected = self._barred(person)
        self._try(expected, lambda: self._pull(self.people[person], self.pages[person], limit))

    @rule(minutes=st.integers(1, 9))
    def time_passes(self, minutes: int) -> None:
        self.circle.clock.advance(minutes * MINUTE)

    @invariant()
    def the_table_agrees_with_itself_and_with_paper(self) -> None:
        items = self.circle.items()
        assert roombook.faults(items) == []
        log = roombook.log_of(items, self.room)
        assert len(log) == self.tail
        kept = {entry["seq"]: (entry["state"], entry.get("text", "")) for entry in log if "of" not in entry}
        wordless = {"withdrawn", "redacted", "approved"}
        assert kept == {p.seq: (p.state, "" if p.state in wordless else p.words) for p in self.papers}

    @invariant()
    def nothing_reaches_those_who_are_not_there(self) -> None:
        for person, page in enumerate(self.pages):
            if page.connection == "" and self.standing[person] != "joined":
                watching = self.circle.app.connections.watching(self.room, self.circle.clock())
                member_id = member_id_of(self.room, self.people[person].id)
                assert member_id not in {watcher.member_id for watcher in watching}

    def _post(self, author: int, waits: bool) -> None:
        key, words = self._fresh(author, waits)
        after = self.pages[author].seen
        posted = self._try(
            self._barred(author), lambda: self.circle.post(self.people[author], self.room, words, key, after=after)
        )
        if posted:
            assert (posted.message.text, posted.message.held_for is not None) == (words, waits)
            state = "held" if waits else "posted"
            self._said(Paper(posted.message.seq, author, words, self.circle.clock(), state, waits, key, words, after))

    def _said(self, paper: Paper) -> None:
        self.tail += 1
        assert paper.seq == self.tail
        self.papers.append(paper)

    def _fresh(self, author: int, waits: bool = False) -> tuple[str, str]:
        """A key, and words that nobody has used. Seven seconds pass: that is a pace anybody may have."""
        self.circle.clock.advance(SECONDS)
        self.fresh += 1
        word = "".join("bcdfghjklm"[int(digit)] for digit in f"{self.fresh:03}")  # a number might be a telephone's
        return f"key-{author}-{word}", f"word{word} {WAITS}" if waits else f"word{word}"

    def _paper(self, pick: int) -> Paper:
        return self.papers[pick % len(self.papers)]

    def _barred(self, person: int) -> str:
        """The code with which somebody who may not read is refused."""
        codes = {"removed": "removed", "suspended": "suspended", "left": "not_a_member", "joined": ""}
        return codes.get(self.standing[person], "not_a_member")

    def _unchangeable(self, paper: Paper, within: timedelta) -> str:
        if paper.state == "approved":
            return "not_found"
        late = self.circle.clock() >= paper.posted_at + within
        return "too_late" if late or paper.state not in {"posted", "held"} else ""

    def _closed(self, person: int) -> None:
        if self.standing[person] != "joined":
            self.pages[person].connection = ""

    @contextmanager
    def _in_between(self, act: Callable[[], object]) -> Iterator[None]:
        """Do something just before the next transaction is sent."""
        acts = [act]

        def before(**_: Any) -> None:
            if acts:
                acts.pop()()

        events = self.dynamodb.meta.events
        events.register("before-call.dynamodb.TransactWriteItems", before)
        try:
            yield
        finally:
            events.unregister("before-call.dynamodb.TransactWriteItems", before)

    def _pull(self, person: Principal, page: Page, limit: int) -> PageView:
        found = PageView.of(self.circle.page(person, self.room, after=page.seen, limit=limit), self.circle.clock())
        assert [entry.seq for entry in found.entries] == list(range(page.seen + 1, page.seen + 1 + len(found.entries)))
        assert found.tail == self.tail
        for entry in found.entries:
            page.take(entry.model_dump(mode="json"))
        assert found.more == (page.seen < self.tail)
        return found

    def _catch_up(self, person: Principal, page: Page, limit: int) -> None:
        while self._pull(person, page, limit).more:
            continue
        assert page.seen == self.tail

    def _agrees(self, reader: int, page: Page) -> None:
        shown = {seq: words for seq, words in page.shown.items() if words is not None}
        assert shown == {p.seq: words for p in self.papers if (words := p.shown_to(reader)) is not None}
        assert [words for words in self.unsaid if words in str(shown)] == []

    def _done(self, _nothing: None) -> bool:
        return True

    def _try(self, expected: str, act: Callable[[], Any]) -> Any:
        """What it comes to; None if it is refused, which has to be for the reason expected."""
        try:
            done = act()
        except Refusal as refused:
            assert refused.code == expected, f"{refused.code}, not {expected or 'done'}"
            return None
        assert not expected, f"done, not {expected}"
        return done


def test_whatever_people_do_and_in_whatever_order_everybody_sees_the_same(dynamodb: Any) -> None:
    machine = type("Talking", (Talking,), {"dynamodb": dynamodb})
    steady = settings(
        max_examples=8,
        stateful_step_count=30,
        suppress_health_check=list(HealthCheck),
    )

    run_state_machine_as_test(machine, settings=steady)
