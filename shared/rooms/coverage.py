"""What facilitators do with the rota of a room. Who may do it is checked here."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from shared.audit import Audit
from shared.errors import ChangedMeanwhile
from shared.intents import Once
from shared.people.model import Principal
from shared.rooms import swaps
from shared.rooms.rota import Rota
from shared.rooms.rota_store import RotaStore
from shared.tables import commit

Facilitates = Callable[[Principal, str], object]
"""Raises NotFound or NotAllowed unless the caller is a facilitator of the room with this id."""
_Swap = Callable[[Rota, str, date, str, datetime], Rota]


@dataclass(frozen=True)
class Coverage:
    """Use cases. Each change is one transaction, and `version` is the one the caller has seen.

    Whoever changed something announces it afterwards (`Modes.announce`): the mode may be another at once.
    """

    store: RotaStore
    audit: Audit
    facilitates: Facilitates

    def get(self, room_id: str) -> Rota:
        """The rota; before anybody has written one, an empty one of version 0, by which the room is slow."""
        return self.store.find(room_id) or Rota("UTC")

    def write(self, caller: Principal, room_id: str, rota: Rota, once: Once, now: datetime) -> Rota:
        """Replace zone, shifts and the mode without cover. Swaps of shifts that stay are kept, and none are taken over.

        Raises NotFound, NotAllowed, Invalid, ChangedMeanwhile.
        """
        self.facilitates(caller, room_id)
        rota.check()
        before = self._seen(room_id, rota.version)
        return self._commit(caller, room_id, swaps.carried_over(before, rota, now), once, now)

    def offer(
        self, caller: Principal, room_id: str, shift_id: str, on: date, version: int, once: Once, now: datetime
    ) -> Rota:
        """Ask for somebody else to come to the caller's shift that begins on this date; until then they come.

        Raises NotFound, NotAllowed, Invalid, ShiftOver, ChangedMeanwhile.
        """
        return self._swap(swaps.offer, caller, room_id, shift_id, on, version, once, now)

    def withdraw(
        self, caller: Principal, room_id: str, shift_id: str, on: date, version: int, once: Once, now: datetime
    ) -> Rota:
        """Take back the caller's offer. Raises what `offer` raises, and NotOnOffer."""
        return self._swap(swaps.withdraw, caller, room_id, shift_id, on, version, once, now)

    def take(
        self, caller: Principal, room_id: str, shift_id: str, on: date, version: int, once: Once, now: datetime
    ) -> Rota:
        """Come to a shift that somebody offered, or that nobody comes to. Raises what `withdraw` raises."""
        return self._swap(swaps.take, caller, room_id, shift_id, on, version, once, now)

    def drop(
        self, caller: Principal, room_id: str, shift_id: str, on: date, version: int, once: Once, now: datetime
    ) -> Rota:
        """Say that the caller cannot come to their shift: nobody does. Raises what `offer` raises."""
        return self._swap(swaps.drop, caller, room_id, shift_id, on, version, once, now)

    def _swap(
        self,
        change: _Swap,
        caller: Principal,
        room_id: str,
        shift_id: str,
        on: date,
        version: int,
        once: Once,
        now: datetime,
    ) -> Rota:
        self.facilitates(caller, room_id)
        before = self._seen(room_id, version)
        after = swaps.pruned(change(before, shift_id, on, caller.id, now), now)
        return self._commit(caller, room_id, after, once, now)

    def _seen(self, room_id: str, version: int) -> Rota:
        rota = self.get(room_id)
        if rota.version != version:
            raise ChangedMeanwhile
        return rota

    def _commit(self, caller: Principal, room_id: str, changed: Rota, once: Once, now: datetime) -> Rota:
        after = replace(changed, version=changed.version + 1)
        entry = self.audit.entry(caller.id, "RotaChanged", caller.id, now, fact=f"{room_id} {after.version}")
        commit(self.store.table.client, [once(after), self.store.replace(room_id, after), entry])
        return after
