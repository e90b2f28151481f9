"""Changing several appointments of the same two people at once: all or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.appointments.model import Appointment, Slot
from shared.appointments.refusals import TimesTaken, TooManyAtOnce
from shared.appointments.replanning import Losing, Replan, calendar_writes
from shared.appointments.series import Calendars, span_of
from shared.appointments.store import AppointmentStore
from shared.clock import instant_text
from shared.errors import Busy, Refusal
from shared.tables import Item, Write, commit

MOST_ITEMS = 100
"""https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html"""


@dataclass(frozen=True)
class SeriesWriting:
    """Reads the calendars of two people together, and commits changes of many appointments."""

    store: AppointmentStore

    def calendars(self, counselor_id: str, client_id: str, slots: Sequence[Slot]) -> Calendars:
        """Both calendars, as far as these times and others near to them need it: one query each."""
        first, last = span_of(slots)
        return Calendars(
            self.store.days(counselor_id, first, last).taken, self.store.days(client_id, first, last).taken
        )

    def commit(self, replans: Sequence[Replan], writes: Sequence[Write]) -> None:
        """Commit the writes, and those of the calendars, in one transaction.

        Raises what the writes mean to lose; TimesTaken with the starts that are gone; TooManyAtOnce; Busy where a day
        changed between being read and being written.
        """
        all_writes = [*writes, *calendar_writes(self.store, replans, self._losing(replans))]
        if len(all_writes) > MOST_ITEMS:
            raise TooManyAtOnce("Please move the later ones first, and then the others.")
        try:
            commit(self.store.table.client, all_writes)
        except TimesTaken:
            if gone := self._gone(replans):
                raise times_taken(gone) from None
            raise Busy from None

    def _losing(self, replans: Sequence[Replan]) -> Losing:
        """Only who moves one where another was needs to know what the days have listed."""
        moved = [replan for replan in replans if replan.before and replan.before.start != replan.after.start]
        if not moved:
            return Losing(_time_taken, _time_taken)
        after = moved[0].after
        first, last = span_of([Slot(one.start, one.end) for replan in moved for one in _both(replan)])
        counselor, client = (
            self.store.days(person, first, last).appointments_on for person in (after.counselor_id, after.client_id)
        )
        return Losing(_time_taken, _time_taken, counselor, client)

    def _gone(self, replans: Sequence[Replan]) -> list[Appointment]:
        after = [replan.after for replan in replans]
        slots = [Slot(one.start, one.end) for one in after]
        there = self.calendars(after[0].counselor_id, after[0].client_id, slots)
        there = there.without([replan.before for replan in replans if replan.before])
        return [one for one in after if there.in_the_way_of(one)]


def times_taken(gone: Sequence[Slot | Appointment]) -> TimesTaken:
    """The refusal that names the starts of these."""
    return TimesTaken("Nothing was changed. Please choose again.", taken=[instant_text(one.start) for one in gone])


def _both(replan: Replan) -> list[Appointment]:
    return [one for one in (replan.before, replan.after) if one]


def _time_taken(_old: Item | None) -> Refusal:
    return TimesTaken()
