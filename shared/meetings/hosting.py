"""What only the hosts of a meeting do: let people in, have them leave, say how long it takes, end it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shared.errors import Busy, NotAllowed, NotFound
from shared.intents import Once
from shared.meetings.model import Ending, Meeting
from shared.meetings.occasions import Occasion
from shared.meetings.seat import SeatStatus
from shared.meetings.seen import Seen
from shared.meetings.service import ATTEMPTS, Meetings
from shared.meetings.store import Gathered
from shared.people.model import Principal
from shared.tables import Write


@dataclass(frozen=True)
class Hosting:
    """Use cases of hosts."""

    meetings: Meetings

    def decide(
        self, caller: Principal, meeting_id: str, seat_id: str, status: SeatStatus, once: Once, now: datetime
    ) -> Seen:
        """Let somebody in, or not, or have them leave. Raises NotFound, NotAllowed, MeetingEnded."""

        def change(meeting: Meeting) -> Meeting:
            seat = meeting.seat(seat_id)
            if seat.role.hosts:
                raise NotAllowed("Hosts can't be asked to leave.")
            return meeting.decided(seat, status)

        before, seen = self.changed(caller, meeting_id, change, once, now)
        if status is not SeatStatus.ADMITTED:
            self.meetings.cut_off(before, before.seat(seat_id))
        return seen

    def admit_all(self, caller: Principal, meeting_id: str, once: Once, now: datetime) -> Seen:
        """Let everybody in who waits. Raises NotFound, MeetingEnded."""

        def change(meeting: Meeting) -> Meeting:
            for seat in meeting.seats:
                if seat.status is SeatStatus.WAITING:
                    meeting = meeting.decided(seat, SeatStatus.ADMITTED)
            return meeting

        return self.changed(caller, meeting_id, change, once, now)[1]

    def notice(self, caller: Principal, meeting_id: str, minutes: int, once: Once, now: datetime) -> Seen:
        """Tell those who wait that they were seen, and about how long it takes. Raises NotFound, MeetingEnded."""
        return self.changed(caller, meeting_id, lambda meeting: meeting.noticed(minutes, now), once, now)[1]

    def end(self, caller: Principal, meeting_id: str, once: Once, now: datetime) -> Seen:
        """End it for everybody. Raises NotFound, MeetingEnded."""

        def change(meeting: Meeting) -> Meeting:
            return meeting.over(Ending.ENDED, now)

        before, seen = self.changed(caller, meeting_id, change, once, now)
        self.meetings.end_call(before)
        return seen

    def changed(
        self,
        caller: Principal,
        meeting_id: str,
        change: Callable[[Meeting], Meeting],
        once: Once,
        now: datetime,
        *,
        also_ended: bool = False,
    ) -> tuple[Meeting, Seen]:
        """Do what only hosts do. The meeting as it was before, and as it is now.

        Raises NotFound, MeetingEnded unless it is for `also_ended` ones, and what `change` does.
        """
        for _ in range(ATTEMPTS):
            before = self.meetings.theirs(caller, meeting_id)
            if caller.id not in before.meeting.host_ids:
                raise NotFound
            if not also_ended:
                before.meeting.require_open()
            occasion = self.meetings.occasion_of(caller, before.meeting, now)
            after = change(before.meeting)
            seen = Seen(Gathered(after, before.presences), occasion, caller.id)
            if self.meetings.committed([once(seen), *self._writes(before, after, occasion, caller.id, now)]):
                return before.meeting, seen
        raise Busy

    def _writes(self, before: Gathered, after: Meeting, occasion: Occasion, by: str, now: datetime) -> list[Write]:
        store = self.meetings.store
        if before.meeting.ended_at or not after.ended_at:
            return store.changes(before.meeting, after)
        return [*store.end(before, after, now), *occasion.on_end(by, now, have_met=after.have_met)]
