"""The private address under which somebody's calendar programme reads their appointments.

FEED#<digest>   FEED   whose feed it is
PERSON#<id>     FEED   the digest of their feed's token, and when the address was made

The token is the one secret of ours that stands in an address, since calendar programmes know no other way to prove
anything. It opens times alone, it is kept as a digest, and making a new one ends the old one at once.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from shared.clock import instant_text, parse_instant
from shared.errors import ChangedMeanwhile, NotFound
from shared.intents import Intent, Intents, Once
from shared.people.daily import DailySecrets
from shared.people.model import Person, Principal, Status
from shared.people.store import People
from shared.tables import Item, Write, commit


@dataclass(frozen=True)
class Feeds:
    """Use cases of somebody and the address of their feed."""

    people: People
    intents: Intents
    daily: DailySecrets

    def made_at(self, caller: Principal) -> datetime | None:
        """When the present address was made; None if there is none."""
        kept = self._kept(caller.id)
        return parse_instant(kept["made_at"]) if kept else None

    def make(self, caller: Principal, key: str, intent: Intent, now: datetime) -> str:
        """A new token of 256 bits; the old address leads nowhere from now on. Raises ChangedMeanwhile.

        Derived from the secret of the day and `key`, the Idempotency-Key as it was sent, which is kept nowhere: a
        repeat of the request shows the same token, and nobody who reads the tables can make it.
        """
        begun = self.intents.progress(intent, now)
        token = self.daily.digest((begun.begun_at if begun else now).date(), "calendar-feed", caller.id, key, now=now)
        if begun:
            return token
        kept = self._kept(caller.id)
        feed = {"pk": f"FEED#{_digest(token)}", "sk": "FEED", "person_id": caller.id}
        writes = [self._replace(caller.id, kept, _digest(token), now), self.people.table.put_new(feed)]
        try:
            commit(self.people.table.client, [self.intents.begin(intent, now), *writes, *self._end(kept)])
        except ChangedMeanwhile:
            if not self.intents.progress(intent, now):
                raise
            return self.make(caller, key, intent, now)  # the same request, sent twice at once, was a moment faster
        return token

    def remove(self, caller: Principal, once: Once) -> None:
        """Without a feed from now on. Nothing to do for whoever has none. Raises ChangedMeanwhile."""
        kept = self._kept(caller.id)
        writes = [once(None), *self._end(kept)]
        if kept:
            unchanged = {"digest": kept["digest"]}
            mine = self.people.table.delete(f"PERSON#{caller.id}", "FEED", when="#digest = :digest", values=unchanged)
            writes.append(mine)
        commit(self.people.table.client, writes)

    def reader(self, token: str) -> Person:
        """Whose appointments are behind a token. Raises NotFound, also for somebody suspended or erased."""
        feed = self.people.table.get(f"FEED#{_digest(token)}", "FEED")
        person = self.people.find(feed["person_id"]) if feed else None
        if person is None or person.status is not Status.ACTIVE:
            raise NotFound
        return person

    def _kept(self, person_id: str) -> Item | None:
        return self.people.table.get(f"PERSON#{person_id}", "FEED")

    def _replace(self, person_id: str, kept: Item | None, digest: str, now: datetime) -> Write:
        item = {"pk": f"PERSON#{person_id}", "sk": "FEED", "digest": digest, "made_at": instant_text(now)}
        if kept is None:
            return self.people.table.put_new(item)
        return self.people.table.put(item, when="#digest = :digest", values={"digest": kept["digest"]})

    def _end(self, kept: Item | None) -> list[Write]:
        return [self.people.table.delete(f"FEED#{kept['digest']}", "FEED")] if kept else []


def _digest(token: str) -> str:
    """What is kept of a token: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
