"""Finding rooms, entering and leaving them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from shared.errors import NotFound
from shared.intents import Once
from shared.people.handles import new_handle
from shared.people.model import Kind, Principal
from shared.rooms.connections import Connections
from shared.rooms.invitations import InvitationStore
from shared.rooms.model import (
    Audience,
    MemberRole,
    Membership,
    MembershipStatus,
    Room,
    RoomKind,
    WayIn,
    check_handle,
    member_id_of,
)
from shared.rooms.queue import QueueStore, request_id
from shared.rooms.refusals import (
    AlreadyAMember,
    GuidelinesChanged,
    NotAMember,
    NotOfAge,
    Removed,
    RequestDeclined,
    RoomClosed,
)
from shared.rooms.room_store import RoomStore
from shared.rooms.visit import Visit
from shared.tables import Write, commit
from shared.topics import Topic

OFFERED = 4


@dataclass(frozen=True)
class Looking:
    """What somebody looks for; None and empty fit everything."""

    topic: Topic | None = None
    language: str | None = None
    tag: str | None = None
    audience: Audience | None = None

    def fits(self, room: Room) -> bool:
        """Whether the room is of that kind."""
        settings = room.settings
        return (
            (self.topic is None or self.topic in settings.topics)
            and (self.language is None or self.language == settings.language)
            and (self.tag is None or self.tag.casefold() in map(str.casefold, settings.tags))
            and (self.audience is None or settings.audience in (self.audience, Audience.EVERYONE))
        )


@dataclass(frozen=True)
class Entrance:
    """How somebody wants to come in."""

    handle: str
    guidelines_version: int
    of_age: bool
    note: str = ""
    invitation: str = ""


@dataclass(frozen=True)
class Rooms:
    """Use cases of clients and the rooms there are. `handles` makes one that somebody could choose."""

    store: RoomStore
    invitations: InvitationStore
    queue: QueueStore
    connections: Connections
    handles: Callable[[], str] = new_handle

    def listed(self, caller: Principal, looking: Looking) -> list[Visit]:
        """Groups that fit and are open, by name. Those by invitation are there for their members alone."""
        visits = self.store.visits(self.store.group_ids(), caller.id).values()
        shown = [visit for visit in visits if looking.fits(visit.room) and _to_be_seen(visit)]
        return sorted(shown, key=lambda visit: (visit.room.settings.name.casefold(), visit.room.id))

    def mine(self, caller: Principal) -> list[Visit]:
        """The rooms the caller is in or has asked to join, direct ones too."""
        visits = self.store.visits(self.store.ids_of(caller.id), caller.id).values()
        return [visit for visit in visits if visit.membership and visit.membership.status in _THERE]

    def show(self, caller: Principal, room_id: str) -> Visit:
        """One room. Raises NotFound, also for those that are not the caller's to see."""
        visit = self.store.visit(room_id, caller.id)
        if not visit.in_sight:
            raise NotFound
        return visit

    def invited(self, caller: Principal, token: str) -> Visit:
        """The room that an invitation leads to. Raises NotFound for one that is no good (any more)."""
        room_id = self.invitations.leads_to(token)
        if room_id is None:
            raise NotFound
        return self.store.visit(room_id, caller.id)

    def offered_handles(self, caller: Principal, room_id: str, invitation: str = "") -> list[str]:
        """Handles to choose from in this room; somebody who was there before has theirs again."""
        visit = self.store.visit(room_id, caller.id)
        if not visit.in_sight and self.invitations.leads_to(invitation) != room_id:
            raise NotFound
        if visit.membership:
            return [visit.membership.handle]
        made = list(dict.fromkeys(self.handles() for _ in range(2 * OFFERED)))
        return self.store.free_handles(room_id, made)[:OFFERED]

    def join(self, caller: Principal, room_id: str, entrance: Entrance, once: Once, now: datetime) -> Visit:
        """Come in, or ask to.

        Raises NotFound, RoomClosed, NotOfAge, GuidelinesChanged, AlreadyAMember, Removed, RequestDeclined, RoomFull,
        HandleTakenHere, Invalid.
        """
        visit = self.store.visit(room_id, caller.id)
        room, before = visit.room, visit.membership
        invited = bool(entrance.invitation) and self.invitations.leads_to(entrance.invitation) == room_id
        if room.kind is not RoomKind.GROUP or not (visit.in_sight or invited):
            raise NotFound
        _require_welcome(room, before, entrance, invited=invited)
        asks = room.settings.entry is WayIn.REQUEST and not invited
        member = replace(
            before or _newcomer(room, caller, entrance, now),
            status=MembershipStatus.REQUESTED if asks else MembershipStatus.JOINED,
            joined_at=now,
            guidelines_version=room.guidelines_version,
            note=entrance.note,
            decisions=(before.decisions if before else 0) + 1,
        )
        writes = [*self.store.enter(member, before)]
        writes.append(self.queue.request(member, now) if asks else self.store.count(room, +1))
        after = Visit(replace(room, joined=room.joined + (not asks)), member)
        commit(self.store.table.client, [once(after), *writes])
        return after

    def leave(self, caller: Principal, room_id: str, once: Once, now: datetime) -> None:
        """Go. The handle stays the caller's, should they come back. Raises NotFound, NotAMember."""
        visit = self.store.visit(room_id, caller.id)
        room, member = visit.room, visit.present()
        if room.kind is not RoomKind.GROUP:
            raise NotFound
        if member.status not in _THERE:
            raise NotAMember
        gone = replace(member, status=MembershipStatus.LEFT, decisions=member.decisions + 1, note="")
        writes: list[Write] = [once(None), self.store.replace(gone, member)]
        if member.status is MembershipStatus.REQUESTED:
            writes.append(self.queue.forget(room.id, request_id(room.id, member.member_id)))
        else:
            writes.append(self.store.count(room, -1))
        watching = self.connections.unwatching(room.id, member.member_id, now)
        commit(self.store.table.client, [*writes, *watching])

    def accept_guidelines(self, caller: Principal, room_id: str, version: int, once: Once) -> Visit:
        """Accept the guidelines as they are now. Raises NotFound, NotAMember, GuidelinesChanged."""
        visit = self.store.visit(room_id, caller.id)
        member = _joined(visit)
        _require_guidelines(visit.room, version)
        after = Visit(visit.room, replace(member, guidelines_version=version))
        commit(self.store.table.client, [once(after), self.store.accept_guidelines(member, version)])
        return after

    def block(self, caller: Principal, room_id: str, member_id: str, once: Once, *, blocked: bool) -> None:
        """Hide another member from the caller and the caller from them, in this room, or no more.

        Facilitators cannot be blocked: they keep the room safe. Raises NotFound, NotAMember.
        """
        member = self._present(caller, room_id)
        other = self.store.member(room_id, member_id)
        if other is None or other.of_staff or other.member_id == member.member_id:
            raise NotFound
        commit(self.store.table.client, [once(None), *self.store.block(member, member_id, blocked=blocked)])

    def blocked(self, caller: Principal, room_id: str) -> list[Membership]:
        """Those the caller has blocked in this room, by handle. Raises NotFound, NotAMember."""
        member = self._present(caller, room_id)
        found = self.store.members_of(room_id, member.blocks).values()
        return sorted(found, key=lambda other: other.handle)

    def _present(self, caller: Principal, room_id: str) -> Membership:
        return _joined(self.store.visit(room_id, caller.id))


