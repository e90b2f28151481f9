"""Woken by EventBridge Scheduler, by `changes` and by `sweep` with an errand: tells somebody something, once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from functions.sending import SendingClients, SendingEnvironment, senders, verifying
from functions.waitlist_app import offering
from shared import aws
from shared.appointments.offer_store import OfferStore
from shared.appointments.store import AppointmentStore
from shared.clock import Clock, utc_now
from shared.meetings.store import MeetingStore
from shared.people.store import People
from shared.reminders.address_store import Addresses
from shared.reminders.appointment_subject import AppointmentSubject
from shared.reminders.attendance import LOOK
from shared.reminders.channel import Channel, Sender, SendLater
from shared.reminders.errand import Errand
from shared.reminders.gathering_subject import GATHERING, GATHERING_OFF, GatheringSubject
from shared.reminders.giving import VERIFY
from shared.reminders.looking import ATTENDANCE, Attendances, AttendanceSubject, Looking
from shared.reminders.news import DELAY, NEWS, REMINDER, SERIES_NEWS
from shared.reminders.notice_store import NoticeStore
from shared.reminders.offer_subject import OFFER, OFFER_OVER, OfferSubject
from shared.reminders.push_sender import PushEnvironment, push_sender
from shared.reminders.readers import Readers
from shared.reminders.telling import Subject, Telling
from shared.reminders.verifying import Verifying
from shared.rooms.gatherings import GatheringStore
from shared.rooms.log_store import LogStore
from shared.rooms.room_store import RoomStore
from shared.tables import Table
from shared.telemetry import fault, metrics


class RemindEnvironment(PushEnvironment, SendingEnvironment):
    """What this function is told."""

    people_table: str
    appointments_table: str
    rooms_table: str


@dataclass(frozen=True)
class RemindApp:
    """The collaborators of this function."""

    people: Table
    appointments: Table
    rooms: Table
    senders: Mapping[Channel, Sender]
    verifying: Verifying | None = None
    clock: Clock = utc_now

    def run(self, errand: Errand, now: datetime) -> bool:
        """Run one errand; whether somebody was told something. Raises SendLater."""
        if errand.kind == OFFER_OVER:
            offering(self.appointments).pass_on(errand.of, now)
            return False
        if errand.kind == VERIFY:
            return self.verifying is not None and self.verifying.run(errand, now) is not None
        if errand.kind == LOOK:
            follows = Looking(self._attendances()).look(errand, now)
            return follows is not None and self.run(follows, now)
        return self._telling().run(errand, now) is not None

    def _telling(self) -> Telling:
        notices = NoticeStore(self.appointments)
        readers = Readers(People(self.people), notices)
        store = AppointmentStore(self.appointments)
        about_appointments = AppointmentSubject(store, readers)
        about_dates = GatheringSubject(RoomStore(self.rooms), GatheringStore(self.rooms), readers)
        subjects: dict[str, Subject] = {
            NEWS: about_appointments,
            SERIES_NEWS: about_appointments,
            REMINDER: about_appointments,
            DELAY: about_appointments,
            ATTENDANCE: AttendanceSubject(self._attendances(), readers),
            OFFER: OfferSubject(OfferStore(store), readers),
            GATHERING: about_dates,
            GATHERING_OFF: about_dates,
        }
        return Telling(notices, subjects, self.senders)

    def _attendances(self) -> Attendances:
        return Attendances(AppointmentStore(self.appointments), MeetingStore(self.rooms), LogStore(self.rooms))


@cache
def app() -> RemindApp:
    """The collaborators of this process."""
    told = RemindEnvironment.load()
    dynamodb = aws.dynamodb()
    people = Table(dynamodb, told.people_table)
    addresses = Addresses(people)
    by_address = senders(told, SendingClients(), addresses)
    return RemindApp(
        people,
        Table(dynamodb, told.appointments_table),
        Table(dynamodb, told.rooms_table),
        senders={Channel.PUSH: push_sender(told, people), **by_address},
        verifying=verifying(addresses, by_address, People(people)),
    )


def handler(event: dict[str, Any], _context: object) -> dict[str, bool]:
    """Run one errand. An error is raised, so that Lambda tries again and then keeps the event."""
    return serve(app(), event)


def serve(app: RemindApp, event: dict[str, Any]) -> dict[str, bool]:
    """Run the errand in an event, and count what was told."""
    try:
        told = app.run(Errand.of_event(event), app.clock())
    except SendLater:
        raise  # no fault of ours, and a repeat is under way
    except Exception as error:
        fault(error, kind=str(event.get("kind", ""))[:20])
        raise
    if told:
        metrics().add_metric("NoticesTold", "Count", 1)
        metrics().flush_metrics()
    return {"told": told}
