"""Counselors, clients and everything they can do with appointments, at the services: without the HTTP around them."""

from datetime import datetime, timedelta
from typing import Any

from shared.appointments.agenda import Agendas
from shared.appointments.availability import Availability, Hours
from shared.appointments.busy.store import BusyStore
from shared.appointments.finder import Finder
from shared.appointments.model import Appointment, Block, Mode
from shared.appointments.practice_store import PracticeStore
from shared.appointments.profile import Profile
from shared.appointments.series_booking import Chosen, Series, SeriesBookings
from shared.appointments.series_changes import Cancelled, Move, SeriesChanges
from shared.appointments.series_writing import SeriesWriting
from shared.appointments.service import Appointments, Booking
from shared.appointments.store import AppointmentStore
from shared.ids import new_id
from shared.intents import Intent, Intents, Once
from shared.people.model import Kind, Principal, Role
from shared.recurrence import Recurrence, Scope
from shared.tables import Table, commit
from tests.support.clock import VirtualClock
from tests.support.dynamodb_local import TableNames, raw_items


class House:
    """Counselors who are always there, and everything they and their clients can do,"""

    def __init__(self, dynamodb: Any, tables: TableNames) -> None:
        self._dynamodb, self._tables = dynamodb, tables
        table = Table(dynamodb, tables.appointments)
        store = AppointmentStore(table)
        self.practices = PracticeStore(table)
        self.appointments = Appointments(store, Finder(self.practices, store, BusyStore(store.table)))
        self.agendas = Agendas(store)
        self.series_bookings = SeriesBookings(self.appointments, SeriesWriting(store))
        self.series_changes = SeriesChanges(self.appointments, SeriesWriting(store))
        self.clock = VirtualClock()
        self._intents = Intents(Table(dynamodb, tables.people))

    def counselor(self, *, length: int = 45, buffer: int = 15) -> Principal:
        """Somebody new, open around the clock."""
        caller = Principal(new_id(), Kind.STAFF, frozenset({Role.COUNSELOR}))
        hours = tuple(Hours(day, 0, 1440) for day in range(1, 8))
        rules = Availability("UTC", hours, length=length, buffer=buffer, notice=0, horizon=60, version=1)
        words = Profile("Tom", languages=frozenset({"en"}), modes=frozenset(Mode), published=True, version=1)
        commit(self._dynamodb, [self.practices.write_profile(caller.id, words)])
        commit(self._dynamodb, [self.practices.set_availability(caller.id, rules)])
        return caller

    def client(self) -> Principal:
        """Somebody new who seeks help."""
        return Principal(new_id(), Kind.CLIENT)

    def once(self) -> Once:
        """A fresh intent."""
        intent = Intent.of("somebody", new_id(), "a test", b"")
        return lambda _result: self._intents.remember(intent, {"status": 201, "body": None}, self.clock())

    def book(self, client: Principal, counselor: Principal, start: datetime) -> Appointment:
        """Book."""
        wanted = Booking(counselor.id, start, Mode.VIDEO, "UTC")
        return self.appointments.book(client, wanted, self.once(), self.clock())

    def move(self, client: Principal, appointment: Appointment, start: datetime) -> Appointment:
        """Move what the client has seen last."""
        return self.appointments.reschedule(
            client, appointment.id, start, appointment.version, self.once(), self.clock()
        )

    def cancel(self, caller: Principal, appointment: Appointment) -> Appointment:
        """Call off what the caller has seen last."""
        return self.appointments.cancel(caller, appointment.id, appointment.version, "", self.once(), self.clock())

    def book_series(self, client: Principal, counselor: Principal, first: datetime, count: int) -> list[Appointment]:
        """Book the same time for so many weeks."""
        wanted = Series(counselor.id, first, Recurrence(1, count))
        chosen = Chosen([first + timedelta(weeks=week) for week in range(count)], Mode.VIDEO, "UTC")
        return self.series_bookings.book(client, wanted, chosen, self.once(), self.clock())

    def move_series(self, client: Principal, series: list[Appointment], by: timedelta) -> list[Appointment]:
        """Move all of what the client has seen last."""
        moves = [Move(one.id, one.start + by, one.version) for one in series]
        return self.series_changes.move(client, series[0].id, moves, self.once(), self.clock())

    def cancel_series(self, caller: Principal, series: list[Appointment]) -> Cancelled:
        """Call all of it off."""
        this = series[0]
        return self.series_changes.cancel(caller, this.id, this.version, Scope.ALL, "", self.once(), self.clock())

    def noshow(self, counselor: Principal, appointment: Appointment) -> Appointment:
        """Note that the client did not come."""
        return self.appointments.noshow(counselor, appointment.id, appointment.version, self.once(), self.clock())

    def block(self, counselor: Principal, start: datetime, length: timedelta) -> Block:
        """Keep time free."""
        return self.agendas.block(counselor, start, start + length, "", self.once(), self.clock())

    def unblock(self, counselor: Principal, block_id: str) -> None:
        """Give it free again."""
        self.agendas.unblock(counselor, block_id, self.once())

    def items(self) -> list[dict[str, Any]]:
        """Everything the appointments table holds."""
        return raw_items(self._dynamodb, self._tables.appointments)
