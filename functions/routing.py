"""A route is data: API Gateway does the matching, so what is not in a table does not exist."""

from typing import NamedTuple


class Route(NamedTuple):
    """One HTTP operation.

    `handler` is `module.function` inside the package that owns the table; it is imported when the route is
    first called, so a cold start pays only for the route it serves.
    """

    method: str
    path: str
    handler: str
    signed_in: bool = True

    @property
    def key(self) -> str:
        """The `routeKey` API Gateway puts in the event, such as `POST /api/appointments`."""
        return f"{self.method} {self.path}"
