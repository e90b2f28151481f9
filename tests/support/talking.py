"""People at the circle of a room, through the API."""

from dataclasses import dataclass
from typing import Any

from shared.ids import derived_id
from tests.support.api import Answer
from tests.support.cast import Client, StaffMember


@dataclass
class Talking:
    """Somebody at the circle of a room by one page of theirs."""

    who: Client | StaffMember
    room_id: str
    page: str = "a page"
    meeting_id: str = ""

    @property
    def prefix(self) -> str:
        """Where their part of the API begins."""
        return "/api/staff" if isinstance(self.who, StaffMember) else "/api"

    @property
    def device(self) -> str:
        """The id their page made up."""
        return derived_id(self.who.id, self.page)

    def finds(self) -> Answer:
        """Look for the circle that is on."""
        return self.who.browser.get(f"{self.prefix}/rooms/{self.room_id}/meeting")

    def comes(self, **parts: Any) -> Answer:
        """Come, or come again; facilitators open it."""
        path = f"{self.prefix}/rooms/{self.room_id}/meeting"
        answer = self.who.browser.post(path, {"device": self.device, "mode": "audio"}, **parts)
        if answer.status == 201:
            self.meeting_id = answer.json["id"]
        return answer

    def asks(self) -> Answer:
        """Ask for the meeting."""
        return self.who.browser.get(f"{self.prefix}/meetings/{self.meeting_id}")

    def looks(self) -> dict[str, Any]:
        """The meeting as they see it."""
        answer = self.asks()
        assert answer.status == 200, answer.text
        found: dict[str, Any] = answer.json
        return found

    def circle(self) -> dict[str, Any]:
        """The circle as they see it."""
        found: dict[str, Any] = self.looks()["circle"]
        return found

    def keeps(self, *, join: bool = True) -> Answer:
        """Keep the seat, and with `join` be in the call."""
        body = {"device": self.device, "mode": "audio", "join": join}
        return self.who.browser.put(f"{self.prefix}/meetings/{self.meeting_id}/seat", body, key="")

    def joins(self) -> str:
        """Come and be in the call; the id of the seat. Who waits has to be let in before."""
        if not self.meeting_id:
            came = self.comes()
            assert came.status == 201, came.text
        kept = self.keeps()
        assert kept.status == 200, kept.text
        return str(kept.json["meeting"]["you"]["id"])

    def leaves(self) -> Answer:
        """Go."""
        return self.who.browser.delete(f"{self.prefix}/meetings/{self.meeting_id}/seat", key="")

    def moves(self, move: str, **parts: Any) -> Answer:
        """Do something about oneself."""
        return self.who.browser.post(f"{self.prefix}/meetings/{self.meeting_id}/moves", {"move": move}, **parts)

    def hosts(self, what: str, body: object = None, **parts: Any) -> Answer:
        """Do what only hosts do."""
        return self.who.browser.post(f"/api/staff/meetings/{self.meeting_id}/{what}", body or {}, **parts)

    def turns(self, **turns: Any) -> Answer:
        """Say how talking is to go on."""
        return self.hosts("turns", turns)

    @property
    def seat(self) -> str:
        """The id of their seat."""
        return str(self.looks()["you"]["id"])
