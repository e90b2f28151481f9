"""What the staff are shown of themselves and each other."""

from datetime import datetime

from functions.call import View
from shared.people.door import Step
from shared.people.model import Person, Role, Status
from shared.people.signing_in import SignedIn


class StaffView(View):
    """Somebody on the staff."""

    id: str
    name: str
    email: str
    roles: list[Role]
    zone: str
    language: str
    second_factor: bool
    status: Status

    @classmethod
    def of(cls, person: Person) -> "StaffView":
        """What colleagues see."""
        return cls(
            id=person.id,
            name=person.name,
            email=person.email,
            roles=sorted(person.roles),
            zone=person.zone,
            language=person.language,
            second_factor=person.second_factor,
            status=person.status,
        )


class StaffSignedInView(View):
    """A sign-in. The token belongs in the page's memory, nowhere else."""

    access_token: str
    expires_at: datetime
    person: StaffView

    @classmethod
    def of(cls, signed_in: SignedIn) -> "StaffSignedInView":
        """The part of a sign-in that goes to the page; the rest is in the cookie."""
        return cls(
            access_token=signed_in.access_token,
            expires_at=signed_in.expires_at,
            person=StaffView.of(signed_in.person),
        )


class StepView(View):
    """What is still wanted: a new password, a six-digit code, or the first code of a new authenticator."""

    challenge: str
    session: str
    secret: str
    otpauth: str

    @classmethod
    def of(cls, step: Step) -> "StepView":
        """The step, to whoever is signing in."""
        return cls(challenge=step.challenge, session=step.session, secret=step.secret, otpauth=step.otpauth)
