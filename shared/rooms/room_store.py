"""How rooms and memberships are kept.

ROOM#<room>      ROOM                 the room
ROOM#<room>      MEMBER#<member id>   somebody's membership, also when they have left or were removed
ROOM#<room>      HANDLE#<handle>      whose handle it is in this room
PERSON#<person>  ROOM#<room>          that this person was ever in it, to find their rooms
ROOMS            <room>               every group, for the list
DIRECTS#<slot>   <room>               every direct room, in 96 parts: one for each quarter of an hour, for the sweep
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shared.errors import NotFound
from shared.rooms.items import membership_item, membership_of, packed, room_item, room_of, settings_item
from shared.rooms.model import Membership, Room, RoomKind, member_id_of
from shared.rooms.refusals import HandleTakenHere, RoomFull
from shared.rooms.visit import Visit
from shared.tables import Item, Lost, Table, Write, changed_meanwhile

SLOTS = 96
_LAST = "\uffff"


@dataclass(frozen=True)
class RoomStore:
    """Reads rooms and memberships, and makes the writes that change them."""

    table: Table

    def find(self, room_id: str) -> Room | None:
        """The room, as of now."""
        item = self.table.get(f"ROOM#{room_id}", "ROOM")
        return room_of(item) if item else None

    def get(self, room_id: str) -> Room:
        """The room, as of now. Raises NotFound."""
        room = self.find(room_id)
        if room is None:
            raise NotFound
        return room

    def visit(self, room_id: str, person_id: str) -> Visit:
        """A room and a person's membership of it, in one read. Raises NotFound when there is no such room."""
        visits = self.visits([room_id], person_id)
        if room_id not in visits:
            raise NotFound
        return visits[room_id]

    def visits(self, room_ids: Iterable[str], person_id: str) -> dict[str, Visit]:
        """The same for several rooms; those that are not there are left out."""
        wanted = sorted(set(room_ids))
        keys = {room_id: (f"ROOM#{room_id}", f"MEMBER#{member_id_of(room_id, person_id)}") for room_id in wanted}
        items = self.table.get_many([(f"ROOM#{room_id}", "ROOM") for room_id in wanted] + list(keys.values()))
        found = {room_id: items.get((f"ROOM#{room_id}", "ROOM")) for room_id in wanted}
        return {
            room_id: Visit(room_of(item), membership_of(items[keys[room_id]]) if keys[room_id] in items else None)
            for room_id, item in found.items()
            if item
        }

    def group_ids(self) -> list[str]:
        """Every group; at most a thousand."""
        return [item["sk"] for item in self.table.query("ROOMS", "0", _LAST)]

    def direct_ids(self, slot: int) -> list[str]:
        """The direct rooms of one of the day's quarters of an hour."""
        return [item["sk"] for item in self.table.query(f"DIRECTS#{slot:02}", "0", _LAST)]

    def ids_of(self, person_id: str) -> list[str]:
        """The rooms somebody was ever in, or has asked to be."""
        items = self.table.query(f"PERSON#{person_id}", "ROOM#", f"ROOM#{_LAST}")
        return [item["sk"].removeprefix("ROOM#") for item in items]

    def member(self, room_id: str, member_id: str) -> Membership | None:
        """One membership, as of now."""
        item = self.table.get(f"ROOM#{room_id}", f"MEMBER#{member_id}")
        return membership_of(item) if item else None

    def members(self, room_id: str) -> list[Membership]:
        """Every membership of a room, past ones too."""
        items = self.table.query(f"ROOM#{room_id}", "MEMBER#", f"MEMBER#{_LAST}")
        return [membership_of(item) for item in items]

    def members_of(self, room_id: str, member_ids: Iterable[str]) -> dict[str, Membership]:
        """These memberships of a room, by member id; those that are not there are left out."""
        keys = [(f"ROOM#{room_id}", f"MEMBER#{member_id}") for member_id in sorted(set(member_ids))]
        return {item["member_id"]: membership_of(item) for item in self.table.get_many(keys).values()}

    def free_handles(self, room_id: str, handles: list[str]) -> list[str]:
        """Those that nobody in the room has."""
        taken = self.table.get_many([(f"ROOM#{room_id}", f"HANDLE#{handle}") for handle in handles])
        return [handle for handle in handles if (f"ROOM#{room_id}", f"HANDLE#{handle}") not in taken]

    def put_new(self, room: Room) -> list[Write]:
        """Write a new room, where lists find it."""
        listed = (
            {"pk": "ROOMS", "sk": room.id}
            if room.kind is RoomKind.GROUP
            else {"pk": f"DIRECTS#{slot_of(room.id):02}", "sk": room.id}
        )
        return [self.table.put_new(room_item(room)), self.table.put(listed)]

    def rewrite(self, before: Room, after: Room) -> Write:
        """Write other settings, unless they were changed meanwhile. How many have joined is left to those who do."""
        values = {
            "settings": settings_item(after.settings),
            "guidelines_version": after.guidelines_version,
            "closed": after.closed,
            "facilitators": after.facilitators,
            "after": after.version,
            "before": before.version,
        }
        change = (
            "SET settings = :settings, guidelines_version = :guidelines_version, closed = :closed, "
            "facilitators = :facilitators, version = :after"
        )
        return self.table.update(f"ROOM#{before.id}", "ROOM", change, when="version = :before", values=values)

    def hand_over(self, before: Room, after: Room) -> Write:
        """Write who the counselor is, or is proposed to be, unless that was changed meanwhile."""
        item = room_item(after)
        values = {
            "counselor_id": after.counselor_id,
            "counselor_name": after.counselor_name,
            "handover": item.get("handover", {}),
            "after": after.version,
            "before": before.version,
        }
        change = (
            "SET counselor_id = :counselor_id, counselor_name = :counselor_name, handover = :handover, version = :after"
        )
        return self.table.update(f"ROOM#{before.id}", "ROOM", change, when="version = :before", values=values)

    def count(self, room: Room, by: int) -> Write:
        """Count somebody in or out; in only while there is a place. Lost: RoomFull."""
        when = "joined < :capacity AND closed = :no" if by > 0 else "joined > :none"
        values = {"by": by, **({"capacity": room.settings.capacity, "no": False} if by > 0 else {"none": 0})}
        return self.table.update(f"ROOM#{room.id}", "ROOM", "ADD joined :by", when=when, values=values, lost=_full)

    def raise_floor(self, room_id: str, floor: tuple[int, int]) -> Write:
        """Remember that the log has come so far."""
        return self.table.update(
            f"ROOM#{room_id}",
            "ROOM",
            "SET floor_seq = :seq, floor_ordinal = :ordinal",
            when="attribute_exists(pk) AND floor_seq < :seq",
            values={"seq": floor[0], "ordinal": floor[1]},
        )

    def seat(self, membership: Membership, before: Membership | None) -> list[Write]:
        """Write the membership of somebody on the staff, who goes by their own name."""
        room = f"ROOM#{membership.room_id}"
        pointer = {"pk": f"PERSON#{membership.person_id}", "sk": room, "room_id": membership.room_id}
        return [self.replace(membership, before), self.table.put(pointer)]

    def enter(self, membership: Membership, before: Membership | None) -> list[Write]:
        """Write a membership that begins (anew), with its handle. Lost: HandleTakenHere, ChangedMeanwhile."""
        room = f"ROOM#{membership.room_id}"
        handle = {"pk": room, "sk": f"HANDLE#{membership.handle}", "member_id": membership.member_id}
        mine = "attribute_not_exists(pk) OR member_id = :me"
        return [
            *self.seat(membership, before),
            self.table.put(handle, when=mine, values={"me": membership.member_id}, lost=_handle_taken),
        ]

    def replace(self, after: Membership, before: Membership | None, lost: Lost = changed_meanwhile) -> Write:
        """Write a membership, unless there was a post, a decision or a move in or out since `before` was read.

        Only what differs is written: a block, or a marker of what was read, that came meanwhile stays.
        """
        if before is None:
            return self.table.put_new(membership_item(after), lost=lost)
        old, new = membership_item(before), membership_item(after)
        changed = {name: value for name, value in new.items() if old.get(name) != value}
        gone = sorted(old.keys() - new.keys())
        change = f"SET {', '.join(f'#{name} = :new_{name}' for name in changed)}"
        change += f" REMOVE {', '.join(f'#{name}' for name in gone)}" if gone else ""
        values = {**{f"new_{name}": value for name, value in changed.items()}, **_seen(before)}
        return self.table.update(*_key(after), change, when=_UNCHANGED, values=values, lost=lost)

    def stands(self, membership: Membership) -> Write:
        """The condition that there was no decision and no move in or out since the membership was read."""
        seen = {"status": membership.status, "decisions": membership.decisions}
        return self.table.check(*_key(membership), "#status = :status AND decisions = :decisions", values=seen)

    def apart(self, room_id: str, member_id: str) -> frozenset[str]:
        """The members who are not shown to this one, nor this one to them."""
        member = self.member(room_id, member_id)
        return member.hidden_from if member else frozenset()

    def post(self, before: Membership, after: Membership, lost: Lost) -> Write:
        """Note that a member posted, if they may still and nothing came between."""
        return self.table.update(
            *_key(before),
            "SET recent = :recent, posts = :after, read_seq = :seq, read_ordinal = :ordinal",
            when=_UNCHANGED,
            values={
                "recent": [packed(recent) for recent in after.recent],
                "after": after.posts,
                "seq": after.read_seq,
                "ordinal": after.read_ordinal,
                **_seen(before),
            },
            lost=lost,
        )

    def read_up_to(self, membership: Membership, seq: int, ordinal: int) -> Write:
        """Move the marker of what was read, forward only."""
        return self.table.update(
            *_key(membership),
            "SET read_seq = :seq, read_ordinal = :ordinal",
            when="attribute_exists(pk) AND read_seq < :seq",
            values={"seq": seq, "ordinal": ordinal},
        )

    def accept_guidelines(self, membership: Membership, version: int) -> Write:
        """Note which guidelines a member has accepted."""
        return self.table.update(
            *_key(membership),
            "SET guidelines_version = :version",
            when="attribute_exists(pk)",
            values={"version": version},
        )

    def block(self, membership: Membership, other: str, *, blocked: bool) -> list[Write]:
        """Hide two members from each other, or no more."""
        verb = "ADD" if blocked else "DELETE"
        room = f"ROOM#{membership.room_id}"
        return [
            self.table.update(
                room, f"MEMBER#{member}", f"{verb} {name} :other", when="attribute_exists(pk)", values={"other": {whom}}
            )
            for member, name, whom in (
                (membership.member_id, "blocks", other),
                (other, "blocked_by", membership.member_id),
            )
        ]


_UNCHANGED = "#status = :status AND posts = :posts AND decisions = :decisions"


def slot_of(room_id: str) -> int:
    """Which of a day's quarters of an hour looks after this direct room."""
    return int(room_id[:8], 16) % SLOTS


def _seen(before: Membership) -> Mapping[str, object]:
    return {"status": before.status, "posts": before.posts, "decisions": before.decisions}


def _key(membership: Membership) -> tuple[str, str]:
    return f"ROOM#{membership.room_id}", f"MEMBER#{membership.member_id}"


def _full(_old: Item | None) -> Exception:
    return RoomFull()


def _handle_taken(_old: Item | None) -> Exception:
    return HandleTakenHere("Please choose another one.", field="body.handle")
