"""Who came to an appointment and who did not: what the two are told, and what becomes of it. Never from a guess."""

from datetime import timedelta
from typing import Any

import pytest

from shared.appointments.model import SYSTEM
from shared.reminders.attendance import END as FINISH
from shared.reminders.attendance import LOOK, START
from shared.reminders.channel import Channel
from shared.reminders.errand import Errand
from tests.support import practice
from tests.support.cast import Client, StaffMember
from tests.support.meeting import Attending
from tests.support.reminding import Letterbox, Reminding
from tests.support.site import Site

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
NINE, END = practice.NINE, practice.NINE + 50 * MINUTE
LATER, BEGUN, MISSED, SORRY = "A little later", "It has begun", "Another time?", "We are sorry"


class Meeting:
    """Alice's appointment with Tom at nine, the pages of the two, and what becomes of it."""

    def __init__(self, site: Site, alice: Client, tom: StaffMember) -> None:
        practice.opens(tom)
        self.site, self.alice, self.tom = site, alice, tom
        self.reminding = Reminding(site, {Channel.PUSH: Letterbox()})
        self.book(NINE)

    def book(self, start: Any, **other: Any) -> None:
        with self.reminding.happens():
            self.booked = practice.book(self.alice, self.tom, start, **other)
        self.client = Attending(self.alice, self.booked["id"])
        self.counselor = Attending(self.tom, self.booked["id"])

    def comes(self, who: Attending, at: Any, until: Any = None) -> None:
        """Somebody's page is open from `at`, as long as until `until`."""
        self.passes(at)
        with self.reminding.happens():
            assert who.arrives().status == 201
        if until:
            self.stays(who, until)

    def stays(self, *who: Any) -> None:
        """Their pages keep their seats until the instant that is last."""
        *pages, until = who
        self.passes(until)
        with self.reminding.happens():
            for page in pages:
                assert page.keeps().status == 200

    def passes(self, at: Any) -> None:
        with self.reminding.recorded():
            self.reminding.pass_until(at)
        self.reminding.follow()
        self.reminding.work()

    @property
    def status(self) -> str:
        return str(self.shown["status"])

    @property
    def shown(self) -> dict[str, Any]:
        answer = self.alice.browser.get(f"/api/appointments/{self.booked['id']}")
        assert answer.status == 200
        shown: dict[str, Any] = answer.json
        return shown

    def told(self, who: Client | StaffMember) -> list[str]:
        """What they were told, but for what is told of any appointment."""
        titles = [title for title, _ in self.reminding.told(Channel.PUSH, who.id)]
        return [title for title in titles if title not in ("Reminder", "It's planned")]


@pytest.fixture
def meeting(site: Site, alice: Client, tom: StaffMember) -> Meeting:
    return Meeting(site, alice, tom)


def test_a_client_who_waits_hears_after_five_minutes_that_it_begins_later(meeting: Meeting) -> None:
    meeting.comes(meeting.client, NINE - 5 * MINUTE, NINE + 4 * MINUTE)
    assert meeting.told(meeting.alice) == []

    meeting.passes(NINE + 6 * MINUTE)

    assert meeting.told(meeting.alice) == [LATER]
    assert meeting.told(meeting.tom) == []


def test_a_client_who_is_not_there_hears_that_there_is_still_time(meeting: Meeting) -> None:
    meeting.comes(meeting.counselor, NINE - MINUTE)
    meeting.stays(meeting.counselor, NINE + 5 * MINUTE - timedelta(seconds=30))
    meeting.passes(NINE + 6 * MINUTE)

    assert meeting.told(meeting.alice) == [BEGUN]


def test_where_both_are_there_or_nobody_is_nobody_is_told_anything(meeting: Meeting) -> None:
    meeting.passes(NINE + 2 * HOUR)
    assert (meeting.told(meeting.alice), meeting.told(meeting.tom), meeting.status) == ([], [], "booked")

    start = NINE + 2 * DAY
    meeting.book(start)
    meeting.comes(meeting.counselor, start - MINUTE)
    meeting.comes(meeting.client, start + MINUTE)
    meeting.stays(meeting.counselor, meeting.client, start + 5 * MINUTE - timedelta(seconds=30))
    meeting.passes(start + 20 * MINUTE)
    assert (meeting.told(meeting.alice), meeting.told(meeting.tom)) == ([], [])


