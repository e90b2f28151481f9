"""A whole site of its own for each test: empty tables, two user pools, both APIs, the socket, the sweep, one clock."""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import boto3
from botocore import UNSIGNED
from botocore.config import Config

from functions.carriers import PLACES
from functions.channels_app import GivingClients
from functions.live.app import LiveApp
from functions.meetings_app import reaper
from functions.member_api.app import MemberApp, MemberEnvironment
from functions.phone_app import PhoneClients
from functions.staff_api.app import StaffApp, StaffEnvironment
from shared.clock import epoch
from shared.meetings.calls import Calls, IceServer
from shared.meetings.chime import ChimeCalls
from shared.meetings.model import Provider
from shared.meetings.peer import PeerCalls
from shared.meetings.reaping import Reaper
from shared.people.accounts import Accounts
from shared.people.store import People
from shared.people.sweeping import UnfinishedRegistrations
from shared.tables import Table
from tests.support import dynamodb_local, scheduler
from tests.support.api import Browser, Gateway
from tests.support.chime import Chime
from tests.support.clock import VirtualClock
from tests.support.cognito import Pool, empty, usernames
from tests.support.crash import Crashes
from tests.support.dynamodb_local import TableNames, raw_items
from tests.support.events import ORIGIN_KEY
from tests.support.scheduler import Scheduler
from tests.support.service_model import Guard
from tests.support.sockets import Sockets

ORGANISATION = "Lighthouse Counseling"
PUSH_PUBLIC_KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"


class Relay:
    """A relay, as far as the API is concerned."""

    def for_seat(self, seat_id: str, now: datetime) -> tuple[IceServer, ...]:
        """Credentials that can be told from any other's."""
        return (IceServer(("turn:relay.example:3478",), f"{epoch(now)}:{seat_id}", f"secret-of-{seat_id}"),)


@dataclass(frozen=True)
class Emulators:
    """Where DynamoDB and Cognito are, and the two user pools: emptied after each test, since making keys takes long."""

    dynamodb: str
    cognito: str
    members: Pool
    staff: Pool


@dataclass
class Site:
    """What a deployment consists of. `crashes` sees the calls of the functions and no others."""

    tables: TableNames
    members: Pool
    staff: Pool
    admin_email: str
    dynamodb: Any
    cognito: Any
    behind_the_scenes: Any  # DynamoDB, for what a test looks up by itself
    cognito_behind_the_scenes: Any
    clock: VirtualClock = field(default_factory=VirtualClock)
    guard: Guard = field(default_factory=Guard)
    crashes: Crashes = field(default_factory=Crashes)
    sockets: Sockets = field(default_factory=Sockets)
    carried_by: Provider = Provider.PEER
    phones: PhoneClients | None = None
    channels: GivingClients | None = None
    ceiling_usd: int | None = 50

    def __post_init__(self) -> None:
        for client in (self.dynamodb, self.cognito):
            self.guard.watch(client)
            self.crashes.watch(client)
        self.schedules = Scheduler(self.clock, self.guard)
        self.chime = Chime(self.clock, self.guard)
        carrier = self.chime.client()
        self.crashes.watch(carrier)
        self._carriers: dict[Provider, Calls] = {
            Provider.CHIME: ChimeCalls(carrier, "eu-central-1", PLACES),
            Provider.PEER: PeerCalls(Relay()),
        }
        self.start()

    def start(self) -> None:
        """New processes for all functions: what the old ones had in memory is gone."""
        told: dict[str, str] = {
            "people_table": self.tables.people,
            "appointments_table": self.tables.appointments,
            "rooms_table": self.tables.rooms,
            "audit_table": self.tables.audit,
            "live_endpoint": "http://127.0.0.1:9/live",
            "shards_queue_url": "http://127.0.0.1:9/shards",
            "audit_retention_days": 365,
            "origin_key": ORIGIN_KEY,
            "organisation": ORGANISATION,
            "languages": "en,es,ar",
            "video_provider": self.carried_by,
            "circle_provider": self.carried_by,
            "video_ceiling_usd": self.ceiling_usd,
            "push_public_key": PUSH_PUBLIC_KEY,
        }
        clients: dict[str, Any] = {
            "clock": self.clock,
            "dynamodb": self.dynamodb,
            "cognito": self.cognito,
            "deliver": self.sockets,
            "calls": self.calls,
            "phones": self.phones,
            "channels": self.channels,
        }
        members = {"member_pool_id": self.members.id, "member_client_id": self.members.client_id}
        staff = {"staff_pool_id": self.staff.id, "staff_client_id": self.staff.client_id}
        self.member_app = MemberApp(MemberEnvironment(**told, **members), **clients)
        planning = {
            "schedule_group": scheduler.GROUP,
            "scheduler_role_arn": scheduler.ROLE,
            "modes_function_arn": scheduler.TARGET,
            "wake_ups_dlq_arn": scheduler.FAILURES,
        }
        self.staff_app = StaffApp(
            StaffEnvironment(**told, **staff, **planning, admin_email=self.admin_email),
            scheduler=self.schedules.client(),
            **clients,
        )
        people, rooms = self._table(self.tables.people), self._table(self.tables.rooms)
        self.live_app = LiveApp.of(people, rooms, self.sockets, self.sockets.close, self.clock)
        self.gateway = Gateway(lambda: self.member_app, lambda: self.staff_app)

    def calls(self, provider: Provider) -> Calls:
        """What carries calls: a relay of our own, or Chime, played as strictly as it is."""
        return self._carriers[provider]

    def browser(self, address: str = "203.0.113.7") -> Browser:
        """Somebody's browser, signed out."""
        return Browser(self.gateway, address)

    def sweep(self) -> int:
        """What the function `sweep` does every quarter of an hour."""
        accounts = Accounts(self.cognito, self.members.id, self.members.client_id)
        people = People(self._table(self.tables.people))
        return UnfinishedRegistrations(people, accounts).sweep(self.clock())

    def reap(self) -> int:
        """What the function `sweep` does about meetings."""
        return self.reaper().sweep(self.clock())

    def reaper(self) -> Reaper:
        """What clears up after meetings."""
        return reaper(self._table(self.tables.rooms), self._table(self.tables.appointments), self.calls)

    def items(self, table: str) -> list[dict[str, Any]]:
        """Everything one of the `tables` holds."""
        return raw_items(self.behind_the_scenes, table)

    def member_usernames(self) -> set[str]:
        """Everybody the member pool knows."""
        return usernames(self.cognito_behind_the_scenes, self.members)

    def staff_usernames(self) -> set[str]:
        """Everybody the staff pool knows."""
        return usernames(self.cognito_behind_the_scenes, self.staff)

    def _table(self, name: str) -> Table:
        return Table(self.dynamodb, name)


