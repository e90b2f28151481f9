"""Groups, made through the site's API before the browsers come in, and what people say there without one."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from local import cast as demonstration
from local.visitor import Visitor
from tests.e2e.cast import Colleague


@dataclass(frozen=True)
class Inside:
    """Somebody who is in a group, without a browser. `name` is what the group knows them by."""

    visitor: Visitor
    address: str
    name: str

    def says(self, text: str, **more: Any) -> int:
        """The number of what they said."""
        posted = self.visitor.must("POST", f"{self.address}/messages", {"text": text, **more})
        return int(posted["entry"]["seq"])

    def reads(self) -> list[str]:
        """Every message that has words for them, in order."""
        entries = self.visitor.must("GET", f"{self.address}/messages?limit=100")["entries"]
        return [entry["text"] for entry in entries if entry["kind"] == "message" and entry["text"]]


@dataclass(frozen=True)
class Group:
    """A group and who runs it."""

    id: str
    name: str
    keeper: Colleague

    @property
    def talk(self) -> str:
        """Where its members talk."""
        return f"/rooms/{self.id}/talk"

    @property
    def desk(self) -> str:
        """Where the staff look after it."""
        return f"/staff/rooms/{self.id}"

    @property
    def staff_api(self) -> str:
        """Where the API keeps it for the staff."""
        return f"/api/staff/rooms/{self.id}"

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """What its keeper does without a browser."""
        return self.keeper.visitor.must(method, f"{self.staff_api}{path}", body)

    def kept(self) -> Inside:
        """Its keeper, who writes under their own name."""
        return Inside(self.keeper.visitor, self.staff_api, self.keeper.name)

    def joined_by(self, visitor: Visitor, **more: Any) -> Inside:
        """A client comes in under the first name offered, unless they are in already."""
        address = f"/api/rooms/{self.id}"
        there = visitor.must("GET", address)["membership"] if not more else None
        if there and there["status"] == "joined":
            return Inside(visitor, address, there["handle"])
        name = visitor.must("POST", f"{address}/handles", {})["handles"][0]
        entrance = {"handle": name, "guidelines_version": 1, "of_age": True, **more}
        visitor.must("POST", f"{address}/membership", entrance)
        return Inside(visitor, address, name)

    def decides(self, step: str, about: Inside, reason: str, **more: Any) -> None:
        """What the keeper decides about a member."""
        members = self.ask("GET", "/members")["members"]
        (member_id,) = [member["id"] for member in members if member["handle"] == about.name]
        self.ask("POST", f"/members/{member_id}/decisions", {"step": step, "reason": reason, **more})


def open_group(keeper: Colleague, name: str, *, watched: bool = True, **changes: Any) -> Group:
    """A group like the demonstration's first, with a number to its name where a kept copy has others of that name.

    Unless `watched` nobody is ever on shift there, so that it is slow.
    """
    name = f"{name} {uuid.uuid4().hex[:6]}"
    made = keeper.visitor.must("POST", "/api/staff/rooms", {**demonstration.NIGHT_OWLS, "name": name, **changes})
    group = Group(made["id"], name, keeper)
    if watched:
        shifts = [shift(keeper, day, "00:00", "24:00") for day in range(1, 8)]
        write_rota(group, shifts)
    return group


def shift(whose: Colleague, weekday: int, start: str, end: str) -> dict[str, Any]:
    """One shift of every week, as the API takes it."""
    return {"id": f"{weekday:032x}", "facilitator_id": whose.id, "weekday": weekday, "start": start, "end": end}


def write_rota(group: Group, shifts: Iterable[dict[str, Any]], version: int = 0, without: str = "slow") -> None:
    """Whoever is on shift, by London's clock."""
    rota = {"zone": "Europe/London", "without_cover": without, "shifts": list(shifts), "version": version}
    group.ask("PUT", "/rota", rota)
