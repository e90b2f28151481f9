"""Groups, direct rooms and everybody in them, at the services: without the HTTP around them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from functions.rooms_app import RoomsApp
from shared.audit import Audit
from shared.ids import new_id
from shared.intents import Intent, Intents, Once, Repeated
from shared.people.daily import DailySecrets
from shared.people.handles import new_handle
from shared.people.model import Kind, Person, Principal, Role, Status
from shared.rooms.coverage import Coverage
from shared.rooms.decisions import Decision, Step
from shared.rooms.direct import Answer, Party
from shared.rooms.log import Message, Reaction, Words
from shared.rooms.model import Membership, RoomSettings, member_id_of
from shared.rooms.moderation import Verdict
from shared.rooms.queue import QueueItem, ReportReason
from shared.rooms.reading import Page
from shared.rooms.rooms import Entrance
from shared.rooms.rota import Rota
from shared.rooms.rota_store import RotaStore
from shared.rooms.talk import Draft, Posted
from shared.rooms.visit import Visit
from shared.rooms.writing import Changed
from shared.tables import Table, commit
from tests.support.clock import VirtualClock
from tests.support.dynamodb_local import TableNames, raw_items
from tests.support.groups import ALWAYS
from tests.support.sockets import Sockets

T = TypeVar("T")


@dataclass
class Circle:
    """People and what they do in rooms. `key` names an intent: the same one again is a repeat."""

    dynamodb: Any
    tables: TableNames
    clock: VirtualClock = field(default_factory=VirtualClock)
    sockets: Sockets = field(default_factory=Sockets)
    staff: list[Person] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.maya = self.hire("Maya", Role.FACILITATOR)
        self.tom = self.hire("Tom", Role.COUNSELOR)
        self.intents = Intents(Table(self.dynamodb, self.tables.people))
        self.start()

    def start(self) -> None:
        """A new process: what the old one had in memory is gone."""
        people = Table(self.dynamodb, self.tables.people)
        self.app = RoomsApp(
            Table(self.dynamodb, self.tables.rooms),
            Audit(Table(self.dynamodb, self.tables.audit), days=365),
            self.intents,
            DailySecrets(people),
            lambda: self.staff,
            self.sockets,
            self.clock,
        )
        self.coverage = Coverage(self.app.rotas, self.app.facilitating.audit, self._facilitated)

    def hire(self, name: str, *roles: Role) -> Principal:
        """Somebody new on the staff."""
        person = Person(
            new_id(), Kind.STAFF, Status.ACTIVE, "UTC", "en", self.clock(), name=name, roles=frozenset(roles)
        )
        self.staff.append(person)
        return person.principal

    def client(self) -> Principal:
        """Somebody new who seeks help."""
        return Principal(new_id(), Kind.CLIENT)

    def room(self, *, live: bool = True, **settings: Any) -> str:
        """A group of Maya's; its id. Live around the clock unless said otherwise."""
        usual: dict[str, Any] = {"name": "Night owls", "guidelines": "Be kind.", "capacity": 200}
        intent = self.intent(self.maya, "")
        made = self.app.facilitating.make(
            self.maya, RoomSettings(**(usual | settings)), intent, self.once(intent), self.clock()
        )
        if live:
            self.write_rota(made.room.id, Rota("UTC", shifts=ALWAYS, version=1))
        return made.room.id

    def write_rota(self, room_id: str, rota: Rota) -> None:
        """Write a rota past the use case."""
        commit(self.dynamodb, [RotaStore(Table(self.dynamodb, self.tables.rooms)).replace(room_id, rota)])

    def direct_room(self, client: Principal, counselor: Principal | None = None, key: str = "") -> str:
        """The room of a client and their counselor, Tom unless said otherwise; its id."""
        who = counselor or self.tom
        name = next(person.name for person in self.staff if person.id == who.id)
        intent = self.intent(client, key)
        opened = self.app.direct.open(
            Party(client.id, "quiet-otter-482"), Party(who.id, name), intent, self.once(intent), self.clock()
        )
        return opened.room.id

    def join(self, who: Principal, room_id: str, key: str = "", **entrance: Any) -> Visit:
        """Come in, or ask to."""
        usual = {"handle": new_handle(), "guidelines_version": 1, "of_age": True}
        wanted = Entrance(**(usual | entrance))
        return self.app.rooms.join(who, room_id, wanted, self.once(self.intent(who, key)), self.clock())

    def member(self, room_id: str, **entrance: Any) -> Principal:
        """Somebody new who is in the room."""
        who = self.client()
        self.join(who, room_id, **entrance)
        return who

    def leave(self, who: Principal, room_id: str, key: str = "") -> None:
        """Go."""
        self.app.rooms.leave(who, room_id, self.once(self.intent(who, key)), self.clock())

    def post(self, who: Principal, room_id: str, text: str = "Good evening.", key: str = "", **more: Any) -> Posted:
        """Say something; open pages are told."""
        key = key or new_id()
        posted = self.app.talk.post(who, room_id, Draft(text, **more), self.intent(who, key, text), key, self.clock())
        self.app.broadcast.news(room_id, Changed(posted.message, posted.entry), posted.author)
        return posted

    def edit(self, who: Principal, room_id: str, seq: int, text: str, key: str = "", warning: str = "") -> Posted:
        """Put other words in place of one's own; open pages are told."""
        once = self.once(self.intent(who, key))
        posted = self.app.talk.edit(who, room_id, seq, Words(text, warning), once, self.clock())
        self.app.broadcast.news(room_id, Changed(posted.message, posted.entry), posted.author)
        return posted

    def withdraw(self, who: Principal, room_id: str, seq: int, key: str = "") -> Message:
        """Take one's own words back; open pages are told."""
        changed = self.app.talk.withdraw(who, room_id, seq, self.once(self.intent(who, key)), self.clock())
        self.app.broadcast.news(room_id, changed)
        return changed.message

    def react(self, who: Principal, room_id: str, seq: int, *kinds: Reaction, key: str = "") -> Message:
        """Replace one's reactions; open pages are told."""
        once = self.once(self.intent(who, key))
        changed = self.app.talk.react(who, room_id, seq, frozenset(kinds), once, self.clock())
        self.app.broadcast.news(room_id, changed)
        return changed.message

    def report(self, who: Principal, room_id: str, seq: int, key: str = "", note: str = "") -> None:
        """Ask the facilitators to look."""
        once = self.once(self.intent(who, key))
        self.app.moderation.report(who, room_id, seq, ReportReason.UNKIND, note, once, self.clock())

    def decide(self, member: Principal, room_id: str, step: Step, key: str = "", hours: int | None = None) -> Decision:
        """Maya takes a step about a member."""
        intent = self.intent(self.maya, key)
        verdict = Verdict(step, "Please be kind.", hours)
        member_id = member_id_of(room_id, member.id)
        decision, _ = self.app.moderation.decide(
            self.maya, room_id, member_id, verdict, intent, self.once(intent), self.clock()
        )
        return decision

    def appeal(self, who: Principal, room_id: str, decision_id: str, key: str = "") -> Decision:
        """Ask to have a decision looked at again."""
        once = self.once(self.intent(who, key))
        return self.app.moderation.appeal(who, room_id, decision_id, "I did not mean it.", once, self.clock())

    def redact(self, room_id: str, seq: int, key: str = "") -> None:
        """Maya takes a message away; open pages are told."""
        once = self.once(self.intent(self.maya, key))
        settled = self.app.moderation.redact(self.maya, room_id, seq, "Against the guidelines.", once, self.clock())
        assert settled.changed
        self.app.broadcast.news(room_id, settled.changed)

    def settle(
        self, room_id: str, item: QueueItem | str, outcome: str, key: str = "", note: str = "Thank you."
    ) -> None:
        """Maya decides about something that waits; open pages are told."""
        item_id = item if isinstance(item, str) else item.id
        once = self.once(self.intent(self.maya, key))
        settled = self.app.settling.settle(self.maya, room_id, item_id, outcome, note, once, self.clock())
        if settled.changed:
            self.app.broadcast.news(room_id, settled.changed)

    def waiting(self, room_id: str) -> list[QueueItem]:
        """What waits for Maya."""
        return self.app.queue.of(room_id)

    def propose(self, room_id: str, to: Principal, by: Principal | None = None, key: str = "") -> Visit:
        """Tom asks the client whether a colleague may go on."""
        name = next(person.name for person in self.staff if person.id == to.id)
        caller = by or self.tom
        once = self.once(self.intent(caller, key))
        return self.app.direct.propose(caller, room_id, Party(to.id, name), "I am moving.", once, self.clock())

    def answer(
        self, who: Principal, room_id: str, *, accept: bool = True, share_history: bool = False, key: str = ""
    ) -> Visit:
        """The client decides about a hand-over."""
        once = self.once(self.intent(who, key))
        answer = Answer(accept, share_history, self.app.store.get(room_id).version)
        return self.app.direct.answer(who, room_id, answer, once, self.clock())

    def page(
        self, who: Principal, room_id: str, after: int | None = None, before: int | None = None, limit: int = 100
    ) -> Page:
        """A stretch of the log."""
        return self.app.reading.page(who, room_id, after=after, before=before, limit=limit, now=self.clock())

    def membership(self, who: Principal, room_id: str) -> Membership:
        """As it is now."""
        found = self.app.store.member(room_id, member_id_of(room_id, who.id))
        assert found
        return found

    def open_page(self, who: Principal, room_id: str) -> str:
        """A socket of theirs with the room open; its id."""
        connections, connection_id = self.app.connections, new_id()
        connection = connections.open(connection_id, who.id, "a sign-in", self.clock())
        member = self.membership(who, room_id)
        connections.watch(connection, room_id, member, self.app.store.stands(member), self.clock())
        return connection_id

    def intent(self, who: Principal, key: str, content: str = "") -> Intent:
        """A fresh intent, or the one that `key` names."""
        return Intent.of(who.id, key or new_id(), "a test", content.encode())

    def once(self, intent: Intent) -> Once:
        """Remembers that it was done."""
        return lambda _result: self.intents.remember(intent, {"status": 200, "body": None}, self.clock())

    def asked(self, who: Principal, key: str, act: Callable[[], T]) -> T | None:
        """What the edge makes of a request: done now, or None where the answer is remembered."""
        intent = self.intent(who, key)
        if self.intents.recall(intent, self.clock()):
            return None
        try:
            return act()
        except Repeated:
            return None

    def items(self) -> list[dict[str, Any]]:
        """Everything the rooms table holds."""
        return raw_items(self.dynamodb, self.tables.rooms)

    def _facilitated(self, caller: Principal, room_id: str) -> None:
        self.app.facilitating.get(caller, room_id)
