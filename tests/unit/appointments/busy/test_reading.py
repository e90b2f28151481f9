"""When a calendar says its owner is busy."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.appointments.busy.reader import read_apart
from shared.appointments.busy.reading import read
from shared.appointments.busy.times import WINDOW
from shared.appointments.busy.trouble import CannotRead, Trouble
from shared.appointments.cells import CELL

START = datetime(2027, 3, 1, tzinfo=UTC)  # Lisbon keeps UTC until the 28th, then an hour more
LISBON = (
    "BEGIN:VTIMEZONE|TZID:Lisboa|BEGIN:STANDARD|DTSTART:19701025T020000|RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"
    "|TZOFFSETFROM:+0100|TZOFFSETTO:+0000|END:STANDARD|BEGIN:DAYLIGHT|DTSTART:19700329T010000"
    "|RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU|TZOFFSETFROM:+0000|TZOFFSETTO:+0100|END:DAYLIGHT|END:VTIMEZONE"
)
NINE = "DTSTART:20270302T090000Z|DTEND:20270302T100000Z"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Less time for a series, so that tests of what takes too long do not."""
    monkeypatch.setattr("shared.appointments.busy.reading.SECONDS_FOR_A_SERIES", 0.2)


def calendar(*components: str) -> bytes:
    """A calendar with these components; those without a BEGIN are events. `|` is the end of a line."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tests//EN"]
    for number, component in enumerate(components):
        event = f"BEGIN:VEVENT|UID:{number}|{component}|END:VEVENT"
        lines += (component if component.startswith("BEGIN:") else event).split("|")
    return "".join(f"{line}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def busy(*components: str, zone: str = "Europe/Lisbon") -> list[str]:
    """The stretches that are taken, as `2 Mar 09:00-10:00` in UTC."""
    return stretches(read(calendar(*components), zone, START, START + WINDOW).busy)


def stretches(taken: Any) -> list[str]:
    cells = sorted(
        datetime(day.year, day.month, day.day, tzinfo=UTC) + number * CELL
        for day, numbers in taken.items()
        for number in numbers
    )
    starts = [cell for cell in cells if cell - CELL not in cells]
    ends = [cell + CELL for cell in cells if cell + CELL not in cells]
    return [f"{s.day} {s:%b %H:%M}-{e:%H:%M}" for s, e in zip(starts, ends, strict=True)]


def test_an_event_takes_the_quarters_it_touches() -> None:
    assert busy(NINE) == ["2 Mar 09:00-10:00"]
    assert busy("DTSTART:20270302T090500Z|DTEND:20270302T091600Z") == ["2 Mar 09:00-09:30"]
    assert busy("DTSTART:20270302T233000Z|DURATION:PT1H") == ["2 Mar 23:30-00:30"]


@pytest.mark.parametrize("line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "TRANSP:transparent"])
def test_what_takes_no_time_or_was_called_off_leaves_it_free(line: str) -> None:
    assert busy(f"{NINE}|{line}") == []


def test_a_tentative_event_takes_its_time() -> None:
    assert busy(f"{NINE}|STATUS:TENTATIVE") == ["2 Mar 09:00-10:00"]


def test_a_whole_day_is_one_of_the_counselors_zone() -> None:
    assert busy("DTSTART;VALUE=DATE:20270302", zone="America/New_York") == ["2 Mar 05:00-05:00"]
    assert busy("DTSTART;VALUE=DATE:20270302|DTEND;VALUE=DATE:20270304") == ["2 Mar 00:00-00:00"]


def test_a_floating_time_is_on_the_counselors_clock_and_another_on_its_own() -> None:
    assert busy("DTSTART:20270302T090000|DTEND:20270302T100000", zone="Asia/Kolkata") == ["2 Mar 03:30-04:30"]
    elsewhere = "DTSTART;TZID=America/New_York:20270302T090000|DTEND;TZID=America/New_York:20270302T100000"
    assert busy(elsewhere, zone="Asia/Kolkata") == ["2 Mar 14:00-15:00"]


def test_a_zone_that_the_calendar_describes_itself_keeps_its_summer_time() -> None:
    weekly = "DTSTART;TZID=Lisboa:20270326T090000|DURATION:PT1H|RRULE:FREQ=WEEKLY;COUNT=2"

    assert busy(LISBON, weekly, zone="UTC") == ["26 Mar 09:00-10:00", "2 Apr 08:00-09:00"]


def test_repetitions_have_exceptions_and_occurrences_that_were_moved_or_called_off() -> None:
    series = "UID:s|DTSTART:20270302T090000Z|DTEND:20270302T100000Z|RRULE:FREQ=DAILY;COUNT=5|EXDATE:20270303T090000Z"
    moved = "UID:s|RECURRENCE-ID:20270304T090000Z|DTSTART:20270304T150000Z|DTEND:20270304T160000Z"
    called_off = "UID:s|RECURRENCE-ID:20270305T090000Z|DTSTART:20270305T090000Z|STATUS:CANCELLED"

    components = [f"BEGIN:VEVENT|{lines}|END:VEVENT" for lines in (series, moved, called_off)]

    assert busy(*components) == ["2 Mar 09:00-10:00", "4 Mar 15:00-16:00", "6 Mar 09:00-10:00"]


def test_only_the_window_counts() -> None:
    forever = read(calendar("DTSTART:20000101T233000Z|DURATION:PT1H|RRULE:FREQ=DAILY"), "UTC", START, START + WINDOW)

    assert min(forever.busy) == START.date()
    assert max(forever.busy) == (START + WINDOW - timedelta(days=1)).date()


def test_what_may_be_an_appointment_of_ours_is_told_apart() -> None:
    ours = "a" * 32

    found = read(calendar(f"BEGIN:VEVENT|UID:{ours}|{NINE}|END:VEVENT", NINE), "UTC", START, START + WINDOW)

    assert stretches(found.busy) == ["2 Mar 09:00-10:00"]
    assert [(uid, stretches(taken)) for uid, taken in found.perhaps_ours.items()] == [(ours, ["2 Mar 09:00-10:00"])]


@pytest.mark.parametrize(
    "bad",
    [
        "DTSTART:tomorrow|DTEND:20270302T100000Z",
        "DTSTART:20271302T090000Z",
        "DTEND:20270302T100000Z",
        f"{NINE}|RRULE:FREQ=NEVER",
        f"{NINE}|RRULE:FREQ=DAILY|RRULE:FREQ=WEEKLY",
        "DTSTART;TZID=Mars/Base:20270302T090000|DURATION:forever",
        f"{NINE}|RRULE:FREQ=SECONDLY",
        f"{NINE}|RRULE:FREQ=MINUTELY;INTERVAL=7",
        "DTSTART:20270302T090000Z|DURATION:PT1M|RRULE:FREQ=DAILY;BYSECOND=" + ",".join(map(str, range(60)))
        + ";BYMINUTE=" + ",".join(map(str, range(60))) + ";BYHOUR=" + ",".join(map(str, range(24))),
        "DTSTART:20270302T090000Z|RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "DTSTART:00010101T090000Z|RRULE:FREQ=DAILY",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_left_out_and_counted_and_the_rest_is_read(bad: str, impatient: None) -> None:
    begun = time.process_time()

    found = read(calendar(bad, NINE), "UTC", START, START + WINDOW)

    assert stretches(found.busy) == ["2 Mar 09:00-10:00"]
    assert found.skipped == 1
    assert time.process_time() - begun < 2


def test_a_billion_repetitions_are_no_more_work_than_a_year_of_them() -> None:
    begun = time.process_time()

    assert len(read(calendar(f"{NINE}|RRULE:FREQ=DAILY;COUNT=1000000000"), "UTC", START, START + WINDOW).busy) == 366
    assert time.process_time() - begun < 1


def test_a_calendar_of_bombs_is_given_up(impatient: None) -> None:
    bombs = ["DTSTART:20270302T090000Z|RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"] * 5

    with pytest.raises(CannotRead) as cannot:
        read(calendar(*bombs), "UTC", START, START + WINDOW)

    assert cannot.value.trouble is Trouble.TOO_COMPLEX


def test_the_process_apart_says_the_same_and_knows_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    ours = f"BEGIN:VEVENT|UID:{'a' * 32}|{NINE}|END:VEVENT"

    found = read_apart(calendar(NINE, ours, "DTSTART:tomorrow"), "UTC", START, START + WINDOW)

    assert stretches(found.busy) == stretches(found.perhaps_ours["a" * 32]) == ["2 Mar 09:00-10:00"]
    assert found.skipped == 1
    with pytest.raises(CannotRead) as cannot:
        read_apart(b"\x00\xff" * 1000, "UTC", START, START + WINDOW)
    assert cannot.value.trouble is Trouble.NOT_A_CALENDAR


def test_a_process_that_hangs_or_swells_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.appointments.busy.reader.SECONDS", 0.01)

    with pytest.raises(CannotRead) as cannot:
        read_apart(calendar(NINE), "UTC", START, START + WINDOW)

    assert cannot.value.trouble is Trouble.TOO_COMPLEX
