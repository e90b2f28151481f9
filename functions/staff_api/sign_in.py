"""Routes: staff signing in and out. They may be repeated as they are, so they need no Idempotency-Key."""

from typing import Annotated, Literal

from pydantic import Field

from functions.call import Call, Input, Nothing, Reply
from functions.cookies import RefreshCookie
from functions.inputs import Email, Password
from functions.operation import operation
from functions.staff_api.app import StaffApp
from functions.staff_api.views import StaffSignedInView, StepView
from shared.errors import SignInRequired, TooMany
from shared.people.accounts import WrongCode, WrongCredentials
from shared.people.door import Step
from shared.people.passwords import PasswordTooCommon, PasswordTooShort
from shared.people.signing_in import SignedIn
from shared.tables import commit

COOKIE = RefreshCookie("hearthline-staff", "/api/staff/auth")


class StaffSignInInput(Input):
    """An e-mail address and a password."""

    email: Email
    password: Password


class AnswerInput(Input):
    """What a step wanted: the new password, or the six digits."""

    email: Email
    challenge: Literal["new_password", "totp", "totp_setup"]
    session: Annotated[str, Field(max_length=4096)]
    answer: Password


def _reply(outcome: SignedIn | Step) -> Reply:
    if isinstance(outcome, Step):
        return Reply.of(StepView.of(outcome))
    return Reply.of(StaffSignedInView.of(outcome), cookies=COOKIE.holding(outcome.cookie))


@operation({200: StaffSignedInView | StepView}, WrongCredentials, TooMany, repeatable=True)
def sign_in(app: StaffApp, call: Call, body: StaffSignInInput) -> Reply:
    """Sign in with e-mail address and password; the answer is a sign-in or the next step."""
    return _reply(app.door.knock(body.email.lower(), body.password, call.address, call.now))


@operation(
    {200: StaffSignedInView | StepView},
    WrongCredentials,
    WrongCode,
    PasswordTooShort,
    PasswordTooCommon,
    TooMany,
    repeatable=True,
)
def answer(app: StaffApp, call: Call, body: AnswerInput) -> Reply:
    """Give what a step wants."""
    step = Step(body.challenge, body.session)
    return _reply(app.door.answer(body.email.lower(), step, body.answer, call.address, call.now))


@operation({200: StaffSignedInView}, SignInRequired, repeatable=True)
def refresh(app: StaffApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the cookie says all
    """Stay signed in: a new access token for the cookie's sign-in, and a new cookie."""
    return _reply(app.sign_ins.renew(COOKIE.read(call.cookies), call.now))


@operation({204: None}, repeatable=True)
def sign_out(app: StaffApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the cookie says all
    """End this sign-in and remove the cookie."""
    app.sign_ins.end(call.cookies.get(COOKIE.name, ""))
    return Reply(204, cookies=COOKIE.cleared())


@operation({204: None}, repeatable=True)
def sign_out_everywhere(app: StaffApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - nothing to say
    """End every sign-in of the caller, this one too."""
    commit(app.people.table.client, [app.people.end_sign_ins(call.caller.id)])
    app.accounts.sign_out(call.caller.id)
    return Reply(204, cookies=COOKIE.cleared())
