"""Gatherings: an hour at which the members of a group plan to be there together.

ROOM#<room>  GATHERINGS   all of a room: `g_<id>` says what and when, `coming_<id>` lists the members who mean to come
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from shared.clock import instant_text, parse_instant
from shared.errors import Conflict, Invalid, NotFound
from shared.ids import derived_id
from shared.intents import Intent, Once
from shared.people.model import Principal
from shared.recurrence import Recurrence, Scope
from shared.rooms.model import Membership, Room
from shared.rooms.room_store import RoomStore
from shared.tables import Item, Table, Write, commit

MOST_AHEAD = 30
LONGEST = timedelta(hours=6)
KEPT = timedelta(days=30)
MOST_FORGOTTEN = 20
"""How many old ones are forgotten at once: with all that can be planned it stays within an expression's 4 kB."""


class TooManyGatherings(Conflict):
    """As many are planned as a room can have."""

    code = "too_many_gatherings"
    title = "Many dates are planned already"


@dataclass(frozen=True)
class Gathering:
    """One date. `zone` is the one it was planned in; `coming` are member ids. Those planned together share a series."""

    id: str
    title: str
    start: datetime
    end: datetime
    zone: str
    cancelled: bool = False
    coming: frozenset[str] = field(default_factory=frozenset)
    series_id: str = ""

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

    def add(self, room_id: str, gatherings: list[Gathering], forgotten: list[str]) -> Write:
        """Write new ones, and forget old ones."""
        gone = [f"g_{old}, coming_{old}" for old in forgotten]
        change = _set(gatherings) + (f" REMOVE {', '.join(gone)}" if gone else "")
        return self.table.update(f"ROOM#{room_id}", "GATHERINGS", change, values=_values(gatherings))

    def rewrite(self, room_id: str, gatherings: list[Gathering]) -> Write:
        """Write what has become of some that are there."""
        there = " AND ".join(f"attribute_exists(g_{gathering.id})" for gathering in gatherings)
        values = _values(gatherings)
        return self.table.update(f"ROOM#{room_id}", "GATHERINGS", _set(gatherings), when=there, values=values)

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
        self,
        caller: Principal,
        room_id: str,
        wanted: Gathering,
        rule: Recurrence,
        intent: Intent,
        once: Once,
        now: datetime,
    ) -> list[Gathering]:
        """Plan this one and what follows from the rule, at the same time on the wall clock of its zone.

        Their ids are the intent's. Raises NotAllowed, NotFound, Invalid, TooManyGatherings.
        """
        room = self.facilitated(caller, room_id)
        if wanted.start <= now:
            raise Invalid("This time is over.", field="body.start")
        if not timedelta(0) < wanted.end - wanted.start <= LONGEST:
            raise Invalid("It ends after it starts, and within six hours.", field="body.end")
        there = self.store.of(room.id)
        planned = _repeated(wanted, rule, intent)
        if sum(gathering.ahead(now) for gathering in there) + len(planned) > MOST_AHEAD:
            raise TooManyGatherings("Please cancel one first, or wait until some are over.")
        old = [gathering.id for gathering in there if gathering.end + KEPT < now][:MOST_FORGOTTEN]
        commit(self.store.table.client, [once(planned), self.store.add(room.id, planned, old)])
        return planned

    def cancel(
        self, caller: Principal, room_id: str, gathering_id: str, scope: Scope, once: Once, now: datetime
    ) -> list[Gathering]:
        """Call off this one, and of those planned with it what is meant and ahead. Raises NotAllowed, NotFound."""
        room = self.facilitated(caller, room_id)
        this = self._get(room.id, gathering_id)
        others = [
            other
            for other in self.store.of(room.id)
            if this.series_id and other.series_id == this.series_id and other.ahead(now) and other.id != this.id
        ]
        meant = [this, *(other for other in others if scope.holds(other.start, this.start))]
        cancelled = [replace(gathering, cancelled=True) for gathering in sorted(meant, key=lambda one: one.start)]
        commit(self.store.table.client, [once(cancelled), self.store.rewrite(room.id, cancelled)])
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


def _repeated(wanted: Gathering, rule: Recurrence, intent: Intent) -> list[Gathering]:
    length = wanted.end - wanted.start
    starts = list(islice(rule.starts(wanted.start, ZoneInfo(wanted.zone)), MOST_AHEAD + 1))
    if not starts:
        raise Invalid("The last date has to be after the first.", field="body.repeat.until")
    series_id = derived_id("gatherings", intent.key) if len(starts) > 1 else ""
    return [
        replace(
            wanted,
            id=derived_id("gathering", intent.key, *([str(number)] if number else [])),
            start=start,
            end=start + length,
            series_id=series_id,
        )
        for number, start in enumerate(starts)
    ]


def _set(gatherings: list[Gathering]) -> str:
    return "SET " + ", ".join(f"g_{gathering.id} = :g{number}" for number, gathering in enumerate(gatherings))


def _values(gatherings: list[Gathering]) -> Item:
    return {f"g{number}": _told(gathering) for number, gathering in enumerate(gatherings)}


def _told(gathering: Gathering) -> Item:
    return {
        "title": gathering.title,
        "start": instant_text(gathering.start),
        "end": instant_text(gathering.end),
        "zone": gathering.zone,
        "cancelled": gathering.cancelled,
        "series_id": gathering.series_id,
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
            series_id=told.get("series_id", ""),
        )
        for name, told in item.items()
        if name.startswith("g_")
    ]
    return sorted(found, key=lambda gathering: (gathering.start, gathering.id))
