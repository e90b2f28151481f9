"""What follows from appointments, under a virtual clock: the stream, `changes`, Scheduler, Lambda, `remind`.

The functions are the product's own. Scheduler and Lambda are played as strictly as AWS plays them, and can be told to
lose, double or delay what they carry.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import boto3

from functions.changes import app as changes
from functions.changes.app import ChangesApp
from functions.following import following, gatherings_ahead
from functions.remind import app as remind
from functions.remind.app import RemindApp
from functions.waitlist_app import offering
from shared.audit import Audit
from shared.reminders.channel import Channel, Delivery, NoticeText, SendLater
from shared.reminders.following import Following
from shared.reminders.gathering_subject import GatheringsAhead
from shared.reminders.notice_store import AlreadyTold
from shared.reminders.posting import RemindPost
from shared.schedules import Schedules
from shared.tables import Table, commit
from tests.support import scheduler
from tests.support.crash import Crash
from tests.support.scheduler import Scheduler
from tests.support.service_model import AwsWouldRefuse, Guard
from tests.support.site import Site
from tests.support.stream import Stream

REMIND = "arn:aws:lambda:us-east-1:123456789012:function:Hearthline-Remind"
Event = dict[str, Any]


class _Http(NamedTuple):
    status_code: int


@dataclass
class Invocations:
    """Lambda's queue of asynchronous invocations of `remind`."""

    guard: Guard
    waiting: list[Event] = field(default_factory=list)

    def client(self) -> Any:
        """A client as boto3 makes it, whose calls end here."""
        made = boto3.client("lambda", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
        self.guard.watch(made)
        made.meta.events.register_last("before-call", self._answer)
        return made

    def _answer(self, model: Any, params: dict[str, Any], **_: Any) -> tuple[_Http, dict[str, Any]]:
        asked = (model.name, params["headers"].get("X-Amz-Invocation-Type"))
        if asked != ("Invoke", "Event") or "Hearthline-Remind" not in params["url_path"]:
            raise AwsWouldRefuse(f"{asked} at {params['url_path']}: the role does not allow it")
        if len(params["body"]) > 256 * 1024:
            raise AwsWouldRefuse("an event of more than 256 kB")
        self.waiting.append(json.loads(params["body"]))
        return _Http(202), {"StatusCode": 202}


@dataclass
class Letterbox:
    """A channel that keeps what it is handed. It can be out of use, busy, or gone."""

    has_address: bool = True
    busy: bool = False
    says: Delivery = Delivery.SENT
    taken: list[tuple[str, NoticeText, datetime]] = field(default_factory=list)

    def usable(self, person_id: str) -> bool:
        """Whether there is an address."""
        return self.has_address

    def send(self, person_id: str, text: NoticeText, now: datetime) -> Delivery:
        """Keep the notice."""
        if self.busy:
            raise SendLater
        self.taken.append((person_id, text, now))
        return self.says


@dataclass
class Reminding:
    """The functions that see to reminders, and the time that wakes them."""

    site: Site
    letterboxes: dict[Channel, Letterbox] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stream = Stream(self.site)
        self.schedules = Scheduler(self.site.clock, self.site.guard, target=REMIND)
        self.invocations = Invocations(self.site.guard)
        scheduling, functions = self.schedules.client(), self.invocations.client()
        for client in (scheduling, functions):
            self.site.crashes.watch(client)
        self.post = RemindPost(
            Schedules(scheduling, scheduler.GROUP, REMIND, scheduler.ROLE, scheduler.FAILURES), functions
        )
        people, appointments = self._table("people"), self._table("appointments")
        self.following: Following = following(people, appointments, self.post)
        audit = Audit(self._table("audit"), days=365)
        self.changes = ChangesApp(audit, self.following, offering(appointments), self.site.clock)
        self.remind = RemindApp(people, appointments, self._table("rooms"), self.letterboxes, clock=self.site.clock)

    @contextmanager
    def happens(self) -> Iterator[None]:
        """What is done inside reaches `changes`, and what is due at once is told."""
        with self.recorded():
            yield
        self.settle()

    def settle(self) -> None:
        """`changes` reads on until nothing follows any more: what it writes stands in the stream as well."""
        while self.stream.records:
            with self.recorded():
                self.follow()
                self.work()

    @contextmanager
    def recorded(self) -> Iterator[None]:
        """What is done inside stands in the stream, which nobody has read yet."""
        with self.stream.recording():
            yield

    def follow(self) -> None:
        """`changes` reads the stream to its end."""
        records, self.stream.records = self.stream.records, []
        answer = changes.serve(self.changes, {"Records": records})
        assert answer == {"batchItemFailures": []}

    def work(self) -> None:
        """Run what is waiting to be run at once."""
        while self.invocations.waiting:
            self.run(self.invocations.waiting.pop(0))

    def run(self, event: Event) -> bool:
        """One invocation of `remind`; whether it told anything."""
        return remind.serve(self.remind, event)["told"]

    def runs_or_crashes(self, event: Event) -> None:
        """One invocation, tried again by Lambda after one minute and two, as it does when the function fails."""
        for pause in (timedelta(minutes=1), timedelta(minutes=2), None):
            try:
                self.run(event)
            except (Crash, SendLater, Exception):
                if pause is None:
                    return
                self.site.clock.advance(pause)
            else:
                return

    def pass_until(self, end: datetime, *, swept: bool = False, lost: Callable[[str], bool] = lambda _: False) -> None:
        """Let time pass: schedules fire when they are due, but for those that are lost, and perhaps the sweep runs."""
        while True:
            due = sorted((self.schedules.due(name), name) for name in self.schedules.planned)
            if not due or due[0][0] > end:
                break
            at, name = due[0]
            self._reach(at, swept=swept)
            event = self.schedules.fire(name)
            if not lost(name):
                self.run(event)
            self.work()
        self._reach(end, swept=swept)

    def pass_by(self, *moments: datetime) -> None:
        """Let time pass, and the sweep come by, around these moments alone: two days of sweeps take long."""
        self.sweep()
        for moment in moments:
            self.site.clock.now = max(self.site.clock.now, moment - timedelta(minutes=30))
            self.pass_until(moment + timedelta(minutes=16), swept=True)

    def sweep(self) -> int:
        """What `sweep` does about reminders."""
        now = self.site.clock()
        sent = self.following.sweep(now) + self.dates.sweep(now)
        self.work()
        return sent

    def send_events(self) -> None:
        """Amazon SES tells of each mail it took, whatever became of whoever sent it."""
        notices = self.following.notices
        for person_id, text, _ in self.letterboxes[Channel.EMAIL].taken:
            with suppress(AlreadyTold):
                commit(notices.table.client, [notices.mark(person_id, text.id, Channel.EMAIL, Delivery.SENT)])

    @property
    def dates(self) -> GatheringsAhead:
        """The dates of groups, as one sweep sees them."""
        return gatherings_ahead(self._table("people"), self._table("appointments"), self._table("rooms"), self.post)

    def told(self, channel: Channel, person_id: str) -> list[tuple[str, datetime]]:
        """What one person was told on one channel: the titles, and when. A push replaces its double."""
        seen: dict[str, tuple[str, datetime]] = {}
        every = [(text, at) for who, text, at in self.letterboxes[channel].taken if who == person_id]
        if channel is Channel.PUSH:
            for text, at in every:
                seen.setdefault(text.id, (text.title, at))
            return list(seen.values())
        return [(text.title, at) for text, at in every]

    def _reach(self, at: datetime, *, swept: bool) -> None:
        quarter = timedelta(minutes=15)
        while swept and self.site.clock() + quarter <= at:
            self.site.clock.advance(quarter)
            self.sweep()
        self.site.clock.now = max(self.site.clock.now, at)

    def _table(self, name: str) -> Table:
        return Table(self.site.dynamodb, getattr(self.site.tables, name))
