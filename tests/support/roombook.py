"""What must be true of everything the rooms table holds, whatever happened. Reads items as DynamoDB keeps them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from shared.rooms.model import member_id_of
from shared.tables import unmarshal

Raw = Mapping[str, Any]
WORDLESS = {"withdrawn", "redacted", "approved"}


def faults(items: Iterable[Raw]) -> list[str]:
    """Sentences about what is wrong."""
    plain = [unmarshal(item) for item in items]
    by_room: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in plain:
        if item["pk"].startswith("ROOM#"):
            by_room[item["pk"]].append(item)
    pointers = {(item["pk"], item["sk"]) for item in plain if item["pk"].startswith("PERSON#")}
    found = [f"{pk}: {fault}" for pk, held in by_room.items() for fault in _of_room(pk, held, pointers)]
    return found + list(_of_concerns(plain))


def log_of(items: Iterable[Raw], room_id: str) -> list[dict[str, Any]]:
    """The entries of a room, in order."""
    plain = [unmarshal(item) for item in items]
    log = [item for item in plain if item["pk"] == f"ROOM#{room_id}" and item["sk"].startswith("LOG#")]
    return sorted(log, key=lambda item: str(item["sk"]))


def _of_room(pk: str, items: list[dict[str, Any]], pointers: set[tuple[str, str]]) -> Iterator[str]:
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in items:
        kinds[item["sk"].split("#")[0]].append(item)
    log = sorted(kinds["LOG"], key=lambda item: str(item["sk"]))
    yield from _of_log(log)
    yield from _of_queue(pk, log, kinds["MEMBER"], kinds["QUEUE"])
    yield from _of_members(pk, kinds["ROOM"], kinds["MEMBER"], kinds["HANDLE"], pointers)


def _of_log(log: list[dict[str, Any]]) -> Iterator[str]:
    ordinal = 0
    for number, entry in enumerate(log, 1):
        if entry["seq"] != number or entry["sk"] != f"LOG#{number:012}":
            yield f"entry {entry['seq']} stands at {entry['sk']} as number {number}"
        here = entry.get("ordinal", 0)
        steps = {0} if "of" in entry else {0, 1} if "held_for" in entry else {1}
        if here - ordinal not in steps:
            yield f"entry {number} has ordinal {here} after {ordinal}"
        ordinal = here
        if "of" in entry and not (entry["of"] < number and "text" in log[entry["of"] - 1] | {"text": ""}):
            yield f"entry {number} is about {entry['of']}"
        if entry.get("state") in WORDLESS and (entry.get("text") or entry.get("warning")):
            yield f"entry {number} is {entry['state']} and has words"
    said = Counter((e["author"], e["client_id"]) for e in log if "of" not in e and e["state"] != "approved")
    yield from (f"{client_id} is there {times} times" for (_, client_id), times in said.items() if times > 1)


def _of_queue(
    pk: str, log: list[dict[str, Any]], members: list[dict[str, Any]], queue: list[dict[str, Any]]
) -> Iterator[str]:
    held = {entry["seq"] for entry in log if entry.get("state") == "held"}
    places = Counter(item["seq"] for item in queue if item["kind"] == "held")
    if places != Counter(held):
        yield f"held {sorted(held)}, in the queue {sorted(places.elements())}"
    asking = {member["member_id"] for member in members if member["status"] == "requested"}
    requests = Counter(item["member_id"] for item in queue if item["kind"] == "request")
    if requests != Counter(asking):
        yield f"{len(asking)} ask to come in, {requests.total()} in the queue"


def _of_members(
    pk: str,
    rooms: list[dict[str, Any]],
    members: list[dict[str, Any]],
    handles: list[dict[str, Any]],
    pointers: set[tuple[str, str]],
) -> Iterator[str]:
    guests = [member for member in members if member["role"] in {"member", "client"}]
    joined = sum(member["status"] == "joined" for member in guests)
    if [room["joined"] for room in rooms] != [joined]:
        yield f"{joined} have joined, counted as {[room['joined'] for room in rooms]}"
    named = {member["handle"]: member["member_id"] for member in members if member["role"] == "member"}
    if {item["sk"].removeprefix("HANDLE#"): item["member_id"] for item in handles} != named:
        yield "handles do not match memberships"
    for member in members:
        if member["member_id"] != member_id_of(pk.removeprefix("ROOM#"), member["person_id"]):
            yield "a member id is not derived from room and person"
        if (f"PERSON#{member['person_id']}", pk) not in pointers:
            yield "somebody would not find this room"
    hides = {(m["member_id"], other) for m in members for other in m.get("blocks", ())}
    hidden = {(other, m["member_id"]) for m in members for other in m.get("blocked_by", ())}
    if hides != hidden:
        yield "a block is known to one side only"


def _of_concerns(items: list[dict[str, Any]]) -> Iterator[str]:
    concerns = {(i["room_id"], i["id"]): i for i in items if i["sk"].startswith("CONCERN#")}
    listed = Counter((i["room_id"], i["id"]) for i in items if i["pk"] == "CONCERNS")
    if listed != Counter(key for key, concern in concerns.items() if concern["status"] != "resolved"):
        yield "open concerns and their list differ"
    messages = {(i["pk"], i["seq"]) for i in items if i["sk"].startswith("LOG#") and "author" in i}
    for concern in concerns.values():
        if (f"ROOM#{concern['room_id']}", concern["seq"]) not in messages:
            yield "a concern is about no message"
