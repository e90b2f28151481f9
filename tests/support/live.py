"""Devices with an open socket: what they say, what they are answered, what they hear."""

import json
from dataclasses import dataclass
from typing import Any

from functions.live.app import serve
from shared.rooms.model import Room
from tests.support.cast import Client, StaffMember
from tests.support.events import socket_event
from tests.support.frames import heard
from tests.support.site import Site


@dataclass
class Device:
    """One socket of somebody's."""

    site: Site
    id: str

    def says(self, kind: str, room: Room | str = "", **other: Any) -> dict[str, Any] | None:
        """Send a frame; the answer, if there is one."""
        parts = {"room": room if isinstance(room, str) else room.id} if room else {}
        return self.sends(json.dumps({"type": kind, **parts, **other}))

    def sends(self, body: str) -> dict[str, Any] | None:
        """Send anything; the answer, if there is one."""
        answer = serve(self.site.live_app, socket_event("$default", self.id, body=body))
        assert answer["statusCode"] == 200
        return heard(answer["body"].encode()) if "body" in answer else None

    def hears(self, kind: str = "") -> list[dict[str, Any]]:
        """What came since the last time, or only frames of one type; all of it is taken."""
        came = self.site.sockets.of(self.id, kind)
        self.site.sockets.sent[self.id].clear()
        return came

    def goes(self) -> None:
        """The news that the socket has closed."""
        assert serve(self.site.live_app, socket_event("$disconnect", self.id)) == {"statusCode": 200}


def ticket(somebody: Client | StaffMember) -> str:
    """A ticket for the socket."""
    path = "/api/staff/live/tickets" if isinstance(somebody, StaffMember) else "/api/live/tickets"
    issued = somebody.browser.post(path, key="")
    assert issued.status == 201, issued.text
    return str(issued.json["ticket"])


def device(site: Site, somebody: Client | StaffMember, id_: str, *rooms: Room) -> Device:
    """A socket of somebody's, with these rooms open."""
    protocols = f"hearthline, ticket.{ticket(somebody)}"
    opened = serve(site.live_app, socket_event("$connect", id_, protocols=protocols))
    assert opened["statusCode"] == 200, opened
    made = Device(site, id_)
    for room in rooms:
        answer = made.says("watch", room)
        assert answer and answer["type"] == "watching", answer
    return made
