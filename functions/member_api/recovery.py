"""Routes: the way back in."""

from typing import Annotated

from pydantic import Field

from functions.call import Call, Input, Reply, View
from functions.inputs import Handle, Password
from functions.member_api.app import MemberApp
from functions.member_api.views import CodesView
from functions.operation import operation
from shared.errors import TooMany
from shared.people.accounts import WrongCredentials
from shared.people.passwords import PasswordTooCommon, PasswordTooShort


class RecoveryInput(Input):
    """A handle, one of its recovery codes, and the password to have from now on."""

    handle: Handle
    recovery_code: Annotated[str, Field(max_length=64)]
    new_password: Password


class RecoveredView(View):
    """How many codes are left."""

    codes_left: int


class PasswordInput(Input):
    """The present password."""

    password: Password


@operation({200: RecoveredView}, WrongCredentials, PasswordTooShort, PasswordTooCommon, TooMany)
def recover(app: MemberApp, call: Call, body: RecoveryInput) -> Reply:
    """Set a new password with a recovery code. Every sign-in ends; sign in with the new password afterwards."""

    def view(left: int) -> RecoveredView:
        return RecoveredView(codes_left=left)

    left = app.account.recover(
        body.handle,
        body.recovery_code,
        body.new_password,
        call.named_intent,
        call.once(view),
        call.address,
        call.now,
    )
    return Reply.of(view(left))


@operation({201: CodesView}, WrongCredentials, TooMany)
def new_codes(app: MemberApp, call: Call, body: PasswordInput) -> Reply:
    """Eight new recovery codes; the old ones stop working."""
    codes = app.account.new_codes(call.caller, body.password, call.named_intent, call.now)
    return Reply.of(CodesView(recovery_codes=codes), 201)
