"""Works out when a calendar says its owner is busy. Run by `reader` alone, in a process of its own.

What is kept: events that stand (not CANCELLED) and take time (not TRANSPARENT), with their repetitions, exceptions
and moved occurrences. All-day and floating times are on the wall clock of the counselor's zone.
"""

import re
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component, vRecur

from shared.appointments.busy.sieve import sieved
from shared.appointments.busy.trouble import CannotRead, Trouble
from shared.appointments.cells import cells
from shared.ids import ID_PATTERN

# A rule can ask for every second of a century, or for a thirtieth of February. What people do every day of a year
# takes a fifth of this.
SECONDS_FOR_A_SERIES = 1.0
MOST_SLOW_SERIES = 3
_FREE = frozenset(("CANCELLED", "TRANSPARENT"))
_OFTEN = frozenset(("HOURLY", "MINUTELY", "SECONDLY"))


Quarters = dict[date, set[int]]


@dataclass
class Read:
    """Busy times by UTC day; apart from them those of events that may be appointments of ours, by their UID.

    `skipped` counts the events that could not be read.
    """

    busy: Quarters = field(default_factory=dict)
    perhaps_ours: dict[str, Quarters] = field(default_factory=dict)
    skipped: int = 0


class _TooSlow(BaseException):  # no Exception: a library that catches all of those must not catch this
    pass


def read(body: bytes, zone: str, start: datetime, end: datetime) -> Read:
    """When a calendar says its owner is busy between `start` and `end`. Raises CannotRead."""
    whole = sieved(body.decode("utf-8", errors="replace"), start.date())
    try:
        calendar = Calendar.from_ical(whole.text)
    except ValueError:
        raise CannotRead(Trouble.NOT_A_CALENDAR) from None
    found = Read(skipped=whole.skipped)
    slow = 0
    for uid, series in _series(calendar):
        if not all(map(_is_sound, series.walk("VEVENT"))):
            found.skipped += 1
            continue
        try:
            with _at_most(SECONDS_FOR_A_SERIES):
                occurrences = recurring_ical_events.of(series).between(start, end)
                stretches = list(_stretches(occurrences, ZoneInfo(zone), start, end))
        except _TooSlow:
            slow += 1
            if slow > MOST_SLOW_SERIES:
                raise CannotRead(Trouble.TOO_COMPLEX) from None
            found.skipped += 1
        except Exception:  # the libraries raise whatever a stranger's text makes them stumble over
            found.skipped += 1
        else:
            ours = re.fullmatch(ID_PATTERN, uid) and "RRULE" not in series.walk("VEVENT")[0]
            _take(stretches, found.perhaps_ours.setdefault(uid, {}) if ours else found.busy)
    return found


def _series(calendar: Component) -> Iterator[tuple[str, Component]]:
    """Events that share a UID: one, or a repeated one with the occurrences that differ. Each in its own calendar."""
    by_uid: dict[str, list[Component]] = {}
    for number, event in enumerate(calendar.walk("VEVENT")):
        by_uid.setdefault(str(event.get("UID") or f"without {number}"), []).append(event)
    zones = calendar.walk("VTIMEZONE")
    for uid, events in by_uid.items():
        alone = Calendar()
        alone.subcomponents = [*zones, *events]
        yield uid, alone


def _is_sound(event: Component) -> bool:
    """Whether it could be parsed whole, and repeats at most once a day."""
    rule = event.get("RRULE")
    return not event.errors and (rule is None or (isinstance(rule, vRecur) and not _OFTEN & set(rule.get("FREQ", ()))))


def _take(stretches: Iterable[tuple[datetime, datetime]], into: Quarters) -> None:
    for stretch in stretches:
        for day, numbers in cells(*stretch).items():
            into.setdefault(day, set()).update(numbers)


def _stretches(
    occurrences: Iterable[Component], zone: ZoneInfo, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    for event in occurrences:
        if {str(event.get(name, "")).upper() for name in ("STATUS", "TRANSP")} & _FREE:
            continue
        begins, ends = (_instant(event.decoded(name), zone) for name in ("DTSTART", "DTEND"))
        if max(begins, start) < min(ends, end):
            yield max(begins, start), min(ends, end)


def _instant(told: date, zone: ZoneInfo) -> datetime:
    """A date is its midnight, a floating time one on the wall clock: both in the counselor's zone."""
    local = told if isinstance(told, datetime) else datetime.combine(told, time.min)
    return (local if local.tzinfo else local.replace(tzinfo=zone)).astimezone(UTC)


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    def ring(_signal: int, _frame: object) -> None:
        raise _TooSlow

    # It counts the time of the processor: on a busy machine nothing becomes too slow that was not.
    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
