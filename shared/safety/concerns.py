"""What staff do about concerns. The rooms whose concerns the caller may see are worked out by who calls this."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from shared.audit import Audit
from shared.errors import Invalid, NotAllowed, NotFound
from shared.intents import Once
from shared.people.model import Principal, Role
from shared.safety.concern_store import ConcernStore
from shared.safety.model import LONGEST_NOTE, Concern, Source, by_need
from shared.safety.screening import Level
from shared.tables import Write, commit


@dataclass(frozen=True)
class About:
    """Whom somebody on the staff worries about, how soon others should look, and what worries them."""

    level: Level
    room_id: str
    member_id: str
    handle: str
    note: str = ""


@dataclass(frozen=True)
class Concerns:
    """Use cases. A concern of a room that is not among `rooms` looks like none.

    The audit entries are in the record of the room's member, under their `member_id`: the account behind it is not
    known here.
    """

    store: ConcernStore
    audit: Audit

    def raising(
        self, found: Level, room_id: str, member_id: str, seq: int, handle: str, id_: str, now: datetime
    ) -> list[Write]:
        """The writes that raise a concern about a message, for the transaction that posts it.

        `id_` is derived from what gave rise to it, so that it is raised once: raising it again loses, and with it the
        whole transaction (ChangedMeanwhile). What may worry twice, as a message that is edited, needs two ids.
        """
        concern = Concern(id_, found, Source.MESSAGE, room_id, member_id, seq, handle, raised_at=now)
        return self.store.put_new(concern)

    def raise_by_hand(self, caller: Principal, about: About, id_: str, once: Once, now: datetime) -> Concern:
        """Raise a concern about somebody the caller was with; that they may is for who calls this to have checked.

        `id_` is derived from the caller's intent. Raises NotAllowed, Invalid.
        """
        _carers_only(caller)
        note = about.note.strip()
        if len(note) > LONGEST_NOTE:
            raise Invalid(f"At most {LONGEST_NOTE} characters, please.", field="body.note")
        concern = Concern(
            id_,
            about.level,
            Source.STAFF,
            about.room_id,
            about.member_id,
            seq=0,
            handle=about.handle,
            raised_at=now,
            raised_by=caller.id,
            raised_note=note,
        )
        writes = [
            once(concern),
            *self.store.put_new(concern),
            self.audit.entry(concern.member_id, "ConcernRaised", caller.id, now, fact=f"{id_} {concern.version}"),
        ]
        commit(self.store.table.client, writes)
        return concern

    def listed(self, caller: Principal, rooms: Collection[str]) -> list[Concern]:
        """The open concerns of these rooms, urgent ones first, then the oldest. Raises NotAllowed."""
        _carers_only(caller)
        return sorted(self.store.open_in(frozenset(rooms)), key=by_need)

    def acknowledge(
        self,
        caller: Principal,
        rooms: Collection[str],
        room_id: str,
        concern_id: str,
        version: int,
        once: Once,
        now: datetime,
    ) -> Concern:
        """Look after a concern; `version` is the one the caller has seen.

        Raises NotAllowed, NotFound, Invalid, ChangedMeanwhile.
        """
        before = self._of(caller, rooms, room_id, concern_id)
        after = before.acknowledged(caller.id, version, now)
        self._commit("ConcernAcknowledged", before, after, caller, once, now)
        return after

    def resolve(
        self,
        caller: Principal,
        rooms: Collection[str],
        room_id: str,
        concern_id: str,
        version: int,
        note: str,
        once: Once,
        now: datetime,
    ) -> Concern:
        """Close an acknowledged concern; `note` says what was done.

        Raises NotAllowed, NotFound, Invalid, Conflict, ChangedMeanwhile.
        """
        before = self._of(caller, rooms, room_id, concern_id)
        after = before.resolved(caller.id, note, version, now)
        self._commit("ConcernResolved", before, after, caller, once, now)
        return after

    def _of(self, caller: Principal, rooms: Collection[str], room_id: str, concern_id: str) -> Concern:
        _carers_only(caller)
        concern = self.store.find(room_id, concern_id) if room_id in rooms else None
        if concern is None:
            raise NotFound
        return concern

    def _commit(self, what: str, before: Concern, after: Concern, caller: Principal, once: Once, now: datetime) -> None:
        writes = [
            once(after),
            *self.store.replace(before, after, caller.id, now),
            self.audit.entry(after.member_id, what, caller.id, now, fact=f"{after.id} {after.version}"),
        ]
        commit(self.store.table.client, writes)


def _carers_only(caller: Principal) -> None:
    if not (caller.has(Role.FACILITATOR) or caller.has(Role.COUNSELOR)):
        raise NotAllowed("This is for facilitators and counselors.")
