"""Leaves of a calendar (RFC 5545) what is about time. Pure.

Most of a calendar is what people wrote into it, and what is over. Both are left out before anything is parsed: words
and guests are none of our business, and a parser takes seconds for what a look at the lines sorts out at once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shared.appointments.busy.trouble import CannotRead, Trouble

MOST_EVENTS = 2000
_ABOUT_TIME = frozenset(
    ("UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE")
) | {"STATUS", "TRANSP"}
_RECURRING = frozenset(("RRULE", "RDATE", "RECURRENCE-ID", "DURATION"))
_OUTER = frozenset(("VEVENT", "VTIMEZONE"))
_FOLD = re.compile(r"\r?\n[ \t]")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_DAY = re.compile(r".*:(\d{8})")

Component = list[str]


@dataclass(frozen=True)
class Sieved:
    """A calendar that holds only what is about time, and how many events of the other one could not be told apart."""

    text: str
    skipped: int


def sieved(text: str, first: date) -> Sieved:
    """A calendar with its zones, and of its events that may touch `first` or a later day what is about time.

    Raises CannotRead if it is no calendar, or one with thousands of such events.
    """
    zones: list[Component] = []
    events: list[Component] = []
    skipped = 0
    lines = _FOLD.sub("", text.removeprefix("\ufeff").lstrip()).splitlines()
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise CannotRead(Trouble.NOT_A_CALENDAR)
    for name, component in _components(lines[1:]):
        if name == "VTIMEZONE":
            zones.append(component)
        elif name == "VEVENT" and not _is_over(event := list(_about_time(component)), first):
            events.append(event)
        elif not name:
            skipped += 1
    if len(events) > MOST_EVENTS:
        raise CannotRead(Trouble.TOO_COMPLEX)
    kept = [line for component in (*zones, *events) for line in component]
    whole = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sieved//EN", *kept, "END:VCALENDAR", ""]
    return Sieved("\r\n".join(whole), skipped)


def _components(lines: list[str]) -> Iterator[tuple[str, Component]]:
    """The outer components with all their lines; an empty name for one that is cut off by the next."""
    open_: list[str] = []
    component: Component = []
    for line in lines:
        word, _, name = line.strip().upper().partition(":")
        if word == "BEGIN":
            if open_ and name in _OUTER:
                yield "", component
                open_, component = [], []
            open_.append(name)
        if open_:
            component.append(line)
        if word == "END" and open_:
            whole = open_.pop() == name
            if not open_:
                yield name if whole else "", component
                component = []


def _about_time(event: Component) -> Iterator[str]:
    depth = 0
    for line in event:
        word = _named(line)
        if word == "BEGIN":
            depth += 1
        if depth == 1 and (word in _ABOUT_TIME or word in ("BEGIN", "END")):
            yield line
        if word == "END":
            depth -= 1


def _is_over(event: Component, first: date) -> bool:
    """Whether it is one event, neither repeated nor moved, that ended before `first`, whatever zone it is in."""
    days = {}
    for line in event:
        name = _named(line)
        if name in _RECURRING:
            return False
        if name in ("DTSTART", "DTEND") and (found := _DAY.match(line)):
            days[name] = found[1]
    last = days.get("DTEND") or days.get("DTSTART")
    return last is not None and last < f"{first - timedelta(days=1):%Y%m%d}"


def _named(line: str) -> str:
    found = _NAME.match(line)
    return found[0].upper() if found else ""
