"""An appointment, and the two who come to it, through the API."""

from dataclasses import dataclass
from typing import Any

from shared.ids import derived_id
from tests.support.api import Answer
from tests.support.cast import Client, StaffMember


@dataclass
class Attending:
    """Somebody at a meeting by one page of theirs."""

    who: Client | StaffMember
    appointment_id: str
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

    def arrives(self, mode: str = "video", **parts: Any) -> Answer:
        """Come, or come again."""
        path = f"{self.prefix}/appointments/{self.appointment_id}/meeting"
        answer = self.who.browser.post(path, {"device": self.device, "mode": mode}, **parts)
        if answer.status == 201:
            self.meeting_id = answer.json["id"]
        return answer

    def looks(self) -> dict[str, Any]:
        """The meeting as they see it."""
        answer = self.who.browser.get(f"{self.prefix}/appointments/{self.appointment_id}/meeting")
        assert answer.status == 200, answer.text
        found: dict[str, Any] = answer.json
        return found

    def keeps(self, *, join: bool = False, mode: str = "video") -> Answer:
        """Keep the seat, and with `join` be in the call."""
        body = {"device": self.device, "mode": mode, "join": join}
        return self.who.browser.put(f"{self.prefix}/meetings/{self.meeting_id}/seat", body, key="")

    def joins(self, mode: str = "video") -> dict[str, Any]:
        """Be in the call; what came back."""
        answer = self.keeps(join=True, mode=mode)
        assert answer.status == 200, answer.text
        kept: dict[str, Any] = answer.json
        return kept

    def leaves(self) -> Answer:
        """Go."""
        return self.who.browser.delete(f"{self.prefix}/meetings/{self.meeting_id}/seat", key="")

    def hosts(self, what: str, body: object = None, *, method: str = "POST", **parts: Any) -> Answer:
        """Do what only hosts do."""
        return self.who.browser.request(
            method, f"/api/staff/meetings/{self.meeting_id}/{what}", body=body or {}, **parts
        )

    def lets_in(self, other: "Attending", *, admit: bool = True, **parts: Any) -> Answer:
        """Decide about somebody who waits."""
        return self.hosts(f"seats/{other.seat}/admission", {"admit": admit}, **parts)

    @property
    def seat(self) -> str:
        """The id of their seat."""
        return str(self.looks()["you"]["id"])
