"""One execution environment of a function, as a process: `python function.py functions.member_api.app`.

An event on each line in, its answer on each line out, one at a time. The event `null` asks what was spent so far.
What the function prints goes to standard error.
"""

import importlib
import json
import os
import sys
import time
from collections import Counter
from typing import Any

from shared import aws
from tests.bench.units import item_size

Key = tuple[str, str, str]


class Spent:
    """What the calls of this process cost. Writes of transactions are told by item: their sizes are looked up later."""

    def __init__(self) -> None:
        self.reads = 0.0
        self.written: Counter[Key] = Counter()

    def watch(self, client: Any) -> None:
        """Count this client's calls from now on."""
        client.meta.events.register("provide-client-params.dynamodb", self._begin)
        client.meta.events.register("after-call.dynamodb", self._end)

    def report(self) -> dict[str, Any]:
        """As JSON; `processor` is in seconds."""
        written = [[*key, times] for key, times in self.written.items()]
        return {"reads": self.reads, "written": written, "processor": time.process_time()}

    def _begin(self, params: dict[str, Any], model: Any, **_: Any) -> dict[str, Any]:
        if model.name != "TransactWriteItems":
            return {**params, "ReturnConsumedCapacity": "TOTAL"}
        for part in params["TransactItems"]:
            ((kind, write),) = part.items()
            key = write["Item"] if kind == "Put" else write["Key"]
            self.written[write["TableName"], key["pk"]["S"], key["sk"]["S"]] += 1
        return params

    def _end(self, parsed: dict[str, Any], model: Any, **_: Any) -> None:
        if model.name in ("GetItem", "BatchGetItem", "Query"):
            consumed = parsed.get("ConsumedCapacity", [])
            listed = consumed if isinstance(consumed, list) else [consumed]
            self.reads += sum(part["CapacityUnits"] for part in listed)


def write_units(look: Any, written: list[list[Any]]) -> int:
    """What `written` of reports costs: two units per kB begun of an item, each time it was tried.

    `look` is a DynamoDB client. Items that grew meanwhile count as they are now.
    """
    units = 0
    for table, pk, sk, times in written:
        key = {"pk": {"S": pk}, "sk": {"S": sk}}
        item = look.get_item(TableName=table, Key=key, ConsistentRead=True).get("Item", {})
        units += times * 2 * -(-max(1, item_size(item)) // 1024)
    return units


def main(module: str) -> None:
    """Serve until standard input ends."""
    with os.fdopen(os.dup(1), "w") as answers:
        os.dup2(2, 1)
        handler = importlib.import_module(module).handler
        spent = Spent()
        spent.watch(aws.dynamodb())
        for line in sys.stdin:
            event = json.loads(line)
            answers.write(json.dumps(spent.report() if event is None else handler(event, None)) + "\n")
            answers.flush()


if __name__ == "__main__":
    main(sys.argv[1])
