"""Whenever the process behind a socket dies, a new socket works, and what the old one left runs out by itself."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from functions.live.app import serve
from shared.rooms.connections import KEPT_AFTER_LEASE, LEASE
from shared.rooms.model import Room
from tests.support import groups
from tests.support.cast import Client, sign_in
from tests.support.events import socket_event
from tests.support.live import Device, device, ticket
from tests.support.site import Site


@dataclass
class Scene:
    """Alice's old socket, and Ben, who has the room open on his."""

    site: Site
    room: Room
    alice: Client
    ben: Client
    round: int = 0

    def device(self, somebody: Client, name: str, *rooms: Room) -> Device:
        """A socket with a name of this round."""
        return device(self.site, somebody, f"{name}{self.round}", *rooms)


@pytest.fixture
def scene(site: Site, alice: Client, ben: Client) -> Scene:
    room = groups.found(site)
    groups.join(alice, room)
    groups.join(ben, room)
    return Scene(site, room, alice, ben)


def _connecting(scene: Scene) -> Callable[[], object]:
    offered = f"hearthline, ticket.{ticket(scene.alice)}"
    return lambda: serve(scene.site.live_app, socket_event("$connect", f"old{scene.round}", protocols=offered))


def _watching(scene: Scene) -> Callable[[], object]:
    old = scene.device(scene.alice, "old")
    return lambda: old.says("watch", scene.room)


def _pinging(scene: Scene) -> Callable[[], object]:
    old = scene.device(scene.alice, "old", scene.room)
    return lambda: old.says("ping")


def _unwatching(scene: Scene) -> Callable[[], object]:
    old = scene.device(scene.alice, "old", scene.room)
    return lambda: old.says("unwatch", scene.room)


def _typing(scene: Scene) -> Callable[[], object]:
    old = scene.device(scene.alice, "old", scene.room)
    return lambda: old.says("typing", scene.room)


def _leaving(scene: Scene) -> Callable[[], object]:
    return scene.device(scene.alice, "old", scene.room).goes


def _ending(scene: Scene) -> Callable[[], object]:
    """The last ping of somebody who has signed out; they sign in again before they come back."""
    old = scene.device(scene.alice, "old", scene.room)
    scene.alice.browser.post("/api/auth/sign-out", key="")
    assert sign_in(scene.alice.browser, scene.alice.handle, scene.alice.password).status == 200
    return lambda: old.says("ping")


@pytest.mark.parametrize("begin", [_connecting, _watching, _pinging, _unwatching, _typing, _leaving, _ending])
def test_wherever_it_dies_a_new_socket_works_and_the_old_one_runs_out(
    scene: Scene, begin: Callable[[Scene], Callable[[], object]]
) -> None:
    site, room = scene.site, scene.room
    for point in site.crashes.everywhere():
        scene.round += 1
        bens = scene.device(scene.ben, "ben", room)
        act = begin(scene)
        with point:
            act()
        site.start()

        new = scene.device(scene.alice, "new", room)
        new.hears()
        assert groups.say(scene.ben, room).status == 201
        tail = groups.page(scene.ben, room)["tail"]
        assert [frame["entry"]["seq"] for frame in new.hears("entry")] == [tail], str(point)
        assert (new.says("ping") or {})["tails"] == {room.id: tail}, str(point)
        assert _here(site, room) == {new.id, bens.id} | (_here(site, room) & {f"old{scene.round}"})

        site.clock.advance(LEASE)
        assert _here(site, room) == set(), str(point)
        assert site.live_app.connections.of(scene.alice.id, site.clock()) == [], str(point)
        _assert_forgotten_in_time(site)
    assert scene.round > 2


def _here(site: Site, room: Room) -> set[str]:
    return {watcher.connection_id for watcher in site.live_app.connections.watching(room.id, site.clock())}


def _assert_forgotten_in_time(site: Site) -> None:
    """DynamoDB erases whatever is left of sockets."""
    latest = int((site.clock() + KEPT_AFTER_LEASE).timestamp())
    rows = [item for item in site.items(site.tables.rooms) if "connection_id" in item]
    assert all(int(row["expires_at"]["N"]) <= latest for row in rows)