_THERE = (MembershipStatus.JOINED, MembershipStatus.REQUESTED)


def _joined(visit: Visit) -> Membership:
    member = visit.present()
    if member.status is not MembershipStatus.JOINED:
        raise NotAMember
    return member


def _to_be_seen(visit: Visit) -> bool:
    there = visit.membership is not None and visit.membership.status in _THERE
    return there or not (visit.room.closed or visit.room.settings.entry is WayIn.INVITATION)


def _require_welcome(room: Room, before: Membership | None, entrance: Entrance, *, invited: bool) -> None:
    if room.closed:
        raise RoomClosed
    if before and before.status is MembershipStatus.REMOVED:
        raise Removed(before.reason)
    if before and before.status is MembershipStatus.DECLINED and not invited:
        raise RequestDeclined(before.reason)
    if before and before.status in _THERE:
        raise AlreadyAMember
    _require_guidelines(room, entrance.guidelines_version)
    if not entrance.of_age:
        raise NotOfAge("Please tell us that you are of the age this room is for.", field="body.of_age")


def _require_guidelines(room: Room, version: int) -> None:
    if version != room.guidelines_version:
        raise GuidelinesChanged("Please read and accept them as they are now.", version=room.guidelines_version)


def _newcomer(room: Room, caller: Principal, entrance: Entrance, now: datetime) -> Membership:
    if caller.kind is not Kind.CLIENT:
        raise NotFound
    check_handle(entrance.handle)
    return Membership(
        room_id=room.id,
        member_id=member_id_of(room.id, caller.id),
        person_id=caller.id,
        role=MemberRole.MEMBER,
        status=MembershipStatus.JOINED,
        handle=entrance.handle,
        joined_at=now,
    )
