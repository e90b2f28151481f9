"""Routes: writing with one's counselor."""

from typing import Annotated

from pydantic import Field

from functions.call import Call, Input, Nothing, Reply, View
from functions.member_api.app import MemberApp
from functions.operation import operation
from functions.room_views import AbsenceView, RoomView
from shared.appointments.model import Mode
from shared.appointments.refusals import ModeNotOffered
from shared.errors import ChangedMeanwhile, NotFound
from shared.rooms.direct import Answer, NothingProposed, Party
from shared.rooms.model import MemberRole, MembershipStatus, Room
from shared.rooms.visit import Visit


class DeskView(View):
    """Whether one can write to a counselor, when they usually answer, and the room if there is one already."""

    offers_messages: bool
    reply_within_hours: int
    absence: AbsenceView | None
    room_id: str | None


class AnswerInput(Input):
    """Whether the other counselor may go on, and may read what was written so far; `version` is the proposal's."""

    accept: bool
    share_history: bool
    version: Annotated[int, Field(ge=1, lt=2**31)]


@operation({200: DeskView}, NotFound)
def desk(app: MemberApp, call: Call) -> Reply:
    """How writing with this counselor is."""
    counselor_id = call.path["counselor_id"]
    practice = app.finder.published(counselor_id)
    found = app.rooms.desks.of(counselor_id)
    away = found.away(call.now)
    view = DeskView(
        offers_messages=Mode.TEXT in practice.profile.modes,
        reply_within_hours=found.reply_within_hours,
        absence=AbsenceView(note=away.note, until=away.until) if away else None,
        room_id=app.rooms.direct.room_of(call.caller.id, counselor_id),
    )
    return Reply.of(view)


@operation({201: RoomView}, NotFound, ModeNotOffered, ChangedMeanwhile)
def open_room(app: MemberApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says with whom
    """Open the room of the caller and this counselor, or find it."""
    practice = app.finder.published(call.path["counselor_id"])
    if Mode.TEXT not in practice.profile.modes:
        raise ModeNotOffered(field="path.counselor_id")
    client = Party(call.caller.id, app.people.get(call.caller.id).handle)
    counselor = Party(practice.counselor_id, practice.profile.name)

    def view(visit: Visit) -> RoomView:
        return RoomView.of(app.rooms.overview.closely(visit, call.caller, call.now), call.now)

    visit = app.rooms.direct.open(client, counselor, call.named_intent, call.once(view, 201), call.now)
    return Reply.of(view(visit), 201)


@operation({200: RoomView}, NotFound, NothingProposed, ChangedMeanwhile)
def answer(app: MemberApp, call: Call, body: AnswerInput) -> Reply:
    """Decide whether another counselor goes on."""

    def view(visit: Visit) -> RoomView:
        return RoomView.of(app.rooms.overview.closely(visit, call.caller, call.now), call.now)

    answered = Answer(body.accept, body.share_history, body.version)
    decided = app.rooms.direct.answer(call.caller, call.path["room_id"], answered, call.once(view), call.now)
    if body.accept:
        _tell_the_former(app, decided.room)
    return Reply.of(view(decided))


def _tell_the_former(app: MemberApp, room: Room) -> None:
    for member in app.rooms.store.members(room.id):
        if member.role is MemberRole.COUNSELOR and member.status is MembershipStatus.LEFT:
            app.rooms.broadcast.gone(member)
