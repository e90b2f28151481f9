"""Direct rooms: a client and their counselor, in writing, whenever it suits each of them.

PERSON#<client>  DIRECT#<counselor>   the room of these two
"""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.audit import Audit
from shared.errors import ChangedMeanwhile, Conflict, Invalid, NotFound
from shared.ids import derived_id
from shared.intents import Intent, Once
from shared.people.model import Principal
from shared.rooms.connections import Connections
from shared.rooms.desks import counselors_only
from shared.rooms.log_store import LogStore
from shared.rooms.model import (
    DIRECT_RETENTION_DAYS,
    Handover,
    MemberRole,
    Membership,
    MembershipStatus,
    Room,
    RoomKind,
    RoomSettings,
    member_id_of,
)
from shared.rooms.room_store import RoomStore
from shared.rooms.visit import Visit
from shared.tables import Item, Table, Write, commit


@dataclass(frozen=True)
class Party:
    """One of the two: their id, and what the other one calls them."""

    id: str
    name: str


@dataclass(frozen=True)
class Answer:
    """A client's answer to a proposal, by the version of the room that they have seen.

    With `share_history` the new counselor reads what was written before.
    """

    accept: bool
    share_history: bool
    version: int


class NothingProposed(Conflict):
    """There is no hand-over to decide about (any more)."""

    code = "nothing_proposed"
    title = "There is nothing to decide any more"


