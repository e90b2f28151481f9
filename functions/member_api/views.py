"""What clients are shown of themselves."""

from datetime import datetime

from functions.call import View
from shared.people.model import Person
from shared.people.signing_in import SignedIn


class PersonView(View):
    """A client, to themselves."""

    id: str
    handle: str
    zone: str
    language: str
    recovery_codes_left: int
    created_at: datetime

    @classmethod
    def of(cls, person: Person) -> "PersonView":
        """What a client sees of themselves."""
        return cls(
            id=person.id,
            handle=person.handle,
            zone=person.zone,
            language=person.language,
            recovery_codes_left=len(person.codes),
            created_at=person.created_at,
        )


class SignedInView(View):
    """A sign-in. The token belongs in the page's memory, nowhere else."""

    access_token: str
    expires_at: datetime
    person: PersonView

    @classmethod
    def of(cls, signed_in: SignedIn) -> "SignedInView":
        """The part of a sign-in that goes to the page; the rest is in the cookie."""
        return cls(
            access_token=signed_in.access_token,
            expires_at=signed_in.expires_at,
            person=PersonView.of(signed_in.person),
        )


class CodesView(View):
    """Recovery codes, shown once."""

    recovery_codes: list[str]
