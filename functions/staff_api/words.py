"""Routes: the lists that screening goes by."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from functions.call import Call, Input, Reply, View
from functions.inputs import SeenVersion
from functions.operation import operation
from functions.staff_api.app import StaffApp
from shared.errors import ChangedMeanwhile, NotAllowed, NotFound
from shared.safety.listed import Listed
from shared.safety.screening import Action, Held, Phrase


class LanguageInput(Input):
    """Which list."""

    language: Literal["en", "es", "ar"]


class PhraseInput(Input):
    """A phrase and what it does. A word that ends in `*` stands for all that begin with it."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]
    action: Action
    held_for: Held | None = None


class WordListInput(Input):
    """The whole list, and the version that was seen: 0 for the one that comes with the product."""

    language: Literal["en", "es", "ar"]
    phrases: Annotated[list[PhraseInput], Field(min_length=1, max_length=500)]
    version: SeenVersion


class PhraseView(View):
    """A phrase and what it does."""

    text: str
    action: Action
    held_for: Held | None


class WordListView(View):
    """The list of a language."""

    language: str
    phrases: list[PhraseView]
    version: int

    @classmethod
    def of(cls, listed: Listed) -> "WordListView":
        """The list."""
        phrases = [PhraseView(text=p.text, action=p.action, held_for=p.held_for) for p in listed.phrases]
        return cls(language=listed.language, phrases=phrases, version=listed.version)


@operation({200: WordListView}, NotAllowed, NotFound)
def show(app: StaffApp, call: Call, query: LanguageInput) -> Reply:
    """The list of a language."""
    return Reply.of(WordListView.of(app.rooms.words.get(call.caller, query.language)))


@operation({200: WordListView}, NotAllowed, NotFound, ChangedMeanwhile, most_bytes=128 * 1024)
def write(app: StaffApp, call: Call, body: WordListInput) -> Reply:
    """Replace the list of a language. It counts everywhere within a minute."""
    phrases = [Phrase(phrase.text, phrase.action, phrase.held_for) for phrase in body.phrases]
    once = call.once(WordListView.of)
    written = app.rooms.words.write(call.caller, body.language, phrases, body.version, once, call.now)
    return Reply.of(WordListView.of(written))
