"""Capacity units of what a client does. Transactions are worked out by the rule AWS publishes: DynamoDB Local answers
4 units per table for any of them, whatever and however much is in it.

The rule: each item of a transaction costs two units per kB begun, by its size before or after, whichever is greater
(docs.aws.amazon.com/amazondynamodb, "Capacity unit consumption" and "DynamoDB item sizes and formats").
"""

from dataclasses import dataclass, field
from typing import Any

Raw = dict[str, Any]
READS = {"GetItem", "BatchGetItem", "Query"}


@dataclass
class Units:
    """Adds up what the watched client's calls cost. `look` is another client, for looking at items."""

    look: Any
    reads: float = 0
    writes: float = 0
    requests: int = 0
    _before: list[int] = field(default_factory=list)
    _touched: list[tuple[str, Raw]] = field(default_factory=list)

    def watch(self, client: Any) -> None:
        """Count this client's calls from now on."""
        client.meta.events.register("provide-client-params.dynamodb", self._begin)
        client.meta.events.register("after-call.dynamodb", self._end)

    def forget(self) -> None:
        """Begin again at nothing."""
        self.reads = self.writes = self.requests = 0

    def _begin(self, params: Raw, model: Any, **_: Any) -> Raw:
        if model.name == "TransactWriteItems":
            self._touched = [_key(kind, write) for part in params["TransactItems"] for kind, write in part.items()]
            self._before = [self._size(*place) for place in self._touched]
            return params
        return {**params, "ReturnConsumedCapacity": "TOTAL"}

    def _end(self, parsed: Raw, model: Any, **_: Any) -> None:
        self.requests += 1
        if model.name == "TransactWriteItems":
            sizes = zip(self._before, (self._size(*place) for place in self._touched), strict=True)
            self.writes += sum(2 * -(-max(1, *both) // 1024) for both in sizes)
            return
        consumed = parsed.get("ConsumedCapacity", [])
        units = sum(part["CapacityUnits"] for part in (consumed if isinstance(consumed, list) else [consumed]))
        if model.name in READS:
            self.reads += units
        else:
            self.writes += units

    def _size(self, table: str, key: Raw) -> int:
        return item_size(self.look.get_item(TableName=table, Key=key, ConsistentRead=True).get("Item", {}))


def item_size(item: Raw) -> int:
    """Bytes of an item as DynamoDB counts them."""
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items())


def _key(kind: str, write: Raw) -> tuple[str, Raw]:
    source = write["Item"] if kind == "Put" else write["Key"]
    return write["TableName"], {name: source[name] for name in ("pk", "sk")}


def _value_size(value: Raw) -> int:
    ((kind, inner),) = value.items()
    if kind == "S":
        return len(inner.encode())
    if kind == "N":
        return len(inner.strip("-0.")) // 2 + 2
    if kind in {"BOOL", "NULL"}:
        return 1
    if kind in {"SS", "NS"}:
        return sum(_value_size({kind[0]: one}) for one in inner)
    if kind == "L":
        return 3 + sum(1 + _value_size(one) for one in inner)
    if kind == "M":
        return 3 + sum(1 + len(name.encode()) + _value_size(one) for name, one in inner.items())
    return len(inner)  # B
