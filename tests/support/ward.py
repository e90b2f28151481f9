"""Word lists and concerns at the services, without the HTTP around them, and those who look after them."""

from typing import Any

from boto3.dynamodb.types import TypeDeserializer

from shared.audit import Audit
from shared.ids import derived_id, new_id
from shared.intents import Intent, Intents, Once
from shared.people.model import Kind, Principal, Role
from shared.safety.concern_store import ConcernStore
from shared.safety.concerns import Concerns
from shared.safety.model import Concern
from shared.safety.screening import Level, Phrase
from shared.safety.words import Words
from shared.safety.words_store import WordsStore
from shared.tables import Table, commit
from tests.support.clock import VirtualClock
from tests.support.dynamodb_local import TableNames, raw_items

MAYA = Principal("maya", Kind.STAFF, frozenset({Role.FACILITATOR}))
EVE = Principal("eve", Kind.STAFF, frozenset({Role.FACILITATOR}))
TOM = Principal("tom", Kind.STAFF, frozenset({Role.COUNSELOR}))
ADA = Principal("ada", Kind.STAFF, frozenset({Role.ADMIN}))
ALICE = Principal("alice", Kind.CLIENT)

_plain = TypeDeserializer()


class Ward:
    """A site with rooms in which people worry somebody."""

    def __init__(self, dynamodb: Any, tables: TableNames) -> None:
        self._dynamodb, self._tables = dynamodb, tables
        self._rooms = Table(dynamodb, tables.rooms)
        self._audit = Audit(Table(dynamodb, tables.audit), days=365)
        self._intents = Intents(Table(dynamodb, tables.people))
        self.clock = VirtualClock()
        self.words = self.new_words()
        self.concerns = Concerns(ConcernStore(self._rooms), self._audit)

    def new_words(self) -> Words:
        """The word lists as another process sees them."""
        return Words(WordsStore(self._rooms), self._audit)

    def once(self) -> Once:
        """A fresh intent."""
        intent = Intent.of("somebody", new_id(), "a test", b"")
        return lambda _result: self._intents.remember(intent, {"status": 200, "body": None}, self.clock())

    def write(self, phrases: list[Phrase], version: int, *, language: str = "en", by: Principal = MAYA) -> int:
        """Replace a list; its version afterwards."""
        return self.words.write(by, language, phrases, version, self.once(), self.clock()).version

    def raise_concern(self, room_id: str, seq: int, *, level: Level = Level.CONCERN) -> Concern:
        """Somebody posted something that worries us."""
        id_ = derived_id("concern", room_id, str(seq))
        commit(self._dynamodb, self.raising(room_id, seq, level))
        concern = self.concerns.store.find(room_id, id_)
        assert concern
        return concern

    def raising(self, room_id: str, seq: int, level: Level = Level.CONCERN) -> list[Any]:
        """The writes of that."""
        id_ = derived_id("concern", room_id, str(seq))
        return self.concerns.raising(level, room_id, f"member of {room_id}", seq, "quiet-otter", id_, self.clock())

    def acknowledge(self, concern: Concern, *, by: Principal = MAYA, once: Once | None = None) -> Concern:
        """Look after what was seen last."""
        rooms = {concern.room_id}
        return self.concerns.acknowledge(
            by, rooms, concern.room_id, concern.id, concern.version, once or self.once(), self.clock()
        )

    def resolve(self, concern: Concern, *, by: Principal = MAYA, once: Once | None = None) -> Concern:
        """Close what was seen last."""
        rooms, note = {concern.room_id}, "We talked on the phone."
        return self.concerns.resolve(
            by, rooms, concern.room_id, concern.id, concern.version, note, once or self.once(), self.clock()
        )

    def items(self, table: str = "rooms") -> list[dict[str, Any]]:
        """Everything a table holds, in its order."""
        raw = raw_items(self._dynamodb, getattr(self._tables, table))
        plain = [{name: _plain.deserialize(value) for name, value in item.items()} for item in raw]
        return sorted(plain, key=lambda item: (item["pk"], item["sk"]))

    def faults(self) -> list[str]:
        """Where the log, the list of open concerns and the concerns themselves disagree."""
        items = self.items()
        concerns = {item["id"]: item for item in items if item["sk"].startswith("CONCERN#")}
        open_ = [item["id"] for item in items if item["pk"] == "CONCERNS"]
        found = [f"{id_} is listed as open" for id_ in open_ if concerns[id_]["status"] == "resolved"]
        for id_, concern in concerns.items():
            steps = [item["status"] for item in items if item.get("concern_id") == id_]
            if concern["status"] != "resolved" and open_.count(id_) != 1:
                found.append(f"{id_} is not listed as open")
            if concern["status"] not in steps or len(steps) != concern["version"]:
                found.append(f"{id_} is {concern['status']}, and its log says {steps}")
        return found
