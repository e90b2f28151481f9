"""How the waiting list is kept.

    WISHES   CLIENT#<client id>   what a client waits for, since when, and the id of the offer that is open to them

One partition, read by one query and put in order by whoever reads it: the place in line is a value, so that the key
can promise one wish per client. A few hundred people wait at a small organisation, at about 400 bytes each; at ten
thousand the partition should be cut by language.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from shared.appointments.model import Mode
from shared.appointments.slots import PartOfDay
from shared.appointments.wish import Wanted, Wish
from shared.clock import epoch, instant_text, parse_instant
from shared.errors import Conflict
from shared.tables import Item, Table, Write

MOST_WAITING = 10_000
_PK = "WISHES"
_KEPT_AFTER_END = timedelta(days=7)


class Overtaken(Conflict):
    """This client left the list, changed their wish, or was offered another time meanwhile. Never shown to anybody."""


@dataclass(frozen=True)
class WishStore:
    """Reads wishes, and makes the writes that change them."""

    table: Table

    def find(self, client_id: str) -> Wish | None:
        """What this client waits for, also if that has ended and was not cleared away yet."""
        item = self.table.get(_PK, _sk(client_id))
        return _wish(item) if item else None

    def everybody(self) -> list[Wish]:
        """All wishes, in no order that matters, ended ones too."""
        return [_wish(item) for item in self.table.query(_PK, "CLIENT#", "CLIENT#\uffff", limit=MOST_WAITING)]

    def write(self, wish: Wish) -> Write:
        """Replace the wish whose version is one less than this one's. An open offer stays as it is."""
        wanted = {name: sorted(v) if isinstance(v, frozenset) else v for name, v in asdict(wish.wanted).items()}
        values = {
            "wanted": wanted,
            "since": instant_text(wish.since),
            "until": instant_text(wish.until),
            "version": wish.version,
            "expires_at": epoch(wish.until + _KEPT_AFTER_END),
        }
        change = "SET " + ", ".join(f"#{name} = :{name}" for name in values)
        first = wish.version == 1
        return self.table.update(
            _PK,
            _sk(wish.client_id),
            change,
            when="attribute_not_exists(pk)" if first else "#version = :before",
            values=values if first else {**values, "before": wish.version - 1},
        )

    def mark(self, wish: Wish, offer_id: str, now: datetime) -> Write:
        """Note that this offer is open to them. Raises on commit Overtaken, if another is or the wish has changed."""
        return self.table.update(
            _PK,
            _sk(wish.client_id),
            "SET offer_id = :offer",
            when="attribute_not_exists(offer_id) AND #version = :version AND #until > :now",
            values={"offer": offer_id, "version": wish.version, "now": instant_text(now)},
            lost=_overtaken,
        )

    def release(self, client_id: str, offer_id: str) -> Write:
        """Note that this offer is no longer open to them; they keep their place."""
        return self.table.update(
            _PK, _sk(client_id), "REMOVE offer_id", when="offer_id = :offer", values={"offer": offer_id}
        )

    def remove(self, client_id: str, offer_id: str) -> Write:
        """Take them off the list, with the offer they were seen to have; `""` for none."""
        if not offer_id:
            return self.table.delete(
                _PK, _sk(client_id), when="attribute_exists(pk) AND attribute_not_exists(offer_id)"
            )
        return self.table.delete(_PK, _sk(client_id), when="offer_id = :offer", values={"offer": offer_id})


def _sk(client_id: str) -> str:
    return f"CLIENT#{client_id}"


def _wish(item: Item) -> Wish:
    told = item["wanted"]
    wanted = Wanted(
        modes=frozenset(map(Mode, told["modes"])),
        zone=told["zone"],
        counselors=frozenset(told["counselors"]),
        languages=frozenset(told["languages"]),
        parts=frozenset(map(PartOfDay, told["parts"])),
        weekdays=frozenset(told["weekdays"]),
    )
    return Wish(
        client_id=item["sk"].removeprefix("CLIENT#"),
        wanted=wanted,
        since=parse_instant(item["since"]),
        until=parse_instant(item["until"]),
        version=item["version"],
        offer_id=item.get("offer_id", ""),
    )


def _overtaken(_old: Item | None) -> Exception:
    return Overtaken()
