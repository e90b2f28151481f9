"""The appointments table's stream: what DynamoDB hands to `changes` after each request, made from the table itself.

DynamoDB Local has streams of its own, but no Lambda behind them; and a test wants the very records of one request.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.support.site import Site

Image = dict[str, Any]
Record = dict[str, Any]


@dataclass
class Stream:
    """Records changes of a site's appointments table, in an order DynamoDB could have given them."""

    site: Site
    records: list[Record] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @contextmanager
    def recording(self) -> Iterator[None]:
        """What changes inside the block becomes records with both images."""
        before = self._images()
        yield
        after = self._images()
        for key in sorted(before.keys() | after.keys()):
            old, new = before.get(key), after.get(key)
            if old != new:
                self.records.append(self._record(old, new))

    def _record(self, old: Image | None, new: Image | None) -> Record:
        images = {name: image for name, image in (("OldImage", old), ("NewImage", new)) if image}
        keys = {name: value for name, value in (new or old or {}).items() if name in ("pk", "sk")}
        return {
            "eventID": f"event-{next(self._numbers)}",
            "eventName": "INSERT" if old is None else "REMOVE" if new is None else "MODIFY",
            "eventSource": "aws:dynamodb",
            "dynamodb": {
                "Keys": keys,
                "SequenceNumber": str(100 + next(self._numbers)),
                "StreamViewType": "NEW_AND_OLD_IMAGES",
                **images,
            },
        }

    def _images(self) -> dict[tuple[str, str], Image]:
        items = self.site.items(self.site.tables.appointments)
        return {(item["pk"]["S"], item["sk"]["S"]): item for item in items}
