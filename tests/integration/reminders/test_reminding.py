"""From a booking to what somebody reads: each thing once, at its time, and nothing that no longer holds."""

from datetime import timedelta
from typing import Any

import pytest

from shared.reminders.channel import Channel, Delivery, SendLater
from tests.support import practice
from tests.support.cast import Client, StaffMember
from tests.support.reminding import Letterbox, Reminding
from tests.support.site import Site

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
NINE = practice.NINE
EMAIL, PUSH, SMS = Channel.EMAIL, Channel.PUSH, Channel.SMS


@pytest.fixture
def reminding(site: Site, tom: StaffMember) -> Reminding:
    practice.opens(tom)
    return Reminding(site, {EMAIL: Letterbox(), PUSH: Letterbox(), SMS: Letterbox()})


@pytest.fixture
def booked(reminding: Reminding, alice: Client, tom: StaffMember) -> dict[str, Any]:
    with reminding.happens():
        return practice.book(alice, tom)


def titles(reminding: Reminding, channel: Channel, who: Client | StaffMember) -> list[str]:
    return [title for title, _ in reminding.told(channel, who.id)]


def test_a_booking_is_told_to_both_and_the_client_is_reminded_a_day_and_a_quarter_of_an_hour_before(
    reminding: Reminding, booked: dict[str, Any], alice: Client, tom: StaffMember
) -> None:
    reminding.pass_until(NINE + HOUR)

    reminders = [("Reminder", NINE - DAY), ("Reminder", NINE - 15 * MINUTE)]
    assert reminding.told(PUSH, alice.id) == reminders
    # What she did herself is written to her, and buzzes nowhere.
    assert [title for title, _ in reminding.told(EMAIL, alice.id)] == ["It's planned", "Reminder", "Reminder"]
    assert titles(reminding, PUSH, tom) == ["It's planned", "Reminder"]
    assert reminding.schedules.planned == {}


def test_a_reminder_leads_to_joining_and_names_nobody(
    reminding: Reminding, booked: dict[str, Any], alice: Client
) -> None:
    reminding.pass_until(NINE)
    texts = [text for who, text, _ in reminding.letterboxes[PUSH].taken if who == alice.id]
    assert {text.link for text in texts} == {f"/appointments/{booked['id']}/meet"}
    assert not any("Tom" in text.title + text.body for text in texts)


def test_a_moved_appointment_is_told_anew_and_its_old_time_is_silent(
    reminding: Reminding, booked: dict[str, Any], alice: Client, tom: StaffMember
) -> None:
    with reminding.happens():
        assert practice.move(alice, booked, NINE + DAY + 2 * HOUR).status == 200

    reminding.pass_until(NINE + 2 * DAY)

    start = NINE + DAY + 2 * HOUR
    assert reminding.told(PUSH, alice.id) == [("Reminder", start - DAY), ("Reminder", start - 15 * MINUTE)]
    assert titles(reminding, PUSH, tom) == ["It's planned", "A new time", "Reminder"]


def test_of_a_cancelled_appointment_nobody_is_reminded(
    reminding: Reminding, booked: dict[str, Any], alice: Client, tom: StaffMember
) -> None:
    with reminding.happens():
        assert practice.call_off(tom, booked).status == 200

    reminding.pass_until(NINE + HOUR)

    assert titles(reminding, PUSH, alice) == ["It's off"]
    assert titles(reminding, PUSH, tom) == ["It's planned"]


def test_a_missed_appointment_gets_a_kind_note_and_no_word_to_the_counselor(
    reminding: Reminding, booked: dict[str, Any], alice: Client, tom: StaffMember
) -> None:
    reminding.pass_until(NINE + HOUR)
    with reminding.happens():
        assert practice.noshow(tom, booked).status == 200
    assert titles(reminding, PUSH, alice)[-1] == "Another time?"
    assert "Another time?" not in titles(reminding, PUSH, tom)


def test_records_that_come_twice_and_out_of_order_tell_nothing_twice_and_nothing_that_no_longer_holds(
    reminding: Reminding, alice: Client, tom: StaffMember
) -> None:
    with reminding.recorded():
        booked = practice.book(alice, tom)
    with reminding.recorded():
        moved = practice.move(alice, booked, NINE + 2 * HOUR).json
    with reminding.recorded():
        assert practice.call_off(tom, moved).status == 200
    records = reminding.stream.records
    reminding.stream.records = [*reversed(records), *records, *records]
    reminding.follow()
    reminding.work()
    reminding.pass_until(NINE + DAY)

    assert titles(reminding, PUSH, alice) == ["It's off"]
    assert titles(reminding, PUSH, tom) == []


def test_a_schedule_that_fires_twice_or_hours_late_reminds_once(
    reminding: Reminding, booked: dict[str, Any], alice: Client
) -> None:
    events = [reminding.schedules.fire(name) for name in list(reminding.schedules.planned)]
    early = [reminding.run(event) for event in events]
    assert early == [False] * len(events)

    reminding.site.clock.now = NINE - DAY + 3 * HOUR
    for event in events * 2:
        reminding.run(event)
    reminding.site.clock.now = NINE - 5 * MINUTE
    for event in events * 2:
        reminding.run(event)
    reminding.site.clock.now = NINE + MINUTE
    for event in events:
        reminding.run(event)

    assert [at for _, at in reminding.told(PUSH, alice.id)] == [NINE - DAY + 3 * HOUR, NINE - 5 * MINUTE]


