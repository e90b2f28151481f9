"""The stream of a table, worked out from what the table held before and after."""

from dataclasses import dataclass, field
from typing import Any

from tests.support.dynamodb_local import raw_items

Record = dict[str, Any]
Images = dict[tuple[str, str], dict[str, Any]]


@dataclass
class Stream:
    """What a trigger on the table would be handed. Of several changes to an item between two looks it tells the sum."""

    client: Any
    table: str
    _seen: Images = field(default_factory=dict)
    _number: int = 0

    def records(self) -> list[Record]:
        """Everything since the last look, in no order that anybody should rely on between items."""
        before, after = self._seen, {(i["pk"]["S"], i["sk"]["S"]): i for i in raw_items(self.client, self.table)}
        self._seen = after
        changed = [key for key in sorted(before | after) if before.get(key) != after.get(key)]
        return [self._record(before.get(key), after.get(key)) for key in changed]

    def _record(self, old: dict[str, Any] | None, new: dict[str, Any] | None) -> Record:
        self._number += 1
        item = new or old or {}
        images = {"OldImage": old, "NewImage": new}
        return {
            "eventName": "REMOVE" if new is None else "MODIFY" if old else "INSERT",
            "eventSource": "aws:dynamodb",
            "dynamodb": {
                "Keys": {"pk": item["pk"], "sk": item["sk"]},
                "SequenceNumber": f"{self._number:021}",
                "StreamViewType": "NEW_AND_OLD_IMAGES",
                **{name: image for name, image in images.items() if image},
            },
        }
