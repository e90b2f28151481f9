"""The lists of phrases that posts are compared with, and who edits them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shared.audit import Audit
from shared.errors import Invalid, NotAllowed, NotFound
from shared.intents import Once
from shared.people.model import Principal, Role
from shared.safety.defaults import LANGUAGES, default_phrases
from shared.safety.listed import Listed, check_phrases
from shared.safety.screening import Phrase, WordList
from shared.safety.words_store import WordsStore
from shared.tables import commit

KEPT = timedelta(seconds=60)


@dataclass(frozen=True)
class _Ready:
    """A word list, the versions it was made from, and when these were looked up."""

    read_at: datetime
    versions: dict[str, int]
    words: WordList

    def fresh(self, now: datetime) -> bool:
        return self.read_at <= now < self.read_at + KEPT


@dataclass
class Words:
    """Use cases of facilitators and admins, and what posting uses."""

    store: WordsStore
    audit: Audit
    _ready: _Ready | None = field(default=None, init=False, repr=False)

    def get(self, caller: Principal, language: str) -> Listed:
        """A language's list; before anybody has edited it, the one that comes with the product.

        Raises NotAllowed, NotFound.
        """
        _editors_only(caller)
        if language not in LANGUAGES:
            raise NotFound
        return self.store.find(language) or _unedited(language)

    def write(
        self, caller: Principal, language: str, phrases: Sequence[Phrase], version: int, once: Once, now: datetime
    ) -> Listed:
        """Replace a language's list; `version` is the one the caller has seen. It counts everywhere after 60 seconds.

        Raises NotAllowed, NotFound, Invalid, ChangedMeanwhile.
        """
        _editors_only(caller)
        if language not in LANGUAGES:
            raise NotFound
        if version < 0:
            raise Invalid("There is no such version.", field="body.version")
        check_phrases(phrases)
        after = Listed(language, tuple(phrases), version + 1)
        fact = f"{language} {after.version}"
        commit(
            self.store.table.client,
            [
                once(after),
                self.store.replace(after, caller.id, now),
                self.audit.entry(caller.id, "WordsChanged", caller.id, now, fact=fact),
            ],
        )
        self._ready = None
        return after

    def screener(self, now: datetime) -> WordList:
        """All languages' lists, as they were at most 60 seconds before `now`."""
        if self._ready is None or not self._ready.fresh(now):
            self._ready = self._look_up(now)
        return self._ready.words

    def _look_up(self, now: datetime) -> _Ready:
        edited = {listed.language: listed for listed in self.store.all()}
        lists = [edited.get(language) or _unedited(language) for language in LANGUAGES]
        versions = {listed.language: listed.version for listed in lists}
        if self._ready and self._ready.versions == versions:
            return _Ready(now, versions, self._ready.words)
        return _Ready(now, versions, WordList(phrase for listed in lists for phrase in listed.phrases))


def _unedited(language: str) -> Listed:
    return Listed(language, default_phrases(language), 0)


def _editors_only(caller: Principal) -> None:
    if not (caller.has(Role.FACILITATOR) or caller.has(Role.ADMIN)):
        raise NotAllowed("This is for facilitators and admins.")
