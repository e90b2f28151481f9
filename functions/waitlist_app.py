"""The waiting list, as every function that works with it is given it."""

from shared.appointments.offer import Quiet
from shared.appointments.offering import Offering
from shared.appointments.practice_store import PracticeStore
from shared.appointments.store import AppointmentStore
from shared.people.model import Kind
from shared.reminders.notice_store import NoticeStore
from shared.tables import Table


def offering(appointments: Table) -> Offering:
    """What happens to times that came free."""
    notices = NoticeStore(appointments)

    def quiet(client_id: str) -> Quiet | None:
        chosen = notices.preferences(client_id, Kind.CLIENT).quiet
        return (chosen.start, chosen.end) if chosen else None

    return Offering(PracticeStore(appointments), AppointmentStore(appointments), quiet)
