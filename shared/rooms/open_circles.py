"""Which rooms have a circle that is on.

ROOM#<room>   CIRCLE   the id of the meeting
"""

from dataclasses import dataclass

from shared.tables import Table, Write


@dataclass(frozen=True)
class OpenCircles:
    """Remembers the circle of a room from its first facilitator's coming to its end."""

    table: Table

    def of(self, room_id: str) -> str:
        """The id of the meeting, as of now; "" when there is none."""
        item = self.table.get(*_key(room_id))
        return str(item["meeting_id"]) if item else ""

    def open(self, room_id: str, meeting_id: str) -> Write:
        """Note that a circle is on. Lost (ChangedMeanwhile) when somebody else has opened one."""
        pk, sk = _key(room_id)
        return self.table.put_new({"pk": pk, "sk": sk, "meeting_id": meeting_id})

    def end(self, room_id: str, meeting_id: str) -> Write:
        """Note that it is over."""
        mine = "attribute_not_exists(pk) OR meeting_id = :mine"
        return self.table.delete(*_key(room_id), when=mine, values={"mine": meeting_id})


def _key(room_id: str) -> tuple[str, str]:
    return f"ROOM#{room_id}", "CIRCLE"
