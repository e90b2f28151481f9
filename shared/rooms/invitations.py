"""Invitations: a link that leads into a room. Only a digest of what stands in it is kept.

INVITATION#<digest>  INVITATION   the room that a link leads to
ROOM#<room>          INVITATION   the digest of the room's present link: older ones lead nowhere
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from shared.clock import instant_text
from shared.tables import Table, Write


@dataclass(frozen=True)
class InvitationStore:
    """Reads invitations, and makes the writes that change them."""

    table: Table

    def put(self, token: str, room_id: str, now: datetime) -> list[Write]:
        """Make a link lead to a room, instead of any older one."""
        item = {
            "pk": f"INVITATION#{_digest(token)}",
            "sk": "INVITATION",
            "room_id": room_id,
            "made_at": instant_text(now),
        }
        return [
            self.table.put(item),
            self.table.put({"pk": f"ROOM#{room_id}", "sk": "INVITATION", "digest": _digest(token)}),
        ]

    def end(self, room_id: str) -> Write:
        """Make no link lead there."""
        return self.table.delete(f"ROOM#{room_id}", "INVITATION")

    def there(self, room_id: str) -> bool:
        """Whether there is a link."""
        return self.table.get(f"ROOM#{room_id}", "INVITATION") is not None

    def leads_to(self, token: str) -> str | None:
        """The room this link leads to, if it is the room's present one."""
        item = self.table.get(f"INVITATION#{_digest(token)}", "INVITATION")
        if item is None:
            return None
        current = self.table.get(f"ROOM#{item['room_id']}", "INVITATION")
        return str(item["room_id"]) if current and current["digest"] == _digest(token) else None


def _digest(token: str) -> str:
    """What is kept of an invitation."""
    return hashlib.sha256(token.encode()).hexdigest()[:32]
