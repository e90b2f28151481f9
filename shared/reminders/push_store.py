"""Which browsers of a person take push messages, in the people table.

| pk | sk | holds |
|---|---|---|
| `PERSON#<id>` | `PUSH#<device>` | a subscription: where to send to, and what to encrypt for |
| `PUSH#<device>` | `PUSH` | whose it is: a browser belongs to whoever switched it on last |

`<device>` is a digest of the subscription's endpoint. Nothing is kept about the device itself.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from shared.clock import instant_text, parse_instant
from shared.errors import ChangedMeanwhile
from shared.tables import Item, Table, Write


@dataclass(frozen=True)
class Device:
    """A browser that takes push messages. Its keys are as the browser wrote them: base64url."""

    endpoint: str
    p256dh: str
    auth: str
    since: datetime

    @property
    def id(self) -> str:
        """Half of the endpoint's SHA-256, which a page can work out about its own browser as well."""
        return hashlib.sha256(self.endpoint.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class PushStore:
    """Reads and writes subscriptions."""

    table: Table

    def of(self, person_id: str) -> list[Device]:
        """Somebody's devices, the oldest first."""
        items = self.table.query(f"PERSON#{person_id}", "PUSH#", "PUSH#g")  # ids are hexadecimal
        return sorted(map(_device, items), key=lambda device: (device.since, device.id))

    def owner(self, device: str) -> str | None:
        """Whose browser it is."""
        item = self.table.get(f"PUSH#{device}", "PUSH")
        return str(item["person_id"]) if item else None

    def give(self, device: Device, person_id: str, *, before: str | None) -> list[Write]:
        """Make it this person's. `before` is whose it was; ChangedMeanwhile is raised on commit if it is no longer."""
        owned = self.table.put(
            {"pk": f"PUSH#{device.id}", "sk": "PUSH", "person_id": person_id},
            when="person_id = :before" if before else "attribute_not_exists(pk)",
            values={"before": before} if before else None,
        )
        subscribed = self.table.put(
            {
                "pk": f"PERSON#{person_id}",
                "sk": f"PUSH#{device.id}",
                "endpoint": device.endpoint,
                "p256dh": device.p256dh,
                "auth": device.auth,
                "since": instant_text(device.since),
            }
        )
        taken = [self.table.delete(f"PERSON#{before}", f"PUSH#{device.id}")] if before not in (None, person_id) else []
        return [owned, subscribed, *taken]

    def forget(self, device: str, person_id: str) -> list[Write]:
        """Remove it. NotTheirs is raised on commit if it is somebody else's by now, or nobody's."""
        return [
            self.table.delete(
                f"PUSH#{device}",
                "PUSH",
                when="person_id = :me",
                values={"me": person_id},
                lost=_not_theirs,
            ),
            self.table.delete(f"PERSON#{person_id}", f"PUSH#{device}"),
        ]


class NotTheirs(ChangedMeanwhile):
    """The device went over to somebody else, or was removed already."""


def _device(item: Item) -> Device:
    return Device(item["endpoint"], item["p256dh"], item["auth"], parse_instant(item["since"]))


def _not_theirs(_old: Item | None) -> Exception:
    return NotTheirs()
