"""Idempotency: one intent of a caller has one effect and one answer, however often the request arrives.

The record is one more write in the transaction that has the effect, so there is no moment at which one of them
exists without the other.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.clock import epoch
from shared.errors import Refusal
from shared.ids import derived_id
from shared.tables import Item, Table, Write

REMEMBERED = timedelta(hours=24)


class KeyReused(Refusal):
    """The same Idempotency-Key came with another request."""

    code = "idempotency_key_reused"
    title = "This key was used for another request"


class Repeated(Exception):  # noqa: N818 - not an error: the effect is there, and so is its answer
    """The same request won the race against itself; its answer can be recalled."""


@dataclass(frozen=True)
class Intent:
    """What a caller wants once: `key` names it among all intents, `content` is the digest of the request."""

    key: str
    content: str

    @classmethod
    def of(cls, caller: str, key: str, operation: str, content: bytes) -> "Intent":
        """The intent of `caller` (a person id) named by their Idempotency-Key.

        The content may hold a password. Its digest is salted with the key, which itself is kept only as a digest,
        so that nobody who reads the table can try passwords against it.
        """
        digest = hashlib.sha256("\n".join((key, operation, "")).encode() + content).hexdigest()
        return cls(derived_id(caller, key), digest)


@dataclass(frozen=True)
class Progress:
    """Of an intent of several steps: when its first was taken (whole seconds), and whether the last was."""

    begun_at: datetime
    finished: bool


Once = Callable[[Any], Write]
"""Given the result of a use case, the write that remembers its answer. Services add it to their transaction."""


@dataclass(frozen=True)
class Intents:
    """Remembers answers for a day."""

    table: Table

    def recall(self, intent: Intent, now: datetime) -> dict[str, Any] | None:
        """The answer given before, or None if there was none.

        Raises KeyReused when the key stands for another request.
        """
        item = self._find(intent, now)
        if item is None or "answer" not in item:
            return None
        answer: dict[str, Any] = json.loads(item["answer"])
        return answer

    def progress(self, intent: Intent, now: datetime) -> Progress | None:
        """How far an intent of several steps has come; None if `begin` was not committed for it."""
        item = self._find(intent, now)
        if item is None:
            return None
        return Progress(datetime.fromtimestamp(item["expires_at"], UTC) - REMEMBERED, "finished" in item)

    def begin(self, intent: Intent, now: datetime) -> Write:
        """The write that marks the first step of an intent whose effect takes more than one transaction."""
        return self._record(intent, {}, now)

    def finish(self, intent: Intent) -> Write:
        """The write that marks the last step of an intent whose answer may not be kept, since it holds a secret."""
        return self.table.update(*_key(intent), "SET #finished = :yes", values={"yes": True})

    def remember(self, intent: Intent, answer: dict[str, Any], now: datetime) -> Write:
        """The write that keeps `answer` beside its effect. Losing it means the request ran twice at once."""
        return self._record(intent, {"answer": json.dumps(answer, separators=(",", ":"))}, now)

    def _find(self, intent: Intent, now: datetime) -> Item | None:
        item = self.table.get(*_key(intent))
        if item is None or item["expires_at"] <= epoch(now):
            return None
        if item["content"] != intent.content:
            raise KeyReused("Please use a fresh Idempotency-Key for a new request.", field="header.Idempotency-Key")
        return item

    def _record(self, intent: Intent, answer: Item, now: datetime) -> Write:
        pk, sk = _key(intent)
        item = {"pk": pk, "sk": sk, "content": intent.content, "expires_at": epoch(now + REMEMBERED), **answer}
        # An expired record may linger until TTL removes it: it no longer counts. One without an answer was begun.
        free = "attribute_not_exists(pk) OR expires_at <= :now"
        begun = "#content = :content AND attribute_not_exists(answer)"
        values = {"now": epoch(now), "content": intent.content}
        return self.table.put(item, when=f"{free} OR ({begun})", values=values, lost=_repeated)


def _key(intent: Intent) -> tuple[str, str]:
    return f"INTENT#{intent.key}", "INTENT"


def _repeated(_old: Item | None) -> Exception:
    return Repeated()
