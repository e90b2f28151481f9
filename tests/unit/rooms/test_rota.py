"""The mode of a room, in every zone on Earth and on the nights when the clocks change."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.errors import Invalid
from shared.rooms.rota import (
    LOOK_AHEAD,
    RoomMode,
    Rota,
    State,
    Swap,
    SwapState,
    covers,
    mode_at,
    next_change,
    occurrence,
    occurrences,
    on_shift,
    state_at,
)
from shared.rooms.shifts import Shift, first_shown
from tests.support.zones import ALL_ZONES, changes
from tests.unit.rooms.rotas import DAY, MAYA, MINUTE, TOM, Watcher, moments, rotas, zones

MONDAY = datetime(2027, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def evenings(*days: int, start: int = 18 * 60, end: int = 22 * 60, zone: str = "UTC") -> Rota:
    return Rota(zone, tuple(Shift(f"s{day}", MAYA, day, start, end) for day in days), version=1)


@given(st.data(), zones)
def test_the_mode_is_what_somebody_watching_the_wall_clock_would_say(data: st.DataObject, zone: str) -> None:
    first = data.draw(moments(zone))
    rota = data.draw(rotas(zone, first.astimezone(ZoneInfo(zone)).date()))
    watcher = Watcher(rota, first, first + DAY)

    for minutes in [*range(0, 24 * 60, 55), *data.draw(st.lists(st.integers(0, 24 * 60 - 1), max_size=8))]:
        at = first + minutes * MINUTE
        assert on_shift(rota, at) == watcher.there[at]
        assert mode_at(rota, at) == watcher.mode(rota, at)


@settings(max_examples=25)
@given(st.data(), zones)
def test_the_next_change_is_the_first_minute_that_looks_different(data: st.DataObject, zone: str) -> None:
    now = data.draw(moments(zone))
    rota = data.draw(rotas(zone, now.astimezone(ZoneInfo(zone)).date()))
    watcher = Watcher(rota, now, now + LOOK_AHEAD + 2 * MINUTE)

    minutes = [now + n * MINUTE for n in range(1, int(LOOK_AHEAD / MINUTE) + 1)]
    mode = watcher.mode(rota, now)
    expected = next((at for at in minutes if watcher.mode(rota, at) != mode), None)
    turns_live = next((at for at in minutes if watcher.there[at] and not watcher.there[at - MINUTE]), None)

    assert next_change(rota, now) == expected
    assert state_at(rota, now) == State(mode, expected, turns_live)


@given(st.data(), zones)
def test_covers_are_in_order_and_those_of_a_window_are_those_of_its_parts(data: st.DataObject, zone: str) -> None:
    first = data.draw(moments(zone))
    rota = data.draw(rotas(zone, first.date()))
    middle, last = first + data.draw(st.integers(1, 3000)) * MINUTE, first + 3 * DAY

    found = covers(rota, first, last)

    assert [cover.start for cover in found] == sorted(cover.start for cover in found)
    assert set(found) == set(covers(rota, first, middle)) | set(covers(rota, middle, last))
    assert all(cover.start < last and cover.end > first for cover in found)
    assert all(cover.start.tzinfo is UTC and cover.end.tzinfo is UTC for cover in found)
    assert all(occurrence(rota, cover.shift_id, cover.on) == cover for cover in found)


@given(st.data(), zones)
def test_the_seconds_between_make_no_difference(data: st.DataObject, zone: str) -> None:
    at = data.draw(moments(zone))
    rota = data.draw(rotas(zone, at.date()))
    within = at + timedelta(microseconds=data.draw(st.integers(0, 59_999_999)))

    assert mode_at(rota, within) == mode_at(rota, at)


def test_shifts_that_meet_on_the_wall_clock_meet_in_time_also_when_it_jumps() -> None:
    times = [0, 65, 90, 120, 150, 180, 600, 1320, 1385, 1440]
    for zone, change in [(name, change) for name in ALL_ZONES for change in changes(name) or (MONDAY,)]:
        info = ZoneInfo(zone)
        day = (change - DAY).astimezone(info).date()
        edges = [first_shown(day + n * DAY, minute, info) for n in range(3) for minute in times]
        assert edges == sorted(edges), zone
        assert edges[-1] == first_shown(day + 3 * DAY, 0, info), zone


@pytest.mark.parametrize(
    ("zone", "night", "hours", "lasts"),
    [
        ("Europe/Berlin", date(2027, 3, 27), (22, 6), 7),  # an hour shorter
        ("Europe/Berlin", date(2027, 10, 30), (22, 6), 9),  # an hour longer
        ("Europe/Berlin", date(2027, 10, 31), (2, 3), 2),  # the very hour that comes twice
        ("Europe/Berlin", date(2027, 3, 28), (3, 4), 1),
        ("Africa/Cairo", date(2027, 10, 28), (22, 24), 3),  # 24:00 becomes 23:00
        ("Asia/Beirut", date(2027, 3, 28), (0, 2), 1),  # 0:00 becomes 1:00
        ("America/Havana", date(2027, 11, 7), (0, 2), 3),  # 1:00 becomes 0:00
        ("Asia/Kathmandu", date(2027, 6, 1), (22, 6), 8),
    ],
)
def test_a_shift_keeps_the_wall_clock(zone: str, night: date, hours: tuple[int, int], lasts: int) -> None:
    shift = Shift("s", MAYA, night.isoweekday(), hours[0] * 60, hours[1] * 60)

    start, end = shift.on(night, ZoneInfo(zone)) or (MONDAY, MONDAY)

    assert end - start == lasts * HOUR


def test_a_shift_in_an_hour_that_is_skipped_does_not_take_place() -> None:
    rota = Rota("Europe/Berlin", (Shift("s", MAYA, 7, 2 * 60, 3 * 60),), version=1)

    assert occurrence(rota, "s", date(2027, 3, 28)) is None
    assert occurrence(rota, "s", date(2027, 3, 21)) is not None


def test_shifts_that_touch_or_overlap_are_no_change() -> None:
    touching = Rota("UTC", (Shift("a", MAYA, 1, 600, 660), Shift("b", TOM, 1, 660, 720)))
    overlapping = Rota("UTC", (Shift("a", MAYA, 1, 600, 680), Shift("b", TOM, 1, 660, 720)))

    for rota in (touching, overlapping):
        assert next_change(rota, MONDAY + 10 * HOUR) == MONDAY + 12 * HOUR


def test_a_room_that_is_never_alone_never_changes() -> None:
    always = Rota("UTC", tuple(Shift(f"s{day}", MAYA, day, 0, 1440) for day in range(1, 8)))

    assert state_at(always, MONDAY) == State(RoomMode.LIVE, None, None)


def test_a_change_is_seen_coming_for_eight_days() -> None:
    always = Rota("UTC", tuple(Shift(f"s{day}", MAYA, day, 0, 1440) for day in range(1, 8)))
    dropped = replace(always, swaps=(Swap("s2", date(2027, 3, 9), MAYA, SwapState.DROPPED),))

    assert next_change(dropped, MONDAY) == MONDAY + 8 * DAY
    assert next_change(dropped, MONDAY - timedelta(seconds=1)) is None


def test_without_shifts_it_is_always_what_it_is_without_cover() -> None:
    for mode in (RoomMode.SLOW, RoomMode.RESTING):
        assert state_at(Rota("UTC", without_cover=mode), MONDAY) == State(mode, None, None)


def test_an_evening_begins_and_ends_on_the_second() -> None:
    rota = evenings(1)
    second = timedelta(seconds=1)
    starts, ends = MONDAY + 18 * HOUR, MONDAY + 22 * HOUR

    assert state_at(rota, starts - second) == State(RoomMode.SLOW, starts, starts)
    assert state_at(rota, starts) == State(RoomMode.LIVE, ends, starts + 7 * DAY)
    assert state_at(rota, ends - second).mode is RoomMode.LIVE
    assert state_at(rota, ends).mode is RoomMode.SLOW


def test_an_offer_stays_with_its_facilitator_and_what_was_dropped_is_nobodys() -> None:
    rota, at = evenings(1), MONDAY + 20 * HOUR
    monday = MONDAY.date()

    offered = replace(rota, swaps=(Swap("s1", monday, MAYA, SwapState.OFFERED),))
    taken = replace(rota, swaps=(Swap("s1", monday, MAYA, SwapState.TAKEN, TOM),))
    dropped = replace(rota, swaps=(Swap("s1", monday, MAYA, SwapState.DROPPED),))

    assert on_shift(offered, at) == {MAYA}
    assert [cover.offered for cover in covers(offered, MONDAY, MONDAY + 8 * DAY)] == [True, False]
    assert on_shift(taken, at) == {TOM}
    assert mode_at(dropped, at) is RoomMode.SLOW
    assert [cover.facilitator_id for cover in occurrences(dropped, MONDAY, MONDAY + 8 * DAY)] == ["", MAYA]
    assert mode_at(dropped, at + 7 * DAY) is RoomMode.LIVE


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"weekday": 0}, "weekday"),
        ({"weekday": 8}, "weekday"),
        ({"start": -5}, "start"),
        ({"start": 1440}, "start"),
        ({"start": 601}, "start"),
        ({"end": 0}, "end"),
        ({"end": 1445}, "end"),
        ({"end": 663}, "end"),
        ({"start": 600, "end": 600}, "end"),
        ({"id": "first"}, "id"),
    ],
)
def test_what_cannot_be_a_shift_is_named(change: dict[str, object], field: str) -> None:
    good = Shift("second", MAYA, 1, 600, 660)
    rota = Rota("UTC", (Shift("first", MAYA, 1, 0, 1440), replace(good, **change)))

    with pytest.raises(Invalid) as refused:
        rota.check()
    assert refused.value.field == f"body.shifts.1.{field}"


def test_a_rota_has_a_hundred_shifts_at_most_and_cannot_be_live_without_anybody() -> None:
    hundred = tuple(Shift(f"s{n}", MAYA, 1, 1435, 5) for n in range(100))
    Rota("UTC", hundred).check()

    for wrong, field in [
        (Rota("UTC", (*hundred, Shift("one more", MAYA, 1, 0, 5))), "body.shifts"),
        (Rota("UTC", hundred, without_cover=RoomMode.LIVE), "body.without_cover"),
    ]:
        with pytest.raises(Invalid) as refused:
            wrong.check()
        assert refused.value.field == field
