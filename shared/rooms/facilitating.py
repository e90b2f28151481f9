"""Groups, as their facilitators make and keep them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from shared.audit import Audit
from shared.errors import ChangedMeanwhile, Invalid, NotAllowed, NotFound
from shared.ids import derived_id
from shared.intents import Intent, Intents, Once
from shared.people.daily import DailySecrets
from shared.people.model import Person, Principal, Role
from shared.rooms.model import MemberRole, Membership, MembershipStatus, Room, RoomKind, RoomSettings, member_id_of
from shared.rooms.room_store import RoomStore
from shared.rooms.rooms import invitation_digest
from shared.tables import Write, commit

MOST_FACILITATORS = 20


@dataclass(frozen=True)
class Facilitating:
    """Use cases. `colleagues` lists the staff as of now."""

    store: RoomStore
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
        facilitators_only(caller)
        room = self.store.get(room_id)
        if room.kind is not RoomKind.GROUP or caller.id not in room.facilitators:
            raise NotFound
        return room

    def peers(self, caller: Principal) -> list[Person]:
        """Everybody who could facilitate, by name. Raises NotAllowed."""
        facilitators_only(caller)
        return [person for person in self.colleagues() if Role.FACILITATOR in person.roles]

    def make(self, caller: Principal, settings: RoomSettings, intent: Intent, once: Once, now: datetime) -> Room:
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
        made = self.audit.entry(caller.id, "RoomMade", caller.id, now, fact=intent.key)
        seated = self._seat(room, caller.id, name, now)
        commit(self.store.table.client, [once(room), *self.store.put_new(room), *seated, made])
        return room

    def rewrite(
        self, caller: Principal, room_id: str, settings: RoomSettings, version: int, once: Once, now: datetime
    ) -> Room:
        """Change settings; `version` is the one the caller has seen. Raises NotFound, Invalid, ChangedMeanwhile."""
        before = self._seen(caller, room_id, version)
        after = before.rewritten(settings)
        self._commit(caller, "RoomChanged", before, after, once, now)
        return after

    def close(self, caller: Principal, room_id: str, once: Once, now: datetime, *, closed: bool) -> Room:
        """Close a room: it can be read and not written to; or open it again. Raises NotFound, ChangedMeanwhile."""
        before = self.get(caller, room_id)
        after = replace(before, closed=closed, version=before.version + 1)
        self._commit(caller, "RoomClosed" if closed else "RoomOpened", before, after, once, now)
        return after

    def appoint(self, caller: Principal, room_id: str, ids: list[str], once: Once, now: datetime) -> Room:
        """Decide who facilitates. Somebody has to, and it need not be the caller.

        Raises NotFound, Invalid, ChangedMeanwhile.
        """
        before = self.get(caller, room_id)
        names = {person.id: person.name for person in self.peers(caller)}
        if not ids or len(ids) > MOST_FACILITATORS or not set(ids) <= names.keys():
            raise Invalid("Please choose one or more facilitators.", field="body.ids")
        after = replace(before, facilitators={id_: names[id_] for id_ in ids}, version=before.version + 1)
        moved: list[Write] = []
        for id_ in sorted(set(ids) - before.facilitators.keys()):
            moved += self._seat(before, id_, names[id_], now)
        for id_ in sorted(before.facilitators.keys() - set(ids)):
            moved += self._unseat(before, id_)
        self._commit(caller, "FacilitatorsChanged", before, after, once, now, moved)
        return after

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
            writes = self.store.put_invitation(invitation_digest(token), room.id, now)
            commit(self.store.table.client, [self.intents.begin(intent, now), *writes, invited])
        return token

    def end_invitation(self, caller: Principal, room_id: str, once: Once) -> None:
        """End the invitation there is; there need not be one. Raises NotFound."""
        room = self.get(caller, room_id)
        commit(self.store.table.client, [once(None), self.store.end_invitation(room.id)])

    def _seen(self, caller: Principal, room_id: str, version: int) -> Room:
        room = self.get(caller, room_id)
        if version > room.version:
            raise Invalid("There is no such version yet.", field="body.version")
        if version != room.version:
            raise ChangedMeanwhile
        return room

    def _commit(
        self,
        caller: Principal,
        what: str,
        before: Room,
        after: Room,
        once: Once,
        now: datetime,
        more: list[Write] | None = None,
    ) -> None:
        entry = self.audit.entry(caller.id, what, caller.id, now, fact=f"{before.id} {after.version}")
        commit(self.store.table.client, [once(after), self.store.rewrite(before, after), *(more or []), entry])

    def _seat(self, room: Room, person_id: str, name: str, now: datetime) -> list[Write]:
        """The writes that give a facilitator a place in the room, under their own name."""
        before = self.store.member(room.id, member_id_of(room.id, person_id))
        member = Membership(
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
        return self.store.seat(member, before)

    def _unseat(self, room: Room, person_id: str) -> list[Write]:
        before = self.store.member(room.id, member_id_of(room.id, person_id))
        if before is None:
            return []
        left = replace(before, status=MembershipStatus.LEFT, decisions=before.decisions + 1)
        return [self.store.replace(left, before)]


def facilitators_only(caller: Principal) -> None:
    """Raises NotAllowed for everybody else."""
    if not caller.has(Role.FACILITATOR):
        raise NotAllowed("This is for facilitators.")
