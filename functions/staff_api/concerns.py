"""Routes: worries about somebody's safety."""

from datetime import datetime
from functools import cache
from typing import Annotated

from pydantic import Field, StringConstraints

from functions.call import Call, Input, Reply, View
from functions.operation import operation
from functions.staff_api.app import StaffApp
from functions.staff_api.queue import MemberNameView
from functions.staff_api.room_views import visits_of
from shared.appointments.model import Appointment
from shared.errors import ChangedMeanwhile, Conflict, NotAllowed, NotFound
from shared.ids import derived_id
from shared.rooms.direct import Party
from shared.rooms.model import Membership, Room, RoomKind
from shared.rooms.visit import Visit
from shared.safety.concerns import About
from shared.safety.model import LONGEST_NOTE, Concern, ConcernStatus, Source
from shared.safety.screening import Level
from shared.tables import Write

Version = Annotated[int, Field(ge=1, lt=2**31)]


class RaiseInput(Input):
    """How soon somebody should look, and what worries."""

    level: Level
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_NOTE)] = ""


class AcknowledgeInput(Input):
    """The version the caller has seen."""

    version: Version


class ResolveInput(Input):
    """The version the caller has seen, and what was done."""

    version: Version
    note: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NOTE)]


class ConcernView(View):
    """A worry. It holds no words of theirs: `seq` says where in the room to read them.

    Staff raise worries too: then `seq` is 0, `raised_by` is their name, and `raised_note` says what worries them.
    """

    id: str
    level: Level
    room_id: str
    room_name: str
    member: MemberNameView
    seq: int
    source: Source
    raised_by: str
    raised_note: str
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


@operation({201: ConcernView}, NotAllowed, NotFound, ChangedMeanwhile)
def raise_about_client(app: StaffApp, call: Call, body: RaiseInput) -> Reply:
    """Raise a concern about the client of an appointment. It is in the room of the two, made if there is none."""
    appointment = app.appointments.of_counselor(call.caller, call.path["appointment_id"])
    visit = _room_of(app, call, appointment)
    return _raised(app, call, body, visit.room, visit.membership)


@operation({201: ConcernView}, NotAllowed, NotFound)
def raise_about_member(app: StaffApp, call: Call, body: RaiseInput) -> Reply:
    """Raise a concern about a member of a group the caller facilitates."""
    room = app.rooms.facilitating.get(call.caller, call.path["room_id"])
    return _raised(app, call, body, room, app.rooms.store.member(room.id, call.path["member_id"]))


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


def _room_of(app: StaffApp, call: Call, appointment: Appointment) -> Visit:
    """The direct room of the two, seen from the client. Making one is the first of two steps of one intent."""
    client_id, counselor_id = appointment.client_id, appointment.counselor_id
    if room_id := app.rooms.direct.room_of(client_id, counselor_id):
        return app.rooms.store.visit(room_id, client_id)
    handle = app.people.handles_of({client_id}).get(client_id)
    if not handle:
        raise NotFound
    client, counselor = Party(client_id, handle), Party(counselor_id, appointment.counselor_name)

    def begun(_visit: Visit) -> Write:
        return call.intents.begin(call.named_intent, call.now)

    return app.rooms.direct.open(client, counselor, call.named_intent, begun, call.now)


def _raised(app: StaffApp, call: Call, body: RaiseInput, room: Room, member: Membership | None) -> Reply:
    if member is None or member.of_staff:
        raise NotFound
    about = About(body.level, room.id, member.member_id, member.handle, body.note)
    id_ = derived_id("concern by hand", call.named_intent.key)

    @cache  # shown and remembered, it asks for the names once
    def view(concern: Concern) -> ConcernView:
        return _view(concern, {room.id: _name(room)}, _names(app, [concern]))

    raised = app.rooms.concerns.raise_by_hand(call.caller, about, id_, call.once(view, 201), call.now)
    return Reply.of(view(raised), 201)


def _rooms(app: StaffApp, call: Call) -> dict[str, str]:
    """The names of the rooms the caller looks after, by id; a direct room goes by its client's handle."""
    return {visit.room.id: _name(visit.room) for visit in visits_of(app, call)}


def _name(room: Room) -> str:
    return room.settings.name if room.kind is RoomKind.GROUP else room.client_name


def _names(app: StaffApp, concerns: list[Concern]) -> dict[str, str]:
    people = {id_ for concern in concerns for id_ in (concern.raised_by, concern.acknowledged_by) if id_}
    return {person.id: person.name for person in app.people.staff() if person.id in people} if people else {}


def _view(concern: Concern, rooms: dict[str, str], names: dict[str, str]) -> ConcernView:
    return ConcernView(
        id=concern.id,
        level=concern.level,
        room_id=concern.room_id,
        room_name=rooms[concern.room_id],
        member=MemberNameView(id=concern.member_id, handle=concern.handle),
        seq=concern.seq,
        source=concern.source,
        raised_by=names.get(concern.raised_by, ""),
        raised_note=concern.raised_note,
        raised_at=concern.raised_at,
        status=concern.status,
        acknowledged_by=names.get(concern.acknowledged_by, ""),
        acknowledged_at=concern.acknowledged_at,
        note=concern.note,
        version=concern.version,
    )
