"""What both HTTP functions work with in rooms, made on first use."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property

from functions.broadcast import Broadcast, Delivery
from shared.audit import Audit
from shared.clock import Clock
from shared.intents import Intents
from shared.people.daily import DailySecrets
from shared.people.model import Person
from shared.rooms.connections import Connections
from shared.rooms.decision_store import DecisionStore
from shared.rooms.desks import Desks
from shared.rooms.direct import Direct
from shared.rooms.facilitating import Facilitating
from shared.rooms.gatherings import Gatherings, GatheringStore
from shared.rooms.invitations import InvitationStore
from shared.rooms.log_store import LogStore
from shared.rooms.model import Room, RoomKind
from shared.rooms.moderation import Moderation
from shared.rooms.open_circles import OpenCircles
from shared.rooms.overview import ALWAYS_LIVE, Overview, mode_of
from shared.rooms.pulse import Pulses
from shared.rooms.queue import QueueStore
from shared.rooms.reading import Reading
from shared.rooms.room_store import RoomStore
from shared.rooms.rooms import Rooms
from shared.rooms.rota import Rota, State
from shared.rooms.rota_store import RotaStore
from shared.rooms.settling import Settling
from shared.rooms.talk import Talk
from shared.safety.concern_store import ConcernStore
from shared.safety.concerns import Concerns
from shared.safety.procedure_store import ProcedureStore
from shared.safety.procedures import Procedures
from shared.safety.screening import Findings
from shared.safety.words import Words
from shared.safety.words_store import WordsStore
from shared.tables import Table


class RoomsApp:
    """The collaborators of everything about rooms."""

    def __init__(
        self,
        table: Table,
        audit: Audit,
        intents: Intents,
        daily: DailySecrets,
        colleagues: Callable[[], list[Person]],
        deliver: Delivery,
        clock: Clock,
    ) -> None:
        self.table = table
        self._audit = audit
        self._intents = intents
        self._daily = daily
        self._colleagues = colleagues
        self._deliver = deliver
        self._clock = clock

    @cached_property
    def store(self) -> RoomStore:
        """Rooms and memberships."""
        return RoomStore(self.table)

    @cached_property
    def invitations(self) -> InvitationStore:
        """Links that lead into rooms."""
        return InvitationStore(self.table)

    @cached_property
    def log(self) -> LogStore:
        """What was said."""
        return LogStore(self.table)

    @cached_property
    def queue(self) -> QueueStore:
        """What waits for facilitators."""
        return QueueStore(self.table)

    @cached_property
    def connections(self) -> Connections:
        """Open sockets."""
        return Connections(self.table)

    @cached_property
    def rotas(self) -> RotaStore:
        """Who looks after rooms and when."""
        return RotaStore(self.table)

    @cached_property
    def desks(self) -> Desks:
        """When counselors answer."""
        return Desks(self.table)

    @cached_property
    def decisions(self) -> DecisionStore:
        """What was decided about members."""
        return DecisionStore(self.table)

    @cached_property
    def concerns(self) -> Concerns:
        """Worries about somebody's safety."""
        return Concerns(ConcernStore(self.table), self._audit)

    @cached_property
    def words(self) -> Words:
        """The lists that screening goes by."""
        return Words(WordsStore(self.table), self._audit)

    @cached_property
    def procedures(self) -> Procedures:
        """What to do when a life may be in danger."""
        return Procedures(ProcedureStore(self.table), self._audit)

    @cached_property
    def rooms(self) -> Rooms:
        """Finding, entering, leaving."""
        return Rooms(self.store, self.invitations, self.queue, self.connections)

    @cached_property
    def talk(self) -> Talk:
        """Posting."""
        return Talk(self.store, self.log, self.queue, self.concerns, self.mode, self._screen)

    @cached_property
    def reading(self) -> Reading:
        """Reading."""
        return Reading(self.store, self.log)

    @cached_property
    def direct(self) -> Direct:
        """A client and their counselor."""
        return Direct(self.store, self.log, self.connections, self._audit)

    @cached_property
    def facilitating(self) -> Facilitating:
        """Making and keeping groups."""
        return Facilitating(
            self.store,
            self.invitations,
            self.rotas,
            self.connections,
            self._audit,
            self._intents,
            self._daily,
            self._colleagues,
        )

    @cached_property
    def moderation(self) -> Moderation:
        """Reporting and deciding."""
        return Moderation(
            self.store,
            self.log,
            self.queue,
            self.decisions,
            self.connections,
            self._audit,
            self.facilitating.get,
        )

    @cached_property
    def settling(self) -> Settling:
        """Deciding about what waits."""
        return Settling(self.moderation)

    @cached_property
    def pulse(self) -> Pulses:
        """How rooms are doing."""
        return Pulses(self.store, self.log, self.queue, self.connections, self.concerns)

    @cached_property
    def gatherings(self) -> Gatherings:
        """Dates of rooms."""
        return Gatherings(self.store, GatheringStore(self.table), self.facilitating.get)

    @cached_property
    def overview(self) -> Overview:
        """Rooms at a glance."""
        gatherings, circles = GatheringStore(self.table), OpenCircles(self.table)
        return Overview(self.log, self.rotas, gatherings, self.connections, self.desks, circles)

    @cached_property
    def broadcast(self) -> Broadcast:
        """Telling open pages."""
        return Broadcast(self.connections, self._deliver, self._clock, self.store.apart)

    def mode(self, room: Room, now: datetime) -> State:
        """Whether a room is live."""
        if room.kind is RoomKind.DIRECT:
            return ALWAYS_LIVE
        return mode_of(room, self.rotas.find(room.id) or Rota("UTC"), now)

    def _screen(self, text: str, now: datetime) -> Findings:
        return self.words.screener(now).screen(text)
