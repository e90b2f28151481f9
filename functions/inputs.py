"""Kinds of values that callers send, shared by many routes."""

import re
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StringConstraints

# Pydantic alone reads more than is written in the contract: numbers in quotes as seconds since 1970, times as dates.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(_DAY.pattern + r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.0{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})")
_YEARS = range(2000, 3000)  # a month or an offset away from its ends is still within Python's calendar


@cache
def _zones() -> frozenset[str]:
    """The names of the tz database. A system's own files hold more that no browser knows, such as `localtime`."""
    return frozenset((files("tzdata") / "zones").read_text("utf-8").split()) - {"Factory"}


def _known_zone(name: str) -> str:
    if name not in _zones():
        raise ValueError("this time zone is not known; it looks like Europe/Lisbon")
    return name


def _instant(given: object) -> datetime:
    if not isinstance(given, str) or not _INSTANT.fullmatch(given):
        raise ValueError("a time looks like 2026-11-24T18:00:00Z, with its offset and in whole seconds")
    instant = datetime.fromisoformat(given)
    if instant.year not in _YEARS:
        raise ValueError("this is not a time that anybody could come")
    return instant.astimezone(UTC)


def _day(given: object) -> date:
    if not isinstance(given, str) or not _DAY.fullmatch(given):
        raise ValueError("a date looks like 2026-11-24")
    day = date.fromisoformat(given)
    if day.year not in _YEARS:
        raise ValueError("this is not a date on which anybody could come")
    return day


Zone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_known_zone)]
"""An IANA time zone that exists."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
"""A language by its primary tag (BCP 47), such as `es`."""

Instant = Annotated[AwareDatetime, BeforeValidator(_instant)]
"""An instant with its offset; the handler is given it in UTC."""

Day = Annotated[date, BeforeValidator(_day)]
"""A date on the calendar."""

SeenVersion = Annotated[int, Field(ge=0, lt=2**31)]
"""The version a caller has seen, 0 before there is any."""

Password = Annotated[str, StringConstraints(min_length=1, max_length=256)]
Handle = Annotated[str, StringConstraints(min_length=3, max_length=80)]
# What Cognito and mail servers take without quoting; browsers write other alphabets as `xn--`.
_WORDS = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_HOST = r"([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}"
Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254, pattern=f"^{_WORDS}@{_HOST}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
SixDigits = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
