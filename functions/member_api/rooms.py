"""Routes: finding rooms, entering and leaving them."""

from collections.abc import Callable
from typing import Annotated

from pydantic import Field, StringConstraints

from functions.call import Call, Input, Nothing, Reply, View
from functions.inputs import Language
from functions.member_api.app import MemberApp
from functions.operation import operation
from functions.room_views import RoomCardsView, RoomCardView, RoomView
from shared.errors import NotFound
from shared.rooms.model import Audience, member_id_of
from shared.rooms.refusals import (
    AlreadyAMember,
    GuidelinesChanged,
    HandleTakenHere,
    NotAMember,
    NotOfAge,
    Removed,
    RequestDeclined,
    RoomClosed,
    RoomFull,
)
from shared.rooms.rooms import Entrance, Looking
from shared.rooms.rota import RoomMode
from shared.rooms.visit import Visit
from shared.topics import Topic

Token = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40}$")]
Version = Annotated[int, Field(ge=1, lt=2**31)]


class RoomWishesInput(Input):
    """What a client looks for; what is left out may be anything. `live`: a facilitator is on duty at this moment."""

    topic: Topic | None = None
    language: Language | None = None
    tag: Annotated[str, StringConstraints(max_length=40)] | None = None
    audience: Audience | None = None
    live: bool = False


class EntranceInput(Input):
    """A handle out of those offered, the guidelines that were read, and that one is of the age the room is for."""

    handle: Annotated[str, StringConstraints(min_length=3, max_length=80)]
    guidelines_version: Version
    of_age: bool
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    invitation: Token | None = None


class GuidelinesInput(Input):
    """Which guidelines are accepted."""

    version: Version


class InvitationInput(Input):
    """What stands behind the # of the link."""

    token: Token


class HandlesInput(Input):
    """For rooms that are by invitation only: what stands behind the # of the link."""

    invitation: Token | None = None


class HandlesView(View):
    """Handles to choose from, and the id that the caller will have in this room."""

    handles: list[str]
    member_id: str


@operation({200: RoomCardsView})
def find(app: MemberApp, call: Call, query: RoomWishesInput) -> Reply:
    """Groups that fit."""
    looking = Looking(query.topic, query.language, query.tag, query.audience)
    glances = app.rooms.overview.many(app.rooms.rooms.listed(call.caller, looking), call.caller, call.now)
    shown = [glance for glance in glances if glance.state.mode is RoomMode.LIVE or not query.live]
    return Reply.of(RoomCardsView(rooms=[RoomCardView.of(glance, call.now) for glance in shown]))


@operation({200: RoomCardsView})
def mine(app: MemberApp, call: Call) -> Reply:
    """The rooms the caller is in or has asked to join, latest news first."""
    glances = app.rooms.overview.many(app.rooms.rooms.mine(call.caller), call.caller, call.now)
    glances.sort(key=lambda glance: glance.active_at, reverse=True)
    return Reply.of(RoomCardsView(rooms=[RoomCardView.of(glance, call.now) for glance in glances]))


@operation({200: RoomView}, NotFound)
def show(app: MemberApp, call: Call) -> Reply:
    """One room."""
    return _room(app, call, app.rooms.rooms.show(call.caller, call.path["room_id"]))


@operation({200: RoomView}, NotFound, repeatable=True)
def invited(app: MemberApp, call: Call, body: InvitationInput) -> Reply:
    """The room that an invitation leads to."""
    return _room(app, call, app.rooms.rooms.invited(call.caller, body.token))


@operation({200: HandlesView}, NotFound, repeatable=True)
def handles(app: MemberApp, call: Call, body: HandlesInput) -> Reply:
    """Handles to choose from; one's old one for somebody who was there before.

    It changes nothing, and is no GET because an invitation may not stand in an address.
    """
    room_id = call.path["room_id"]
    offered = app.rooms.rooms.offered_handles(call.caller, room_id, body.invitation or "")
    return Reply.of(HandlesView(handles=offered, member_id=member_id_of(room_id, call.caller.id)))


@operation(
    {201: RoomView},
    NotFound,
    RoomClosed,
    NotOfAge,
    GuidelinesChanged,
    AlreadyAMember,
    Removed,
    RequestDeclined,
    RoomFull,
    HandleTakenHere,
)
def join(app: MemberApp, call: Call, body: EntranceInput) -> Reply:
    """Come in, or ask to."""
    entrance = Entrance(body.handle, body.guidelines_version, body.of_age, body.note, body.invitation or "")
    view = _viewed(app, call)
    joined = app.rooms.rooms.join(call.caller, call.path["room_id"], entrance, call.once(view, 201), call.now)
    return Reply.of(view(joined), 201)


@operation({204: None}, NotFound, NotAMember)
def leave(app: MemberApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says which
    """Leave a room. The handle stays the caller's."""
    app.rooms.rooms.leave(call.caller, call.path["room_id"], call.once(None, 204), call.now)
    app.rooms.broadcast.here(call.path["room_id"])
    return Reply(204)


@operation({200: RoomView}, NotFound, NotAMember, GuidelinesChanged)
def accept_guidelines(app: MemberApp, call: Call, body: GuidelinesInput) -> Reply:
    """Accept the guidelines as they are now."""
    view = _viewed(app, call)
    accepted = app.rooms.rooms.accept_guidelines(call.caller, call.path["room_id"], body.version, call.once(view))
    return Reply.of(view(accepted))


def _viewed(app: MemberApp, call: Call) -> Callable[[Visit], RoomView]:
    def view(visit: Visit) -> RoomView:
        return RoomView.of(app.rooms.overview.closely(visit, call.caller, call.now), call.now)

    return view


def _room(app: MemberApp, call: Call, visit: Visit) -> Reply:
    return Reply.of(_viewed(app, call)(visit))
