"""DynamoDB as this product uses it: strong reads, conditional writes whose losing case has a name, one commit.

Rules of the house: no `Scan`, no decision on a global index. A `Write` is made by a store and carried out by
`commit`; several become one `TransactWriteItems`.
"""

import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.exceptions import ClientError

from shared.errors import Busy, ChangedMeanwhile

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item = dict[str, Any]
Lost = Callable[[Item | None], Exception]

_serializer = TypeSerializer()
_deserializer = TypeDeserializer()
_PASSING = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}
_PASSING_CALLS = {"TransactionConflictException", "ThrottlingException", "ProvisionedThroughputExceededException"}
_ATTEMPTS = 6


def changed_meanwhile(_old: Item | None) -> Exception:
    """The plainest losing case: somebody else was first."""
    return ChangedMeanwhile()


@dataclass(frozen=True)
class Write:
    """One conditional write and, in `lost`, what it means when the condition does not hold.

    `lost` is called with the item that stood in the way (None if there was none) and returns what to raise.
    """

    kind: str
    request: Mapping[str, Any]
    lost: Lost


@dataclass(frozen=True)
class Table:
    """One table, seen through one client."""

    client: "DynamoDBClient"
    name: str

    def get(self, pk: str, sk: str) -> Item | None:
        """The item as of now (strongly consistent), or None."""
        found = self.client.get_item(TableName=self.name, Key=_marshal({"pk": pk, "sk": sk}), ConsistentRead=True)
        return unmarshal(found["Item"]) if "Item" in found else None

    def get_many(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Item]:
        """The items that exist among `keys`, strongly consistent, by key. Any number of distinct keys."""
        found: dict[tuple[str, str], Item] = {}
        for start in range(0, len(keys), 100):  # BatchGetItem takes at most 100 keys
            wanted: list[Any] = [_marshal({"pk": pk, "sk": sk}) for pk, sk in keys[start : start + 100]]
            for attempt in range(_ATTEMPTS):
                answer = self.client.batch_get_item(RequestItems={self.name: {"Keys": wanted, "ConsistentRead": True}})
                for raw in answer["Responses"].get(self.name, []):
                    item = unmarshal(raw)
                    found[item["pk"], item["sk"]] = item
                left = answer.get("UnprocessedKeys", {})
                wanted = list(left[self.name]["Keys"]) if self.name in left else []
                if not wanted:
                    break
                _pause(attempt)
            else:
                raise Busy
        return found

    def query(self, pk: str, first: str, last: str, *, newest_first: bool = False, limit: int = 1000) -> list[Item]:
        """At most `limit` items of one partition whose sort key lies in [first, last], in its order."""
        items: list[Item] = []
        page: dict[str, Any] = {}
        while len(items) < limit:
            answer = self.client.query(
                TableName=self.name,
                KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
                ExpressionAttributeValues=_marshal({":pk": pk, ":first": first, ":last": last}),
                ConsistentRead=True,
                ScanIndexForward=not newest_first,
                Limit=limit - len(items),
                **page,
            )
            items += map(unmarshal, answer["Items"])
            if "LastEvaluatedKey" not in answer:
                break
            page = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
        return items

    def put(
        self, item: Item, *, when: str = "", values: Mapping[str, Any] | None = None, lost: Lost = changed_meanwhile
    ) -> Write:
        """Write the whole item; with `when`, only if that condition holds."""
        return Write("Put", {"TableName": self.name, "Item": _marshal(item), **_expressions(when, "", values)}, lost)

    def put_new(self, item: Item, *, lost: Lost = changed_meanwhile) -> Write:
        """Write the item only if its key is free."""
        return self.put(item, when="attribute_not_exists(pk)", lost=lost)

    def update(
        self,
        pk: str,
        sk: str,
        change: str,
        *,
        when: str = "",
        values: Mapping[str, Any] | None = None,
        lost: Lost = changed_meanwhile,
    ) -> Write:
        """Change parts of an item. In both expressions `#word` stands for the attribute `word`."""
        key = {"TableName": self.name, "Key": _marshal({"pk": pk, "sk": sk})}
        return Write("Update", {**key, **_expressions(when, change, values)}, lost)

    def delete(
        self,
        pk: str,
        sk: str,
        *,
        when: str = "",
        values: Mapping[str, Any] | None = None,
        lost: Lost = changed_meanwhile,
    ) -> Write:
        """Remove an item; with `when`, only if that condition holds."""
        key = {"TableName": self.name, "Key": _marshal({"pk": pk, "sk": sk})}
        return Write("Delete", {**key, **_expressions(when, "", values)}, lost)

    def check(
        self, pk: str, sk: str, when: str, *, values: Mapping[str, Any] | None = None, lost: Lost = changed_meanwhile
    ) -> Write:
        """Change nothing, but let the commit stand only if the condition holds. Only beside other writes."""
        key = {"TableName": self.name, "Key": _marshal({"pk": pk, "sk": sk})}
        return Write("ConditionCheck", {**key, **_expressions(when, "", values)}, lost)


