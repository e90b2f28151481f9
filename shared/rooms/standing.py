"""What keeps a member from writing: where they stand, what they have accepted, the room and its mode."""

from collections.abc import Callable
from datetime import datetime, timedelta

from shared.clock import instant_text
from shared.people.model import Principal
from shared.rooms.model import Membership, Room, RoomKind
from shared.rooms.refusals import GuidelinesChanged, Newcomer, RoomClosed, RoomResting
from shared.rooms.rota import RoomMode, State


def require_may_post(
    room: Room, member: Membership, caller: Principal, state: Callable[[], State], now: datetime
) -> None:
    """Raises what keeps this member from writing now, pace apart. `state` is asked only where it matters."""
    member.require_voice(now)
    if room.closed:
        raise RoomClosed
    if member.of_staff or room.kind is RoomKind.DIRECT:
        return
    if member.guidelines_version < room.guidelines_version:
        raise GuidelinesChanged("Please read and accept them first.", version=room.guidelines_version)
    present = state()
    if present.mode is RoomMode.RESTING:
        raise RoomResting(next_live_at=_text(present.next_live_at))
    waits_until = caller.since + timedelta(minutes=room.settings.newcomer_wait_minutes) if caller.since else now
    if now < waits_until:
        raise Newcomer.until(waits_until)


def _text(instant: datetime | None) -> str | None:
    return instant_text(instant) if instant else None