@dataclass(frozen=True)
class Direct:
    """Use cases of the two."""

    store: RoomStore
    log: LogStore
    connections: Connections
    audit: Audit

    def room_of(self, client_id: str, counselor_id: str) -> str | None:
        """The id of the room of these two, if there is one."""
        return room_of_pair(self.store.table, client_id, counselor_id)

    def open(
        self, client: Party, counselor: Party, intent: Intent, once: Once, now: datetime, *, by_counselor: bool = False
    ) -> Visit:
        """The room of a client and a counselor, made if there is none. Who may is for the caller to have checked."""
        there = self.room_of(client.id, counselor.id)
        if there is None:
            try:
                return self._make(client, counselor, intent, once, now, by_counselor=by_counselor)
            except ChangedMeanwhile:  # the other tab was a moment faster
                there = self.room_of(client.id, counselor.id)
        if there is None:
            raise ChangedMeanwhile
        visit = self.store.visit(there, counselor.id if by_counselor else client.id)
        commit(self.store.table.client, [once(visit)])
        return visit

    def of_counselor(self, caller: Principal) -> list[Visit]:
        """The direct rooms a counselor is in. Raises NotAllowed."""
        counselors_only(caller)
        visits = self.store.visits(self.store.ids_of(caller.id), caller.id).values()
        return [
            visit for visit in visits if visit.room.kind is RoomKind.DIRECT and visit.room.counselor_id == caller.id
        ]

    def propose(self, caller: Principal, room_id: str, to: Party, reason: str, once: Once, now: datetime) -> Visit:
        """Ask the client whether a colleague may go on with them.

        Raises NotAllowed, NotFound, Invalid, ChangedMeanwhile.
        """
        visit = self._own(caller, room_id)
        if to.id == caller.id:
            raise Invalid("Please choose a colleague.", field="body.to")
        handover = Handover(to.id, to.name, reason, now)
        after = replace(visit.room, handover=handover, version=visit.room.version + 1)
        asked = Visit(after, visit.membership)
        commit(self.store.table.client, [once(asked), self.store.hand_over(visit.room, after)])
        return asked

    def take_back(self, caller: Principal, room_id: str, once: Once) -> None:
        """Ask no more. Raises NotAllowed, NotFound, ChangedMeanwhile."""
        before = self._own(caller, room_id).room
        after = replace(before, handover=None, version=before.version + 1)
        commit(self.store.table.client, [once(None), self.store.hand_over(before, after)])

    def answer(self, caller: Principal, room_id: str, answer: Answer, once: Once, now: datetime) -> Visit:
        """The client's decision about a hand-over; only then does anybody else come in, and one goes as one comes.

        Raises NotFound, NothingProposed, and ChangedMeanwhile when it was another proposal that they have seen.
        """
        visit = self.store.visit(room_id, caller.id)
        before = visit.room
        if before.kind is not RoomKind.DIRECT or before.client_id != caller.id:
            raise NotFound
        if before.handover is None:
            raise NothingProposed
        if answer.version != before.version:
            raise ChangedMeanwhile
        moved: list[Write] = []
        after = replace(before, handover=None, version=before.version + 1)
        if answer.accept:
            to = Party(before.handover.to, before.handover.to_name)
            after = replace(after, counselor_id=to.id, counselor_name=to.name)
            moved = self._change_counselor(before, to, answer, now)
        decided = Visit(after, visit.membership)
        commit(self.store.table.client, [once(decided), self.store.hand_over(before, after), *moved])
        return decided

    def _change_counselor(self, room: Room, to: Party, answer: Answer, now: datetime) -> list[Write]:
        old = self.store.member(room.id, member_id_of(room.id, room.counselor_id))
        if old is None:
            raise NotFound
        again = self.store.member(room.id, member_id_of(room.id, to.id))
        tail = self.log.tail(room)
        new = replace(
            _membership(room.id, to, MemberRole.COUNSELOR, now),
            sees_from=1 if answer.share_history else tail.seq + 1,
            read_ordinal=0 if answer.share_history else tail.ordinal,
            decisions=again.decisions + 1 if again else 0,
            posts=again.posts if again else 0,
        )
        gone = replace(old, status=MembershipStatus.LEFT, decisions=old.decisions + 1)
        return [
            self.store.replace(gone, old),
            *self.connections.unwatching(room.id, old.member_id, now),
            *self.store.seat(new, again),
            *self._led_elsewhere(room, to),
            self.audit.entry(room.client_id, "HandedOver", room.client_id, now, fact=f"{room.id} {room.version}"),
        ]

    def _led_elsewhere(self, room: Room, to: Party) -> list[Write]:
        """The room is found by its new pair. A room that the client has with one of them beside it stays theirs."""
        table, writes = self.store.table, list[Write]()
        if self.room_of(room.client_id, room.counselor_id) == room.id:
            writes.append(table.delete(f"PERSON#{room.client_id}", f"DIRECT#{room.counselor_id}"))
        if self.room_of(room.client_id, to.id) is None:
            writes.append(table.put_new(_pair(room.client_id, to.id, room.id)))
        return writes

    def _make(
        self, client: Party, counselor: Party, intent: Intent, once: Once, now: datetime, *, by_counselor: bool
    ) -> Visit:
        room = Room(
            id=derived_id("direct", intent.key),
            kind=RoomKind.DIRECT,
            settings=RoomSettings(name="", capacity=2, retention_days=DIRECT_RETENTION_DAYS),
            guidelines_version=0,
            created_at=now,
            version=1,
            joined=1,
            client_id=client.id,
            client_name=client.name,
            counselor_id=counselor.id,
            counselor_name=counselor.name,
        )
        one = _membership(room.id, client, MemberRole.CLIENT, now)
        other = _membership(room.id, counselor, MemberRole.COUNSELOR, now)
        writes = [
            self.store.table.put_new(_pair(client.id, counselor.id, room.id)),
            *self.store.put_new(room),
            *self.store.seat(one, None),
            *self.store.seat(other, None),
        ]
        made = Visit(room, other if by_counselor else one)
        commit(self.store.table.client, [once(made), *writes])
        return made

    def _own(self, caller: Principal, room_id: str) -> Visit:
        counselors_only(caller)
        visit = self.store.visit(room_id, caller.id)
        if visit.room.kind is not RoomKind.DIRECT or visit.room.counselor_id != caller.id:
            raise NotFound
        return visit


def room_of_pair(table: Table, client_id: str, counselor_id: str) -> str | None:
    """The id of the room of a client and a counselor, if there is one."""
    item = table.get(f"PERSON#{client_id}", f"DIRECT#{counselor_id}")
    return str(item["room_id"]) if item else None


def _membership(room_id: str, party: Party, role: MemberRole, now: datetime) -> Membership:
    return Membership(
        room_id=room_id,
        member_id=member_id_of(room_id, party.id),
        person_id=party.id,
        role=role,
        status=MembershipStatus.JOINED,
        handle=party.name,
        joined_at=now,
    )


def _pair(client_id: str, counselor_id: str, room_id: str) -> Item:
    return {"pk": f"PERSON#{client_id}", "sk": f"DIRECT#{counselor_id}", "room_id": room_id}