def test_what_was_lost_the_sweep_makes_good(reminding: Reminding, alice: Client, tom: StaffMember) -> None:
    practice.book(alice, tom)  # nobody reads the stream

    reminding.pass_by(NINE - DAY, NINE)

    told = reminding.told(PUSH, alice.id)
    assert [(title, at) for title, at in told] == [("Reminder", NINE - DAY), ("Reminder", NINE - 15 * MINUTE)]
    assert titles(reminding, EMAIL, alice).count("It's planned") == 1
    assert titles(reminding, PUSH, tom) == ["It's planned", "Reminder"]


def test_a_busy_channel_is_tried_again_and_the_others_are_not_sent_twice(
    reminding: Reminding, booked: dict[str, Any], alice: Client
) -> None:
    reminding.pass_until(NINE - DAY - MINUTE)
    reminding.letterboxes[EMAIL].busy = True
    (name,) = [n for n in reminding.schedules.planned if reminding.schedules.due(n) == NINE - DAY]
    event = reminding.schedules.fire(name)
    reminding.site.clock.now = NINE - DAY
    for _ in range(2):
        with pytest.raises(SendLater):
            reminding.run(event)

    reminding.letterboxes[EMAIL].busy = False
    reminding.site.clock.advance(15 * MINUTE)
    assert reminding.sweep() == 1
    assert reminding.sweep() == 0

    for channel in (EMAIL, PUSH, SMS):
        assert titles(reminding, channel, alice).count("Reminder") == 1


def test_what_waited_until_it_was_over_is_given_up(
    reminding: Reminding, booked: dict[str, Any], alice: Client, site: Site
) -> None:
    reminding.letterboxes[EMAIL].busy = True
    due = NINE - 15 * MINUTE
    (name,) = [
        n
        for n in reminding.schedules.planned
        if reminding.schedules.due(n) == due and alice.id in str(reminding.schedules.planned[n])
    ]
    event = reminding.schedules.fire(name)
    site.clock.now = due
    with pytest.raises(SendLater):
        reminding.run(event)
    site.clock.now = NINE + HOUR
    reminding.letterboxes[EMAIL].busy = False
    reminding.sweep()

    assert "Reminder" not in titles(reminding, EMAIL, alice)
    (notice,) = [n for n in reminding.following.notices.of_person(alice.id, site.clock()) if n.at == due]
    assert notice.deliveries[EMAIL] is Delivery.FAILED
    assert reminding.following.notices.unsent() == []


def test_without_any_channel_the_notice_waits_in_the_app(
    reminding: Reminding, alice: Client, tom: StaffMember, site: Site
) -> None:
    for letterbox in reminding.letterboxes.values():
        letterbox.has_address = False
    with reminding.happens():
        practice.book(alice, tom)
    reminding.pass_until(NINE)

    kinds = [notice.kind for notice in reminding.following.notices.of_person(alice.id, site.clock())]
    assert kinds == ["reminder", "reminder", "booked"]
    assert [box.taken for box in reminding.letterboxes.values()] == [[], [], []]


def test_wherever_the_process_dies_each_thing_is_told_once_and_nothing_is_lost(
    reminding: Reminding, alice: Client, tom: StaffMember, site: Site
) -> None:
    """Planning and telling, crashed at every call to AWS; Lambda comes again, and the sweep comes by."""
    for number, point in enumerate(site.crashes.here_and_there()):
        start = NINE + number // 6 * DAY + number % 6 * HOUR
        with reminding.recorded():
            booked = practice.book(alice, tom, start)
        records = list(reminding.stream.records)
        events: list[Any] = []
        with point:
            reminding.follow()
            while reminding.invocations.waiting:
                events = list(reminding.invocations.waiting)
                reminding.work()
        reminding.send_events()
        site.clock.advance(MINUTE)
        # A stream's record and an invocation that failed come again.
        reminding.stream.records = records
        reminding.invocations.waiting += events
        reminding.follow()
        reminding.work()
        site.clock.advance(15 * MINUTE)
        reminding.sweep()

        assert titles(reminding, EMAIL, alice).count("It's planned") == 1, str(point)
        assert titles(reminding, PUSH, tom).count("It's planned") == 1, str(point)
        assert titles(reminding, SMS, tom).count("It's planned") <= 1, str(point)
        due = sorted(reminding.schedules.due(name) for name in reminding.schedules.planned)
        looks = [start + 5 * MINUTE, start + 50 * MINUTE]
        assert due == [start - DAY, start - 15 * MINUTE, start - 15 * MINUTE, *looks], str(point)
        assert reminding.following.notices.unsent() == []
        for letterbox in reminding.letterboxes.values():
            letterbox.taken.clear()
        reminding.schedules.planned.clear()
        with reminding.recorded():
            practice.cancel(alice, booked)
        reminding.stream.records.clear()
