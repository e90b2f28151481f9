"""Routes: worries about somebody's safety."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from functions.call import Call, Input, Reply, View
from functions.operation import operation
from functions.staff_api.app import StaffApp
from functions.staff_api.queue import MemberNameView
from functions.staff_api.room_views import visits_of
from shared.errors import ChangedMeanwhile, Conflict, NotAllowed, NotFound
from shared.rooms.model import RoomKind
from shared.safety.model import Concern, ConcernStatus
from shared.safety.screening import Level

Version = Annotated[int, Field(ge=1, lt=2**31)]


class AcknowledgeInput(Input):
    """The version the caller has seen."""

    version: Version


class ResolveInput(Input):
    """The version the caller has seen, and what was done."""

    version: Version
    note: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class ConcernView(View):
    """A worry. It holds no words: `seq` says where in the room to read them."""

    id: str
    level: Level
    room_id: str
    room_name: str
    member: MemberNameView
    seq: int
    raised_at: datetime
    status: ConcernStatus
    acknowledged_by: str
    acknowledged_at: datetime | None
    note: str
    version: int


class ConcernsView(View):
    """Open ones: urgent first, then the oldest."""

    concerns: list[ConcernView]


@operation({200: ConcernsView}, NotAllowed)
def listed(app: StaffApp, call: Call) -> Reply:
    """The open concerns of the rooms the caller looks after."""
    rooms = _rooms(app, call)
    found = app.rooms.concerns.listed(call.caller, rooms.keys())
    names = _names(app, found)
    return Reply.of(ConcernsView(concerns=[_view(concern, rooms, names) for concern in found]))


@operation({200: ConcernView}, NotAllowed, NotFound, ChangedMeanwhile)
def acknowledge(app: StaffApp, call: Call, body: AcknowledgeInput) -> Reply:
    """Look after a concern: others see that somebody does."""
    rooms = _rooms(app, call)

    def view(concern: Concern) -> ConcernView:
        return _view(concern, rooms, _names(app, [concern]))

    room_id, concern_id = call.path["room_id"], call.path["concern_id"]
    acknowledged = app.rooms.concerns.acknowledge(
        call.caller, rooms.keys(), room_id, concern_id, body.version, call.once(view), call.now
    )
    return Reply.of(view(acknowledged))


@operation({200: ConcernView}, NotAllowed, NotFound, Conflict, ChangedMeanwhile)
def resolve(app: StaffApp, call: Call, body: ResolveInput) -> Reply:
    """Close a concern, and say what was done."""
    rooms = _rooms(app, call)

    def view(concern: Concern) -> ConcernView:
        return _view(concern, rooms, _names(app, [concern]))

    room_id, concern_id = call.path["room_id"], call.path["concern_id"]
    resolved = app.rooms.concerns.resolve(
        call.caller, rooms.keys(), room_id, concern_id, body.version, body.note, call.once(view), call.now
    )
    return Reply.of(view(resolved))


def _rooms(app: StaffApp, call: Call) -> dict[str, str]:
    """The names of the rooms the caller looks after, by id; a direct room goes by its client's handle."""
    rooms = [visit.room for visit in visits_of(app, call)]
    return {room.id: room.settings.name if room.kind is RoomKind.GROUP else room.client_name for room in rooms}


def _names(app: StaffApp, concerns: list[Concern]) -> dict[str, str]:
    people = {concern.acknowledged_by for concern in concerns if concern.acknowledged_by}
    return {person.id: person.name for person in app.people.staff() if person.id in people} if people else {}


def _view(concern: Concern, rooms: dict[str, str], names: dict[str, str]) -> ConcernView:
    return ConcernView(
        id=concern.id,
        level=concern.level,
        room_id=concern.room_id,
        room_name=rooms[concern.room_id],
        member=MemberNameView(id=concern.member_id, handle=concern.handle),
        seq=concern.seq,
        raised_at=concern.raised_at,
        status=concern.status,
        acknowledged_by=names.get(concern.acknowledged_by, ""),
        acknowledged_at=concern.acknowledged_at,
        note=concern.note,
        version=concern.version,
    )
