"""How edited lists are kept, in the rooms table.

    WORDS   <language>   phrases, version, changed_at, by

A full list of 500 phrases is below 250 kB; DynamoDB allows 400 kB for an item.
"""

from dataclasses import dataclass
from datetime import datetime

from shared.clock import instant_text
from shared.safety.listed import Listed
from shared.safety.screening import Action, Held, Phrase
from shared.tables import Item, Table, Write

_PK = "WORDS"


@dataclass(frozen=True)
class WordsStore:
    """Reads edited lists, and makes the writes that change them."""

    table: Table

    def find(self, language: str) -> Listed | None:
        """A language's list, if it was ever edited."""
        item = self.table.get(_PK, language)
        return _listed(item) if item else None

    def all(self) -> list[Listed]:
        """The lists that were ever edited."""
        return [_listed(item) for item in self.table.query(_PK, "a", "z\uffff")]

    def replace(self, listed: Listed, by: str, now: datetime) -> Write:
        """Keep this list in place of the one whose version is one less."""
        item: Item = {
            "pk": _PK,
            "sk": listed.language,
            "phrases": [_kept(phrase) for phrase in listed.phrases],
            "version": listed.version,
            "changed_at": instant_text(now),
            "by": by,
        }
        if listed.version == 1:
            return self.table.put_new(item)
        return self.table.put(item, when="#version = :before", values={"before": listed.version - 1})


def _kept(phrase: Phrase) -> Item:
    why = {"held_for": phrase.held_for} if phrase.held_for else {}
    return {"text": phrase.text, "action": phrase.action, **why}


def _listed(item: Item) -> Listed:
    phrases = (
        Phrase(kept["text"], Action(kept["action"]), Held(kept["held_for"]) if "held_for" in kept else None)
        for kept in item["phrases"]
    )
    return Listed(item["sk"], tuple(phrases), item["version"])
