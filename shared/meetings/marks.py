"""What Chime told of a meeting, noted beside it: a hint, on which nothing rests.

MEETING#<id>   CARRIED#<seat>   from when until when Chime has carried somebody, as far as it said so
"""

from contextlib import suppress
from dataclasses import dataclass

from shared.clock import epoch, instant_text
from shared.errors import ChangedMeanwhile
from shared.meetings.happenings import Happening, HappeningKind
from shared.meetings.store import KEPT, MeetingStore
from shared.tables import Item, Write, commit

_AS_SAID = {HappeningKind.JOINED: "joined_at", HappeningKind.LEFT: "left_at", HappeningKind.DROPPED: "left_at"}


class _Older(Exception):  # noqa: N818 - a later one was noted before
    pass


@dataclass(frozen=True)
class Marks:
    """Notes happenings, which may come twice, late, and out of order."""

    store: MeetingStore

    def note(self, happening: Happening) -> None:
        """Note who came into the call or left it; that a call has ended, so that nobody is sent to it any more."""
        if happening.kind is HappeningKind.ENDED:
            self._ended(happening)
        elif happening.kind in _AS_SAID:
            with suppress(_Older):
                commit(self.store.table.client, [self._mark(happening, _AS_SAID[happening.kind])])

    def _mark(self, happening: Happening, name: str) -> Write:
        return self.store.table.update(
            f"MEETING#{happening.meeting_id}",
            f"CARRIED#{happening.seat_id}",
            f"SET #{name} = :at, expires_at = :end",
            when=f"attribute_not_exists(#{name}) OR #{name} < :at",
            values={"at": instant_text(happening.at), "end": epoch(happening.at + KEPT)},
            lost=_older,
        )

    def _ended(self, happening: Happening) -> None:
        gathered = self.store.find(happening.meeting_id)
        if gathered is None or gathered.meeting.provider_id != happening.provider_id:
            return
        with suppress(ChangedMeanwhile):  # whoever was faster has found out, or will
            commit(self.store.table.client, [self.store.replace(gathered.meeting, gathered.meeting.without_call())])


def _older(_old: Item | None) -> Exception:
    return _Older()
