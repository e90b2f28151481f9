"""A small proof of work at the door: it costs a person a second and a robot with a thousand accounts its patience.

The browser looks for the number below `MAX_NUMBER` whose SHA-256 with the salt is the target (the scheme of ALTCHA,
https://altcha.org/docs/v2/proof-of-work/). The salt carries what was offered, so nothing is stored until it is used.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shared.clock import epoch
from shared.errors import Invalid
from shared.people.daily import DailySecrets

MAX_NUMBER = 60_000
GOOD_FOR = timedelta(minutes=30)


class ChallengeFailed(Invalid):
    """The proof is wrong, out of date, or not for this offer."""

    code = "challenge_failed"
    title = "The check before registering did not succeed"


@dataclass(frozen=True)
class Challenge:
    """What the browser is asked to solve. Valid only with its signature."""

    salt: str
    target: str
    signature: str
    max_number: int = MAX_NUMBER

    @property
    def expires_at(self) -> datetime:
        """Until when it may be used."""
        return datetime.fromtimestamp(int(self.salt.split(".")[0]), UTC)

    @property
    def set_at(self) -> datetime:
        """When we set it."""
        return self.expires_at - GOOD_FOR

    @property
    def nonce(self) -> str:
        """Names this challenge, so that it is used once."""
        return self.salt.split(".")[1]

    @property
    def handles(self) -> tuple[str, ...]:
        """The handles offered with it."""
        return tuple(self.salt.split(".")[2].split(","))


@dataclass(frozen=True)
class Challenges:
    """Sets challenges and checks answers."""

    daily: DailySecrets

    def set(self, handles: list[str], now: datetime) -> Challenge:
        """A challenge that offers these handles for half an hour."""
        salt = f"{epoch(now + GOOD_FOR)}.{secrets.token_hex(16)}.{','.join(handles)}"
        target = _hash(salt, secrets.randbelow(MAX_NUMBER + 1))
        return Challenge(salt, target, self._signature(salt, target, now))

    def check(self, challenge: Challenge, number: int, handle: str, now: datetime) -> None:
        """Accept the answer.

        Raises ChallengeFailed unless we set this challenge, it is still good, the number solves it and the handle
        was offered with it.
        """
        try:
            genuine = self._signature(challenge.salt, challenge.target, challenge.set_at, now).encode()
            signed = hmac.compare_digest(genuine, challenge.signature.encode())
        except (ValueError, IndexError, OverflowError, OSError):
            raise ChallengeFailed("Please load the page again.", field="body.challenge") from None
        if not signed or challenge.expires_at <= now:
            raise ChallengeFailed("It is too old. Please try once more.", field="body.challenge")
        if not hmac.compare_digest(_hash(challenge.salt, number), challenge.target):
            raise ChallengeFailed("That number does not solve it.", field="body.number")
        if handle not in challenge.handles:
            raise Invalid("Please choose one of the handles offered.", field="body.handle")

    def _signature(self, salt: str, target: str, made_at: datetime, now: datetime | None = None) -> str:
        return self.daily.digest(made_at.date(), "challenge", salt, target, now=now or made_at)


def _hash(salt: str, number: int) -> str:
    return hashlib.sha256(f"{salt}{number}".encode()).hexdigest()
