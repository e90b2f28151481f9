"""Which times fit a wish, who comes first, and how long a wish stands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.appointments.availability import Availability
from shared.appointments.model import Mode, Slot
from shared.appointments.profile import Practice, Profile
from shared.appointments.slots import PartOfDay
from shared.appointments.wish import LASTS, Wanted, Wish, count_waiting, in_line, wish_of

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
TUESDAY_AT_NINE = Slot(datetime(2027, 3, 2, 9, tzinfo=UTC), datetime(2027, 3, 2, 9, 50, tzinfo=UTC))
TOM = Practice(
    "tom",
    Profile("Tom", languages=frozenset({"en", "es"}), modes=frozenset({Mode.VIDEO, Mode.TEXT}), published=True),
    Availability("UTC"),
)
ANY = Wanted(modes=frozenset(Mode), zone="UTC")


def test_whoever_minds_nothing_takes_any_time() -> None:
    assert ANY.fits(TOM, TUESDAY_AT_NINE)
    assert ANY.modes_with(TOM) == {Mode.VIDEO, Mode.TEXT}


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({"modes": frozenset({Mode.PHONE})}, False),
        ({"modes": frozenset({Mode.PHONE, Mode.TEXT})}, True),
        ({"counselors": frozenset({"eve"})}, False),
        ({"counselors": frozenset({"eve", "tom"})}, True),
        ({"languages": frozenset({"ar"})}, False),
        ({"languages": frozenset({"ar", "es"})}, True),
        ({"parts": frozenset({PartOfDay.EVENING})}, False),
        ({"parts": frozenset({PartOfDay.EVENING, PartOfDay.MORNING})}, True),
        ({"weekdays": frozenset({1, 3})}, False),
        ({"weekdays": frozenset({2})}, True),
        # The same instant is on Tuesday evening in Tokyo, and in the night before in Los Angeles.
        ({"zone": "Asia/Tokyo", "parts": frozenset({PartOfDay.EVENING}), "weekdays": frozenset({2})}, True),
        ({"zone": "America/Los_Angeles", "parts": frozenset({PartOfDay.NIGHT}), "weekdays": frozenset({2})}, True),
        ({"zone": "America/Los_Angeles", "parts": frozenset({PartOfDay.MORNING})}, False),
    ],
)
def test_a_time_fits_when_everything_asked_for_holds(change: dict[str, object], fits: bool) -> None:
    assert replace(ANY, **change).fits(TOM, TUESDAY_AT_NINE) is fits  # type: ignore[arg-type]


def test_a_changed_wish_keeps_its_place_and_stands_for_ninety_days_from_then_on() -> None:
    first = wish_of("alice", ANY, None, NOON)
    later = NOON + timedelta(days=80)

    changed = wish_of("alice", replace(ANY, zone="Europe/Lisbon"), replace(first, offer_id="held"), later)

    assert changed.since == first.since == NOON
    assert changed.until == later + LASTS
    assert (changed.version, changed.offer_id) == (2, "held")


def test_a_wish_that_has_ended_begins_anew() -> None:
    first = wish_of("alice", ANY, None, NOON)
    assert first.stands(NOON + LASTS - timedelta(seconds=1))
    assert not first.stands(NOON + LASTS)

    again = wish_of("alice", ANY, first, NOON + LASTS)

    assert again.since == NOON + LASTS


def test_nobody_waits_for_a_second_time_while_one_is_held_for_them() -> None:
    assert wish_of("alice", ANY, None, NOON).waits(NOON)
    assert not replace(wish_of("alice", ANY, None, NOON), offer_id="held").waits(NOON)


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from("abcdefgh")), unique_by=lambda drawn: drawn[1]))
def test_whoever_came_first_is_first_in_whatever_order_the_list_is_read(drawn: list[tuple[int, str]]) -> None:
    wishes = [Wish(id_, ANY, NOON + timedelta(seconds=n), NOON + LASTS) for n, id_ in drawn]

    line = in_line(wishes)

    assert line == in_line(reversed(wishes))
    assert all(one.since <= other.since for one, other in pairwise(line))


def test_the_staff_read_numbers_of_those_who_still_wait() -> None:
    wishes = [
        wish_of("alice", replace(ANY, counselors=frozenset({"tom"}), modes=frozenset({Mode.VIDEO})), None, NOON),
        replace(wish_of("ben", replace(ANY, languages=frozenset({"es"})), None, NOON), offer_id="held"),
        wish_of("gone", ANY, None, NOON - LASTS),
    ]

    waiting = count_waiting(wishes, NOON)

    assert (waiting.everybody, waiting.held, waiting.longest_since) == (2, 1, NOON)
    assert (waiting.any_counselor, dict(waiting.counselors)) == (1, {"tom": 1})
    assert (waiting.any_language, dict(waiting.languages)) == (1, {"es": 1})
    assert (waiting.modes[Mode.VIDEO], waiting.modes[Mode.TEXT]) == (2, 1)
    assert count_waiting([], NOON).longest_since is None
