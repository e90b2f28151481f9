"""What both HTTP functions work with in meetings, made on first use."""

from collections.abc import Callable, Mapping
from functools import cached_property

from functions.broadcast import Broadcast
from shared.appointments.store import AppointmentStore
from shared.meetings.calls import Calls
from shared.meetings.hosting import Hosting
from shared.meetings.model import Meeting, MeetingKind, Provider
from shared.meetings.occasions import AppointmentOccasions
from shared.meetings.reaping import Reaper
from shared.meetings.service import Meetings, Occasions
from shared.meetings.spending import Spending
from shared.meetings.store import MeetingStore
from shared.meetings.usage_store import UsageStore
from shared.tables import Table


class MeetingsApp:
    """The collaborators of everything about meetings.

    `providers` says what usually carries which kind, `ceiling_usd` what it may cost a month.
    """

    def __init__(
        self,
        rooms: Table,
        appointments: AppointmentStore,
        handle_of: Callable[[str], str],
        calls: Callable[[Provider], Calls],
        providers: Mapping[MeetingKind, Provider],
        ceiling_usd: int | None,
        broadcast: Broadcast,
    ) -> None:
        self._rooms = rooms
        self._appointments = appointments
        self._handle_of = handle_of
        self._calls = calls
        self._providers = providers
        self._ceiling_usd = ceiling_usd
        self._broadcast = broadcast

    @cached_property
    def service(self) -> Meetings:
        """Coming, being there, going."""
        of_appointments = AppointmentOccasions(self._appointments, self._handle_of)
        occasions = Occasions({MeetingKind.APPOINTMENT: of_appointments.find})
        return Meetings(MeetingStore(self._rooms), occasions, self._calls, self.spending.choose)

    @cached_property
    def spending(self) -> Spending:
        """What calls cost."""
        return Spending(UsageStore(self._rooms), MeetingStore(self._rooms), self._providers, self._ceiling_usd)

    @cached_property
    def hosting(self) -> Hosting:
        """What counselors and facilitators do."""
        return Hosting(self.service)

    def tell(self, meeting: Meeting) -> None:
        """Let open pages of everybody a meeting concerns know that it changed."""
        self._broadcast.meeting(meeting)


def reaper(rooms: Table, appointments: Table, calls: Callable[[Provider], Calls]) -> Reaper:
    """What clears up after meetings that nobody ended."""
    found = AppointmentOccasions(AppointmentStore(appointments), lambda _person_id: "")
    return Reaper(MeetingStore(rooms), calls, lambda meeting: found.left_open(meeting.of))
