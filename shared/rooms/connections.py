"""Open sockets: leases, since the news of a disconnect is best effort. A lease not renewed no longer counts.

CONNECTION#<id>   CONNECTION       whose socket this is, until when, and which rooms it has open
PERSON#<id>       CONNECTION#<id>  the same, found by person
ROOM#<id>         CONNECTION#<id>  that this socket has the room open, for which member, and until when they type
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from shared.clock import epoch
from shared.errors import Conflict, NotFound, TooMany
from shared.rooms.model import Membership
from shared.tables import Item, Table, Write, commit

LEASE = timedelta(minutes=10)  # API Gateway closes a socket after ten idle minutes; pages ping every four
KEPT_AFTER_LEASE = timedelta(hours=1)
OPENING = timedelta(seconds=15)
TYPING = timedelta(seconds=6)
TYPING_AGAIN = timedelta(seconds=3)  # pages say so every four seconds; sooner is not told again
MOST_OPEN = 20
MOST_WATCHED = 8
_LAST = "\uffff"


class TooManyRooms(Conflict):
    """One socket has as many rooms open as it may."""

    code = "too_many_rooms"
    title = "Too many rooms are open here"


class _NoNews(Exception):  # noqa: N818 - they are known to type
    pass


@dataclass(frozen=True)
class Connection:
    """One open socket of one person."""

    id: str
    person_id: str
    sign_in: str
    lease_until: datetime
    rooms: frozenset[str] = frozenset()

    def is_opening(self, now: datetime) -> bool:
        """Whether it may not be open yet: until $connect is answered API Gateway says of a new socket that it is gone.

        One that pinged a moment ago cannot be told from it; should it be gone, that is noticed the next time.
        """
        return now < self.lease_until - LEASE + OPENING


@dataclass(frozen=True)
class Watcher:
    """A socket that has a room open. `sees_from` is the first number that is for it."""

    connection_id: str
    member_id: str
    of_staff: bool
    typing: bool
    sees_from: int


@dataclass(frozen=True)
class Connections:
    """Remembers who is connected, and which rooms they have open."""

    table: Table

    def open(self, connection_id: str, person_id: str, sign_in: str, now: datetime) -> Connection:
        """Remember a socket that has just opened.

        Raises TooMany when its person has as many as one person needs. Several that open at the same moment may be
        more: the bound is there to stop a page that opens sockets without end.
        """
        if len(held := self.of(person_id, now)) >= MOST_OPEN:
            free_at = min(connection.lease_until for connection in held)
            raise TooMany(int((free_at - now).total_seconds()))
        connection = Connection(connection_id, person_id, sign_in, now + LEASE)
        item: Item = {
            "connection_id": connection_id,
            "person_id": person_id,
            "sign_in": sign_in,
            "lease_until": epoch(connection.lease_until),
            "expires_at": epoch(connection.lease_until + KEPT_AFTER_LEASE),
        }
        keys = _keys(connection_id, person_id)
        commit(self.table.client, [self.table.put({"pk": pk, "sk": sk, **item}) for pk, sk in keys])
        return connection

    def find(self, connection_id: str) -> Connection | None:
        """A socket we know, whatever its lease."""
        item = self.table.get(f"CONNECTION#{connection_id}", "CONNECTION")
        return _connection(item) if item else None

    def renew(self, connection: Connection, now: datetime) -> Connection:
        """The socket as it is after a ping, with a lease that begins now; rooms it has open are renewed with it.

        Raises NotFound when the socket was closed at this moment. A room it may no longer see is dropped.
        """
        until = now + LEASE
        values = {"until": epoch(until), "end": epoch(until + KEPT_AFTER_LEASE)}
        change = "SET lease_until = :until, expires_at = :end"
        there = "attribute_exists(pk)"
        own = [
            self.table.update(pk, sk, change, when=there, values=values, lost=_gone)
            for pk, sk in _keys(connection.id, connection.person_id)
        ]
        commit(self.table.client, own)
        kept = set(connection.rooms)
        for room_id in sorted(connection.rooms):
            row = self.table.update(
                f"ROOM#{room_id}", f"CONNECTION#{connection.id}", change, when=there, values=values, lost=_gone
            )
            try:
                commit(self.table.client, [row])
            except NotFound:  # the member left, or was removed
                commit(self.table.client, [self._rooms(connection, "DELETE", room_id)])
                kept.discard(room_id)
        return replace(connection, lease_until=until, rooms=frozenset(kept))

    def watch(self, connection: Connection, room_id: str, member: Membership, as_long_as: Write, now: datetime) -> None:
        """Note that a socket has a room open, for a member who may read there.

        `as_long_as` is the condition that they still may. Raises what it loses with, NotFound, TooManyRooms.
        """
        if room_id not in connection.rooms and len(connection.rooms) >= MOST_WATCHED:
            raise TooManyRooms
        until = max(connection.lease_until, now)
        row: Item = {
            "pk": f"ROOM#{room_id}",
            "sk": f"CONNECTION#{connection.id}",
            "connection_id": connection.id,
            "member_id": member.member_id,
            "of_staff": member.of_staff,
            "sees_from": member.sees_from,
            "typing_until": 0,
            "lease_until": epoch(until),
            "expires_at": epoch(until + KEPT_AFTER_LEASE),
        }
        commit(self.table.client, [as_long_as, self._rooms(connection, "ADD", room_id), self.table.put(row)])

    def unwatch(self, connection: Connection, room_id: str) -> None:
        """Note that a socket no longer has a room open; it need not have had it."""
        row = self.table.delete(f"ROOM#{room_id}", f"CONNECTION#{connection.id}")
        commit(self.table.client, [self._rooms(connection, "DELETE", room_id), row])

    def type(self, connection_id: str, room_id: str, now: datetime) -> bool:
        """Note that somebody types, for a few seconds; whether that is news.

        Raises NotFound when the socket does not have the room open.
        """
        typing = self.table.update(
            f"ROOM#{room_id}",
            f"CONNECTION#{connection_id}",
            "SET typing_until = :until",
            when="attribute_exists(pk) AND typing_until <= :again",
            values={"until": epoch(now + TYPING), "again": epoch(now + TYPING - TYPING_AGAIN)},
            lost=lambda row: _NoNews() if row else NotFound(),
        )
        try:
            commit(self.table.client, [typing])
        except _NoNews:
            return False
        return True

    def watching(self, room_id: str, now: datetime) -> list[Watcher]:
        """The sockets that have a room open and whose lease holds."""
        items = self.table.query(f"ROOM#{room_id}", "CONNECTION#", f"CONNECTION#{_LAST}", limit=10_000)
        return [
            Watcher(
                item["connection_id"],
                item["member_id"],
                item["of_staff"],
                item["typing_until"] > epoch(now),
                item["sees_from"],
            )
            for item in items
            if item["lease_until"] > epoch(now)
        ]

    def unwatching(self, room_id: str, member_id: str, now: datetime) -> list[Write]:
        """The writes after which nothing of a room reaches a member's sockets any more."""
        return [
            self.table.delete(f"ROOM#{room_id}", f"CONNECTION#{watcher.connection_id}")
            for watcher in self.watching(room_id, now)
            if watcher.member_id == member_id
        ]

    def shut(self, member: Membership, now: datetime) -> None:
        """See to it that nothing of a room reaches a member's sockets, whatever they opened meanwhile."""
        if rows := self.unwatching(member.room_id, member.member_id, now):
            commit(self.table.client, rows)

    def close(self, connection_id: str) -> frozenset[str]:
        """Forget a socket; the rooms it had open. Unknown ones are fine: disconnects may come twice, or never."""
        connection = self.find(connection_id)
        if connection is None:
            return frozenset()
        keys = _keys(connection_id, connection.person_id)
        keys += [(f"ROOM#{room_id}", f"CONNECTION#{connection_id}") for room_id in sorted(connection.rooms)]
        commit(self.table.client, [self.table.delete(pk, sk) for pk, sk in keys])
        return connection.rooms

    def of(self, person_id: str, now: datetime) -> list[Connection]:
        """The sockets of a person whose lease holds."""
        items = self.table.query(f"PERSON#{person_id}", "CONNECTION#", f"CONNECTION#{_LAST}")
        held = map(_connection, items)
        return [connection for connection in held if now < connection.lease_until]

    def _rooms(self, connection: Connection, verb: str, room_id: str) -> Write:
        return self.table.update(
            f"CONNECTION#{connection.id}",
            "CONNECTION",
            f"{verb} rooms :room",
            when="attribute_exists(pk)",
            values={"room": {room_id}},
            lost=_gone,
        )


def here(watchers: list[Watcher]) -> int:
    """How many people that is: somebody with a phone and a laptop is one."""
    return len({watcher.member_id for watcher in watchers})


def typing(watchers: list[Watcher]) -> int:
    """How many people are typing."""
    return len({watcher.member_id for watcher in watchers if watcher.typing})


def _keys(connection_id: str, person_id: str) -> list[tuple[str, str]]:
    name = f"CONNECTION#{connection_id}"
    return [(name, "CONNECTION"), (f"PERSON#{person_id}", name)]


def _connection(item: Item) -> Connection:
    return Connection(
        item["connection_id"],
        item["person_id"],
        item["sign_in"],
        datetime.fromtimestamp(item["lease_until"], UTC),
        frozenset(item.get("rooms", ())),
    )


def _gone(_old: Item | None) -> Exception:
    return NotFound()
