"""The invariant of all calendars: every quarter taken is booked, blocked or held, and by one of these alone.

Worked out from the items as DynamoDB keeps them, minute by minute, without the product's own arithmetic.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from boto3.dynamodb.types import TypeDeserializer

Item = dict[str, Any]
Cell = tuple[str, str, str]  # whose, which day, which quarter of it

_deserializer = TypeDeserializer()


def plain(raw: Iterable[Item]) -> list[Item]:
    """Items in Python's own types."""
    return [{name: _deserializer.deserialize(value) for name, value in item.items()} for item in raw]


def faults(raw: Iterable[Item]) -> list[str]:
    """What is wrong with the calendars of an appointments table, one sentence each; none if all is well."""
    items = plain(raw)
    live = [item for item in items if item["sk"] == "APPOINTMENT" and item["status"] != "cancelled"]
    blocks = [item for item in items if item["sk"] == "BLOCK"]
    days = [item for item in items if item["pk"].startswith("CALENDAR#")]
    holds = [item for item in items if item["pk"] == "HOLDS"]
    return [*_wrongly_taken(live, blocks, holds, days), *_wrongly_listed(items, blocks, holds, days)]


def appointments(raw: Iterable[Item]) -> list[Item]:
    """The appointments among the items of a table."""
    return [item for item in plain(raw) if item["sk"] == "APPOINTMENT"]


def blocks(raw: Iterable[Item]) -> list[Item]:
    """The blocks among the items of a table."""
    return [item for item in plain(raw) if item["sk"] == "BLOCK"]


def _wrongly_taken(live: list[Item], blocks: list[Item], holds: list[Item], days: list[Item]) -> Iterator[str]:
    wanted: dict[Cell, list[str]] = defaultdict(list)
    for item in live:
        for cell in _quarters(item["counselor_id"], item["start"], item["end"], int(item["buffer"])):
            wanted[cell].append(item["id"])
        for cell in _quarters(item["client_id"], item["start"], item["end"], 0):
            wanted[cell].append(item["id"])
    for item in blocks:
        for cell in _quarters(item["counselor_id"], item["start"], item["end"], 0):
            wanted[cell].append(item["id"])
    for item in holds:
        for cell in _quarters(item["counselor_id"], item["start"], item["occupied_until"], 0):
            wanted[cell].append(item["sk"])
    held = {
        (day["pk"].removeprefix("CALENDAR#"), day["sk"].removeprefix("DAY#"), name): mark
        for day in days
        for name, mark in day.items()
        if name[0] == "c" and name[1:].isdigit()
    }
    for cell, ids in wanted.items():
        if len(ids) > 1:
            yield f"{cell} is given to {len(ids)}: {ids}"
        if not any(id_.startswith(held.get(cell, "?")) for id_ in ids):
            yield f"{cell} belongs to {ids} and is not taken by it but {held.get(cell)}"
    for cell in held.keys() - wanted.keys():
        yield f"{cell} is taken by {held[cell]}, which is not there"


def _wrongly_listed(items: list[Item], blocks: list[Item], holds: list[Item], days: list[Item]) -> Iterator[str]:
    wanted: set[tuple[str, str, str, str]] = set()
    for item in items:
        if item["sk"] == "APPOINTMENT":
            for person, buffer in ((item["counselor_id"], int(item["buffer"])), (item["client_id"], 0)):
                touched = _quarters(person, item["start"], item["end"], buffer)
                wanted |= {("appointments", person, day, item["id"]) for _, day, _ in touched}
    for item in blocks:
        touched = _quarters(item["counselor_id"], item["start"], item["end"], 0)
        wanted |= {("blocks", item["counselor_id"], day, item["id"]) for _, day, _ in touched}
    for item in holds:
        touched = _quarters(item["counselor_id"], item["start"], item["occupied_until"], 0)
        wanted |= {("holds", item["counselor_id"], day, item["sk"]) for _, day, _ in touched}
    listed = {
        (kind, day["pk"].removeprefix("CALENDAR#"), day["sk"].removeprefix("DAY#"), id_)
        for day in days
        for kind in ("appointments", "blocks", "holds")
        for id_ in day.get(kind, ())
    }
    for missing in wanted - listed:
        yield f"{missing} is not listed"
    for orphan in listed - wanted:
        yield f"{orphan} is listed without reason"


def _quarters(person: str, start: str, end: str, buffer: int) -> set[Cell]:
    first, last = datetime.fromisoformat(start), datetime.fromisoformat(end) + timedelta(minutes=buffer)
    minutes = int((last - first).total_seconds()) // 60
    quarters = {int((first + timedelta(minutes=n)).timestamp()) // 900 for n in range(minutes)}
    cells = set()
    for quarter in quarters:
        at = datetime.fromtimestamp(quarter * 900, UTC)
        cells.add((person, str(at.date()), f"c{at.hour * 4 + at.minute // 15:02}"))
    return cells
