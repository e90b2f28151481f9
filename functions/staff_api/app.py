"""The staff's API: its collaborators and its entry point."""

from datetime import datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from functions.api_app import ApiApp, ApiEnvironment
from functions.edge import Edge
from functions.staff_api.routes import ROUTES
from shared import aws
from shared.appointments.agenda import Agendas
from shared.appointments.busy.service import BusyCalendars
from shared.appointments.next_booking import NextBookings
from shared.appointments.note_store import NoteStore
from shared.appointments.notes import Notes
from shared.appointments.practices import Practices
from shared.people.arrivals import Arrivals
from shared.people.door import Door
from shared.people.model import Kind, Principal, Role
from shared.people.staff import Staff
from shared.tables import Write
from shared.telemetry import fault

if TYPE_CHECKING:
    from shared.rooms.coverage import Coverage
    from shared.rooms.modes import Modes


class StaffEnvironment(ApiEnvironment):
    """What this function is told."""

    staff_pool_id: str
    staff_client_id: str
    admin_email: str
    schedule_group: str
    scheduler_role_arn: str
    modes_function_arn: str
    wake_ups_dlq_arn: str


class StaffApp(ApiApp):
    """What the handlers of this package work with."""

    def __init__(self, settings: StaffEnvironment, *, scheduler: Any = None, **clients: Any) -> None:
        super().__init__(settings, Kind.STAFF, settings.staff_pool_id, settings.staff_client_id, **clients)
        self._told = settings
        self._scheduler = scheduler

    @cached_property
    def arrivals(self) -> Arrivals:
        """Staff at their first sign-in."""
        return Arrivals(self.people, self.audit, self._told.admin_email)

    @cached_property
    def door(self) -> Door:
        """How staff sign in: by their e-mail address."""
        return Door(self.accounts, self.sign_ins, self.limits, self.arrivals.resolve, self.arrivals.arrive)

    @cached_property
    def practices(self) -> Practices:
        """What counselors do with their practice."""
        return Practices(self.finder.practices)

    @cached_property
    def busy_calendars(self) -> BusyCalendars:
        """What counselors do with their other calendar."""
        return BusyCalendars(self.finder.busy, self.finder.practices)

    @cached_property
    def agendas(self) -> Agendas:
        """What counselors do with their calendar."""
        return Agendas(self.finder.store)

    @cached_property
    def notes(self) -> Notes:
        """What counselors write for themselves."""
        return Notes(NoteStore(self.finder.store.table), self.finder.store)

    @cached_property
    def next_bookings(self) -> NextBookings:
        """The appointment after this one, booked by the counselor."""
        return NextBookings(self.appointments)

    @cached_property
    def coverage(self) -> "Coverage":
        """What facilitators do with rotas. Imported when first asked for, as all about rooms is."""
        from shared.rooms.coverage import Coverage

        return Coverage(self.rooms.rotas, self.audit, self._facilitates)

    @cached_property
    def modes(self) -> "Modes":
        """Announcing what follows from a rota."""
        from shared.rooms.modes import Modes
        from shared.schedules import Schedules

        told = self._told
        schedules = Schedules(
            self._scheduler or aws.scheduler(),
            told.schedule_group,
            told.modes_function_arn,
            told.scheduler_role_arn,
            told.wake_ups_dlq_arn,
        )
        return Modes(self.rooms.rotas, schedules)

    @cached_property
    def staff(self) -> Staff:
        """What admins do."""
        return Staff(self.people, self.accounts, self.intents, self.daily, self.audit, self._let_go)

    def announce_mode(self, room_id: str, now: datetime) -> None:
        """After a change of a rota: open pages are told of the mode, and the next wake-up is planned.

        The change is done: should this fail, the sweep makes it good.
        """
        try:
            if state := self.modes.announce(room_id, now):
                self.rooms.broadcast.mode(room_id, state)
        except Exception as error:
            fault(error, at="announce")

    def _let_go(self, person_id: str, role: Role) -> list[Write]:
        """The writes after which somebody is no longer found, or no longer on shift, in a role they have lost."""
        if role is Role.COUNSELOR:
            return [*self.practices.hide(person_id), *self.busy_calendars.let_go(person_id)]
        return self.rooms.facilitating.standing_down(person_id) if role is Role.FACILITATOR else []

    def _facilitates(self, caller: Principal, room_id: str) -> None:
        self.rooms.facilitating.get(caller, room_id)


@cache
def app() -> StaffApp:
    """The collaborators of this process."""
    return StaffApp(StaffEnvironment.load())


_edge = Edge(ROUTES, __package__, app)


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer one HTTP request."""
    return _edge.serve(event)
