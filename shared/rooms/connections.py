"""Open sockets: leases, since the news of a disconnect is best effort. A lease not renewed no longer counts.

CONNECTION#<id>   CONNECTION       whose socket this is and until when
PERSON#<id>       CONNECTION#<id>  the same, found by person
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shared.clock import epoch
from shared.errors import NotFound
from shared.tables import Item, Table, commit

LEASE = timedelta(minutes=10)  # API Gateway closes a socket after ten idle minutes; pages ping every four
KEPT_AFTER_LEASE = timedelta(hours=1)


@dataclass(frozen=True)
class Connection:
    """One open socket of one person."""

    id: str
    person_id: str
    sign_in: str
    lease_until: datetime


@dataclass(frozen=True)
class Connections:
    """Remembers who is connected."""

    table: Table

    def open(self, connection_id: str, person_id: str, sign_in: str, now: datetime) -> Connection:
        """Remember a socket that has just opened."""
        connection = Connection(connection_id, person_id, sign_in, now + LEASE)
        held: Item = {
            "connection_id": connection_id,
            "person_id": person_id,
            "sign_in": sign_in,
            "lease_until": epoch(connection.lease_until),
            "expires_at": epoch(connection.lease_until + KEPT_AFTER_LEASE),
        }
        keys = _keys(connection_id, person_id)
        commit(self.table.client, [self.table.put({"pk": pk, "sk": sk, **held}) for pk, sk in keys])
        return connection

    def renew(self, connection_id: str, now: datetime) -> datetime:
        """Until when the lease holds after a ping. Raises NotFound for a socket we do not know (any more)."""
        item = self.table.get(*_keys(connection_id, "")[0])
        if item is None:
            raise NotFound
        until = now + LEASE
        values = {"until": epoch(until), "end": epoch(until + KEPT_AFTER_LEASE)}
        commit(
            self.table.client,
            [
                self.table.update(
                    pk,
                    sk,
                    "SET lease_until = :until, expires_at = :end",
                    when="attribute_exists(pk)",
                    values=values,
                    lost=_gone,
                )
                for pk, sk in _keys(connection_id, item["person_id"])
            ],
        )
        return until

    def close(self, connection_id: str) -> None:
        """Forget a socket. Unknown ones are fine: disconnects may come twice, or never."""
        item = self.table.get(*_keys(connection_id, "")[0])
        if item:
            keys = _keys(connection_id, item["person_id"])
            commit(self.table.client, [self.table.delete(pk, sk) for pk, sk in keys])

    def of(self, person_id: str, now: datetime) -> list[Connection]:
        """The sockets of a person whose lease holds."""
        items = self.table.query(f"PERSON#{person_id}", "CONNECTION#", "CONNECTION#\uffff")
        held = [Connection(item["connection_id"], person_id, item["sign_in"], _lease(item)) for item in items]
        return [connection for connection in held if now < connection.lease_until]


def _keys(connection_id: str, person_id: str) -> list[tuple[str, str]]:
    name = f"CONNECTION#{connection_id}"
    return [(name, "CONNECTION"), (f"PERSON#{person_id}", name)]


def _lease(item: Item) -> datetime:
    return datetime.fromtimestamp(item["lease_until"], UTC)


def _gone(_old: Item | None) -> Exception:
    return NotFound()
