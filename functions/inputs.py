"""Kinds of values that callers send, shared by many routes."""

from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, AwareDatetime, StringConstraints


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("this time zone is not known; it looks like Europe/Lisbon") from None
    return name


Zone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_known_zone)]
"""An IANA time zone that exists."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
"""A language by its primary tag (BCP 47), such as `es`."""

Instant = AwareDatetime
"""An instant with its offset."""

Password = Annotated[str, StringConstraints(min_length=1, max_length=256)]
Handle = Annotated[str, StringConstraints(min_length=3, max_length=80)]
# What Cognito and mail servers take without quoting; browsers write other alphabets as `xn--`.
_WORDS = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_HOST = r"([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}"
Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254, pattern=f"^{_WORDS}@{_HOST}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
SixDigits = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
