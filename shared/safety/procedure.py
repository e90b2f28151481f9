"""What to do when a life may be in danger: an organisation's own words in one language. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shared.errors import Invalid

LONGEST = 8000
MOST_NUMBERS = 20
LONGEST_NAME = 80
LONGEST_NUMBER = 32
_TEMPLATES = Path(__file__).with_name("procedures")


class StillATemplate(Invalid):
    """What comes with the product is nobody's procedure: it has gaps to be filled in."""

    code = "still_a_template"
    title = "This is still the template"


@dataclass(frozen=True)
class PhoneNumber:
    """Whom to call, and the number as one would dial it."""

    name: str
    number: str


@dataclass(frozen=True)
class Procedure:
    """The procedure in one language. Version 0 is the template that comes with the product.

    Until somebody has confirmed that this is what the organisation does (`confirmed_at`), it is a template.
    """

    language: str
    text: str
    numbers: tuple[PhoneNumber, ...] = ()
    version: int = 0
    changed_at: datetime | None = None
    confirmed_at: datetime | None = None


def template(language: str) -> Procedure:
    """The text that counts until an admin has written another, for one of the `LANGUAGES` of the phrase lists."""
    told = json.loads((_TEMPLATES / f"{language}.json").read_text("utf-8"))
    return Procedure(language, "\n\n".join(told["paragraphs"]))


def check_procedure(text: str, numbers: Sequence[PhoneNumber]) -> None:
    """Raises Invalid, naming the field, unless there is a text and every number can be dialled."""
    if not 1 <= len(text) <= LONGEST:
        raise Invalid(f"A procedure has 1 to {LONGEST} characters.", field="body.text")
    if len(numbers) > MOST_NUMBERS:
        raise Invalid(f"At most {MOST_NUMBERS} numbers, please.", field="body.numbers")
    for at, one in enumerate(numbers):
        if not 1 <= len(one.name) <= LONGEST_NAME:
            raise Invalid("Please say whose number this is.", field=f"body.numbers.{at}.name")
        if len(one.number) > LONGEST_NUMBER or sum(character in "0123456789" for character in one.number) < 2:
            raise Invalid("A phone number has at least two digits.", field=f"body.numbers.{at}.number")
