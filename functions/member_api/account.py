"""Routes: a client's own account."""

from functions.call import Call, Input, Reply
from functions.inputs import Language, Password, Zone
from functions.member_api.app import MemberApp
from functions.member_api.views import PersonView
from functions.operation import operation
from shared.errors import TooMany
from shared.people.accounts import WrongCredentials
from shared.people.passwords import PasswordTooCommon, PasswordTooShort


class MeInput(Input):
    """What is to change."""

    zone: Zone | None = None
    language: Language | None = None


class NewPasswordInput(Input):
    """The present password and the one to have from now on."""

    current_password: Password
    new_password: Password


@operation({200: PersonView})
def me(app: MemberApp, call: Call) -> Reply:
    """Who is signed in."""
    return Reply.of(PersonView.of(app.people.get(call.caller.id)))


@operation({200: PersonView})
def update_me(app: MemberApp, call: Call, body: MeInput) -> Reply:
    """Change time zone or language."""
    changes = body.model_dump(exclude_none=True)
    return Reply.of(PersonView.of(app.account.update(call.caller, changes, call.once(PersonView.of))))


@operation({204: None}, WrongCredentials, PasswordTooShort, PasswordTooCommon, TooMany)
def change_password(app: MemberApp, call: Call, body: NewPasswordInput) -> Reply:
    """Change the password. Every other sign-in ends."""
    app.account.change_password(
        call.caller, body.current_password, body.new_password, call.named_intent, call.once(None, 204), call.now
    )
    return Reply(204)
