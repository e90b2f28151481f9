"""Tells the members of a room when its mode changes. The mode itself needs no telling: rota and time say it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.clock import epoch
from shared.ids import new_id
from shared.rooms.rota import LOOK_AHEAD, Rota, State, mode_at, state_at
from shared.rooms.rota_store import AlreadyAnnounced, Announced, RotaStore
from shared.schedules import Schedules
from shared.tables import commit

LOOK_AGAIN = LOOK_AHEAD - timedelta(days=1)


@dataclass(frozen=True)
class Modes:
    """Announces modes. Every call may come twice, late or out of order."""

    store: RotaStore
    schedules: Schedules

    def announce(self, room_id: str, now: datetime) -> State | None:
        """What the members of the room have not been told yet, and now shall be; None if they know, or have no rota.

        To be called after each change of the rota, and when a schedule says so. It plans the next look before it
        writes down what it announces, so that after a crash in between a repeat announces it. Of several at the same
        time one announces.
        """
        found = self.store.find_many([room_id])
        return self._announce(room_id, *found[room_id], now) if room_id in found else None

    def repair(self, room_ids: Iterable[str], now: datetime) -> dict[str, State]:
        """Announce what was missed in these rooms; what their members shall be told, by room. One batch of reads."""
        found = self.store.find_many(room_ids)
        told = {room_id: self._announce(room_id, rota, known, now) for room_id, (rota, known) in found.items()}
        return {room_id: state for room_id, state in told.items() if state}

    def _announce(self, room_id: str, rota: Rota, known: Announced | None, now: datetime) -> State | None:
        if known and not _stale(rota, known, now):
            return None
        state = state_at(rota, now)
        look_again_at = state.until or (now + LOOK_AGAIN if rota.shifts else None)
        if look_again_at:
            name = f"mode-{room_id}-{epoch(look_again_at)}"
            self.schedules.plan(name, {"room_id": room_id}, look_again_at, now)
        since = known.since if known and known.state.mode is state.mode else now
        attempt = new_id()
        try:
            announced = Announced(state, since, rota.version, now, look_again_at, attempt)
            commit(self.store.table.client, [self.store.announce(room_id, announced)])
        except AlreadyAnnounced as lost:
            if not lost.ours:
                return None
        return state if known is None or known.state != state else None


def _stale(rota: Rota, known: Announced, now: datetime) -> bool:
    """Whether what was announced may not be the whole truth any more. What was announced later is no news to it."""
    if (known.rota_version, known.at) >= (rota.version, now):
        return False
    due = known.look_again_at is not None and known.look_again_at <= now
    return known.rota_version < rota.version or due or known.state.mode is not mode_at(rota, now)