def test_who_never_came_while_the_counselor_waited_has_missed_it_and_is_told_kindly(meeting: Meeting) -> None:
    meeting.comes(meeting.counselor, NINE, NINE + 15 * MINUTE)
    meeting.passes(END - MINUTE)
    assert meeting.status == "booked"

    meeting.passes(END + MINUTE)

    assert meeting.status == "noshow"
    assert meeting.told(meeting.alice)[-1] == MISSED
    assert meeting.told(meeting.tom) == []
    (link,) = [text.link for _, text, _ in meeting.reminding.letterboxes[Channel.PUSH].taken if text.title == MISSED]
    assert link == f"/appointments/{meeting.booked['id']}"


def test_a_client_who_came_at_the_last_minute_has_not_missed_it(meeting: Meeting) -> None:
    meeting.comes(meeting.counselor, NINE, NINE + 15 * MINUTE)
    meeting.comes(meeting.client, END - MINUTE)
    meeting.passes(END + DAY)
    assert meeting.status == "arrived"
    assert MISSED not in meeting.told(meeting.alice)


@pytest.mark.parametrize("what", ["ended early", "looked in before", "came for a moment"])
def test_what_the_counselor_cannot_have_seen_is_not_decided(meeting: Meeting, what: str) -> None:
    if what == "looked in before":
        meeting.comes(meeting.counselor, NINE - 50 * MINUTE)
        meeting.counselor.leaves()
    else:
        meeting.comes(meeting.counselor, NINE + MINUTE)
    if what == "ended early":
        meeting.stays(meeting.counselor, NINE + 20 * MINUTE)
        assert meeting.counselor.hosts("end").status == 200
    meeting.passes(END + HOUR)
    meeting.reminding.sweep()
    assert meeting.status == "booked"


def test_a_client_who_writes_instead_of_coming_has_not_missed_it(meeting: Meeting) -> None:
    meeting.comes(meeting.counselor, NINE + MINUTE, NINE + 6 * MINUTE)
    room = meeting.alice.browser.post(f"/api/appointments/{meeting.booked['id']}/room", {})
    assert room.status == 201, room.text
    said = {"text": "My camera does not work, can we write?"}
    assert meeting.alice.browser.post(f"/api/rooms/{room.json['id']}/messages", said).status == 201
    meeting.passes(END + MINUTE)
    assert meeting.status == "booked"


def test_a_client_whom_nobody_met_is_told_sorry_and_the_counselor_that_they_were_awaited(meeting: Meeting) -> None:
    meeting.comes(meeting.client, NINE - MINUTE, NINE + 20 * MINUTE)
    meeting.passes(END + MINUTE)

    shown = meeting.shown
    assert (shown["status"], shown["cancelled_by"], shown["cancel_reason"]) == ("cancelled", "counselor", None)
    assert meeting.told(meeting.alice) == [LATER, SORRY]
    assert meeting.told(meeting.tom) == ["You were awaited"]


def test_while_the_client_still_waits_after_the_end_nothing_is_called_off(meeting: Meeting) -> None:
    meeting.comes(meeting.client, NINE, END - timedelta(seconds=10))
    meeting.passes(END + timedelta(seconds=20))
    assert meeting.status == "arrived"

    meeting.site.clock.now = END + 15 * MINUTE
    with meeting.reminding.happens():
        meeting.reminding.sweep()
    assert meeting.status == "cancelled"


def test_of_what_was_moved_or_called_off_nothing_is_told_or_decided(meeting: Meeting) -> None:
    early = [meeting.reminding.schedules.fire(name) for name in looks(meeting)]
    with meeting.reminding.happens():
        moved = practice.move(meeting.alice, meeting.booked, NINE + DAY).json
    meeting.passes(END + MINUTE)
    assert [meeting.reminding.run(event) for event in early] == [False, False]
    with meeting.reminding.happens():
        assert practice.call_off(meeting.tom, moved).status == 200
    before = meeting.told(meeting.alice)
    meeting.passes(END + 2 * DAY)
    assert (meeting.told(meeting.alice), meeting.status) == (before, "cancelled")


