"""How it is kept what calls came to, in the rooms table: for each month two counters, which name nobody.

USAGE#<yyyy-mm>   <kind>#<provider>   meetings, and seconds of connection
"""

from dataclasses import dataclass

from shared.meetings.model import MeetingKind, Provider
from shared.meetings.usage import Month, Tally
from shared.tables import Item, Table, Write

_LAST = "\uffff"


@dataclass(frozen=True)
class UsageStore:
    """Reads the counters, and makes the writes that move them."""

    table: Table

    def of(self, month: Month) -> list[Tally]:
        """What has been counted in a month: meetings that ended in it."""
        return [_tally(item) for item in self.table.query(f"USAGE#{month}", "0", _LAST)]

    def add(self, month: Month, tally: Tally) -> Write:
        """Count it. Belongs into the transaction that makes it true, or it would count twice or never."""
        return self.table.update(
            f"USAGE#{month}",
            f"{tally.kind}#{tally.provider}",
            "ADD #meetings :meetings, #seconds :seconds",
            values={"meetings": tally.meetings, "seconds": tally.seconds},
        )


def _tally(item: Item) -> Tally:
    kind, provider = item["sk"].split("#")
    return Tally(MeetingKind(kind), Provider(provider), item["meetings"], item["seconds"])
