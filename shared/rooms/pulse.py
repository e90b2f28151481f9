"""How rooms are doing, for the facilitators' one page: their pulse, and who might need a word."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shared.people.model import Principal
from shared.rooms.connections import Connections, here
from shared.rooms.log import Message
from shared.rooms.log_store import LogStore
from shared.rooms.model import Membership, MembershipStatus, Room
from shared.rooms.queue import QueueItem, QueueStore, Waiting
from shared.rooms.room_store import RoomStore
from shared.safety.concerns import Concerns

QUIET_AFTER = timedelta(minutes=30)
MANY_REPORTS = 3
NEW_FOR = timedelta(days=2)
MOST_COUNTED = 200


class Why(StrEnum):
    """Why somebody might need a word: they fell silent after a concern, others reported them, they just began."""

    QUIET_AFTER_CONCERN = "quiet_after_concern"
    MANY_REPORTS = "many_reports"
    FIRST_MESSAGES = "first_messages"


@dataclass(frozen=True)
class Word:
    """Somebody who might need a word."""

    room: Room
    member: Membership
    why: Why


@dataclass(frozen=True)
class Pulse:
    """How a room is doing. `messages_today` counts the last 24 hours, at most 200."""

    room: Room
    here: int
    messages_today: int
    last_posted_at: datetime | None


@dataclass(frozen=True)
class Pulses:
    """Takes pulses. Whose rooms they are is for the caller to have checked."""

    rooms: RoomStore
    log: LogStore
    queue: QueueStore
    connections: Connections
    concerns: Concerns

    def of(self, room: Room, now: datetime) -> Pulse:
        """One room's."""
        entries = self.log.before(room.id, 10**12, MOST_COUNTED)
        messages = [entry for entry in entries if isinstance(entry, Message)]
        today = sum(message.posted_at > now - timedelta(days=1) for message in messages)
        last = messages[-1].posted_at if messages else None
        return Pulse(room, here(self.connections.watching(room.id, now)), today, last)

    def held_and_reported(self, room: Room) -> list[tuple[QueueItem, Message | None]]:
        """What waits in a room, oldest first, each with the message it is about."""
        items = self.queue.of(room.id)
        messages = self.log.find_many(room.id, [item.seq for item in items if item.seq])
        return [(item, messages.get(item.seq)) for item in items]

    def words(self, caller: Principal, rooms: list[Room], now: datetime) -> list[Word]:
        """Who might need a word in these rooms, each once: the graver reason counts."""
        concerns = self.concerns.listed(caller, [room.id for room in rooms])
        found: list[Word] = []
        for room in rooms:
            members = {member.member_id: member for member in self.rooms.members(room.id)}
            reports = Counter[str]()
            for item in self.queue.of(room.id):
                if item.kind is Waiting.REPORT:
                    reports[item.member_id] += item.reports
            worried = {concern.member_id: concern.raised_at for concern in concerns if concern.room_id == room.id}
            for member in members.values():
                why = _why(member, worried.get(member.member_id), reports[member.member_id], now)
                if why:
                    found.append(Word(room, member, why))
        return sorted(found, key=lambda word: (list(Why).index(word.why), word.member.joined_at))


def _why(member: Membership, worried_at: datetime | None, reports: int, now: datetime) -> Why | None:
    if member.of_staff or member.status is not MembershipStatus.JOINED:
        return None
    last = member.last_posted_at
    if worried_at and now > worried_at + QUIET_AFTER and (last is None or last <= worried_at):
        return Why.QUIET_AFTER_CONCERN
    if reports >= MANY_REPORTS:
        return Why.MANY_REPORTS
    began = 0 < member.posts <= 3 and now < member.joined_at + NEW_FOR
    return Why.FIRST_MESSAGES if began else None
