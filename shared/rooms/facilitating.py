"""Groups, as their facilitators make and keep them."""

from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from datetime import datetime

from shared.audit import Audit
from shared.errors import ChangedMeanwhile, Invalid, NotAllowed, NotFound
from shared.ids import derived_id
from shared.intents import Intent, Intents, Once
from shared.people.daily import DailySecrets
from shared.people.model import Person, Principal, Role
from shared.rooms.connections import Connections
from shared.rooms.invitations import InvitationStore
from shared.rooms.model import MemberRole, Membership, MembershipStatus, Room, RoomKind, RoomSettings, member_id_of
from shared.rooms.room_store import RoomStore
from shared.rooms.rota_store import RotaStore
from shared.rooms.visit import Visit
from shared.tables import Write, commit

MOST_FACILITATORS = 20


@dataclass(frozen=True)
class Facilitating:
    """Use cases. `colleagues` lists the staff as of now."""

    store: RoomStore
    invitations: InvitationStore
    rotas: RotaStore
    connections: Connections
    audit: Audit
    intents: Intents
    daily: DailySecrets
    colleagues: Callable[[], list[Person]]

    def mine(self, caller: Principal) -> list[Room]:
        """The groups the caller facilitates, by name. Raises NotAllowed."""
        facilitators_only(caller)
        rooms = self.store.visits(self.store.ids_of(caller.id), caller.id).values()
        own = [visit.room for visit in rooms if caller.id in visit.room.facilitators]
        return sorted(own, key=lambda room: (room.settings.name.casefold(), room.id))

    def get(self, caller: Principal, room_id: str) -> Room:
        """One of them. Raises NotAllowed, NotFound."""
        return self.visit(caller, room_id).room

    def visit(self, caller: Principal, room_id: str) -> Visit:
        """One of them, with the caller's place in it. Raises NotAllowed, NotFound."""
        facilitators_only(caller)
        visit = self.store.visit(room_id, caller.id)
        if visit.room.kind is not RoomKind.GROUP or caller.id not in visit.room.facilitators:
            raise NotFound
        return visit

    def peers(self, caller: Principal) -> list[Person]:
        """Everybody who could facilitate, by name. Raises NotAllowed."""
        facilitators_only(caller)
        return [person for person in self.colleagues() if Role.FACILITATOR in person.roles]

    def make(self, caller: Principal, settings: RoomSettings, intent: Intent, once: Once, now: datetime) -> Visit:
        """Make a group, facilitated by the caller."""
        name = next((person.name for person in self.peers(caller) if person.id == caller.id), "")
        room = Room(
            id=derived_id("room", intent.key),
            kind=RoomKind.GROUP,
            settings=settings,
            guidelines_version=1,
            created_at=now,
            version=1,
            facilitators={caller.id: name},
        )
        seat = _seat(room, caller.id, name, None, now)
        made = Visit(room, seat)
        entry = self.audit.entry(caller.id, "RoomMade", caller.id, now, fact=intent.key)
        commit(
            self.store.table.client,
            [once(made), *self.store.put_new(room), *self.store.seat(seat, None), entry],
        )
        return made

    def rewrite(
        self, caller: Principal, room_id: str, settings: RoomSettings, version: int, once: Once, now: datetime
    ) -> Visit:
        """Change settings; `version` is the one the caller has seen. Raises NotFound, Invalid, ChangedMeanwhile."""
        before = self.visit(caller, room_id)
        if version > before.room.version:
            raise Invalid("There is no such version yet.", field="body.version")
        if version != before.room.version:
            raise ChangedMeanwhile
        return self._commit(caller, "RoomChanged", before, before.room.rewritten(settings), once, now)

    def close(self, caller: Principal, room_id: str, once: Once, now: datetime, *, closed: bool) -> Visit:
        """Close a room: it can be read and not written to; or open it again. Raises NotFound, ChangedMeanwhile."""
        before = self.visit(caller, room_id)
        after = replace(before.room, closed=closed, version=before.room.version + 1)
        return self._commit(caller, "RoomClosed" if closed else "RoomOpened", before, after, once, now)

    def appoint(self, caller: Principal, room_id: str, ids: list[str], once: Once, now: datetime) -> Visit:
        """Decide who facilitates. Somebody has to, and it need not be the caller.

        Raises NotFound, Invalid, ChangedMeanwhile.
        """
        before = self.visit(caller, room_id)
        room = before.room
        names = {person.id: person.name for person in self.peers(caller)}
        if not ids or len(ids) > MOST_FACILITATORS or not set(ids) <= names.keys():
            raise Invalid("Please choose one or more facilitators.", field="body.ids")
        after = replace(room, facilitators={id_: names[id_] for id_ in ids}, version=room.version + 1)
        moved: list[Write] = []
        for id_ in sorted(set(ids) - room.facilitators.keys()):
            there = self.store.member(room.id, member_id_of(room.id, id_))
            moved += self.store.seat(_seat(room, id_, names[id_], there, now), there)
        for id_ in sorted(room.facilitators.keys() - set(ids)):
            moved += self._unseat(room, id_, now)
        moved += self._release(room.id, room.facilitators.keys() - set(ids))
        return self._commit(caller, "FacilitatorsChanged", before, after, once, now, moved)

    def standing_down(self, person_id: str) -> list[Write]:
        """The writes after which the shifts of somebody who no longer facilitates at all are nobody's.

        They stay listed in rooms that nobody else facilitates; those are slow or rest until there is somebody.
        """
        return [write for room_id in self.store.ids_of(person_id) for write in self._release(room_id, {person_id})]

    def invite(self, caller: Principal, room_id: str, intent: Intent, now: datetime) -> str:
        """A new invitation, which ends the one before: whoever has its link comes in.

        It is derived from the secret of the day, so that a repeat shows the same one and only its digest is kept.
        Raises NotFound, and Forgotten for a repeat after two days.
        """
        room = self.get(caller, room_id)
        before = self.intents.progress(intent, now)
        made_on = (before.begun_at if before else now).date()
        token = self.daily.digest(made_on, "invitation", intent.key, now=now)[:40]
        if not before:
            invited = self.audit.entry(caller.id, "InvitationMade", caller.id, now, fact=intent.key)
            writes = self.invitations.put(token, room.id, now)
            commit(self.store.table.client, [self.intents.begin(intent, now), *writes, invited])
        return token

    def end_invitation(self, caller: Principal, room_id: str, once: Once) -> None:
        """End the invitation there is; there need not be one. Raises NotFound."""
        room = self.get(caller, room_id)
        commit(self.store.table.client, [once(None), self.invitations.end(room.id)])

    def _commit(
        self,
        caller: Principal,
        what: str,
        before: Visit,
        after: Room,
        once: Once,
        now: datetime,
        more: list[Write] | None = None,
    ) -> Visit:
        entry = self.audit.entry(caller.id, what, caller.id, now, fact=f"{after.id} {after.version}")
        done = Visit(after, before.membership)
        writes = [once(done), self.store.rewrite(before.room, after), *(more or []), entry]
        commit(self.store.table.client, writes)
        return done

    def _release(self, room_id: str, gone: Set[str]) -> list[Write]:
        """Shifts of those who go are nobody's: a room must not seem to be looked after."""
        rota = self.rotas.find(room_id)
        without = rota and rota.without(gone)
        return [self.rotas.replace(room_id, without)] if without and without != rota else []

    def _unseat(self, room: Room, person_id: str, now: datetime) -> list[Write]:
        before = self.store.member(room.id, member_id_of(room.id, person_id))
        if before is None:
            return []
        left = replace(before, status=MembershipStatus.LEFT, decisions=before.decisions + 1)
        return [self.store.replace(left, before), *self.connections.unwatching(room.id, before.member_id, now)]


def _seat(room: Room, person_id: str, name: str, before: Membership | None, now: datetime) -> Membership:
    """A facilitator's place in the room, under their own name."""
    return Membership(
        room_id=room.id,
        member_id=member_id_of(room.id, person_id),
        person_id=person_id,
        role=MemberRole.FACILITATOR,
        status=MembershipStatus.JOINED,
        handle=name,
        joined_at=now,
        guidelines_version=room.guidelines_version,
        decisions=before.decisions + 1 if before else 0,
        posts=before.posts if before else 0,
        read_seq=before.read_seq if before else 0,
        read_ordinal=before.read_ordinal if before else 0,
    )


def facilitators_only(caller: Principal) -> None:
    """Raises NotAllowed for everybody else."""
    if not caller.has(Role.FACILITATOR):
        raise NotAllowed("This is for facilitators.")
