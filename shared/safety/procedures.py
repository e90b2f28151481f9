"""The organisation's emergency procedure: admins write it, the staff read it when it matters."""

from dataclasses import dataclass
from datetime import datetime

from shared.audit import Audit
from shared.errors import ChangedMeanwhile, Invalid, NotAllowed, NotFound
from shared.intents import Once
from shared.people.model import Principal, Role
from shared.safety.defaults import LANGUAGES
from shared.safety.procedure import PhoneNumber, Procedure, StillATemplate, check_procedure, template
from shared.safety.procedure_store import ProcedureStore
from shared.tables import commit


@dataclass(frozen=True)
class Found:
    """The procedure in the language asked for, and the languages in which the organisation has confirmed one."""

    procedure: Procedure
    confirmed: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """What an admin wrote; `version` is the one they had seen.

    `confirmed`: this is what the organisation does. Without it, it goes on being shown as a template.
    """

    language: str
    text: str
    numbers: tuple[PhoneNumber, ...]
    confirmed: bool
    version: int


@dataclass(frozen=True)
class Procedures:
    """Use cases of the staff."""

    store: ProcedureStore
    audit: Audit

    def get(self, caller: Principal, language: str) -> Found:
        """The procedure in a language; before anybody has written one, the template.

        Raises NotAllowed for whoever has no role, NotFound for another language.
        """
        if not caller.roles:
            raise NotAllowed("This is for the staff.")
        if language not in LANGUAGES:
            raise NotFound
        return _found(self.store.all(), language)

    def write(self, caller: Principal, written: Written, once: Once, now: datetime) -> Found:
        """Replace a language's procedure. Raises NotAllowed, NotFound, Invalid, StillATemplate, ChangedMeanwhile."""
        if not caller.has(Role.ADMIN):
            raise NotAllowed("This is for admins.")
        language = written.language
        if language not in LANGUAGES:
            raise NotFound
        check_procedure(written.text, written.numbers)
        if written.confirmed and written.text == template(language).text:
            raise StillATemplate("Please change it to what you do before you confirm it.", field="body.confirmed")
        there = self.store.all()
        seen = there[language].version if language in there else 0
        if written.version > seen:
            raise Invalid("There is no such version yet.", field="body.version")
        if written.version < seen:
            raise ChangedMeanwhile
        confirmed_at = now if written.confirmed else None
        after = Procedure(language, written.text, written.numbers, seen + 1, now, confirmed_at)
        found = _found({**there, language: after}, language)
        fact = f"{language} {after.version}"
        commit(
            self.store.table.client,
            [
                once(found),
                self.store.replace(after, caller.id),
                self.audit.entry(caller.id, "ProcedureChanged", caller.id, now, fact=fact),
            ],
        )
        return found


def _found(there: dict[str, Procedure], language: str) -> Found:
    confirmed = tuple(name for name in LANGUAGES if name in there and there[name].confirmed_at)
    return Found(there.get(language) or template(language), confirmed)
