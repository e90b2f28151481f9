"""The list of one language, as it is edited: what it may hold. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.errors import Invalid
from shared.safety.screening import Action, Phrase

MOST = 500
SHORTEST, LONGEST = 2, 80


@dataclass(frozen=True)
class Listed:
    """A language's phrases. Version 0 is the list that comes with the product."""

    language: str
    phrases: tuple[Phrase, ...]
    version: int


def check_phrases(phrases: Sequence[Phrase]) -> None:
    """Raises Invalid, naming the field, unless these are 1 to 500 different phrases of 2 to 80 characters.

    Two that look alike to screening ("Suicídio", "suicidio") are the same, even if they do different things.
    """
    if not 1 <= len(phrases) <= MOST:
        raise Invalid(f"A list has 1 to {MOST} phrases.", field="body.phrases")
    seen: dict[tuple[str, ...], int] = {}
    for at, phrase in enumerate(phrases):
        if not SHORTEST <= len(phrase.text) <= LONGEST:
            raise Invalid(f"A phrase has {SHORTEST} to {LONGEST} characters.", field=f"body.phrases.{at}.text")
        pattern = phrase.pattern
        if not pattern:
            raise Invalid("A phrase needs at least one word.", field=f"body.phrases.{at}.text")
        if pattern in seen:
            raise Invalid(f"This is the same as phrase {seen[pattern] + 1}.", field=f"body.phrases.{at}.text")
        if (phrase.action is Action.HOLD) is (phrase.held_for is None):
            raise Invalid("Say why a post waits, and only then.", field=f"body.phrases.{at}.held_for")
        seen[pattern] = at