def commit(client: "DynamoDBClient", writes: Sequence[Write]) -> Item | None:
    """Carry out all writes or none. A lone update returns the item as it is afterwards, a lone delete as it was.

    Raises what the `lost` of the first failing write says (in the order given: put first what explains best), or
    `Busy` when conflicts and throttling last. Between a lost answer and its repeat DynamoDB tells our own
    transaction from a stranger's by the request token botocore makes for each call; a lone write has no token,
    so its `lost` must recognise its own mark where a repeat would matter.
    """
    for attempt in range(_ATTEMPTS):
        try:
            return _commit_once(client, writes)
        except ClientError as error:
            if not _passing(error):
                raise _explain(error, writes) from error
        _pause(attempt)
    raise Busy


def unmarshal(item: Mapping[str, Any]) -> Item:
    """An item as DynamoDB (or its stream) writes it, in Python's own types."""
    return {name: _plain(_deserializer.deserialize(value)) for name, value in item.items()}


def _commit_once(client: "DynamoDBClient", writes: Sequence[Write]) -> Item | None:
    if len(writes) > 1:
        together: Any = [
            {write.kind: {**write.request, "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}} for write in writes
        ]
        client.transact_write_items(TransactItems=together)
        return None
    (write,) = writes
    request: dict[str, Any] = {**write.request, "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
    if write.kind == "Put":
        client.put_item(**request)
    elif write.kind == "Delete":
        return unmarshal(client.delete_item(**request, ReturnValues="ALL_OLD").get("Attributes", {}))
    else:
        return unmarshal(client.update_item(**request, ReturnValues="ALL_NEW")["Attributes"])
    return None


def _passing(error: ClientError) -> bool:
    reasons = {reason.get("Code") for reason in error.response.get("CancellationReasons", [])} - {"None", None}
    if reasons:
        return reasons <= _PASSING
    return error.response["Error"]["Code"] in _PASSING_CALLS


def _explain(error: ClientError, writes: Sequence[Write]) -> Exception:
    """The named refusal behind a failed condition; the error itself if it is none of ours."""
    response: Mapping[str, Any] = error.response
    if response["Error"]["Code"] == "ConditionalCheckFailedException":
        return writes[0].lost(unmarshal(response["Item"]) if "Item" in response else None)
    for write, reason in zip(writes, response.get("CancellationReasons", []), strict=False):
        if reason.get("Code") == "ConditionalCheckFailed":
            return write.lost(unmarshal(reason["Item"]) if reason.get("Item") else None)
    return error


def _pause(attempt: int) -> None:
    """Full jitter, 25 ms doubling to 400 ms: https://aws.amazon.com/builders-library/ (timeouts, retries, backoff)."""
    time.sleep(random.uniform(0, min(0.4, 0.025 * 2**attempt)))  # noqa: S311 - spreads load, guards nothing


def _expressions(when: str, change: str, values: Mapping[str, Any] | None) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    if when:
        parts["ConditionExpression"] = when
    if change:
        parts["UpdateExpression"] = change
    names = {f"#{word}": word for word in re.findall(r"#(\w+)", f"{when} {change}")}
    if names:
        parts["ExpressionAttributeNames"] = names
    if values:
        parts["ExpressionAttributeValues"] = _marshal({f":{name}": value for name, value in values.items()})
    return parts


def _marshal(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _serializer.serialize(value) for name, value in item.items()}


def _plain(value: Any) -> Any:
    """Whole numbers as int (we store no others), whatever they are nested in."""
    if isinstance(value, Decimal):
        return int(value)
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | set):
        return type(value)(map(_plain, value))
    return value
