"""Taking part by phone: what a call on the line may become, and the narrow door it knocks at. Pure."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import scrypt
from typing import Protocol

from shared.meetings.calls import ChimeCall

PIN_DIGITS = 8
TRIES = 3  # at a code, within one call


class PhoneStatus(StrEnum):
    """How it stands with somebody on the phone."""

    WAITING = "waiting"
    ADMITTED = "admitted"
    DECLINED = "declined"
    ENDED = "ended"


@dataclass(frozen=True)
class PhoneSeat:
    """A seat that a phone call holds. `line` is the id of that call: it stands where a page's device id would."""

    meeting_id: str
    seat_id: str
    line: str
    language: str = "en"


@dataclass(frozen=True)
class NotYet:
    """The code is right, and it is too early to come."""


@dataclass(frozen=True)
class Knock:
    """Somebody tries a code: which call, at which of its events, and from where.

    `caller` is the number, or "" when it is withheld. It is there to be counted under a digest and for nothing else.
    """

    line: str
    step: str
    caller: str


class PhoneDoor(Protocol):
    """What a phone call needs of meetings. All of it may be asked again with the same effect as once.

    None of these raises for what is gone: a meeting that is not there any more is ENDED.
    """

    def arrive_by_pin(self, pin: str, line: str, now: datetime) -> PhoneSeat | NotYet | None:
        """Take the seat the code is for. None: no such code, or its time is over. Raises Busy."""

    def arrive_called(self, appointment_id: str, line: str, now: datetime) -> PhoneSeat | None:
        """Take the seat of the client who was called and has answered. None: nobody may come any more. Raises Busy."""

    def status(self, seat: PhoneSeat, now: datetime) -> PhoneStatus:
        """How it stands. ENDED also when another device has taken the seat over."""

    def join(self, seat: PhoneSeat, now: datetime) -> ChimeCall | None:
        """Be in the call, of who is admitted. None while there is nobody to talk to. Raises Busy, Conflict."""

    def leave(self, seat: PhoneSeat, now: datetime) -> None:
        """Hang up. Of a seat that another device has taken over, nothing."""


class PinTries(Protocol):
    """How often codes may be tried."""

    def spend(self, knock: Knock, now: datetime) -> None:
        """Count one try, once for each step of a call. Raises TooMany."""


def new_pin() -> str:
    """A fresh random code: eight digits."""
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"


def is_pin(text: str) -> bool:
    """Whether it looks like a code."""
    return len(text) == PIN_DIGITS and text.isascii() and text.isdigit()


def pin_digest(pin: str) -> str:
    """What is kept of a code to find it by: 64 hexadecimal digits.

    Eight digits are soon tried through against a plain digest. Scrypt (RFC 7914, 16 MB, about 40 ms) makes that weeks
    of computing, for codes that are good for a day.
    """
    return scrypt(pin.encode(), salt=b"hearthline phone code", n=2**14, r=8, p=1, dklen=32).hex()
