"""A thousand appointments over two years, clients in every zone there is, while the cloud doubles, loses and delays.

Of all that wakes the functions (the stream's records, Scheduler's and Lambda's calls) one in ten comes twice, one in
twenty is lost and one in twenty comes late. The sweep comes by at quarters of an hour. In the end each reminder was
told exactly once, at its minute or with the next sweep, and none of what was called off or moved.

Sixty of them unless THOROUGH is set in the environment: the thousand take minutes.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from functions.changes import app as changes
from functions.remind import app as remind
from shared.appointments.availability import Availability
from shared.appointments.model import Appointment, AppointmentStatus, Mode
from shared.appointments.practice_store import PracticeStore
from shared.appointments.refusals import SlotTaken
from shared.appointments.store import AppointmentStore, day_changes
from shared.ids import derived_id
from shared.people.items import person_item
from shared.people.model import Kind, Person, Status
from shared.reminders.errand import Errand
from shared.reminders.news import REMINDER
from shared.reminders.preferences import Preferences, Quiet
from shared.reminders.timing import reminders_due
from shared.tables import Item, Table, Write, commit
from tests.support.reminding import Reminding
from tests.support.site import Site
from tests.support.zones import ALL_ZONES

FIRST_DAY = datetime(2027, 1, 4, tzinfo=UTC)
DAYS, COUNSELORS = 730, 4
APPOINTMENTS = 1000 if "THOROUGH" in os.environ else 60
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
QUARTER, LATE = 15 * MINUTE, 40 * MINUTE
CHOICES: tuple[tuple[int, ...], ...] = ((1440, 15), (60,), (2880, 180, 30), (10080, 1440, 120, 5), ())
QUIETS = (None, None, Quiet(22 * 60, 7 * 60), Quiet(0, 6 * 60 + 30), Quiet(13 * 60, 15 * 60))
Key = tuple[str, int]


@dataclass
class World:
    """Two years of the service: what happens, in order of time, and the cloud between."""

    reminding: Reminding
    random: Random
    events: list[tuple[datetime, int, str, Any]] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    chosen: dict[str, Preferences] = field(default_factory=dict)
    appointments: dict[str, Appointment] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=count)
    _planned: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.clock = self.reminding.site.clock
        self.table: Table = self.reminding.following.store.table
        self.store = AppointmentStore(self.table)
        self.counselors = [derived_id("counselor", str(number)) for number in range(COUNSELORS)]

    def settle_in(self) -> None:
        """Counselors with hours, and a client in each zone, of whom most have decided how to be reminded."""
        practices = PracticeStore(self.table)
        self._write([practices.set_availability(one, Availability("UTC", version=1)) for one in self.counselors])
        people = self.reminding.remind.people
        zones = [zone for zone in ALL_ZONES if zone not in ("localtime", "Factory")]
        for number, zone in enumerate(zones[:: max(1, len(zones) // APPOINTMENTS)]):
            person = Person(derived_id("client", zone), Kind.CLIENT, Status.ACTIVE, zone, "en", FIRST_DAY)
            usual = Preferences.usual(person.id, Kind.CLIENT)
            self.people.append(person)
            self.chosen[person.id] = usual
            self._write([people.put(person_item(person))])
            if number % 3:
                wanted = replace(usual, before=self.random.choice(CHOICES), quiet=self.random.choice(QUIETS), version=1)
                self.chosen[person.id] = replace(wanted, changed_at=FIRST_DAY)
                self._write([self.reminding.following.notices.decide(usual, wanted, FIRST_DAY)])

    def arrange(self) -> None:
        """When which appointment is booked, moved and cancelled."""
        for number in range(APPOINTMENTS):
            booked_at = FIRST_DAY + self.random.randrange(DAYS * 24 * 60) * MINUTE
            self.at(booked_at, "book", number)

    def live(self) -> None:
        """Let the two years pass."""
        while self.events:
            at, _, what, about = heappop(self.events)
            self.clock.now = max(self.clock.now, at)
            getattr(self, f"_{what}")(about)
            self._carry_on()

    def at(self, at: datetime, what: str, about: Any = None) -> None:
        heappush(self.events, (at, next(self._numbers), what, about))

    def carried(self, at: datetime, what: str, about: Any) -> None:
        """What the cloud carries: lost, late, twice, or as it should be. Where it fails, the next sweep counts."""
        fate = self.random.random()
        if fate < 0.10:
            self.at(_next_quarter(at), "sweep")
        if fate >= 0.05:
            self.at(at + LATE if fate < 0.10 else at, what, about)
        if fate >= 0.90:
            self.at(at + self.random.choice([timedelta(), MINUTE, 3 * HOUR]), what, about)

    def due(self, appointment: Appointment) -> dict[int, datetime]:
        zone = ZoneInfo(next(one.zone for one in self.people if one.id == appointment.client_id))
        return reminders_due(appointment.start, appointment.changed_at, self.chosen[appointment.client_id], zone)

    def _book(self, number: int) -> None:
        person = self.people[number % len(self.people)]
        appointment = Appointment(
            id=derived_id("appointment", str(number)),
            status=AppointmentStatus.BOOKED,
            mode=Mode.VIDEO,
            start=self._start(),
            end=self.clock(),
            zone=person.zone,
            client_id=person.id,
            counselor_id=self.random.choice(self.counselors),
            counselor_name="Tom",
            counselor_zone="UTC",
            buffer=10,
            change_notice=0,
            version=1,
            booked_at=self.clock(),
            changed_by=person.id,
            changed_at=self.clock(),
        )
        appointment = replace(appointment, end=appointment.start + 50 * MINUTE)
        if not self._changed(None, appointment):
            return self._book(number)
        later = self.clock() + self.random.random() * (appointment.start - self.clock())
        fate = self.random.random()
        if fate < 0.35:
            self.at(later.replace(microsecond=0), "cancel" if fate < 0.15 else "move", appointment.id)
        return None

    def _move(self, appointment_id: str) -> None:
        before = self.appointments[appointment_id]
        self._changed(before, before.moved(self._start(), before.client_id, before.version, self.clock()))

    def _cancel(self, appointment_id: str) -> None:
        before = self.appointments[appointment_id]
        by = self.random.choice([before.client_id, before.counselor_id])
        self._changed(before, before.cancelled(by, "", before.version, self.clock()))

    def _record(self, record: dict[str, Any]) -> None:
        assert changes.serve(self.reminding.changes, {"Records": [record]}) == {"batchItemFailures": []}

    def _run(self, event: dict[str, Any]) -> None:
        remind.serve(self.reminding.remind, event)

    def _schedule(self, name: str) -> None:
        if name in self._planned:
            self._planned.remove(name)
            self._run(self.reminding.schedules.fire(name))

    def _sweep(self, _: None) -> None:
        self.reminding.following.sweep(self.clock())

    def _start(self) -> datetime:
        ahead = self.random.randrange(30, 40 * 24 * 60) * MINUTE
        return _next_quarter(self.clock() + ahead)

    def _changed(self, before: Appointment | None, after: Appointment) -> bool:
        """Write a change, and let the stream tell of it. Whether the time was free."""
        gone = after.status is AppointmentStatus.CANCELLED
        old = (before.start, before.occupied_until) if before else None
        change = day_changes(old, None if gone else (after.start, after.occupied_until), unlist=not gone)
        days = self.store.change_days(after.counselor_id, "appointments", after.id, change, lambda _: SlotTaken())
        written = self.store.replace(before, after) if before else self.store.put_new(after)
        try:
            commit(self.table.client, [written, *days])
        except SlotTaken:
            return False
        self.appointments[after.id] = after
        images: Item = {"NewImage": written.request["Item"]}
        if before:
            images["OldImage"] = self.store.put_new(before).request["Item"]
        lost_before = len(self.events)
        self.carried(self.clock(), "record", {"dynamodb": {"SequenceNumber": "1", **images}})
        lost = not any(what == "record" for _, _, what, _ in self.events[lost_before:])
        for due in self.due(after).values() if lost and not gone else []:
            # Nobody has planned it: it is found by the sweep before its time, as each reminder would be.
            self.at(_next_quarter(due) - QUARTER, "sweep")
            self.at(_next_quarter(due), "sweep")
        return True

    def _carry_on(self) -> None:
        """Hand what was planned to the cloud."""
        waiting, self.reminding.invocations.waiting = self.reminding.invocations.waiting, []
        for event in waiting:
            self.carried(self.clock(), "run", event)
        schedules = self.reminding.schedules
        for name in schedules.planned.keys() - self._planned:
            self._planned.add(name)
            self.carried(schedules.due(name), "schedule", name)

    def _write(self, writes: list[Write]) -> None:
        for write in writes:
            commit(self.table.client, [write])


@pytest.fixture
def world(site: Site) -> World:
    world = World(Reminding(site), Random(20270104))
    world.clock.now = FIRST_DAY
    world.settle_in()
    return world


def test_each_reminder_is_told_exactly_once_and_none_that_no_longer_holds(world: World, site: Site) -> None:
    world.arrange()
    world.live()

    expected: dict[str, tuple[Appointment, datetime]] = {}
    excused: set[str] = set()
    for appointment in world.appointments.values():
        if appointment.status is not AppointmentStatus.BOOKED:
            continue
        dues = list(world.due(appointment).items())
        for (minutes, due), (_, nearer) in zip(dues, [*dues, (0, appointment.start)][1:], strict=True):
            errand = Errand(REMINDER, appointment.id, appointment.client_id, appointment.version, str(minutes))
            expected[errand.id] = (appointment, due)
            if nearer <= due + QUARTER:  # where it is lost, the nearer one takes its place
                excused.add(errand.id)
    told = {
        item["sk"]["S"].removeprefix("NOTICE#"): datetime.fromisoformat(item["at"]["S"])
        for item in site.items(site.tables.appointments)
        if item["pk"]["S"].startswith("NOTICES#") and item["kind"]["S"] == "reminder"
    }
    assert len(world.appointments) == APPOINTMENTS
    assert len(expected) > APPOINTMENTS
    assert expected.keys() - told.keys() - excused == set()
    for id_, at in told.items():
        # Of one that was moved or called off afterwards what was told before is true; of the others nothing else is.
        if id_ in expected:
            due = expected[id_][1]
            assert due - 90 * timedelta(seconds=1) <= at <= due + QUARTER
    assert {id_ for id_ in told if id_ not in expected} <= _true_when_told(world, told)


def _true_when_told(world: World, told: dict[str, datetime]) -> set[str]:
    """Reminders of a time that held when they were told, and was given up later."""
    ids = set()
    for appointment in world.appointments.values():
        for version in range(1, appointment.version):
            for minutes in world.chosen[appointment.client_id].before:
                errand = Errand(REMINDER, appointment.id, appointment.client_id, version, str(minutes))
                if errand.id in told and told[errand.id] <= appointment.changed_at:
                    ids.add(errand.id)
    return ids


def _next_quarter(at: datetime) -> datetime:
    seconds = int(QUARTER.total_seconds())
    return datetime.fromtimestamp(-(-int(at.timestamp()) // seconds) * seconds, UTC)