_ADMIN_EMAIL = f"ada-{uuid.uuid4().hex[:8]}@lighthouse.example"


@contextmanager
def site(emulators: Emulators) -> Iterator[Site]:
    """A site that is gone when the block ends. It fails then if a call was made that AWS would have refused.

    Or if a frame was sent that is none of ours.
    """
    with (
        borrowed("dynamodb", emulators.dynamodb) as dynamodb,
        borrowed("dynamodb", emulators.dynamodb) as behind,
        borrowed("cognito-idp", emulators.cognito) as cognito,
        borrowed("cognito-idp", emulators.cognito) as cognito_behind,
    ):
        tables = dynamodb_local.create_tables(behind)
        made = Site(
            tables=tables,
            members=emulators.members,
            staff=emulators.staff,
            admin_email=_ADMIN_EMAIL,
            dynamodb=dynamodb,
            cognito=cognito,
            behind_the_scenes=behind,
            cognito_behind_the_scenes=cognito_behind,
        )
        try:
            yield made
            assert made.guard.faults == []
            assert made.sockets.faults == []
        finally:
            dynamodb_local.delete_tables(behind, tables)
            for pool in (emulators.members, emulators.staff):
                empty(cognito_behind, pool)


_session = boto3.session.Session(
    aws_access_key_id="test", aws_secret_access_key="test", region_name="us-east-1"
)  # one for all: it keeps the service models it has read


def aws_client(service: Any, address: str) -> Any:
    """A client with hooks of its own. It tries each call once: crashes and races shall be seen, not smoothed over."""
    once = Config(
        connect_timeout=2,
        read_timeout=20,
        retries={"total_max_attempts": 1},
        max_pool_connections=40,
        tcp_keepalive=True,
        user_agent="tests",
    )
    client = _session.client(service, endpoint_url=address, config=once)
    if service == "dynamodb":
        client.meta.events.register("choose-signer.dynamodb", lambda **_: UNSIGNED)
        client.meta.events.register("before-send.dynamodb", _claim)
    return client


# Signing, and saying at length who calls, is two fifths of what a call costs here. DynamoDB Local reads whose a
# signature is, and does not check it; on the deployed stack everything is signed, and checked.
_CLAIM = "AWS4-HMAC-SHA256 Credential=test/20270101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0"


def _claim(request: Any, **_: Any) -> None:
    request.headers["Authorization"] = _CLAIM


_idle: dict[tuple[str, str], list[Any]] = defaultdict(list)


@contextmanager
def borrowed(service: str, address: str) -> Iterator[Any]:
    """A client as `aws_client` makes it, perhaps one that a test before had, without the hooks it was given there.

    To make one takes as long as many calls of it.
    """
    idle = _idle[service, address]
    client = idle.pop() if idle else aws_client(service, address)
    hooks = copy(client.meta.events._emitter)
    yield client
    client.meta.events._emitter = hooks
    idle.append(client)
