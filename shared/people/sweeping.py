"""Undoing registrations that nobody finished."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.errors import ChangedMeanwhile
from shared.people.accounts import Accounts
from shared.people.model import Status
from shared.people.registrations import Registrations
from shared.people.store import People
from shared.tables import commit

UNFINISHED_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class UnfinishedRegistrations:
    """What a crash in the middle of registering leaves behind."""

    people: People
    accounts: Accounts

    def sweep(self, now: datetime) -> int:
        """Undo those that were begun an hour ago or earlier; how many there were.

        The person goes first: once that is gone the account at Cognito belongs to nobody and can be removed. A crash
        at any point leaves the row, and so the rest, for the next sweep.
        """
        unfinished = Registrations(self.people.table).begun_before(now - UNFINISHED_AFTER)
        for person_id in unfinished:
            self._undo(person_id)
        return len(unfinished)

    def _undo(self, person_id: str) -> None:
        dynamodb = self.people.table.client
        person = self.people.find(person_id)
        if person and person.status is Status.PENDING:
            try:
                commit(dynamodb, Registrations(self.people.table).abandon(person_id, person.handle))
            except ChangedMeanwhile:  # it was finished this very moment, and its row is gone
                return
            person = None
        if person is None:
            self.accounts.delete(person_id)
        commit(dynamodb, [Registrations(self.people.table).forget(person_id)])
