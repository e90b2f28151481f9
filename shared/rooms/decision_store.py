"""How decisions about members are kept.

ROOM#<room>  DECISION#<instant>#<id>   one decision; written once and never changed
ROOM#<room>  APPEAL#<decision id>      what the member said against it, and what became of that
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from shared.clock import instant_text, parse_instant
from shared.errors import Conflict
from shared.rooms.decisions import Appeal, AppealOutcome, Decision, Step
from shared.rooms.refusals import AlreadyDecided
from shared.tables import Item, Table, Write

_LAST = "\uffff"


class AlreadyAppealed(Conflict):
    """A decision can be appealed once."""

    code = "already_appealed"
    title = "You have asked us to look at this again already"


@dataclass(frozen=True)
class DecisionStore:
    """Reads decisions, and makes the writes that add them."""

    table: Table

    def of(self, room_id: str, limit: int = 100) -> list[Decision]:
        """The latest decisions in a room, newest first, with their appeals."""
        items = self.table.query(f"ROOM#{room_id}", "DECISION#", f"DECISION#{_LAST}", newest_first=True, limit=limit)
        appeals = self.table.get_many([(f"ROOM#{room_id}", f"APPEAL#{item['id']}") for item in items])
        by_decision = {item["decision_id"]: _appeal(item) for item in appeals.values()}
        return [_decision(item, by_decision.get(item["id"])) for item in items]

    def about(self, room_id: str, member_id: str) -> list[Decision]:
        """Those about one member, newest first."""
        return [decision for decision in self.of(room_id, 1000) if decision.member_id == member_id]

    def add(self, decision: Decision) -> Write:
        """Write a decision down."""
        item = {
            name: value for name, value in asdict(decision).items() if name != "appeal" and value not in ("", None, 0)
        }
        item |= {"pk": f"ROOM#{decision.room_id}", "sk": f"DECISION#{instant_text(decision.at)}#{decision.id}"}
        item["at"] = instant_text(decision.at)
        if decision.until:
            item["until"] = instant_text(decision.until)
        return self.table.put_new(item)

    def appeal(self, decision: Decision, text: str, now: datetime) -> Write:
        """Write an appeal down. Lost: AlreadyAppealed."""
        item: Item = {
            **_appeal_key(decision.room_id, decision.id),
            "decision_id": decision.id,
            "text": text,
            "at": instant_text(now),
        }
        return self.table.put_new(item, lost=lambda _old: AlreadyAppealed())

    def settle(self, room_id: str, decision_id: str, outcome: AppealOutcome) -> Write:
        """Write down what became of an appeal. Lost: AlreadyDecided."""
        key = _appeal_key(room_id, decision_id)
        return self.table.update(
            key["pk"],
            key["sk"],
            "SET #outcome = :outcome",
            when="attribute_exists(pk) AND attribute_not_exists(#outcome)",
            values={"outcome": outcome},
            lost=lambda _old: AlreadyDecided(),
        )


def with_appeal(decision: Decision, text: str, now: datetime) -> Decision:
    """The decision as it is once the member has appealed."""
    return replace(decision, appeal=Appeal(text, now))


def _appeal_key(room_id: str, decision_id: str) -> dict[str, str]:
    return {"pk": f"ROOM#{room_id}", "sk": f"APPEAL#{decision_id}"}


def _decision(item: Item, appeal: Appeal | None) -> Decision:
    return Decision(
        id=item["id"],
        room_id=item["room_id"],
        member_id=item["member_id"],
        handle=item["handle"],
        step=Step(item["step"]),
        reason=item["reason"],
        by=item["by"],
        by_name=item["by_name"],
        at=parse_instant(item["at"]),
        until=parse_instant(item["until"]) if "until" in item else None,
        seq=item.get("seq", 0),
        appeal=appeal,
    )


def _appeal(item: Item) -> Appeal:
    outcome = AppealOutcome(item["outcome"]) if "outcome" in item else None
    return Appeal(item["text"], parse_instant(item["at"]), outcome)
