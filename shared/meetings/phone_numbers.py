"""Numbers that clients left to be called on, in the rooms table: `NUMBERS <appointment>`, sealed.

All in one partition, so that the sweep finds those whose time is over. Removing one needs no key.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shared.appointments.model import Appointment
from shared.clock import epoch
from shared.tables import Item, Table, Write, commit

_PARTITION = "NUMBERS"


@dataclass(frozen=True)
class PhoneNumbers:
    """What is kept, and until when it counts."""

    table: Table

    def keep(self, appointment_id: str, sealed: bytes, until: datetime) -> Write:
        """Keep the number to call, instead of any other."""
        item = {"pk": _PARTITION, "sk": appointment_id, "expires_at": epoch(until), "sealed": sealed}
        return self.table.put(item)

    def find(self, appointment_id: str, now: datetime) -> bytes | None:
        """The sealed number, while it counts."""
        item = self.table.get(_PARTITION, appointment_id)
        return bytes(item["sealed"]) if item and item["expires_at"] > epoch(now) else None

    def forget(self, appointment_id: str) -> Write:
        """Remove the number. There being none is fine."""
        return self.table.delete(_PARTITION, appointment_id)

    def sweep(self, find: Callable[[str], Appointment | None], now: datetime) -> int:
        """Remove the numbers nobody is called on any more: their time is over, or their appointment. Says how many.

        `find` finds an appointment, if there is one.
        """
        kept = self.table.query(_PARTITION, "0", "\uffff", limit=10_000)
        over = [item for item in kept if item["expires_at"] <= epoch(now) or not _stands(find(item["sk"]))]
        return sum(self._forget_unless_left_anew(item) for item in over)

    def _forget_unless_left_anew(self, item: Item) -> bool:
        seen = {"sealed": item["sealed"]}
        gone = self.table.delete(
            _PARTITION, item["sk"], when="sealed = :sealed", values=seen, lost=lambda _old: _Anew()
        )
        try:
            commit(self.table.client, [gone])
        except _Anew:
            return False
        return True


def _stands(appointment: Appointment | None) -> bool:
    return appointment is not None and appointment.stands


class _Anew(Exception):  # noqa: N818 - another number was left meanwhile, or it is gone already
    pass
