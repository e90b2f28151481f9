"""Routes: signing in and out. They may be repeated as they are, so they need no Idempotency-Key."""

from functions.call import Call, Input, Nothing, Reply
from functions.cookies import RefreshCookie
from functions.inputs import Handle, Password
from functions.member_api.app import MemberApp
from functions.member_api.views import SignedInView
from functions.operation import operation
from shared.errors import SignInRequired, TooMany
from shared.people.accounts import WrongCredentials
from shared.people.door import Step
from shared.people.handles import normal_handle
from shared.people.signing_in import SignedIn
from shared.tables import commit

COOKIE = RefreshCookie("hearthline-member", "/api/auth")


class SignInInput(Input):
    """A handle and a password."""

    handle: Handle
    password: Password


def _reply(signed_in: SignedIn) -> Reply:
    return Reply.of(SignedInView.of(signed_in), cookies=COOKIE.holding(signed_in.cookie))


@operation({200: SignedInView}, WrongCredentials, TooMany, repeatable=True)
def sign_in(app: MemberApp, call: Call, body: SignInInput) -> Reply:
    """Sign in with handle and password."""
    outcome = app.door.knock(normal_handle(body.handle), body.password, call.address, call.now)
    if isinstance(outcome, Step):
        raise WrongCredentials
    return _reply(outcome)


@operation({200: SignedInView}, SignInRequired, repeatable=True)
def refresh(app: MemberApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the cookie says all
    """Stay signed in: a new access token for the cookie's sign-in, and a new cookie."""
    return _reply(app.sign_ins.renew(COOKIE.read(call.cookies), call.now))


@operation({204: None}, repeatable=True)
def sign_out(app: MemberApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the cookie says all
    """End this sign-in and remove the cookie."""
    app.sign_ins.end(call.cookies.get(COOKIE.name, ""))
    return Reply(204, cookies=COOKIE.cleared())


@operation({204: None}, repeatable=True)
def sign_out_everywhere(app: MemberApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - nothing to say
    """End every sign-in of the caller, this one too."""
    commit(app.people.table.client, [app.people.end_sign_ins(call.caller.id)])
    app.accounts.sign_out(call.caller.id)
    return Reply(204, cookies=COOKIE.cleared())
