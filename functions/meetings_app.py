"""What both HTTP functions work with in meetings, made on first use."""

from collections.abc import Callable, Mapping
from functools import cached_property

from functions.broadcast import Broadcast
from shared.appointments.store import AppointmentStore
from shared.meetings.calls import Calls
from shared.meetings.circles import CircleOccasions
from shared.meetings.circling import Circling
from shared.meetings.hosting import Hosting
from shared.meetings.model import Meeting, MeetingKind, Provider
from shared.meetings.occasions import AppointmentOccasions, Occasion, Occasions
from shared.meetings.reaping import Reaper
from shared.meetings.service import Meetings
from shared.meetings.spending import Spending
from shared.meetings.store import MeetingStore
from shared.meetings.usage_store import UsageStore
from shared.rooms.open_circles import OpenCircles
from shared.rooms.room_store import RoomStore
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
        self._open_circles = OpenCircles(rooms)
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
        of_rooms = CircleOccasions(RoomStore(self._rooms), self._open_circles)
        occasions = Occasions(
            {MeetingKind.APPOINTMENT: of_appointments.find, MeetingKind.CIRCLE: of_rooms.find},
        )
        return Meetings(MeetingStore(self._rooms), occasions, self._calls, self.spending.choose)

    @cached_property
    def spending(self) -> Spending:
        """What calls cost."""
        return Spending(UsageStore(self._rooms), MeetingStore(self._rooms), self._providers, self._ceiling_usd)

    @cached_property
    def hosting(self) -> Hosting:
        """What counselors and facilitators do."""
        return Hosting(self.service)

    @cached_property
    def circling(self) -> Circling:
        """What people do in circles."""
        return Circling(self.service, self.hosting)

    def put_out(self, room_id: str, person_id: str) -> None:
        """Whoever may not be in a room just now is out of its circle at once, if they are in it.

        What is lost here, by a crash or to somebody faster, their next keeping of the seat makes good.
        """
        gathered = self.service.store.find(self._open_circles.of(room_id))
        if gathered and (after := self.service.put_out(gathered, person_id)):
            self.tell(after)

    def tell(self, meeting: Meeting, *, hosts_only: bool = False) -> None:
        """Let open pages of everybody a meeting concerns know that it changed.

        Everybody who has a room open learns when a circle begins or ends there.
        """
        self._broadcast.meeting(meeting, frozenset(meeting.host_ids) if hosts_only else meeting.person_ids)
        if meeting.kind is MeetingKind.CIRCLE and (meeting.version == 1 or meeting.ended_at):
            self._broadcast.circle(meeting.of, on=self._open_circles.of(meeting.of) != "")


def reaper(rooms: Table, appointments: Table, calls: Callable[[Provider], Calls]) -> Reaper:
    """What clears up after meetings that nobody ended."""
    of_appointments = AppointmentOccasions(AppointmentStore(appointments), lambda _person_id: "")
    of_rooms = CircleOccasions(RoomStore(rooms), OpenCircles(rooms))

    def left_open(meeting: Meeting) -> Occasion | None:
        circle = meeting.kind is MeetingKind.CIRCLE
        return of_rooms.left_open(meeting) if circle else of_appointments.left_open(meeting.of)

    return Reaper(MeetingStore(rooms), calls, left_open)
