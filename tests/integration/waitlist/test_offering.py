"""A time that came free goes round the waiting list: to whom, and what may come in between."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.appointments.model import Mode
from shared.appointments.offer import OfferStatus
from shared.appointments.refusals import (
    AlreadyBookedThen,
    ModeNotOffered,
    OfferOver,
    SlotNotOffered,
    SlotTaken,
    TimeHeld,
)
from shared.appointments.slots import PartOfDay
from shared.appointments.wish import LASTS
from shared.errors import Invalid, NotFound
from shared.people.model import Principal
from shared.tables import commit
from tests.support.dynamodb_local import TableNames
from tests.support.line import Line

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NINE = datetime(2027, 3, 3, 9, tzinfo=UTC)


@pytest.fixture
def line(dynamodb: Any, tables: TableNames) -> Line:
    return Line(dynamodb, tables)


@pytest.fixture
def tom(line: Line) -> Principal:
    return line.counselor()


@pytest.fixture
def alice(line: Line) -> Principal:
    return line.client()


@pytest.fixture
def ben(line: Line) -> Principal:
    return line.client()


def test_a_time_given_back_is_held_for_whoever_waited_longest(line: Line, tom: Principal, alice: Principal) -> None:
    first, second = line.waiting(2)
    booked = line.book(alice, tom, NINE)

    (offer,) = line.freed(line.call_off(alice, booked))

    assert line.held_for(first) == offer
    assert line.held_for(second) is None
    assert (offer.counselor_id, offer.counselor_name, offer.start, offer.end) == (
        tom.id,
        "Tom",
        NINE,
        NINE + 45 * MINUTE,
    )
    assert (offer.modes, offer.until) == ({Mode.VIDEO}, line.clock() + 2 * HOUR)
    assert line.faults() == []
    with pytest.raises(SlotTaken):
        line.book(alice, tom, NINE)
    with pytest.raises(TimeHeld) as held:
        line.block(tom, NINE - HOUR / 2, HOUR)
    assert held.value.extra == {"held_until": "2027-03-01T14:00:02Z"}


def test_the_old_time_of_an_appointment_that_was_moved_is_offered_as_well(
    line: Line, tom: Principal, alice: Principal
) -> None:
    (first,) = line.waiting(1)
    booked = line.book(alice, tom, NINE)

    line.freed(line.shift(alice, booked, NINE + HOUR))

    held = line.held_for(first)
    assert held
    assert held.start == NINE
    assert line.faults() == []


def test_taking_it_makes_an_appointment_and_ends_the_waiting(line: Line, tom: Principal, alice: Principal) -> None:
    (first,) = line.waiting(1)
    (offer,) = line.freed(line.call_off(alice, line.book(alice, tom, NINE)))

    taken = line.take(first, offer)

    assert (taken.client_id, taken.counselor_id, taken.start, taken.mode) == (first.id, tom.id, NINE, Mode.VIDEO)
    assert line.appointments.upcoming(first, line.clock()) == [taken]
    assert line.waitlist.mine(first, line.clock()) is None
    assert line.held_for(first) is None
    kept = line.waitlist.offer(first, offer.id)
    assert (kept.status, kept.appointment_id) == (OfferStatus.TAKEN, taken.id)
    assert line.faults() == []
    with pytest.raises(OfferOver):
        line.take(first, offer)
    with pytest.raises(OfferOver):
        line.decline(first, offer)


@pytest.mark.parametrize("how", ["declined", "left", "lapsed", "lapsed and swept"])
def test_what_one_does_not_take_goes_to_the_next_and_in_the_end_to_everybody(
    how: str, line: Line, tom: Principal, alice: Principal
) -> None:
    first, second = line.waiting(2)
    line.freed(line.call_off(alice, line.book(alice, tom, NINE)))

    for now, then in ((first, second), (second, None)):
        offer = line.held_for(now)
        assert offer
        if how == "declined":
            line.decline(now, offer)
        elif how == "left":
            line.leave(now)
        else:
            line.clock.advance(2 * HOUR)
            line.pass_on(offer) if how == "lapsed" else line.sweep()
        assert line.held_for(now) is None
        held = line.held_for(then) if then else None
        assert held is None or held.start == NINE
        assert bool(held) is bool(then)
        assert line.faults() == []
        with pytest.raises(OfferOver):
            line.take(now, offer)

    assert bool(line.waitlist.mine(first, line.clock())) is (how != "left")
    assert line.book(alice, tom, NINE).start == NINE
    assert line.faults() == []


def test_nobody_is_offered_two_times_at_once_nor_one_time_twice(line: Line, tom: Principal, alice: Principal) -> None:
    first, second = line.waiting(2)
    nine, ten, eleven = (line.book(alice, tom, NINE + n * HOUR) for n in range(3))

    line.freed(line.call_off(alice, nine))
    freed = line.call_off(alice, ten)
    line.freed(freed)

    for_first, for_second = line.held_for(first), line.held_for(second)
    assert for_first
    assert for_second
    assert (for_first.start, for_second.start) == (NINE, NINE + HOUR)
    assert line.freed(line.call_off(alice, eleven)) == []

    line.decline(second, for_second)
    assert line.freed(freed) == []  # the same news again: first has a time already, second let this one go
    line.decline(first, for_first)
    assert [offer.client_id for offer in line.freed(freed)] == [first.id]
    assert line.faults() == []


def test_what_was_offered_before_is_offered_to_others_only(line: Line, tom: Principal, alice: Principal) -> None:
    first, second = line.waiting(2)
    (offer,) = line.freed(line.call_off(alice, line.book(alice, tom, NINE)))
    taken = line.take(first, offer)
    line.wait(first)

    line.freed(line.call_off(first, taken))

    assert line.held_for(first) is None
    assert line.held_for(second)


def test_whoever_gave_it_back_is_not_offered_it_however_far_it_goes(line: Line, tom: Principal) -> None:
    first, second = line.waiting(2)
    (offer,) = line.freed(line.call_off(first, line.book(first, tom, NINE)))
    assert offer.client_id == second.id

    line.decline(second, offer)

    assert line.held_for(first) is None
    assert line.faults() == []


def test_what_a_counselor_calls_off_is_offered_to_nobody(line: Line, tom: Principal, alice: Principal) -> None:
    line.waiting(1)

    assert line.call_off(tom, line.book(alice, tom, NINE)) is None


def test_it_goes_to_the_first_whom_it_fits(line: Line, tom: Principal, alice: Principal, ben: Principal) -> None:
    eve = line.counselor()
    for wanted in (
        {"counselors": frozenset({eve.id})},
        {"languages": frozenset({"ar"})},
        {"parts": frozenset({PartOfDay.EVENING})},
        {"weekdays": frozenset({1})},
    ):
        line.wait(line.client(), **wanted)
    busy, asleep = line.waiting(2)
    line.book(busy, eve, NINE)
    line.quiet[asleep.id] = (12 * 60, 12 * 60 - 1)  # but for a minute, all day
    line.clock.advance(MINUTE)
    line.wait(ben, parts=frozenset({PartOfDay.MORNING}), weekdays=frozenset({3}), zone="Europe/Lisbon")

    (offer,) = line.freed(line.call_off(alice, line.book(alice, tom, NINE)))

    assert offer.client_id == ben.id


def test_after_ninety_days_nothing_is_offered_any_more(line: Line, tom: Principal, alice: Principal) -> None:
    (first,) = line.waiting(1)
    nine = NINE + LASTS
    line.clock.advance(LASTS - MINUTE)
    assert line.waitlist.mine(first, line.clock())
    line.clock.advance(MINUTE)

    assert line.waitlist.mine(first, line.clock()) is None
    assert line.freed(line.call_off(alice, line.book(alice, tom, nine))) == []


def test_what_somebody_booked_first_is_theirs(line: Line, tom: Principal, alice: Principal, ben: Principal) -> None:
    line.waiting(1)
    freed = line.call_off(alice, line.book(alice, tom, NINE))
    line.book(ben, tom, NINE)

    assert line.freed(freed) == []
    assert line.faults() == []


def test_a_time_too_near_or_no_longer_on_offer_is_offered_to_nobody(line: Line, alice: Principal) -> None:
    tom = line.counselor()
    line.waiting(1)
    freed = line.call_off(alice, line.book(alice, tom, NINE))
    practice = line.practices.find(tom.id)
    assert practice

    line.clock.now = NINE - 19 * MINUTE
    assert line.freed(freed) == []
    line.clock.now = NINE - 30 * MINUTE
    _rules(line, tom, weekly=())
    assert line.freed(freed) == []
    _rules(line, tom, weekly=practice.availability.weekly)
    (offer,) = line.freed(freed)
    assert offer.until == NINE


def test_new_hours_do_not_take_a_promised_time_away_but_nobody_else_is_offered_it(
    line: Line, tom: Principal, alice: Principal
) -> None:
    first, second = line.waiting(2)
    eight, nine = (line.book(alice, tom, NINE + n * HOUR) for n in (-1, 0))
    line.freed(line.call_off(alice, eight))
    line.freed(line.call_off(alice, nine))
    for_first, for_second = line.held_for(first), line.held_for(second)
    assert for_first
    assert for_second
    line.waiting(1)

    _rules(line, tom, weekly=(), buffer=0)

    assert line.take(first, for_first).buffer == 15
    line.decline(second, for_second)
    assert [item for item in line.items() if item["pk"]["S"] == "HOLDS"] == []
    assert line.faults() == []


def test_a_counselor_who_is_hidden_has_no_times_to_take_and_the_next_sweep_says_so(
    line: Line, tom: Principal, alice: Principal
) -> None:
    first, second = line.waiting(2)
    (offer,) = line.freed(line.call_off(alice, line.book(alice, tom, NINE)))
    commit(line.appointments.store.table.client, line.practices.hide(tom.id))

    with pytest.raises(SlotNotOffered):
        line.take(first, offer)
    assert line.sweep() == 1

    assert line.waitlist.offer(first, offer.id).status is OfferStatus.WITHDRAWN
    assert line.held_for(second) is None
    assert line.faults() == []
    assert line.sweep() == 0


def test_a_client_who_is_booked_meanwhile_is_told_and_may_let_it_go(
    line: Line, tom: Principal, alice: Principal
) -> None:
    eve = line.counselor()
    (first,) = line.waiting(1)
    (offer,) = line.freed(line.call_off(alice, line.book(alice, tom, NINE)))
    line.book(first, eve, NINE)

    with pytest.raises(AlreadyBookedThen):
        line.take(first, offer)
    assert line.faults() == []
    line.decline(first, offer)
    assert line.faults() == []


def test_early_late_and_repeated_wake_ups_do_nothing(line: Line, tom: Principal, alice: Principal) -> None:
    first, second = line.waiting(2)
    (offer,) = line.freed(line.call_off(alice, line.book(alice, tom, NINE)))

    line.clock.advance(2 * HOUR - timedelta(seconds=1))
    line.pass_on(offer)
    assert line.held_for(first) == offer
    line.clock.advance(timedelta(seconds=1))
    assert line.held_for(first) is None
    for _ in range(3):
        line.pass_on(offer)
    held = line.held_for(second)
    assert held
    assert held.until == line.clock() + 2 * HOUR
    line.offering.pass_on("0" * 32, line.clock())
    assert line.sweep() == 0


def test_a_hold_without_an_offer_is_given_back_by_the_sweep(line: Line, tom: Principal, alice: Principal) -> None:
    (first,) = line.waiting(1)
    (offer,) = line.freed(line.call_off(alice, line.book(alice, tom, NINE)))
    table = line.appointments.store.table
    commit(table.client, [table.delete(f"OFFER#{offer.id}", "OFFER")])
    commit(table.client, [line.offering.wishes.release(first.id, offer.id)])

    assert line.sweep() == 1

    assert line.faults() == []
    assert line.book(alice, tom, NINE)


def test_one_who_changes_what_they_want_keeps_their_place_and_the_time_held_for_them(
    line: Line, tom: Principal, alice: Principal
) -> None:
    first, second = line.waiting(2)
    (offer,) = line.freed(line.call_off(alice, line.book(alice, tom, NINE)))

    line.wait(first, weekdays=frozenset({3}))

    assert line.held_for(first) == offer
    line.decline(first, offer)
    later = line.book(alice, tom, NINE + 7 * DAY)
    line.decline(second, line.held_for(second) or offer)
    line.freed(line.call_off(alice, later))
    assert line.held_for(first)


def test_only_the_one_it_is_held_for_may_see_or_touch_it(line: Line, tom: Principal, alice: Principal) -> None:
    first, second = line.waiting(2)
    (offer,) = line.freed(line.call_off(alice, line.book(alice, tom, NINE)))

    for touch in (line.take, line.decline):
        with pytest.raises(NotFound):
            touch(second, offer)
    with pytest.raises(NotFound):
        line.waitlist.offer(second, offer.id)
    with pytest.raises(ModeNotOffered):
        line.waitlist.take(first, offer.id, Mode.PHONE, "UTC", line.once(), line.clock())
    with pytest.raises(NotFound):
        line.leave(alice)
    with pytest.raises(Invalid):
        line.wait(alice, counselors=frozenset({alice.id}))


def _rules(line: Line, counselor: Principal, **other: Any) -> None:
    practice = line.practices.find(counselor.id)
    assert practice
    rules = replace(practice.availability, version=practice.availability.version + 1, **other)
    commit(line.appointments.store.table.client, [line.practices.set_availability(counselor.id, rules)])
