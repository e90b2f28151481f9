"""Routes: a counselor's desk, and handing a client over to a colleague."""

from collections.abc import Callable
from typing import Annotated

from pydantic import Field, StringConstraints

from functions.call import Call, Input, Nothing, Reply, View
from functions.inputs import Instant, SeenVersion
from functions.operation import operation
from functions.room_views import AbsenceView
from functions.staff_api.app import StaffApp
from functions.staff_api.room_views import StaffRoomDetailView, visit_of
from functions.staff_api.rooms import Id, PeersView, PeerView
from shared.errors import ChangedMeanwhile, Invalid, NotAllowed, NotFound
from shared.people.model import Person, Role, Status
from shared.rooms.desks import Absence, Desk
from shared.rooms.direct import Party
from shared.rooms.visit import Visit


class AbsenceInput(Input):
    """What clients read, and until when."""

    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    until: Instant


class DeskInput(Input):
    """Within how many hours clients may expect an answer, and an absence if there is one."""

    reply_within_hours: Annotated[int, Field(ge=1, le=168)]
    absence: AbsenceInput | None = None
    version: SeenVersion


class HandoverInput(Input):
    """To whom, and why; the client reads it and decides."""

    to: Id
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class OwnDeskView(View):
    """A counselor's desk, to themselves."""

    reply_within_hours: int
    absence: AbsenceView | None
    version: int

    @classmethod
    def of(cls, desk: Desk) -> "OwnDeskView":
        """The desk."""
        away = desk.absence
        absence = AbsenceView(note=away.note, until=away.until) if away else None
        return cls(reply_within_hours=desk.reply_within_hours, absence=absence, version=desk.version)


@operation({200: OwnDeskView}, NotAllowed)
def desk(app: StaffApp, call: Call) -> Reply:
    """The caller's desk."""
    _counselors_only(call)
    return Reply.of(OwnDeskView.of(app.rooms.desks.of(call.caller.id)))


@operation({200: OwnDeskView}, NotAllowed, ChangedMeanwhile)
def write_desk(app: StaffApp, call: Call, body: DeskInput) -> Reply:
    """Say when one answers, and until when one is away."""
    absence = Absence(body.absence.note, body.absence.until) if body.absence else None
    desk = Desk(body.reply_within_hours, absence, body.version)
    return Reply.of(OwnDeskView.of(app.rooms.desks.write(call.caller, desk, call.once(OwnDeskView.of))))


@operation({200: PeersView}, NotAllowed, NotFound)
def colleagues(app: StaffApp, call: Call) -> Reply:
    """Counselors to whom a client could be handed over."""
    _counselors_only(call)
    visit_of(app, call)
    people = [PeerView(id=person.id, name=person.name) for person in _others(app, call)]
    return Reply.of(PeersView(people=people))


@operation({201: StaffRoomDetailView}, NotAllowed, NotFound, ChangedMeanwhile)
def propose(app: StaffApp, call: Call, body: HandoverInput) -> Reply:
    """Ask the client whether a colleague may go on with them."""
    _counselors_only(call)
    to = next((person for person in _others(app, call) if person.id == body.to), None)
    if to is None:
        raise Invalid("Please choose a colleague.", field="body.to")
    view = _viewed(app, call)
    party = Party(to.id, to.name)
    once = call.once(view, 201)
    asked = app.rooms.direct.propose(call.caller, call.path["room_id"], party, body.reason, once, call.now)
    return Reply.of(view(asked), 201)


@operation({204: None}, NotAllowed, NotFound, ChangedMeanwhile)
def take_back(app: StaffApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says which
    """Ask no more."""
    app.rooms.direct.take_back(call.caller, call.path["room_id"], call.once(None, 204))
    return Reply(204)


def _others(app: StaffApp, call: Call) -> list[Person]:
    return [
        person
        for person in app.people.staff()
        if Role.COUNSELOR in person.roles and person.status is Status.ACTIVE and person.id != call.caller.id
    ]


def _viewed(app: StaffApp, call: Call) -> Callable[[Visit], StaffRoomDetailView]:
    def view(visit: Visit) -> StaffRoomDetailView:
        return StaffRoomDetailView.seen(app, app.rooms.overview.closely(visit, call.caller, call.now), call.now)

    return view


def _counselors_only(call: Call) -> None:
    if not call.caller.has(Role.COUNSELOR):
        raise NotAllowed("This is for counselors.")
