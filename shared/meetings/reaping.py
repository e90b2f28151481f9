"""Clearing up after meetings that nobody ended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shared.errors import ChangedMeanwhile
from shared.meetings.calls import Calls
from shared.meetings.model import EMPTY_FOR, Ending, Meeting, Provider
from shared.meetings.occasions import Occasion
from shared.meetings.seat import SeatStatus
from shared.meetings.store import Gathered, MeetingStore
from shared.tables import commit


@dataclass(frozen=True)
class Reaper:
    """Ends what was left by everybody. `occasion_of` finds what a meeting was held for, if that is still there."""

    store: MeetingStore
    calls: Callable[[Provider], Calls]
    occasion_of: Callable[[Meeting], Occasion | None]

    def sweep(self, now: datetime) -> int:
        """Look at every meeting that is not over; at how many there was something to do."""
        return sum(self._reap(meeting_id, now) for meeting_id in self.store.open_ids())

    def _reap(self, meeting_id: str, now: datetime) -> bool:
        gathered = self.store.find(meeting_id)
        if gathered is None:
            self._forget(meeting_id)
            return False
        meeting = gathered.meeting
        if meeting.ended_at:
            self._end_call(meeting)
            self._forget(meeting_id)
            return True
        self._keep_out(meeting)
        # Over when its facilitators have been gone for too long, whoever else is there.
        attended = meeting.attended(now, by_facilitator=gathered.host_is_there(now))
        if attended.ended_at:
            return self._become(gathered, attended, now)
        return now >= gathered.last_seen_at + EMPTY_FOR and self._clear(gathered, now)

    def _clear(self, gathered: Gathered, now: datetime) -> bool:
        """Nobody can come back: it is over. Somebody still can: only a call that costs money ends."""
        meeting = gathered.meeting
        occasion = self.occasion_of(meeting)
        if occasion and occasion.closes_at and now < occasion.closes_at:
            return bool(meeting.provider_id) and self._become(gathered, meeting.emptied(now).hung_up(), now)
        return self._become(gathered, meeting.over(Ending.EVERYONE_LEFT, now), now)

    def _become(self, gathered: Gathered, after: Meeting, now: datetime) -> bool:
        meeting = gathered.meeting
        writes = self.store.end(gathered, after, now) if after.ended_at else [self.store.replace(meeting, after)]
        occasion = self.occasion_of(meeting) if after.ended_at else None
        writes += occasion.on_end(meeting.host_ids[0], now, have_met=meeting.have_met) if occasion else []
        try:
            commit(self.store.table.client, writes)
        except ChangedMeanwhile:  # somebody came back at this moment
            return False
        self._end_call(meeting)
        if after.ended_at:
            self._forget(meeting.id)
        return True

    def _keep_out(self, meeting: Meeting) -> None:
        """Whoever had to leave stays out, also if the process that saw to it ended before it was done."""
        for seat in meeting.seats:
            if seat.status in (SeatStatus.REMOVED, SeatStatus.DECLINED) and seat.joined_at and meeting.provider:
                self.calls(meeting.provider).remove(meeting, seat)

    def _end_call(self, meeting: Meeting) -> None:
        if meeting.provider:
            self.calls(meeting.provider).end(meeting)

    def _forget(self, meeting_id: str) -> None:
        commit(self.store.table.client, [self.store.unlist(meeting_id)])
