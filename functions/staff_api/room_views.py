"""How rooms are shown to the staff in them."""

from datetime import datetime

from functions.call import Call
from functions.decision_views import DecisionView, decision_fields
from functions.room_views import RoomCardView, card_fields
from functions.staff_api.app import StaffApp
from shared.errors import NotAllowed, NotFound
from shared.people.model import Role
from shared.rooms.decisions import Decision
from shared.rooms.model import RoomKind
from shared.rooms.overview import Glance
from shared.rooms.visit import Visit


class StaffRoomView(RoomCardView):
    """A room in a list of the staff's. `waiting` counts what waits for a facilitator."""

    version: int
    waiting: int
    premoderate_first: int
    newcomer_wait_minutes: int
    facilitator_ids: list[str]
    invitation: bool
    active_at: datetime

    @classmethod
    def seen(cls, app: StaffApp, glance: Glance, now: datetime) -> "StaffRoomView":
        """The room, to somebody who looks after it."""
        return cls(**_fields(app, glance, now))


class StaffRoomDetailView(StaffRoomView):
    """A room, with its guidelines, and whether a circle is on."""

    guidelines: str
    circle_on: bool

    @classmethod
    def seen(cls, app: StaffApp, glance: Glance, now: datetime) -> "StaffRoomDetailView":
        """The room, to somebody who looks after it."""
        return cls(
            **_fields(app, glance, now),
            guidelines=glance.visit.room.settings.guidelines,
            circle_on=glance.circle_on,
        )


class ConcernedView(DecisionView):
    """A decision, to facilitators: about whom and by whom."""

    member: dict[str, str]
    by_name: str

    @classmethod
    def of(cls, decision: Decision) -> "ConcernedView":
        """The decision."""
        member = {"id": decision.member_id, "handle": decision.handle}
        return cls(**decision_fields(decision), member=member, by_name=decision.by_name)


def visits_of(app: StaffApp, call: Call) -> list[Visit]:
    """The rooms the caller looks after: groups as facilitator, direct rooms as counselor. Raises NotAllowed."""
    roles = call.caller.roles
    if not roles & {Role.FACILITATOR, Role.COUNSELOR}:
        raise NotAllowed("This is for facilitators and counselors.")
    groups = app.rooms.facilitating.mine(call.caller) if Role.FACILITATOR in roles else []
    seats = app.rooms.store.visits([room.id for room in groups], call.caller.id)
    direct = app.rooms.direct.of_counselor(call.caller) if Role.COUNSELOR in roles else []
    return [*(seats[room.id] for room in groups), *direct]


def visit_of(app: StaffApp, call: Call) -> Visit:
    """The room of the path, if the caller looks after it. Raises NotAllowed, NotFound."""
    if not call.caller.roles & {Role.FACILITATOR, Role.COUNSELOR}:
        raise NotAllowed("This is for facilitators and counselors.")
    visit = app.rooms.store.visit(call.path["room_id"], call.caller.id)
    room = visit.room
    theirs = call.caller.id in room.facilitators if room.kind is RoomKind.GROUP else room.counselor_id == call.caller.id
    if not theirs:
        raise NotFound
    return visit


def _fields(app: StaffApp, glance: Glance, now: datetime) -> dict[str, object]:
    room = glance.visit.room
    group = room.kind is RoomKind.GROUP
    return {
        **card_fields(glance, now),
        "version": room.version,
        "waiting": len(app.rooms.queue.of(room.id)) if group else 0,
        "premoderate_first": room.settings.premoderate_first,
        "newcomer_wait_minutes": room.settings.newcomer_wait_minutes,
        "facilitator_ids": sorted(room.facilitators),
        "invitation": group and app.rooms.invitations.there(room.id),
        "active_at": glance.active_at,
    }
