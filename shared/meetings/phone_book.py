"""What is kept for taking part by phone, in the rooms table.

PHONE#<appointment>  CODE     the code to dial in with, sealed, so that its client can look it up again
PHONE#<appointment>  CALLS    how often that was called, and the last time
CODE#<digest>        CODE     which appointment a code is for

Numbers to call are kept as `phone_numbers.py` says.

All of it counts no longer than `until`; removing it later is clean-up.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shared.clock import epoch
from shared.errors import Conflict
from shared.meetings.phone import is_pin, new_pin, pin_digest
from shared.meetings.phone_numbers import PhoneNumbers
from shared.seal import Seal
from shared.tables import Item, Table, Write, commit

CALLS = 5  # per appointment
RINGS = timedelta(seconds=45)  # as long as one call may ring before the next


class TooManyCalls(Conflict):
    """As many calls were made for this appointment as may be."""

    code = "too_many_calls"
    title = "This number was called often enough for this appointment"


class AlreadyCalling(Conflict):
    """It is ringing already."""

    code = "already_calling"
    title = "The phone is ringing already. Please give it a moment"


class CalledBefore(Exception):  # noqa: N818 - not an error: this intent's call was placed
    """The same request placed the call already."""


class _Taken(Exception):  # noqa: N818 - another appointment has this code, or this one has one already
    pass


@dataclass(frozen=True)
class PhoneBook:
    """Codes, numbers and how often they were called."""

    table: Table
    seal: Seal

    def code(self, appointment_id: str, until: datetime, now: datetime) -> str:
        """The appointment's code, made when it is first looked up; good until `until`, also if it was less before."""
        item = self._live(appointment_id, "CODE", now) or self._make(appointment_id, until, now)
        code = self.seal.open(_code_of(appointment_id), _bytes(item["sealed"]))
        if item["expires_at"] < epoch(until):
            longer = {"until": epoch(until)}
            keys = (_key(appointment_id, "CODE"), (f"CODE#{pin_digest(code)[:32]}", "CODE"))
            commit(
                self.table.client,
                [self.table.update(*key, "SET #expires_at = :until", values=longer) for key in keys],
            )
        return code

    def find(self, code: str, now: datetime) -> str | None:
        """The appointment a code is for."""
        if not is_pin(code):
            return None
        digest = pin_digest(code)
        item = self.table.get(f"CODE#{digest[:32]}", "CODE")
        if item is None or item["expires_at"] <= epoch(now) or not hmac.compare_digest(item["digest"], digest):
            return None
        return str(item["appointment_id"])

    def keep_number(self, appointment_id: str, number: str, until: datetime) -> Write:
        """Keep the number to call, instead of any other."""
        sealed = self.seal.close(_number_of(appointment_id), number)
        return PhoneNumbers(self.table).keep(appointment_id, sealed, until)

    def has_number(self, appointment_id: str, now: datetime) -> bool:
        """Whether there is a number."""
        return PhoneNumbers(self.table).find(appointment_id, now) is not None

    def number(self, appointment_id: str, now: datetime) -> str | None:
        """The number to call."""
        sealed = PhoneNumbers(self.table).find(appointment_id, now)
        return self.seal.open(_number_of(appointment_id), sealed) if sealed else None

    def forget_number(self, appointment_id: str) -> Write:
        """Remove the number. There being none is fine."""
        return PhoneNumbers(self.table).forget(appointment_id)

    def claim_call(self, appointment_id: str, intent: str, until: datetime, now: datetime) -> Write:
        """Count a call before it is placed. Lost: CalledBefore, AlreadyCalling, TooManyCalls."""

        def lost(old: Item | None) -> Exception:
            if old and old["intent"] == intent:
                return CalledBefore()
            return AlreadyCalling() if old and old["called_at"] > epoch(now - RINGS) else TooManyCalls()

        return self.table.update(
            *_key(appointment_id, "CALLS"),
            "SET #intent = :intent, called_at = :now, expires_at = :until ADD #calls :one",
            when="attribute_not_exists(#calls) OR (#calls < :most AND called_at <= :before AND #intent <> :intent)",
            values={
                "intent": intent,
                "now": epoch(now),
                "until": epoch(until),
                "one": 1,
                "most": CALLS,
                "before": epoch(now - RINGS),
            },
            lost=lost,
        )

    def give_back_call(self, appointment_id: str, intent: str) -> Write:
        """Do not count a call that could not be placed: the next may be placed at once."""
        return self.table.update(
            *_key(appointment_id, "CALLS"),
            "SET #intent = :none, called_at = :never ADD #calls :back",
            when="#intent = :intent",
            values={"none": "", "never": 0, "back": -1, "intent": intent},
        )

    def _make(self, appointment_id: str, until: datetime, now: datetime) -> Item:
        for _ in range(5):
            code = new_pin()
            digest = pin_digest(code)
            sealed = self.seal.close(_code_of(appointment_id), code)
            found: Item = {
                "pk": f"CODE#{digest[:32]}",
                "sk": "CODE",
                "digest": digest,
                "appointment_id": appointment_id,
                "expires_at": epoch(until),
            }
            item = _item(appointment_id, "CODE", until, sealed=sealed)
            free: dict[str, Any] = {
                "when": "attribute_not_exists(pk) OR expires_at <= :now",
                "values": {"now": epoch(now)},
                "lost": lambda _old: _Taken(),
            }
            try:
                commit(self.table.client, [self.table.put(item, **free), self.table.put(found, **free)])
            except _Taken:
                there = self._live(appointment_id, "CODE", now)
                if there:
                    return there
                continue
            return item
        raise Conflict

    def _live(self, appointment_id: str, what: str, now: datetime) -> Item | None:
        item = self.table.get(*_key(appointment_id, what))
        return item if item and item["expires_at"] > epoch(now) else None


def _key(appointment_id: str, what: str) -> tuple[str, str]:
    return f"PHONE#{appointment_id}", what


def _code_of(appointment_id: str) -> dict[str, str]:
    return {"purpose": "phone-code", "appointment": appointment_id}


def _number_of(appointment_id: str) -> dict[str, str]:
    return {"purpose": "phone-number", "appointment": appointment_id}


def _item(appointment_id: str, what: str, until: datetime, **more: Any) -> Item:
    pk, sk = _key(appointment_id, what)
    return {"pk": pk, "sk": sk, "expires_at": epoch(until), **more}


def _bytes(kept: Any) -> bytes:
    return bytes(kept)  # boto3's Binary, or what has not been to the table
