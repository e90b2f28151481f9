"""Routes: who is on the staff. For admins."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from functions.call import Call, Input, Nothing, Reply, View
from functions.inputs import Email, Language, Name
from functions.operation import operation
from functions.staff_api.app import StaffApp
from functions.staff_api.views import StaffView
from shared.errors import NotAllowed, NotFound
from shared.people.model import Role, Status
from shared.people.staff import Invitation, Newcomer
from shared.people.store import EmailTaken

Roles = Annotated[frozenset[Role], Field(min_length=1)]


class EveryoneView(View):
    """The whole staff, by name."""

    people: list[StaffView]


class InvitationInput(Input):
    """Whom to invite, and what they may do."""

    email: Email
    name: Name
    roles: Roles
    language: Language = "en"


class InvitationView(View):
    """Whom it is for, and the password they use once. A first invitation also goes out by e-mail."""

    person: StaffView
    one_time_password: str
    expires_on: date


class StaffChangeInput(Input):
    """What is to change."""

    roles: Roles | None = None
    status: Literal["active", "suspended"] | None = None


def _shown(invitation: Invitation) -> Reply:
    view = InvitationView(
        person=StaffView.of(invitation.person),
        one_time_password=invitation.one_time_password,
        expires_on=invitation.expires_on,
    )
    return Reply.of(view, 201)


@operation({200: EveryoneView}, NotAllowed)
def everyone(app: StaffApp, call: Call) -> Reply:
    """Everybody on the staff."""
    return Reply.of(EveryoneView(people=[StaffView.of(person) for person in app.staff.everyone(call.caller)]))


@operation({201: InvitationView}, NotAllowed, EmailTaken)
def invite(app: StaffApp, call: Call, body: InvitationInput) -> Reply:
    """Invite somebody to the staff."""
    newcomer = Newcomer(body.email.lower(), body.name, body.roles, body.language)
    return _shown(app.staff.invite(call.caller, newcomer, call.named_intent, call.now))


@operation({201: InvitationView}, NotAllowed, NotFound)
def invite_again(app: StaffApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says whom
    """A new one-time password for somebody who lost theirs. Their sign-ins end."""
    person_id = call.path["person_id"]
    return _shown(app.staff.invite_again(call.caller, person_id, call.named_intent, call.now))


@operation({200: StaffView}, NotAllowed, NotFound)
def change(app: StaffApp, call: Call, body: StaffChangeInput) -> Reply:
    """Change somebody's roles, suspend or restore them. Shifts of somebody who no longer facilitates are nobody's."""
    person_id = call.path["person_id"]
    person = app.staff.change(
        call.caller,
        person_id,
        body.roles,
        Status(body.status) if body.status else None,
        call.named_intent,
        call.once(StaffView.of),
        call.now,
    )
    if Role.FACILITATOR not in person.roles or person.status is Status.SUSPENDED:
        for room_id in app.rooms.store.ids_of(person_id):
            app.announce_mode(room_id, call.now)
    return Reply.of(StaffView.of(person))
