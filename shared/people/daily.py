"""A secret a day, forgotten after two: what was derived from it can then no longer be traced back by anyone.

It salts address hashes (so a network address is never stored and cannot be linked across days), signs registration
challenges, and makes answers that must be repeatable but not stored, such as recovery codes.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from shared.clock import epoch
from shared.errors import Conflict
from shared.tables import Item, Table, commit

_KEPT = timedelta(days=2)


class Forgotten(Conflict):
    """The secret of that day is gone for good."""

    code = "expired"
    title = "This took too long. Please start again"


class _TakenFirst(Exception):  # noqa: N818 - somebody else made today's secret; theirs counts
    def __init__(self, secret: str) -> None:
        self.secret = secret


@dataclass(frozen=True)
class DailySecrets:
    """Today's secret, made by whoever needs it first."""

    table: Table
    _known: dict[date, bytes] = field(default_factory=dict)

    def digest(self, on: date, purpose: str, *parts: str, now: datetime) -> str:
        """A keyed SHA-256 of the parts, for one purpose, with the secret of the day `on` (64 hexadecimal digits).

        Raises Forgotten when `on` is not today and its secret is no longer kept.
        """
        text = "\n".join([purpose, *(part.replace("\\", "\\\\").replace("\n", "\\n") for part in parts)])
        return hmac.new(self._secret(on, now), text.encode(), "sha256").hexdigest()

    def _secret(self, on: date, now: datetime) -> bytes:
        known = self._known.get(on)
        if known is None:
            known = self._known[on] = bytes.fromhex(self._read(on) or self._make(on, now))
        return known

    def _read(self, on: date) -> str | None:
        item = self.table.get(f"DAILY#{on}", "SECRET")
        return item["secret"] if item else None

    def _make(self, on: date, now: datetime) -> str:
        if on != now.date():
            raise Forgotten
        secret = secrets.token_hex(32)
        item: Item = {"pk": f"DAILY#{on}", "sk": "SECRET", "secret": secret, "expires_at": epoch(now + _KEPT)}
        try:
            commit(self.table.client, [self.table.put_new(item, lost=_taken_first)])
        except _TakenFirst as first:
            return first.secret
        return secret


def _taken_first(old: Item | None) -> Exception:
    return _TakenFirst(old["secret"]) if old else Forgotten()
