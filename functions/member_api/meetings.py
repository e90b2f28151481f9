"""Routes: meetings, for clients."""

from functions.call import Call, Nothing, Reply
from functions.meetings import arrive, keep, leave, of_appointment, show
from functions.member_api.app import MemberApp
from functions.operation import operation
from functions.room_views import RoomView
from shared.errors import ChangedMeanwhile, NotFound
from shared.rooms.direct import Party
from shared.rooms.visit import Visit

__all__ = ["arrive", "keep", "leave", "of_appointment", "open_room", "show"]


@operation({201: RoomView}, NotFound, ChangedMeanwhile)
def open_room(app: MemberApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says which
    """The room of the two whose appointment it is, made if there is none: for what is better written."""
    appointment = app.appointments.of_client(call.caller, call.path["appointment_id"])
    client = Party(call.caller.id, app.people.get(call.caller.id).handle)
    counselor = Party(appointment.counselor_id, appointment.counselor_name)

    def view(visit: Visit) -> RoomView:
        return RoomView.of(app.rooms.overview.closely(visit, call.caller, call.now), call.now)

    visit = app.rooms.direct.open(client, counselor, call.named_intent, call.once(view, 201), call.now)
    return Reply.of(view(visit), 201)
