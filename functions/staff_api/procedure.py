"""Routes: what the organisation does when a life may be in danger."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from functions.call import Call, Input, Reply, View
from functions.inputs import SeenVersion
from functions.operation import operation
from functions.staff_api.app import StaffApp
from functions.staff_api.words import LanguageInput
from shared.errors import ChangedMeanwhile, NotAllowed, NotFound
from shared.safety.procedure import LONGEST, LONGEST_NAME, LONGEST_NUMBER, MOST_NUMBERS, PhoneNumber, StillATemplate
from shared.safety.procedures import Found, Written


class PhoneNumberInput(Input):
    """Whom to call, and the number as one would dial it."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME)]
    number: Annotated[str, StringConstraints(max_length=LONGEST_NUMBER, pattern=r"^[0-9+*#(). /-]{2,}$")]


class ProcedureInput(LanguageInput):
    """The whole procedure, and the version that was seen: 0 for the template.

    `confirmed`: this is what the organisation does. Without it, readers are told that it is a template.
    """

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]
    numbers: Annotated[list[PhoneNumberInput], Field(max_length=MOST_NUMBERS, default_factory=list)]
    confirmed: bool
    version: SeenVersion


class PhoneNumberView(View):
    """Whom to call, and the number."""

    name: str
    number: str


class ProcedureView(View):
    """The procedure in a language. `confirmed_languages` are those in which it is no mere template."""

    language: str
    text: str
    numbers: list[PhoneNumberView]
    version: int
    changed_at: datetime | None
    confirmed_at: datetime | None
    confirmed_languages: list[str]

    @classmethod
    def of(cls, found: Found) -> "ProcedureView":
        """The procedure."""
        procedure = found.procedure
        return cls(
            language=procedure.language,
            text=procedure.text,
            numbers=[PhoneNumberView(name=one.name, number=one.number) for one in procedure.numbers],
            version=procedure.version,
            changed_at=procedure.changed_at,
            confirmed_at=procedure.confirmed_at,
            confirmed_languages=list(found.confirmed),
        )


@operation({200: ProcedureView}, NotAllowed, NotFound)
def show(app: StaffApp, call: Call, query: LanguageInput) -> Reply:
    """The procedure in a language."""
    return Reply.of(ProcedureView.of(app.rooms.procedures.get(call.caller, query.language)))


@operation({200: ProcedureView}, NotAllowed, NotFound, StillATemplate, ChangedMeanwhile, most_bytes=64 * 1024)
def write(app: StaffApp, call: Call, body: ProcedureInput) -> Reply:
    """Replace the procedure of a language."""
    numbers = tuple(PhoneNumber(one.name, one.number) for one in body.numbers)
    written = Written(body.language, body.text, numbers, body.confirmed, body.version)
    found = app.rooms.procedures.write(call.caller, written, call.once(ProcedureView.of), call.now)
    return Reply.of(ProcedureView.of(found))
