"""What both HTTP functions are built from, made once per process on first use: importing does no work."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator

from shared import aws
from shared.appointments.busy.store import BusyStore
from shared.appointments.finder import Finder
from shared.appointments.practice_store import PracticeStore
from shared.appointments.service import Appointments
from shared.appointments.store import AppointmentStore
from shared.audit import Audit
from shared.clock import Clock, utc_now
from shared.config import Environment
from shared.intents import Intents
from shared.meetings.model import MeetingKind, Provider
from shared.people.account import OwnAccount
from shared.people.accounts import Accounts
from shared.people.daily import DailySecrets
from shared.people.limits import Limits
from shared.people.model import Kind, Principal
from shared.people.signing_in import SignIns
from shared.people.store import People
from shared.people.tickets import Tickets
from shared.tables import Table

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb import DynamoDBClient

    from functions.broadcast import Delivery
    from functions.channels_app import GivingClients
    from functions.meetings_app import MeetingsApp
    from functions.phone_app import PhoneClients
    from functions.rooms_app import RoomsApp
    from shared.appointments.series_booking import SeriesBookings
    from shared.appointments.series_changes import SeriesChanges
    from shared.appointments.waitlist import Waitlist
    from shared.meetings.call_out import CallOut
    from shared.meetings.calls import Calls
    from shared.people.feeds import Feeds
    from shared.reminders.devices import Devices
    from shared.reminders.giving import Giving
    from shared.reminders.inbox import Inbox


class ApiEnvironment(Environment):
    """What both functions are told."""

    people_table: str
    appointments_table: str
    rooms_table: str
    audit_table: str
    live_endpoint: str
    shards_queue_url: str
    origin_key: str
    organisation: str
    video_provider: Provider
    circle_provider: Provider
    video_ceiling_usd: Annotated[int | None, BeforeValidator(lambda told: None if told == "" else told)]
    audit_retention_days: int
    push_public_key: str
    push_receiver: str = ""


class ApiApp:
    """The collaborators of an HTTP function. Tests hand in their own clients and clock."""

    def __init__(
        self,
        settings: ApiEnvironment,
        kind: Kind,
        pool_id: str,
        client_id: str,
        *,
        clock: Clock = utc_now,
        dynamodb: "DynamoDBClient | None" = None,
        cognito: "CognitoIdentityProviderClient | None" = None,
        deliver: "Delivery | None" = None,
        calls: "Callable[[Provider], Calls] | None" = None,
        phones: "PhoneClients | None" = None,
        channels: "GivingClients | None" = None,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.origin_key = settings.origin_key
        self._kind = kind
        self._pool = (pool_id, client_id)
        self._dynamodb = dynamodb
        self._cognito = cognito
        self._deliver = deliver
        self._calls = calls
        self._phones = phones
        self._channels = channels

    def authenticate(self, claims: Mapping[str, str]) -> Principal:
        """Who the verified claims speak for. Raises SignInRequired."""
        return self.sign_ins.authenticate(claims, self.clock())

    def table(self, name: str) -> Table:
        """A table by its deployed name."""
        return Table(self._dynamodb or aws.dynamodb(), name)

    @cached_property
    def people(self) -> People:
        """The people store."""
        return People(self.table(self.settings.people_table))

    @cached_property
    def intents(self) -> Intents:
        """Remembered answers."""
        return Intents(self.people.table)

    @cached_property
    def audit(self) -> Audit:
        """The audit table."""
        return Audit(self.table(self.settings.audit_table), self.settings.audit_retention_days)

    @cached_property
    def daily(self) -> DailySecrets:
        """Secrets of the day."""
        return DailySecrets(self.people.table)

    @cached_property
    def limits(self) -> Limits:
        """Rate limits."""
        return Limits(self.people.table, self.daily)

    @cached_property
    def tickets(self) -> Tickets:
        """Tickets for the socket."""
        return Tickets(self.people.table)

    @cached_property
    def accounts(self) -> Accounts:
        """Cognito, seen through this function's pool."""
        return Accounts(self._cognito or aws.cognito(), *self._pool)

    @cached_property
    def sign_ins(self) -> SignIns:
        """The record of who is signed in."""
        return SignIns(self.people, self.accounts, self._kind)

    @cached_property
    def finder(self) -> Finder:
        """Finding counselors and times."""
        appointments = self.table(self.settings.appointments_table)
        return Finder(PracticeStore(appointments), AppointmentStore(appointments), BusyStore(appointments))

    @cached_property
    def appointments(self) -> Appointments:
        """Booking, moving, cancelling."""
        return Appointments(self.finder.store, self.finder)

    @cached_property
    def waitlist(self) -> "Waitlist":
        """Waiting for a time to come free. Imported when first asked for, as all about rooms is."""
        from functions.waitlist_app import offering
        from shared.appointments.waitlist import Waitlist

        return Waitlist(self.appointments, offering(self.finder.store.table))

    @cached_property
    def series_bookings(self) -> "SeriesBookings":
        """Booking many at once. Imported when first asked for: few bookings are."""
        from shared.appointments.series_booking import SeriesBookings
        from shared.appointments.series_writing import SeriesWriting

        return SeriesBookings(self.appointments, SeriesWriting(self.finder.store))

    @cached_property
    def series_changes(self) -> "SeriesChanges":
        """Moving and calling off many at once."""
        from shared.appointments.series_changes import SeriesChanges
        from shared.appointments.series_writing import SeriesWriting

        return SeriesChanges(self.appointments, SeriesWriting(self.finder.store))

    @cached_property
    def rooms(self) -> "RoomsApp":
        """Everything about rooms. Imported when first asked for: no cold start for anything else waits for it."""
        from functions.rooms_app import RoomsApp
        from functions.sockets import sockets

        return RoomsApp(
            self.table(self.settings.rooms_table),
            self.audit,
            self.intents,
            self.daily,
            self.people.staff,
            self._deliver or sockets(self.settings.live_endpoint, self.settings.shards_queue_url),
            self.clock,
        )

    @cached_property
    def meetings(self) -> "MeetingsApp":
        """Everything about meetings. Imported when first asked for, as all about rooms is."""
        from functions.carriers import carriers
        from functions.meetings_app import MeetingsApp

        return MeetingsApp(
            self.table(self.settings.rooms_table),
            self.finder.store,
            lambda person_id: self.people.get(person_id).handle,
            self._calls or carriers(),
            {
                MeetingKind.APPOINTMENT: self.settings.video_provider,
                MeetingKind.CIRCLE: self.settings.circle_provider,
            },
            self.settings.video_ceiling_usd,
            self.rooms.broadcast,
        )

    @cached_property
    def phone(self) -> "CallOut | None":
        """Taking part by phone, where the organisation has a number. Imported when first asked for."""
        from functions.phone_app import PhoneClients, PhoneEnvironment, call_out

        return call_out(
            PhoneEnvironment.load(),
            self._phones or PhoneClients(),
            self.table(self.settings.rooms_table),
            self.appointments,
            self.audit,
            lambda person_id: self.people.get(person_id).language,
        )

    @cached_property
    def feeds(self) -> "Feeds":
        """Addresses of calendar feeds. Imported when first asked for."""
        from shared.people.feeds import Feeds

        return Feeds(self.people, self.intents, self.daily)

    @cached_property
    def devices(self) -> "Devices":
        """Where push messages go. Imported when first asked for."""
        from shared.reminders.devices import Devices
        from shared.reminders.push_store import PushStore

        return Devices(PushStore(self.people.table))

    @cached_property
    def giving(self) -> "Giving":
        """The addresses that notices go to. Imported when first asked for."""
        from functions.channels_app import GivingClients, GivingEnvironment, giving

        told, clients = GivingEnvironment.load(), self._channels or GivingClients()
        return giving(told, clients, self.people.table, self.intents, self.limits)

    @cached_property
    def inbox(self) -> "Inbox":
        """Notices, and how somebody wants to be reminded. Imported when first asked for."""
        from shared.reminders.inbox import Inbox
        from shared.reminders.notice_store import NoticeStore

        return Inbox(NoticeStore(self.finder.store.table))

    @cached_property
    def account(self) -> OwnAccount:
        """What people do with their own account."""
        return OwnAccount(
            self.people,
            self.accounts,
            self.intents,
            self.daily,
            self.limits,
            self.audit,
            self.settings.organisation,
        )
