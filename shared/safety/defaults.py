"""The lists that count until somebody edits them. They name no means of harm: an organisation adds those it needs."""

import json
from pathlib import Path

from shared.safety.screening import Action, Held, Phrase

LANGUAGES = ("en", "es", "ar")
_LISTS = Path(__file__).with_name("phrases")


def default_phrases(language: str) -> tuple[Phrase, ...]:
    """The first list of one of the `LANGUAGES`."""
    told = json.loads((_LISTS / f"{language}.json").read_text("utf-8"))
    return tuple(_phrase(kind, text) for kind, texts in told.items() for text in texts)


def _phrase(kind: str, text: str) -> Phrase:
    return Phrase(text, Action.HOLD, Held(kind)) if kind in list(Held) else Phrase(text, Action(kind))
