"""What counselors do with their practice, and how clients find one."""

from dataclasses import dataclass, replace

from shared.appointments.availability import Availability
from shared.appointments.practice_store import PracticeStore
from shared.appointments.profile import Practice, Profile
from shared.errors import Invalid, NotAllowed
from shared.intents import Once
from shared.people.model import Principal, Role
from shared.tables import Write, commit


@dataclass(frozen=True)
class Practices:
    """Use cases of a counselor and their own practice."""

    store: PracticeStore

    def own(self, caller: Principal) -> Practice:
        """The caller's practice; before they have written anything, one with the usual rules and no hours."""
        counselors_only(caller)
        found = self.store.find(caller.id)
        blank = Practice(caller.id, Profile(name="", languages=frozenset({caller.language})), Availability(caller.zone))
        if found is None:
            return blank
        return replace(
            found,
            profile=found.profile if found.profile.version else blank.profile,
            availability=found.availability if found.availability.version else blank.availability,
        )

    def write_profile(self, caller: Principal, profile: Profile, once: Once) -> Profile:
        """Replace the profile; `version` is the one the caller has seen. Raises Invalid, ChangedMeanwhile."""
        counselors_only(caller)
        if profile.published and not profile.modes:
            raise Invalid("Choose at least one way to meet before you publish.", field="body.modes")
        if profile.published and not profile.languages:
            raise Invalid("Choose at least one language before you publish.", field="body.languages")
        after = replace(profile, version=profile.version + 1)
        self._commit([once(after), self.store.write_profile(caller.id, after)])
        return after

    def set_availability(self, caller: Principal, rules: Availability, once: Once) -> Availability:
        """Replace hours and rules; `version` is the one the caller has seen. What is booked stays booked.

        Raises Invalid, ChangedMeanwhile.
        """
        counselors_only(caller)
        rules.check()
        after = replace(rules, version=rules.version + 1)
        self._commit([once(after), self.store.set_availability(caller.id, after)])
        return after

    def hide(self, counselor_id: str) -> list[Write]:
        """The writes that take a counselor out of what clients find."""
        return self.store.hide(counselor_id)

    def _commit(self, writes: list[Write]) -> None:
        commit(self.store.table.client, writes)


def counselors_only(caller: Principal) -> None:
    """Raises NotAllowed for everybody else."""
    if not caller.has(Role.COUNSELOR):
        raise NotAllowed("This is for counselors.")
