"""Keeping sequences going: each room remembers how far its log has come, before its messages are erased."""

from dataclasses import dataclass
from datetime import datetime

from shared.errors import ChangedMeanwhile
from shared.rooms.log_store import LogStore
from shared.rooms.room_store import SLOTS, RoomStore
from shared.tables import commit


@dataclass(frozen=True)
class Floors:
    """What the sweep does for logs. Groups are looked after at each sweep, direct rooms once a day.

    A message is erased a week after it can no longer be read, and every room's retention is a day or more: so it takes
    eight days of failing sweeps, with an alarm, before a number could be given twice.
    """

    rooms: RoomStore
    log: LogStore

    def sweep(self, now: datetime) -> int:
        """Raise the floors of those whose turn it is; how many there were."""
        slot = (now.hour * 60 + now.minute) * SLOTS // (24 * 60)
        raised = [
            room_id for room_id in [*self.rooms.group_ids(), *self.rooms.direct_ids(slot)] if self._raise(room_id)
        ]
        return len(raised)

    def _raise(self, room_id: str) -> bool:
        newest = self.log.newest(room_id)
        if newest is None:
            return False
        try:
            commit(self.rooms.table.client, [self.rooms.raise_floor(room_id, (newest.seq, newest.ordinal))])
        except ChangedMeanwhile:  # it is as high already
            return False
        return True
