"""The gateway as a server that tells when it is ready and stops when asked."""

import asyncio
import socket
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette


class Server(uvicorn.Server):
    """Serves `application` on loopback; `when_ready` runs beside it once it answers."""

    def __init__(self, application: Starlette, port: int, when_ready: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                host="127.0.0.1",
                port=port,
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=3,
            )
        )
        self._when_ready = when_ready
        self._announcement: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, then say so."""
        await super().startup(sockets)
        self._announcement = asyncio.create_task(self._announce())

    async def _announce(self) -> None:
        try:
            await asyncio.to_thread(self._when_ready)
        except Exception:
            self.should_exit = True
            raise