def test_looks_that_come_twice_late_and_out_of_order_do_all_once(meeting: Meeting) -> None:
    events = [meeting.reminding.schedules.fire(name) for name in looks(meeting)]
    meeting.comes(meeting.counselor, NINE)
    meeting.stays(meeting.counselor, NINE + 6 * MINUTE)
    with meeting.reminding.happens():
        for event in [*reversed(events), *events]:
            meeting.reminding.run(event)
    assert meeting.told(meeting.alice) == [BEGUN]

    meeting.passes(END + 3 * HOUR)
    with meeting.reminding.happens():
        for event in [*reversed(events), *events]:
            meeting.reminding.run(event)
    assert (meeting.told(meeting.alice), meeting.status) == ([BEGUN, MISSED], "noshow")


def test_lost_looks_the_sweep_makes_good_and_asks_for_no_more_when_it_is_decided(meeting: Meeting) -> None:
    meeting.reminding.schedules.planned.clear()
    meeting.comes(meeting.counselor, NINE, NINE + 7 * MINUTE)
    with meeting.reminding.happens():
        meeting.reminding.sweep()
    assert meeting.told(meeting.alice)[-1] == BEGUN

    meeting.reminding.schedules.planned.clear()
    meeting.site.clock.now = END + 10 * MINUTE
    with meeting.reminding.happens():
        meeting.reminding.sweep()
    assert (meeting.told(meeting.alice)[-1], meeting.status) == (MISSED, "noshow")
    assert meeting.reminding.sweep() == 0


def test_a_counselor_who_notes_it_at_the_same_moment_is_not_overruled(meeting: Meeting) -> None:
    (look,) = [name for name in looks(meeting) if meeting.reminding.schedules.due(name) == END]
    event = meeting.reminding.schedules.fire(look)
    meeting.comes(meeting.counselor, NINE, NINE + 7 * MINUTE)
    meeting.site.clock.now = END
    with meeting.reminding.happens():
        assert practice.noshow(meeting.tom, meeting.booked).status == 200
    with meeting.reminding.happens():
        meeting.reminding.run(event)
    assert meeting.told(meeting.alice).count(MISSED) == 1
    assert changed_by(meeting) == meeting.tom.id


def test_wherever_a_look_dies_the_next_does_it_once(meeting: Meeting, alice: Client, tom: StaffMember) -> None:
    clock, reminding = meeting.site.clock, meeting.reminding
    for number, point in enumerate(meeting.site.crashes.here_and_there()):
        start = NINE + (number // 6 + 1) * DAY + number % 6 * HOUR
        clock.now = start - 2 * DAY
        meeting.booked = practice.book(alice, tom, start)
        begun, over = (Errand(LOOK, meeting.booked["id"], what=what).told() for what in (START, FINISH))
        counselor = Attending(tom, meeting.booked["id"])
        clock.now = start + 5 * MINUTE
        assert counselor.arrives().status == 201
        reminding.letterboxes[Channel.PUSH].taken.clear()
        with point:
            reminding.run(begun)
            clock.now = start + HOUR
            reminding.run(over)
        if clock() < start + HOUR:  # Lambda comes again after a minute
            clock.now += MINUTE
            assert counselor.keeps().status == 200
            reminding.run(begun)
        clock.now = start + HOUR + MINUTE
        reminding.run(over)

        assert (meeting.status, changed_by(meeting)) == ("noshow", SYSTEM), str(point)
        assert meeting.told(alice) == [BEGUN], str(point)
        assert reminding.following.notices.unsent() == [], str(point)


def looks(meeting: Meeting) -> list[str]:
    return sorted(name for name in meeting.reminding.schedules.planned if name.startswith("look-"))


def changed_by(meeting: Meeting) -> str:
    found = meeting.reminding.following.store.find(meeting.booked["id"])
    assert found is not None
    return found.changed_by
