"""What the frames of a page do."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from functions.broadcast import Broadcast
from functions.call import View
from functions.frames import Ping, Pong, Said, Signal, Trouble, Typing, Unwatch, Watch, Watching, frame
from shared.errors import ChangedMeanwhile, Invalid, Malformed, NotFound, Refusal, SignInRequired
from shared.meetings.signals import Signals
from shared.people.store import People
from shared.rooms.connections import Connection, Connections
from shared.rooms.log_store import LogStore
from shared.rooms.model import Membership, Room, member_id_of
from shared.rooms.room_store import RoomStore
from shared.telemetry import logger

_SAID: TypeAdapter[Ping | Watch | Unwatch | Typing | Signal] = TypeAdapter(Said)


@dataclass(frozen=True)
class Conversation:
    """One function's side of all sockets. `close` ends one of them."""

    people: People
    rooms: RoomStore
    log: LogStore
    connections: Connections
    signals: Signals
    broadcast: Broadcast
    close: Callable[[str], None]

    def answer(self, connection_id: str, body: str, now: datetime) -> View | None:
        """Do what a frame says, and what to send back: nothing where `EXCHANGES` (functions/frames.py) has nothing."""
        try:
            said = _parse(body)
            return self._do(said, self._found(connection_id), now)
        except SignInRequired as refusal:
            self._end(connection_id, trouble(refusal))
            return None
        except Refusal as refusal:
            return trouble(refusal)

    def disconnected(self, connection_id: str) -> None:
        """A socket has closed: forget it, and tell the rooms it had open."""
        for room_id in sorted(self.connections.close(connection_id)):
            self.broadcast.here(room_id)

    def _do(self, said: Ping | Watch | Unwatch | Typing | Signal, connection: Connection, now: datetime) -> View | None:
        match said:
            case Ping():
                return self._ping(connection, now)
            case Watch():
                return self._watch(connection, said.room, now)
            case Unwatch():
                self._unwatch(connection, said.room)
            case Typing():
                self._type(connection, said.room, now)
            case Signal():
                self._signal(connection, said, now)
        return None

    def _ping(self, connection: Connection, now: datetime) -> Pong:
        self._require_signed_in(connection, now)
        visits = self.rooms.visits(connection.rooms, connection.person_id)
        seen = frozenset(room_id for room_id, visit in visits.items() if _may_read(visit.membership, now))
        for room_id in sorted(connection.rooms - seen):
            self.connections.unwatch(connection, room_id)
        kept = self.connections.renew(replace(connection, rooms=seen), now)
        tails = {room_id: self.log.tail(visits[room_id].room).seq for room_id in sorted(kept.rooms)}
        return Pong(at=now, lease_until=kept.lease_until, tails=tails)

    def _watch(self, connection: Connection, room_id: str, now: datetime) -> Watching:
        self._require_signed_in(connection, now)
        if connection.lease_until <= now:  # a phone that slept may say this first when it wakes
            connection = self.connections.renew(connection, now)
        room, member, others = self._opened(connection, room_id, now)
        if member.member_id not in others:
            self.broadcast.here(room_id, but=connection.id)
        # The log is looked at after the row was written: what comes later than the tail, comes here.
        return Watching(room=room_id, here=len(others | {member.member_id}), tail=self.log.tail(room).seq)

    def _opened(self, connection: Connection, room_id: str, now: datetime) -> tuple[Room, Membership, frozenset[str]]:
        """Have the room open. The room, the caller's membership, and who had it open before."""
        while True:
            visit = self.rooms.visit(room_id, connection.person_id)
            member = visit.membership
            if member is None:
                raise NotFound
            member.require_joined(now)
            others = frozenset(watcher.member_id for watcher in self.connections.watching(room_id, now))
            try:
                self.connections.watch(connection, room_id, member, self.rooms.stands(member), now)
            except ChangedMeanwhile:  # decided about at this very moment: look again
                continue
            return visit.room, member, others

    def _unwatch(self, connection: Connection, room_id: str) -> None:
        if room_id in connection.rooms:
            self.connections.unwatch(connection, room_id)
            self.broadcast.here(room_id, but=connection.id)

    def _type(self, connection: Connection, room_id: str, now: datetime) -> None:
        if room_id not in connection.rooms:
            raise NotFound
        member = self.rooms.member(room_id, member_id_of(room_id, connection.person_id))
        if member is None:
            raise NotFound
        member.require_voice(now)
        if self.connections.type(connection.id, room_id, now):
            self.broadcast.typing(room_id, but=connection.id)

    def _signal(self, connection: Connection, said: Signal, now: datetime) -> None:
        sender, receiver = self.signals.pass_on(connection.person_id, said.meeting, said.device, said.to, now)
        self.broadcast.signal(said.meeting, sender, receiver, said.body)

    def _require_signed_in(self, connection: Connection, now: datetime) -> None:
        person = self.people.find(connection.person_id)
        if person is None or not person.signed_in(connection.sign_in, now):
            raise SignInRequired

    def _end(self, connection_id: str, why: Trouble) -> None:
        """Nothing may come to this socket any more. It is told why first, since an answer would find it closed."""
        self.disconnected(connection_id)
        self.broadcast.deliver([(frame(why), [connection_id])])
        self.close(connection_id)

    def _found(self, connection_id: str) -> Connection:
        connection = self.connections.find(connection_id)
        if connection is None:
            raise NotFound("Please open a new connection.")
        return connection


def trouble(refusal: Refusal) -> Trouble:
    """A refusal as a frame."""
    logger().info("refused", extra={"code": refusal.code})
    return Trouble(code=refusal.code, detail=refusal.detail)


def _parse(body: str) -> Ping | Watch | Unwatch | Typing | Signal:
    """Raises Malformed for what is none of our frames, Invalid for one with a wrong part."""
    try:
        return _SAID.validate_json(body)
    except ValidationError as error:
        if any(fault["loc"] for fault in error.errors(include_url=False, include_input=False, include_context=False)):
            raise Invalid("A part of this frame needs to change.") from None
        raise Malformed("This frame is not understood.") from None


def _may_read(member: Membership | None, now: datetime) -> bool:
    if member is None:
        return False
    try:
        member.require_joined(now)
    except Refusal:
        return False
    return True
