"""What people say about being late."""

from dataclasses import dataclass
from datetime import datetime

from shared.appointments.model import Appointment
from shared.appointments.service import Appointments
from shared.errors import Busy, ChangedMeanwhile
from shared.intents import Once
from shared.people.model import Principal
from shared.tables import commit

_ATTEMPTS = 5


@dataclass(frozen=True)
class Delays:
    """Use cases of both people of an appointment."""

    appointments: Appointments

    def say(self, caller: Principal, appointment_id: str, minutes: int, once: Once, now: datetime) -> Appointment:
        """Say that the caller comes about so many minutes late; saying it again says how many now.

        Nobody has to have seen the newest version to say so. Raises NotFound, NotAllowed, NotSoon, Busy.
        """
        store = self.appointments.store
        for _ in range(_ATTEMPTS):
            before = self.appointments.get(caller, appointment_id)
            after = before.delayed(caller.id, minutes, now)
            try:
                commit(store.table.client, [once(after), store.replace(before, after)])
            except ChangedMeanwhile:  # the other came, or said something, at this moment
                continue
            return after
        raise Busy
