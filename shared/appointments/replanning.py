"""What changes of appointments mean for the calendars of the two people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from shared.appointments.model import Appointment, AppointmentStatus
from shared.appointments.store import AppointmentStore, DayChange, Stretch, day_changes
from shared.tables import Lost, Write

Listed = Mapping[date, frozenset[str]]


@dataclass(frozen=True)
class Replan:
    """One appointment before (None if it is new) and after a change."""

    before: Appointment | None
    after: Appointment

    def of_counselor(self) -> dict[date, DayChange]:
        """What it means for the counselor, who has a buffer to keep."""
        before = self.before
        return self._changes(
            (before.start, before.occupied_until) if before else None, (self.after.start, self.after.occupied_until)
        )

    def of_client(self) -> dict[date, DayChange]:
        """What it means for the client."""
        before = self.before
        return self._changes((before.start, before.end) if before else None, (self.after.start, self.after.end))

    def _changes(self, old: Stretch | None, new: Stretch) -> dict[date, DayChange]:
        if self.after.status is AppointmentStatus.CANCELLED:
            # The days go on listing it: a cancelled appointment stays in both people's history.
            return day_changes(old, None, unlist=False)
        return day_changes(old, new, unlist=True)


@dataclass(frozen=True)
class Losing:
    """What it means to lose the time of either, and what their days have listed, where entries change places."""

    counselor: Lost
    client: Lost
    counselor_listed: Listed = field(default_factory=dict)
    client_listed: Listed = field(default_factory=dict)


def calendar_writes(store: AppointmentStore, replans: Sequence[Replan], losing: Losing) -> list[Write]:
    """The writes that give up old times and take new ones, in the calendars of the two people all of these are of.

    No two of the changes may take the same quarter of an hour.
    """
    counselor, client = replans[0].after.counselor_id, replans[0].after.client_id
    of_counselor = {replan.after.id: replan.of_counselor() for replan in replans}
    of_client = {replan.after.id: replan.of_client() for replan in replans}
    return [
        *store.change_days_of_many(counselor, "appointments", of_counselor, losing.counselor_listed, losing.counselor),
        *store.change_days_of_many(client, "appointments", of_client, losing.client_listed, losing.client),
    ]
