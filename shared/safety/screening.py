"""Screening: what a post may need before others read it, or its author may need right now. Pure.

It compares words with lists of phrases, in all languages at once, because people mix them. It understands nothing:
"I would never kill myself", a quoted song and a cry for help look the same to it, and a cry for help in words that
are on no list looks like nothing. So nobody is refused by it, and nobody may rely on it alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from shared.safety.contact import has_contact_details
from shared.safety.plain_text import legible, without_proclitics, words


class Level(StrEnum):
    """How soon somebody should look: `urgent` is about now, `concern` about today."""

    CONCERN = "concern"
    URGENT = "urgent"


class Action(StrEnum):
    """What a phrase does: raises a concern of either level, lets the post wait for approval, or folds it."""

    CONCERN = "concern"
    URGENT = "urgent"
    HOLD = "hold"
    FOLD = "fold"


class Held(StrEnum):
    """Why a post waits: it tells ways to come to harm, how to reach somebody elsewhere, or hurts with words."""

    METHODS = "methods"
    CONTACT = "contact"
    WORDS = "words"


@dataclass(frozen=True)
class Phrase:
    """An entry of a list. `text` is one or several words; one that ends in `*` stands for all that begin with it."""

    text: str
    action: Action
    held_for: Held | None = None

    @property
    def pattern(self) -> tuple[str, ...]:
        """Its plain words, those that are beginnings with their `*`. Empty if there is no word in it."""
        parts: list[str] = []
        for written in self.text.split():
            found = words(legible(written))
            parts += [*found[:-1], f"{found[-1]}*" if written.endswith("*") else found[-1]] if found else []
        return tuple(parts)


@dataclass(frozen=True)
class Findings:
    """What screening found: a worry and its level, why to wait, whether to fold it behind a warning."""

    level: Level | None = None
    held: Held | None = None
    fold: bool = False


class WordList:
    """Phrases of one or several languages, ready to be compared with texts."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._start = _Place()
        for phrase in phrases:
            place = self._start
            for part in phrase.pattern:
                place = place.begun(part)
            if place is not self._start:
                place.ends.add(phrase.held_for or phrase.action)

    def screen(self, text: str) -> Findings:
        """What is found in a text of any language.

        Phrases match whole words in a row, whatever stands between the words; the first may have Arabic particles
        before it. Each word is looked at a bounded number of times: no text makes this slow.
        """
        seen = legible(text)
        said = words(seen)
        found = self._ends(said)
        if has_contact_details(seen, " ".join(said)):
            found.add(Held.CONTACT)
        return Findings(_level(found), next((held for held in Held if held in found), None), Action.FOLD in found)

    def _ends(self, said: list[str]) -> set[Action | Held]:
        found: set[Action | Held] = set()
        start, count = self._start, len(said)
        for at, first in enumerate(said, 1):
            places = start.after(first)
            for form in without_proclitics(first):
                places += start.after(form)
            ahead = at
            while places:
                for place in places:
                    found |= place.ends
                places = [then for place in places for then in place.after(said[ahead])] if ahead < count else []
                ahead += 1
        return found


@dataclass(slots=True)
class _Place:
    """Where one is after some words of a phrase, and what follows: whole words, or words that begin somehow.

    `openings` are the first letters of the beginnings, as many as the shortest has: most words differ there already.
    """

    whole: dict[str, "_Place"] = field(default_factory=dict)
    begins: dict[str, "_Place"] = field(default_factory=dict)
    openings: frozenset[str] = frozenset()
    shortest: int = 0
    lengths: tuple[int, ...] = ()
    ends: set[Action | Held] = field(default_factory=set)

    def begun(self, part: str) -> "_Place":
        """The place after this part of a pattern, made if it is new."""
        if not part.endswith("*"):
            return self.whole.setdefault(part, _Place())
        place = self.begins.setdefault(part[:-1], _Place())
        self.lengths = tuple(sorted({len(stem) for stem in self.begins}))
        self.shortest = self.lengths[0]
        self.openings = frozenset(stem[: self.shortest] for stem in self.begins)
        return place

    def after(self, word: str) -> list["_Place"]:
        """The places where one is after this word."""
        whole = self.whole.get(word)
        places = [whole] if whole else []
        if word[: self.shortest] in self.openings:
            places += [self.begins[word[:n]] for n in self.lengths if n <= len(word) and word[:n] in self.begins]
        return places


def _level(found: set[Action | Held]) -> Level | None:
    """Asking for methods is a worry too: a post that waits must not keep its author from help."""
    if Action.URGENT in found:
        return Level.URGENT
    return Level.CONCERN if Action.CONCERN in found or Held.METHODS in found else None
