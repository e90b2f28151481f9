"""Switching push messages on and off for a browser."""

from dataclasses import dataclass, replace

from shared.intents import Once
from shared.people.model import Principal
from shared.reminders.push_store import Device, NotTheirs, PushStore
from shared.tables import commit

MOST = 10


@dataclass(frozen=True)
class Devices:
    """What people do with their devices."""

    store: PushStore

    def of(self, caller: Principal) -> list[Device]:
        """The caller's, the oldest first."""
        return self.store.of(caller.id)

    def subscribe(self, caller: Principal, device: Device, once: Once) -> Device:
        """Send to this browser from now on, and no longer to whoever used it before.

        One that is known already keeps the time it was switched on. Of more than `MOST` the oldest goes: browsers
        seldom say that they are gone. Raises ChangedMeanwhile if somebody else switches it on at the same time.
        """
        mine = self.store.of(caller.id)
        known = next((one for one in mine if one.id == device.id), None)
        kept = replace(device, since=known.since) if known else device
        writes = [once(kept), *self.store.give(kept, caller.id, before=self.store.owner(device.id))]
        for old in [] if known else mine[: max(0, len(mine) + 1 - MOST)]:
            writes += self.store.forget(old.id, caller.id)
        commit(self.store.table.client, writes)
        return kept

    def forget(self, caller: Principal, device: str) -> None:
        """Send nothing more to this browser of the caller's. It need not be there, and another's stays."""
        forget(self.store, device, caller.id)


def forget(store: PushStore, device: str, person_id: str) -> None:
    """Remove a device, if it is still this person's."""
    try:
        commit(store.table.client, store.forget(device, person_id))
    except NotTheirs:
        return
