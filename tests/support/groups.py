"""Groups and who talks there, through the API, but for what only the staff can do."""

from typing import Any

from shared.ids import new_id
from shared.rooms.model import (
    MemberRole,
    Membership,
    MembershipStatus,
    Room,
    RoomKind,
    RoomSettings,
    member_id_of,
)
from shared.rooms.room_store import RoomStore
from shared.rooms.rota import Rota, Shift
from shared.rooms.rota_store import RotaStore
from shared.tables import Table, commit
from tests.support.api import Answer
from tests.support.cast import Client, StaffMember
from tests.support.site import Site

ALWAYS = tuple(Shift(f"{day:032x}", "f" * 32, day, 0, 1440) for day in range(1, 8))


def found(site: Site, *facilitators: StaffMember, live: bool = True, **settings: Any) -> Room:
    """A group, live around the clock unless said otherwise, with everybody's guidelines."""
    table = Table(site.dynamodb, site.tables.rooms)
    store = RoomStore(table)
    usual: dict[str, Any] = {"name": "Night owls", "guidelines": "Be kind."}
    room = Room(
        id=new_id(),
        kind=RoomKind.GROUP,
        settings=RoomSettings(**(usual | settings)),
        guidelines_version=1,
        created_at=site.clock(),
        version=1,
        facilitators={one.id: one.email.split("@")[0].capitalize() for one in facilitators},
    )
    seats = [
        write
        for person_id, name in room.facilitators.items()
        for write in store.seat(
            Membership(
                room.id,
                member_id_of(room.id, person_id),
                person_id,
                MemberRole.FACILITATOR,
                MembershipStatus.JOINED,
                name,
                site.clock(),
            ),
            None,
        )
    ]
    commit(site.dynamodb, [*store.put_new(room), *seats])
    if live:
        commit(site.dynamodb, [RotaStore(table).replace(room.id, Rota("UTC", shifts=ALWAYS, version=1))])
    return room


def entrance(client: Client, room: Room | str, **other: Any) -> dict[str, Any]:
    """What somebody sends to come in, with the first handle offered."""
    offered = client.browser.post(f"/api/rooms/{_id(room)}/handles", key="")
    assert offered.status == 200, offered.text
    usual = {"handle": offered.json["handles"][0], "guidelines_version": 1, "of_age": True}
    return usual | other


def join(client: Client, room: Room | str, **other: Any) -> dict[str, Any]:
    """Come in; the room as it is then."""
    answer = client.browser.post(f"/api/rooms/{_id(room)}/membership", entrance(client, room, **other))
    assert answer.status == 201, answer.text
    joined: dict[str, Any] = answer.json
    return joined


def say(somebody: Client | StaffMember, room: Room | str, text: str = "Good evening.", **parts: Any) -> Answer:
    """Post. `warning`, `reply_to` and `after` go into the body; `key` and others are for the request."""
    body = {"text": text, **{name: parts.pop(name) for name in ("warning", "reply_to", "after") if name in parts}}
    return somebody.browser.post(f"{_prefix(somebody)}/rooms/{_id(room)}/messages", body, **parts)


def page(somebody: Client | StaffMember, room: Room | str, query: str = "") -> dict[str, Any]:
    """A stretch of the log as somebody sees it."""
    answer = somebody.browser.get(f"{_prefix(somebody)}/rooms/{_id(room)}/messages", query=query)
    assert answer.status == 200, answer.text
    seen: dict[str, Any] = answer.json
    return seen


def texts(somebody: Client | StaffMember, room: Room | str) -> list[str]:
    """The words somebody sees in a room, in order."""
    return [entry["text"] for entry in page(somebody, room)["entries"] if entry["kind"] == "message"]


def _prefix(somebody: Client | StaffMember) -> str:
    return "/api/staff" if isinstance(somebody, StaffMember) else "/api"


def _id(room: Room | str) -> str:
    return room if isinstance(room, str) else room.id
