"""Single shifts change hands, and nobody's evening is anybody else's by mistake."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from shared.errors import Invalid, NotAllowed, NotFound, Refusal
from shared.rooms.rota import Rota, Swap, SwapState, occurrence
from shared.rooms.shifts import Shift
from shared.rooms.swaps import NotOnOffer, ShiftOver, carried_over, drop, offer, pruned, take, withdraw
from tests.unit.rooms.rotas import EVE, MAYA, TOM

MONDAY = date(2027, 3, 8)
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
WEEK = timedelta(weeks=1)
ROTA = Rota("UTC", (Shift("evening", MAYA, 1, 18 * 60, 22 * 60), Shift("night", TOM, 1, 22 * 60, 6 * 60)), version=3)
AT = ("evening", MONDAY)


def who(rota: Rota, on: date = MONDAY) -> tuple[str, bool]:
    found = occurrence(rota, "evening", on)
    assert found
    return found.facilitator_id, found.offered


def test_an_offer_is_taken_and_only_that_evening_changes_hands() -> None:
    offered = offer(ROTA, *AT, MAYA, NOW)
    assert who(offered) == (MAYA, True)

    taken = take(offered, *AT, TOM, NOW)
    assert who(taken) == (TOM, False)
    assert who(taken, MONDAY + WEEK) == (MAYA, False)


def test_an_offer_withdrawn_leaves_no_trace() -> None:
    assert withdraw(offer(ROTA, *AT, MAYA, NOW), *AT, MAYA, NOW) == ROTA


def test_who_took_it_can_offer_it_again_and_take_that_back() -> None:
    toms = take(offer(ROTA, *AT, MAYA, NOW), *AT, TOM, NOW)
    again = offer(toms, *AT, TOM, NOW)

    assert who(again) == (TOM, True)
    assert withdraw(again, *AT, TOM, NOW) == toms
    assert who(take(again, *AT, EVE, NOW)) == (EVE, False)
    assert take(again, *AT, MAYA, NOW) == ROTA


def test_what_was_dropped_can_be_taken_by_anybody_also_by_who_dropped_it() -> None:
    dropped = drop(ROTA, *AT, MAYA, NOW)

    assert who(dropped) == ("", False)
    assert who(take(dropped, *AT, EVE, NOW)) == (EVE, False)
    assert take(dropped, *AT, MAYA, NOW) == ROTA


@pytest.mark.parametrize(
    ("change", "by", "refusal"),
    [
        (offer, TOM, NotAllowed),
        (drop, TOM, NotAllowed),
        (withdraw, TOM, NotAllowed),
        (withdraw, MAYA, NotOnOffer),
        (take, TOM, NotOnOffer),
        (take, MAYA, NotAllowed),
    ],
)
def test_who_may_not_is_refused(change: type, by: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        change(ROTA, *AT, by, NOW)


@pytest.mark.parametrize("change", [offer, drop, withdraw, take])
def test_only_what_there_is_and_what_is_not_over_and_not_far_off(change: type) -> None:
    for shift_id, on in [("morning", MONDAY), ("evening", MONDAY + timedelta(days=1))]:
        with pytest.raises(NotFound):
            change(ROTA, shift_id, on, MAYA, NOW)

    with pytest.raises(ShiftOver):
        change(ROTA, *AT, MAYA, datetime(2027, 3, 8, 22, tzinfo=UTC))

    with pytest.raises(Invalid) as refused:
        change(ROTA, "evening", MONDAY + 9 * WEEK, MAYA, NOW)
    assert refused.value.field == "body.on"


def test_a_shift_that_is_running_can_still_be_dropped() -> None:
    assert who(drop(ROTA, *AT, MAYA, datetime(2027, 3, 8, 21, 59, tzinfo=UTC))) == ("", False)


def test_nobody_is_dropped_twice() -> None:
    dropped = drop(ROTA, *AT, MAYA, NOW)

    for change in (drop, offer, withdraw):
        with pytest.raises(NotAllowed):
            change(dropped, *AT, MAYA, NOW)


def test_swaps_go_when_their_day_is_over_and_not_before() -> None:
    dropped = drop(ROTA, "night", MONDAY, TOM, NOW)

    assert pruned(dropped, datetime(2027, 3, 9, 5, tzinfo=UTC)) == dropped
    assert pruned(dropped, datetime(2027, 3, 12, tzinfo=UTC)) == ROTA


def test_a_new_rota_keeps_what_was_agreed_about_shifts_that_are_still_there() -> None:
    before = drop(take(offer(ROTA, *AT, MAYA, NOW), *AT, EVE, NOW), "night", MONDAY, TOM, NOW)
    later = replace(ROTA, shifts=tuple(replace(s, start=s.start + 30) for s in ROTA.shifts))

    assert carried_over(before, later, NOW).swaps == before.swaps
    assert carried_over(before, replace(ROTA, shifts=ROTA.shifts[1:]), NOW).swaps == before.swaps[1:]
    moved = replace(ROTA, shifts=tuple(replace(s, weekday=2) for s in ROTA.shifts))
    assert carried_over(before, moved, NOW).swaps == ()


def test_who_is_given_a_shift_comes_whatever_the_one_before_had_in_mind() -> None:
    handed_on = replace(ROTA, shifts=(replace(ROTA.shifts[0], facilitator_id=EVE), ROTA.shifts[1]))

    for before in (offer(ROTA, *AT, MAYA, NOW), drop(ROTA, *AT, MAYA, NOW)):
        assert who(carried_over(before, handed_on, NOW)) == (EVE, False)
    taken = take(offer(ROTA, *AT, MAYA, NOW), *AT, TOM, NOW)
    for before in (taken, offer(taken, *AT, TOM, NOW)):
        assert who(carried_over(before, handed_on, NOW))[0] == TOM


def test_a_new_rota_brings_no_swaps_of_its_own() -> None:
    invented = replace(ROTA, swaps=(Swap("evening", MONDAY, MAYA, SwapState.TAKEN, TOM),))

    assert carried_over(ROTA, invented, NOW) == ROTA
