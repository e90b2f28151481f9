"""How often something may be tried: counted per handle and per address, in fixed windows, as digests only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from shared.clock import epoch
from shared.errors import TooMany
from shared.people.daily import DailySecrets
from shared.tables import Item, Table, commit


@dataclass(frozen=True)
class Limit:
    """At most `times` in each window."""

    name: str
    times: int
    window: timedelta


REGISTER_PER_ADDRESS = Limit("register-address", 20, timedelta(hours=1))
SIGN_IN_PER_NAME = Limit("sign-in-name", 10, timedelta(minutes=15))
SIGN_IN_PER_ADDRESS = Limit("sign-in-address", 60, timedelta(minutes=15))
RECOVER_PER_NAME = Limit("recover-name", 5, timedelta(hours=1))
RECOVER_PER_ADDRESS = Limit("recover-address", 20, timedelta(hours=1))
FEED_PER_ADDRESS = Limit("feed-address", 600, timedelta(hours=1))  # big calendars ask for many from one
CHANGES_PER_PERSON = Limit("changes-person", 60, timedelta(minutes=1))  # edits of messages, and reactions
CODES_PER_PERSON = Limit("codes-person", 5, timedelta(hours=1))  # that confirm an e-mail address or a number
CODES_PER_ADDRESS = Limit("codes-address", 5, timedelta(hours=1))  # so that nobody's mailbox is flooded from here
TEXTED_CODES = Limit("texted-codes", 60, timedelta(hours=1))  # of the whole site: each costs money


@dataclass(frozen=True)
class Limits:
    """Counts tries."""

    table: Table
    daily: DailySecrets

    def spend(self, limit: Limit, who: str, now: datetime) -> None:
        """Count one try by `who` (a handle or an address: kept only as a digest salted with the day's secret).

        Raises TooMany with the seconds to wait once the window's tries are used up.
        """
        seconds = int(limit.window.total_seconds())
        start = epoch(now) // seconds * seconds
        digest = self.daily.digest(now.date(), limit.name, who, now=now)
        spent = self.table.update(
            f"LIMIT#{digest[:32]}",
            f"FROM#{start}",
            "SET expires_at = :end ADD #tries :one",
            when="attribute_not_exists(#tries) OR #tries < :times",
            values={"end": start + seconds + 60, "one": 1, "times": limit.times},
            lost=partial(_too_many, start + seconds - epoch(now)),
        )
        commit(self.table.client, [spent])


def _too_many(seconds: int, _old: Item | None) -> Exception:
    return TooMany(max(1, seconds))
