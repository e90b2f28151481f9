"""Routes: becoming a client."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from functions.call import Call, Input, Reply, View
from functions.inputs import Handle, Language, Password, Zone
from functions.member_api.app import MemberApp
from functions.operation import operation
from shared.errors import Conflict, TooMany
from shared.intents import KeyReused
from shared.people.passwords import PasswordTooCommon, PasswordTooShort
from shared.people.proof import Challenge, ChallengeFailed
from shared.people.registration import Wish
from shared.people.registrations import HandleTaken

Text = Annotated[str, Field(max_length=512)]


class ChallengeView(View):
    """Look for the number from 0 to `max_number` whose SHA-256 with the salt in front, in hex, is the target."""

    salt: str
    target: str
    max_number: int
    expires_at: datetime
    signature: str


class OfferView(View):
    """A challenge, and handles to choose from."""

    challenge: ChallengeView
    handles: list[str]


class ChallengeInput(Input):
    """The challenge as it was given."""

    salt: Text
    target: Text
    max_number: int
    expires_at: datetime
    signature: Text


class RegistrationInput(Input):
    """A solved challenge, one of its handles, and a password."""

    challenge: ChallengeInput
    number: Annotated[int, Field(ge=0, le=10_000_000)]
    handle: Handle
    password: Password
    zone: Zone = "UTC"
    language: Language = "en"


class RegisteredView(View):
    """The new account. The codes are shown this once."""

    handle: str
    recovery_codes: list[str]


@operation({200: OfferView})
def challenge(app: MemberApp, call: Call) -> Reply:
    """Ask for a challenge and handles to choose from."""
    offer = app.registration.offer(call.now)
    view = ChallengeView(
        salt=offer.salt,
        target=offer.target,
        max_number=offer.max_number,
        expires_at=offer.expires_at,
        signature=offer.signature,
    )
    return Reply.of(OfferView(challenge=view, handles=list(offer.handles)))


@operation(
    {201: RegisteredView},
    ChallengeFailed,
    PasswordTooShort,
    PasswordTooCommon,
    HandleTaken,
    Conflict,
    KeyReused,
    TooMany,
)
def register(app: MemberApp, call: Call, body: RegistrationInput) -> Reply:
    """Make an account with nothing but a password."""
    given = body.challenge
    wish = Wish(
        challenge=Challenge(given.salt, given.target, given.signature, given.max_number),
        number=body.number,
        handle=body.handle,
        password=body.password,
        zone=body.zone,
        language=body.language,
    )
    registered = app.registration.register(wish, call.named_intent, call.address, call.now)
    view = RegisteredView(handle=registered.person.handle, recovery_codes=registered.recovery_codes)
    return Reply.of(view, 201)
