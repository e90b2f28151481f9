"""A room at a glance: what is around it, as of now, for lists and for the page of a room."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.errors import Refusal
from shared.people.model import Principal
from shared.rooms.connections import Connections, here
from shared.rooms.desks import Desk, Desks
from shared.rooms.gatherings import Gathering, GatheringStore
from shared.rooms.log import Change, Entry
from shared.rooms.log_store import LogStore
from shared.rooms.model import Membership, MembershipStatus, Room, RoomKind
from shared.rooms.open_circles import OpenCircles
from shared.rooms.rota import RoomMode, Rota, State, on_duty, state_at
from shared.rooms.rota_store import RotaStore
from shared.rooms.shifts import Span
from shared.rooms.standing import require_may_post
from shared.rooms.visit import Visit

DUTY_SHOWN = timedelta(days=7)
ALWAYS_LIVE = State(RoomMode.LIVE, None, None)


@dataclass(frozen=True)
class Glance:
    """A room and what is around it. `here`, `unread` and `desk` are None where they were not looked up or mean nothing.

    `obstacle` is what keeps the caller from writing now; None when nothing does, or when they are not in the room.
    `on_duty` are the stretches of the next days at which a facilitator is to be there. `circle_on`: one may come to a
    circle at this moment, as far as was looked up for those who are in the room.
    """

    visit: Visit
    state: State
    next_gathering: Gathering | None
    newest: Entry | None
    unread: int
    here: int | None
    obstacle: Refusal | None
    desk: Desk | None
    on_duty: tuple[Span, ...] = ()
    circle_on: bool = False

    @property
    def active_at(self) -> datetime:
        """When something last happened here."""
        if self.newest is None:
            return self.visit.room.created_at
        return self.newest.at if isinstance(self.newest, Change) else self.newest.posted_at


@dataclass(frozen=True)
class Overview:
    """Looks rooms up, many at once."""

    log: LogStore
    rotas: RotaStore
    gatherings: GatheringStore
    connections: Connections
    desks: Desks
    circles: OpenCircles

    def many(self, visits: list[Visit], caller: Principal, now: datetime) -> list[Glance]:
        """Several rooms, in the order given: two batches of reads, and one read for each room the caller is in."""
        ids = [visit.room.id for visit in visits if visit.room.kind is RoomKind.GROUP]
        rotas = self.rotas.find_many(ids)
        gatherings = self.gatherings.of_many(ids)
        return [
            self._glance(visit, rotas.get(visit.room.id, (Rota("UTC"), None))[0], gatherings, caller, now)
            for visit in visits
        ]

    def closely(self, visit: Visit, caller: Principal, now: datetime) -> Glance:
        """One room, with how many people have it open, and with the counselor's desk in a direct one."""
        (glance,) = self.many([visit], caller, now)
        present = here(self.connections.watching(visit.room.id, now))
        direct = visit.room.kind is RoomKind.DIRECT
        if direct:
            return replace(glance, here=present, desk=self.desks.of(visit.room.counselor_id))
        rota = self.rotas.find(visit.room.id) or Rota("UTC")
        member = visit.membership
        inside = member is not None and member.status is MembershipStatus.JOINED
        return replace(
            glance,
            here=present,
            on_duty=tuple(on_duty(rota, now, now + DUTY_SHOWN)),
            circle_on=inside and self.circles.of(visit.room.id) != "",
        )

    def _glance(
        self, visit: Visit, rota: Rota, gatherings: dict[str, list[Gathering]], caller: Principal, now: datetime
    ) -> Glance:
        room, member = visit.room, visit.membership
        joined = member if member and member.status is MembershipStatus.JOINED else None
        newest = self.log.newest(room.id) if joined else None
        state = mode_of(room, rota, now)
        ahead = (one for one in gatherings.get(room.id, ()) if one.ahead(now) and not one.cancelled)
        return Glance(
            visit=visit,
            state=state,
            next_gathering=next(ahead, None),
            newest=newest,
            unread=max(0, newest.ordinal - joined.read_ordinal) if joined and newest else 0,
            here=None,
            obstacle=_obstacle(room, joined, caller, state, now) if joined else None,
            desk=None,
        )


def mode_of(room: Room, rota: Rota, now: datetime) -> State:
    """Groups follow their rota; a client and their counselor write whenever they like."""
    return ALWAYS_LIVE if room.kind is RoomKind.DIRECT else state_at(rota, now)


def _obstacle(room: Room, member: Membership, caller: Principal, state: State, now: datetime) -> Refusal | None:
    try:
        require_may_post(room, member, caller, lambda: state, now)
    except Refusal as refusal:
        return refusal
    return None
