"""Gatherings: an hour at which the members of a group plan to be there together.

ROOM#<room>  GATHERINGS   all of a room: `g_<id>` says what and when, `coming_<id>` lists the members who mean to come
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from shared.clock import instant_text, parse_instant
from shared.errors import Conflict, Invalid, NotFound
from shared.ids import derived_id
from shared.intents import Intent, Once
from shared.people.model import Principal
from shared.rooms.model import Membership, Room
from shared.rooms.room_store import RoomStore
from shared.tables import Item, Table, Write, commit

MOST_AHEAD = 30
LONGEST = timedelta(hours=6)
KEPT = timedelta(days=30)


class TooManyGatherings(Conflict):
    """As many are planned as a room can have."""

    code = "too_many_gatherings"
    title = "Many dates are planned already"


@dataclass(frozen=True)
class Gathering:
    """One date. `zone` is the one it was planned in; `coming` are member ids."""

    id: str
    title: str
    start: datetime
    end: datetime
    zone: str
    cancelled: bool = False
    coming: frozenset[str] = field(default_factory=frozenset)

    def ahead(self, now: datetime) -> bool:
        """Whether it is still to come, or going on."""
        return now < self.end


@dataclass(frozen=True)
class GatheringStore:
    """Reads and writes gatherings."""

    table: Table

    def of(self, room_id: str) -> list[Gathering]:
        """All that are kept, soonest first."""
        return self.of_many([room_id]).get(room_id, [])

    def of_many(self, room_ids: list[str]) -> dict[str, list[Gathering]]:
        """Those of several rooms, in one read."""
        items = self.table.get_many([(f"ROOM#{room_id}", "GATHERINGS") for room_id in room_ids])
        return {item["pk"].removeprefix("ROOM#"): _gatherings(item) for item in items.values()}

    def add(self, room_id: str, gathering: Gathering, forgotten: list[str]) -> Write:
        """Write a new one, and forget old ones."""
        gone = [f"g_{old}, coming_{old}" for old in forgotten]
        change = f"SET g_{gathering.id} = :one" + (f" REMOVE {', '.join(gone)}" if gone else "")
        return self.table.update(f"ROOM#{room_id}", "GATHERINGS", change, values={"one": _told(gathering)})

    def cancel(self, room_id: str, gathering: Gathering) -> Write:
        """Write that it does not take place."""
        return self.table.update(
            f"ROOM#{room_id}",
            "GATHERINGS",
            f"SET g_{gathering.id} = :one",
            when=f"attribute_exists(g_{gathering.id})",
            values={"one": _told(replace(gathering, cancelled=True))},
        )

    def come(self, room_id: str, gathering_id: str, member_id: str, *, coming: bool) -> Write:
        """Write that a member means to come, or no more."""
        return self.table.update(
            f"ROOM#{room_id}",
            "GATHERINGS",
            f"{'ADD' if coming else 'DELETE'} coming_{gathering_id} :me",
            when=f"attribute_exists(g_{gathering_id})",
            values={"me": {member_id}},
        )


@dataclass(frozen=True)
class Gatherings:
    """Use cases. `facilitated` gives a room to those who facilitate it and raises NotAllowed, NotFound for others."""

    rooms: RoomStore
    store: GatheringStore
    facilitated: Callable[[Principal, str], Room]

    def plan(
        self, caller: Principal, room_id: str, wanted: Gathering, intent: Intent, once: Once, now: datetime
    ) -> Gathering:
        """Plan one. Its id is the intent's. Raises NotAllowed, NotFound, Invalid, TooManyGatherings."""
        room = self.facilitated(caller, room_id)
        if wanted.start <= now:
            raise Invalid("This time is over.", field="body.start")
        if not timedelta(0) < wanted.end - wanted.start <= LONGEST:
            raise Invalid("It ends after it starts, and within six hours.", field="body.end")
        there = self.store.of(room.id)
        if sum(gathering.ahead(now) for gathering in there) >= MOST_AHEAD:
            raise TooManyGatherings("Please cancel one first, or wait until some are over.")
        planned = replace(wanted, id=derived_id("gathering", intent.key))
        old = [gathering.id for gathering in there if gathering.end + KEPT < now]
        commit(self.store.table.client, [once(planned), self.store.add(room.id, planned, old)])
        return planned

    def cancel(self, caller: Principal, room_id: str, gathering_id: str, once: Once) -> Gathering:
        """Call one off. Raises NotAllowed, NotFound."""
        room = self.facilitated(caller, room_id)
        gathering = self._get(room.id, gathering_id)
        cancelled = replace(gathering, cancelled=True)
        commit(self.store.table.client, [once(cancelled), self.store.cancel(room.id, gathering)])
        return cancelled

    def come(
        self, caller: Principal, room_id: str, gathering_id: str, once: Once, now: datetime, *, coming: bool
    ) -> tuple[Gathering, Membership]:
        """Say whether one means to come. Raises NotFound, NotAMember, Conflict."""
        member = self.rooms.visit(room_id, caller.id).present()
        member.require_joined(now)
        gathering = self._get(room_id, gathering_id)
        if gathering.cancelled or not gathering.ahead(now):
            raise Conflict("It does not take place (any more).")
        others = gathering.coming - {member.member_id}
        after = replace(gathering, coming=others | {member.member_id} if coming else others)
        came = self.store.come(room_id, gathering_id, member.member_id, coming=coming)
        commit(self.store.table.client, [once((after, member)), came])
        return after, member

    def ahead(self, room_id: str, now: datetime) -> list[Gathering]:
        """Those of a room that are to come, soonest first. Whoever asks may see the room."""
        return [gathering for gathering in self.store.of(room_id) if gathering.ahead(now)]

    def _get(self, room_id: str, gathering_id: str) -> Gathering:
        found = next((gathering for gathering in self.store.of(room_id) if gathering.id == gathering_id), None)
        if found is None:
            raise NotFound
        return found


def _told(gathering: Gathering) -> Item:
    return {
        "title": gathering.title,
        "start": instant_text(gathering.start),
        "end": instant_text(gathering.end),
        "zone": gathering.zone,
        "cancelled": gathering.cancelled,
    }


def _gatherings(item: Item) -> list[Gathering]:
    found = [
        Gathering(
            id=name[2:],
            title=told["title"],
            start=parse_instant(told["start"]),
            end=parse_instant(told["end"]),
            zone=told["zone"],
            cancelled=told["cancelled"],
            coming=frozenset(item.get(f"coming_{name[2:]}", ())),
        )
        for name, told in item.items()
        if name.startswith("g_")
    ]
    return sorted(found, key=lambda gathering: (gathering.start, gathering.id))
