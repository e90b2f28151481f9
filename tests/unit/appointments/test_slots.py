"""Bookable times, in every zone on Earth and on the nights when the clocks change."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.appointments.availability import Availability, DayException, Hours
from shared.appointments.cells import cells
from shared.appointments.model import Slot
from shared.appointments.slots import PartOfDay, free, midnight, offered, wall_clock
from tests.support.zones import ALL_ZONES, changes, changing_zones
from tests.unit.appointments import oracle
from tests.unit.appointments.rules import availabilities, instants, zones

DAY = timedelta(days=1)
ALWAYS = tuple(Hours(day, 0, 1440) for day in range(1, 8))


def all_offered(rules: Availability, first: datetime, last: datetime, now: datetime) -> list[Slot]:
    return list(offered(rules, first, last, now))


@given(st.data(), zones)
def test_what_is_offered_is_what_somebody_watching_the_wall_clock_would_offer(data: st.DataObject, zone: str) -> None:
    first = data.draw(instants(zone))
    last = first + timedelta(minutes=data.draw(st.integers(0, 2 * 24 * 60)))
    now = first + timedelta(minutes=data.draw(st.integers(-3 * 24 * 60, 24 * 60)))
    rules = data.draw(availabilities(zone, first.date()))

    slots = all_offered(rules, first, last, now)

    assert [slot.start for slot in slots] == oracle.offered(rules, first, last, now)
    assert all(slot.end - slot.start == timedelta(minutes=rules.length) for slot in slots)
    assert all(slot.start.tzinfo is UTC for slot in slots)


@pytest.mark.parametrize("length", [15, 50, 120])
@pytest.mark.parametrize(
    ("zone", "night"),
    [
        ("Africa/Cairo", date(2027, 4, 30)),  # 24:00 becomes 1:00
        ("Africa/Cairo", date(2027, 10, 28)),  # 24:00 becomes 23:00
        ("Asia/Beirut", date(2027, 3, 28)),  # 0:00 becomes 1:00
        ("Asia/Beirut", date(2027, 10, 30)),  # 24:00 becomes 23:00
        ("America/Havana", date(2027, 3, 14)),  # 0:00 becomes 1:00
        ("America/Havana", date(2027, 11, 7)),  # 1:00 becomes 0:00
        ("America/Santiago", date(2027, 9, 5)),  # 24:00 becomes 1:00
        ("America/Nuuk", date(2027, 10, 30)),  # 24:00 becomes 23:00
        ("Atlantic/Azores", date(2027, 3, 28)),  # 0:00 becomes 1:00
        ("Australia/Lord_Howe", date(2027, 4, 4)),  # 2:00 becomes 1:30
        ("Australia/Lord_Howe", date(2027, 10, 3)),  # 2:00 becomes 2:30
        ("Antarctica/Troll", date(2027, 3, 28)),  # two hours at once
        ("Antarctica/Troll", date(2027, 10, 31)),
        ("Africa/Casablanca", date(2027, 2, 7)),  # Ramadan
        ("Pacific/Chatham", date(2027, 9, 26)),  # 12:45 ahead, changes at 2:45
        ("America/St_Johns", date(2027, 11, 7)),  # 3:30 behind
        ("Asia/Kathmandu", date(2027, 6, 1)),  # 5:45 ahead, no changes
        ("Australia/Eucla", date(2027, 6, 1)),  # 8:45 ahead
        ("Pacific/Kiritimati", date(2027, 1, 1)),  # 14 hours ahead
        ("Etc/GMT+12", date(2027, 1, 1)),  # 12 hours behind
        ("Pacific/Apia", date(2011, 12, 30)),  # a day that never was
        ("Europe/Lisbon", date(2027, 3, 28)),
        ("Europe/Lisbon", date(2027, 10, 31)),
    ],
)
@pytest.mark.parametrize("hours", [(0, 1440), (30, 150), (90, 180), (75, 200), (1330, 1440)])
def test_around_nights_with_a_history_too(zone: str, night: date, hours: tuple[int, int], length: int) -> None:
    first = datetime.combine(night, datetime.min.time(), UTC) - DAY
    weekly = tuple(Hours(day, *hours) for day in range(1, 8))
    rules = Availability(zone, weekly, length=length, buffer=10, notice=0, horizon=30)

    slots = all_offered(rules, first, first + 3 * DAY, first)

    assert [slot.start for slot in slots] == oracle.offered(rules, first, first + 3 * DAY, first)
    assert slots or hours[1] - hours[0] < length


@given(st.data(), zones)
def test_every_slot_lies_in_open_hours_on_the_wall_clock(data: st.DataObject, zone: str) -> None:
    first = data.draw(instants(zone))
    rules = data.draw(availabilities(zone, first.date()))
    info = ZoneInfo(zone)

    for slot in all_offered(rules, first, first + 3 * DAY, first - 3 * DAY):
        start, last_minute = slot.start.astimezone(info), (slot.end - oracle.MINUTE).astimezone(info)
        open_minutes = oracle.open_minutes(rules, start.date())
        assert start.hour * 60 + start.minute in open_minutes
        assert last_minute.date() == start.date()
        # An hour that comes twice may begin before the hours do; the counselor is there all the same.
        assert last_minute.hour * 60 + last_minute.minute in open_minutes or last_minute.fold


@given(st.data(), zones)
def test_slots_are_in_order_and_within_what_was_asked_notice_and_horizon(data: st.DataObject, zone: str) -> None:
    first = data.draw(instants(zone))
    last = first + timedelta(minutes=data.draw(st.integers(-60, 5 * 24 * 60)))
    now = first + timedelta(minutes=data.draw(st.integers(-5 * 24 * 60, 5 * 24 * 60)))
    rules = data.draw(availabilities(zone, first.date()))

    starts = [slot.start for slot in all_offered(rules, first, last, now)]

    assert starts == sorted(set(starts))
    assert all(first <= start < last for start in starts)
    assert all(now + timedelta(hours=rules.notice) <= start < now + timedelta(days=rules.horizon) for start in starts)


@given(st.data(), zones)
def test_a_window_offers_what_its_parts_offer(data: st.DataObject, zone: str) -> None:
    first = data.draw(instants(zone))
    middle, last = first + timedelta(minutes=data.draw(st.integers(0, 3000))), first + 3 * DAY
    rules = data.draw(availabilities(zone, first.date()))
    now = first - DAY

    parts = all_offered(rules, first, middle, now) + all_offered(rules, middle, last, now)

    assert parts == all_offered(rules, first, last, now)


def test_no_slot_is_in_a_gap_and_an_hour_that_comes_twice_is_offered_once() -> None:
    for zone, change in [(name, change) for name in changing_zones() for change in changes(name)]:
        rules = Availability(zone, ALWAYS, length=15, buffer=0, notice=0, horizon=365)
        info = ZoneInfo(zone)
        slots = all_offered(rules, change - DAY, change + DAY, change - 2 * DAY)
        read = [slot.start.astimezone(info) for slot in slots]
        assert len({local.replace(tzinfo=None) for local in read}) == len(read), zone
        assert not any(local.fold for local in read), zone
        clocks_go_forward = (change - oracle.MINUTE).astimezone(info).utcoffset() < change.astimezone(info).utcoffset()
        between = {later.start - earlier.start for earlier, later in pairwise(slots)}
        quarter = timedelta(minutes=15)
        if clocks_go_forward:  # not a minute is lost: the next start on the wall is the next in the day
            assert between == {quarter}, zone
        else:
            assert len(between) == 2, zone
            assert quarter in between, zone


@given(st.data(), zones)
def test_no_free_slot_touches_a_cell_that_is_taken(data: st.DataObject, zone: str) -> None:
    first = data.draw(instants(zone))
    rules = data.draw(availabilities(zone, first.date()))
    slots = all_offered(rules, first, first + 2 * DAY, first - 2 * DAY)
    moments = st.integers(0, 2 * 24 * 4).map(lambda quarter: first + timedelta(minutes=15 * quarter))
    held = st.builds(lambda at, minutes: (at, at + timedelta(minutes=minutes)), moments, st.integers(1, 200))
    counselor, client = data.draw(st.lists(held, max_size=4)), data.draw(st.lists(held, max_size=4))

    left = list(free(rules, iter(slots), _taken(counselor), _taken(client)))

    buffer = timedelta(minutes=rules.buffer)
    assert left == [
        slot
        for slot in slots
        if not any(_meet((slot.start, slot.end + buffer), other) for other in counselor)
        and not any(_meet((slot.start, slot.end), other) for other in client)
    ]


def test_an_empty_calendar_takes_nothing_away() -> None:
    now = datetime(2027, 3, 1, tzinfo=UTC)
    rules = Availability("UTC", (Hours(1, 540, 1020),), notice=0)
    slots = all_offered(rules, now, now + DAY, now)

    assert [slot.start.hour for slot in slots] == [9, 10, 11, 12, 13, 14, 15, 16]
    assert list(free(rules, iter(slots), {})) == slots


def test_starts_are_rounded_up_to_a_quarter_of_an_hour_after_length_and_buffer() -> None:
    now = datetime(2027, 3, 1, tzinfo=UTC)
    rules = Availability("UTC", (Hours(1, 547, 800),), length=45, buffer=5, notice=0)

    slots = all_offered(rules, now, now + DAY, now)

    assert [(slot.start.hour * 60 + slot.start.minute) for slot in slots] == [547, 607, 667, 727]


def test_a_day_off_is_off_and_an_extra_day_is_on() -> None:
    now = datetime(2027, 3, 1, tzinfo=UTC)
    exceptions = (
        DayException(date(2027, 3, 8), open=False),
        DayException(date(2027, 3, 10), open=True, start=600, end=660),
    )
    rules = Availability("UTC", (Hours(1, 540, 600),), exceptions, notice=0, horizon=14)

    starts = [slot.start for slot in all_offered(rules, now, now + 14 * DAY, now)]

    assert starts == [datetime(2027, 3, 1, 9, tzinfo=UTC), datetime(2027, 3, 10, 10, tzinfo=UTC)]


def test_a_date_begins_at_its_first_minute() -> None:
    plain = (datetime(2027, 3, 1, tzinfo=UTC),)
    for zone, change in [(name, change) for name in ALL_ZONES for change in changes(name) or plain]:
        local = change.astimezone(ZoneInfo(zone)).date()
        for day in (local - DAY, local, local + DAY):
            begins = midnight(day, ZoneInfo(zone))
            assert begins.astimezone(ZoneInfo(zone)).date() == day, zone
            assert (begins - oracle.MINUTE).astimezone(ZoneInfo(zone)).date() == day - DAY, zone


def test_a_date_that_never_was_begins_and_ends_at_once() -> None:
    apia = ZoneInfo("Pacific/Apia")

    assert midnight(date(2011, 12, 30), apia) == midnight(date(2011, 12, 31), apia)
    assert all(wall_clock(date(2011, 12, 30), minute, apia) is None for minute in range(1440))


@pytest.mark.parametrize(
    "zone", ["Asia/Beirut", "Australia/Lord_Howe", "America/Havana", "Asia/Kathmandu", "Antarctica/Troll"]
)
def test_the_wall_clock_shows_each_minute_when_it_is_said_to(zone: str) -> None:
    for change in changes(zone)[:2] or (datetime(2027, 3, 1, tzinfo=UTC),):
        first_shown: dict[oracle.Wall, datetime] = {}
        for at, wall in oracle.watched(zone, change - 2 * DAY, change + 2 * DAY):
            first_shown.setdefault(wall, at)
        day = change.astimezone(ZoneInfo(zone)).date()
        for minute in range(1440):
            assert wall_clock(day, minute, ZoneInfo(zone)) == first_shown.get((day, minute))


def test_each_hour_belongs_to_one_part_of_the_day() -> None:
    lisbon = ZoneInfo("Europe/Lisbon")
    parts = [
        [part.value for part in PartOfDay if part.holds(datetime(2027, 7, 1, hour, 30, tzinfo=lisbon), lisbon)]
        for hour in range(24)
    ]

    assert parts == [["night"]] * 6 + [["morning"]] * 6 + [["afternoon"]] * 5 + [["evening"]] * 5 + [["night"]] * 2


@given(st.data(), zones)
def test_the_part_of_day_is_read_from_the_clients_own_clock(data: st.DataObject, zone: str) -> None:
    instant = data.draw(instants(zone))
    hour = instant.astimezone(ZoneInfo(zone)).hour
    expected = (
        "night" if hour < 6 or hour >= 22 else "morning" if hour < 12 else "afternoon" if hour < 17 else "evening"
    )

    assert [part.value for part in PartOfDay if part.holds(instant, ZoneInfo(zone))] == [expected]


def _taken(held: list[tuple[datetime, datetime]]) -> dict[date, frozenset[int]]:
    taken: dict[date, frozenset[int]] = {}
    for start, end in held:
        for day, numbers in cells(start, end).items():
            taken[day] = taken.get(day, frozenset()) | numbers
    return taken


def _meet(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Whether two stretches share a quarter of an hour, by their minutes."""
    return bool(_quarters(*one) & _quarters(*other))


def _quarters(start: datetime, end: datetime) -> set[int]:
    first, last = int(start.timestamp()) // 60, int(end.timestamp()) // 60
    return {minute // 15 for minute in range(first, last)}
