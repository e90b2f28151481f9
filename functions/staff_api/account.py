"""Routes: a staff member's own account."""

from functions.call import Call, Input, Nothing, Reply, View
from functions.inputs import Language, Name, Password, SixDigits, Zone
from functions.operation import operation
from functions.staff_api.app import StaffApp
from functions.staff_api.views import StaffView
from shared.errors import TooMany
from shared.people.accounts import WrongCode, WrongCredentials
from shared.people.door import otpauth
from shared.people.passwords import PasswordTooCommon, PasswordTooShort


class StaffMeInput(Input):
    """What is to change."""

    name: Name | None = None
    zone: Zone | None = None
    language: Language | None = None


class StaffNewPasswordInput(Input):
    """The present password and the one to have from now on."""

    current_password: Password
    new_password: Password


class CodeInput(Input):
    """The first code of a new authenticator."""

    code: SixDigits


class AuthenticatorView(View):
    """For an authenticator app: the secret to type, or the address to scan."""

    secret: str
    otpauth: str


@operation({200: StaffView})
def me(app: StaffApp, call: Call) -> Reply:
    """Who is signed in."""
    return Reply.of(StaffView.of(app.people.get(call.caller.id)))


@operation({200: StaffView})
def update_me(app: StaffApp, call: Call, body: StaffMeInput) -> Reply:
    """Change name, time zone or language."""
    changes = body.model_dump(exclude_none=True)
    return Reply.of(StaffView.of(app.account.update(call.caller, changes, call.once(StaffView.of))))


@operation({204: None}, WrongCredentials, PasswordTooShort, PasswordTooCommon, TooMany)
def change_password(app: StaffApp, call: Call, body: StaffNewPasswordInput) -> Reply:
    """Change the password. Every other sign-in ends."""
    app.account.change_password(
        call.caller, body.current_password, body.new_password, call.named_intent, call.once(None, 204), call.now
    )
    return Reply(204)


@operation({200: AuthenticatorView}, repeatable=True)
def begin_totp(app: StaffApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - nothing to say
    """A new secret for an authenticator app. It counts once its first code is confirmed."""
    secret, _ = app.accounts.totp_secret(access_token=call.token)
    return Reply.of(AuthenticatorView(secret=secret, otpauth=otpauth(app.people.get(call.caller.id).email, secret)))


@operation({204: None}, WrongCode, repeatable=True)
def confirm_totp(app: StaffApp, call: Call, body: CodeInput) -> Reply:
    """Confirm the authenticator: from now on signing in asks for a code."""
    app.accounts.verify_totp(body.code, access_token=call.token, field="body.code")
    app.accounts.require_totp(call.caller.id)
    app.sign_ins.note_second_factor(app.people.get(call.caller.id))
    return Reply(204)
