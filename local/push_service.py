"""A push service on this laptop: keeps what is sent to a browser, which alone can read it, until somebody asks."""

from base64 import b64encode
from collections import defaultdict, deque
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

_HEADERS = ("authorization", "content-encoding", "ttl", "topic", "urgency")
_MOST = 20  # messages kept of one device


class PushService:
    """Takes any message (RFC 8030, section 5). Who reads it has to check who sent it."""

    def __init__(self) -> None:
        self._taken: dict[str, deque[dict[str, Any]]] = defaultdict(lambda: deque(maxlen=_MOST))

    async def take(self, request: Request) -> Response:
        """Keep a message."""
        headers = {name: request.headers.get(name, "") for name in _HEADERS}
        message = {"headers": headers, "body": b64encode(await request.body()).decode()}
        self._taken[request.path_params["device"]].append(message)
        return Response(status_code=201, headers={"location": f"{request.url.path}/0"})

    async def taken(self, request: Request) -> Response:
        """What was sent to a device, the oldest first: the headers, and the body in base64."""
        return JSONResponse([*self._taken.get(request.path_params["device"], ())])
