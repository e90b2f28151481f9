"""The clients' API: its collaborators and its entry point."""

from functools import cache, cached_property
from typing import Any

from functions.api_app import ApiApp, ApiEnvironment
from functions.edge import Edge
from functions.member_api.routes import ROUTES
from shared.people.door import Door
from shared.people.model import Kind
from shared.people.proof import Challenges
from shared.people.registration import Registration


class MemberEnvironment(ApiEnvironment):
    """What this function is told."""

    member_pool_id: str
    member_client_id: str


class MemberApp(ApiApp):
    """What the handlers of this package work with."""

    def __init__(self, settings: MemberEnvironment, **clients: Any) -> None:
        super().__init__(settings, Kind.CLIENT, settings.member_pool_id, settings.member_client_id, **clients)

    @cached_property
    def challenges(self) -> Challenges:
        """The proof of work at the door."""
        return Challenges(self.daily)

    @cached_property
    def registration(self) -> Registration:
        """How clients are made."""
        return Registration(
            self.people,
            self.accounts,
            self.challenges,
            self.daily,
            self.limits,
            self.audit,
            self.settings.organisation,
        )

    @cached_property
    def door(self) -> Door:
        """How clients sign in: by their handle."""
        return Door(
            self.accounts,
            self.sign_ins,
            self.limits,
            resolve=self.people.id_of_handle,
            arrive=lambda person_id, _handle, _now: self.people.find(person_id),
        )


@cache
def app() -> MemberApp:
    """The collaborators of this process."""
    return MemberApp(MemberEnvironment.load())


_edge = Edge(ROUTES, __package__, app)


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer one HTTP request."""
    return _edge.serve(event)
