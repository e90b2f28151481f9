"""An address that notices go to: an e-mail address or a telephone number, and whether it takes any. Pure."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shared.reminders.channel import Channel

CODE_GOOD_FOR = timedelta(minutes=15)
CODE_TRIES = 5


class State(StrEnum):
    """`unverified` until its owner has typed the code that was sent there; until then nothing else goes there."""

    UNVERIFIED = "unverified"
    ON = "on"
    OFF = "off"


class Why(StrEnum):
    """Why an address is off. Each has words on the page that say what to do."""

    BOUNCED = "bounced"  # there is no such mailbox any more
    COMPLAINED = "complained"  # its owner marked a mail as spam
    UNSUBSCRIBED = "unsubscribed"  # its owner pressed "unsubscribe"
    STOPPED = "stopped"  # its owner answered STOP
    REFUSED = "refused"  # the service that delivers does not take it


@dataclass(frozen=True)
class SentCode:
    """The six digits that were sent, as a salted digest: good until an instant, and for a few tries."""

    digest: str
    salt: str
    until: datetime
    tries: int = 0

    def fits(self, typed: str) -> bool:
        """Whether these are the digits."""
        return hmac.compare_digest(self.digest, code_digest(self.salt, typed))


@dataclass(frozen=True)
class Address:
    """One address of a person's on one channel.

    `id` names the address as it was given once: given anew, it has another. `sealed` is what KMS made of the address
    and the secret of its unsubscribe link; `masked` is all of it that is ever shown, such as `a…@e…`.
    """

    id: str
    person_id: str
    channel: Channel
    sealed: bytes
    masked: str
    state: State = State.UNVERIFIED
    why: Why | None = None
    code: SentCode | None = None


def new_code() -> str:
    """Six digits nobody can guess."""
    return f"{secrets.randbelow(10**6):06}"


def sent_code(code: str, now: datetime) -> SentCode:
    """What is kept of a code that is sent now."""
    salt = secrets.token_hex(16)
    return SentCode(code_digest(salt, code), salt, now + CODE_GOOD_FOR)


def code_digest(salt: str, code: str) -> str:
    """Salted, so that codes of two people cannot be compared.

    What protects six digits is that they are tried five times at most, and are soon worth nothing.
    """
    return hashlib.sha256(f"{salt}{code}".encode()).hexdigest()


def masked_email(address: str) -> str:
    """`alice@example.org` as `a…@e…`: enough to know one's own by, and no one else's."""
    name, _, host = address.partition("@")
    return f"{name[:1]}…@{host[:1]}…"


def masked_number(number: str) -> str:
    """`+12065550100` as `…00`."""
    return f"…{number[-2:]}"
