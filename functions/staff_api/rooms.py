"""Routes: groups, as their facilitators make and keep them."""

from collections.abc import Callable
from typing import Annotated

from pydantic import Field, StringConstraints

from functions.call import Call, Input, Nothing, Reply, View
from functions.inputs import Language, SeenVersion
from functions.operation import operation
from functions.staff_api.app import StaffApp
from functions.staff_api.room_views import StaffRoomDetailView, StaffRoomView, visit_of, visits_of
from shared.errors import ChangedMeanwhile, NotAllowed, NotFound
from shared.ids import ID_PATTERN
from shared.rooms.model import Audience, MemberRole, MembershipStatus, RoomSettings, WayIn
from shared.rooms.visit import Visit
from shared.topics import Topic

Id = Annotated[str, Field(pattern=ID_PATTERN)]


def _trimmed(shortest: int, longest: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=shortest, max_length=longest)


class RoomInput(Input):
    """Everything that is decided about a group."""

    name: Annotated[str, _trimmed(1, 80)]
    about: Annotated[str, _trimmed(0, 1000)] = ""
    topics: Annotated[frozenset[Topic], Field(max_length=8)] = frozenset()
    language: Language = "en"
    tags: Annotated[list[Annotated[str, _trimmed(1, 40)]], Field(max_length=10, default_factory=list)]
    audience: Audience = Audience.ADULTS
    entry: WayIn = WayIn.OPEN
    guidelines: Annotated[str, _trimmed(1, 4000)]
    capacity: Annotated[int, Field(ge=2, le=200)] = 50
    retention_days: Annotated[int, Field(ge=1, le=365)] = 30
    slow_seconds: Annotated[int, Field(ge=0, le=600)] = 0
    premoderate_first: Annotated[int, Field(ge=0, le=10)] = 0
    newcomer_wait_minutes: Annotated[int, Field(ge=0, le=1440)] = 0

    def settings(self) -> RoomSettings:
        """The settings; the same tag twice is one."""
        fields = {name: getattr(self, name) for name in RoomSettings.__dataclass_fields__}
        return RoomSettings(**{**fields, "tags": tuple(dict.fromkeys(self.tags))})


class RoomChangeInput(RoomInput):
    """The same, and the version the caller has seen."""

    version: SeenVersion


class ClosedInput(Input):
    """Whether nobody can write any more."""

    closed: bool


class FacilitatorsInput(Input):
    """Everybody who is to facilitate."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=20)]


class StaffRoomsView(View):
    """The rooms the caller looks after."""

    rooms: list[StaffRoomView]


class PeerView(View):
    """Somebody on the staff."""

    id: str
    name: str


class PeersView(View):
    """Those who could be asked, by name."""

    people: list[PeerView]


class InvitationLinkView(View):
    """What stands behind the # of the link. It is shown now and cannot be looked up later."""

    token: str


@operation({200: StaffRoomsView}, NotAllowed)
def mine(app: StaffApp, call: Call) -> Reply:
    """The rooms the caller looks after: groups as facilitator, direct ones as counselor."""
    glances = app.rooms.overview.many(visits_of(app, call), call.caller, call.now)
    return Reply.of(StaffRoomsView(rooms=[StaffRoomView.seen(app, glance, call.now) for glance in glances]))


@operation({200: StaffRoomDetailView}, NotAllowed, NotFound)
def show(app: StaffApp, call: Call) -> Reply:
    """One of them."""
    glance = app.rooms.overview.closely(visit_of(app, call), call.caller, call.now)
    return Reply.of(StaffRoomDetailView.seen(app, glance, call.now))


@operation({201: StaffRoomDetailView}, NotAllowed)
def make(app: StaffApp, call: Call, body: RoomInput) -> Reply:
    """Make a group, with the caller as its first facilitator."""
    view = _viewed(app, call)
    once = call.once(view, 201)
    made = app.rooms.facilitating.make(call.caller, body.settings(), call.named_intent, once, call.now)
    return Reply.of(view(made), 201)


@operation({200: StaffRoomDetailView}, NotAllowed, NotFound, ChangedMeanwhile)
def rewrite(app: StaffApp, call: Call, body: RoomChangeInput) -> Reply:
    """Change a group. Other guidelines have to be accepted anew by everybody."""
    view = _viewed(app, call)
    room_id = call.path["room_id"]
    once = call.once(view)
    return Reply.of(
        view(app.rooms.facilitating.rewrite(call.caller, room_id, body.settings(), body.version, once, call.now))
    )


@operation({200: StaffRoomDetailView}, NotAllowed, NotFound, ChangedMeanwhile)
def close(app: StaffApp, call: Call, body: ClosedInput) -> Reply:
    """Close a group, or open it again. Closed, it can be read and not written to."""
    view = _viewed(app, call)
    once = call.once(view)
    closed = app.rooms.facilitating.close(call.caller, call.path["room_id"], once, call.now, closed=body.closed)
    return Reply.of(view(closed))


@operation({200: PeersView}, NotAllowed)
def facilitators(app: StaffApp, call: Call) -> Reply:
    """Everybody who could facilitate."""
    people = [PeerView(id=person.id, name=person.name) for person in app.rooms.facilitating.peers(call.caller)]
    return Reply.of(PeersView(people=people))


@operation({200: StaffRoomDetailView}, NotAllowed, NotFound, ChangedMeanwhile)
def appoint(app: StaffApp, call: Call, body: FacilitatorsInput) -> Reply:
    """Decide who facilitates a group."""
    view = _viewed(app, call)
    room_id = call.path["room_id"]
    appointed = app.rooms.facilitating.appoint(call.caller, room_id, body.ids, call.once(view), call.now)
    for member in app.rooms.store.members(room_id):
        if member.role is MemberRole.FACILITATOR and member.status is MembershipStatus.LEFT:
            app.rooms.broadcast.gone(member)
    app.announce_mode(room_id, call.now)
    return Reply.of(view(appointed))


@operation({201: InvitationLinkView}, NotAllowed, NotFound)
def invite(app: StaffApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says where
    """A new invitation link; the one before ends."""
    token = app.rooms.facilitating.invite(call.caller, call.path["room_id"], call.named_intent, call.now)
    return Reply.of(InvitationLinkView(token=token), 201)


@operation({204: None}, NotAllowed, NotFound)
def end_invitation(app: StaffApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says where
    """End the invitation link."""
    app.rooms.facilitating.end_invitation(call.caller, call.path["room_id"], call.once(None, 204))
    return Reply(204)


def _viewed(app: StaffApp, call: Call) -> Callable[[Visit], StaffRoomDetailView]:
    def view(visit: Visit) -> StaffRoomDetailView:
        return StaffRoomDetailView.seen(app, app.rooms.overview.closely(visit, call.caller, call.now), call.now)

    return view
