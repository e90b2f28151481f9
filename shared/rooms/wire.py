"""As much of HTTP/1.1 (RFC 9112) as a kept connection to API Gateway needs: many requests out, answers in order."""

import asyncio
import ssl
from collections.abc import Sequence

_SILENCE = 0.4  # seconds after which a wire that has not been used for a while is taken for dead


class Wire:
    """One connection. `old` says that it was kept from an earlier call and may have died since."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self.old = False

    @classmethod
    async def open(cls, host: str, port: int, tls: ssl.SSLContext | None) -> "Wire":
        """Connect. Raises OSError."""
        return cls(*await asyncio.open_connection(host, port, ssl=tls, server_hostname=host if tls else None))

    @property
    def usable(self) -> bool:
        """Whether it can be asked (again), as far as is known."""
        return not (self._writer.transport.is_closing() or self._reader.at_eof())

    def abort(self) -> None:
        """End it at once."""
        self._writer.transport.abort()

    async def ask(self, requests: Sequence[bytes]) -> list[int]:
        """The statuses of the answers, in order: fewer than `requests` if it ended meanwhile. Raises nothing."""
        statuses: list[int] = []
        lasts = True
        try:
            async with asyncio.timeout(_SILENCE if self.old else None):
                self._writer.write(b"".join(requests))
                while lasts and len(statuses) < len(requests):
                    status, lasts = await self._answer()
                    statuses.append(status)
        except (OSError, EOFError, ValueError, IndexError, asyncio.LimitOverrunError):
            lasts = False
        finally:
            # Also when cancelled: an answer that comes later would be taken for the next one's.
            if not lasts or len(statuses) < len(requests):
                self.abort()
        self.old = False
        return statuses

    async def _answer(self) -> tuple[int, bool]:
        """The status, and whether the connection lasts."""
        first, *lines = (await self._reader.readuntil(b"\r\n\r\n")).lower().split(b"\r\n")
        status = int(first.split(b" ", 2)[1])
        headers = {name: value.strip() for name, _, value in (line.partition(b":") for line in lines)}
        length = headers.get(b"content-length")
        if headers.get(b"transfer-encoding") == b"chunked":
            while size := int((await self._reader.readuntil(b"\r\n")).partition(b";")[0], 16):
                await self._reader.readexactly(size + 2)
            while await self._reader.readuntil(b"\r\n") != b"\r\n":
                pass
        elif length is not None:
            await self._reader.readexactly(int(length))
        bounded = (
            length is not None or status == 204 or b"transfer-encoding" in headers
        )  # or it ends with the connection
        return status, bounded and headers.get(b"connection") != b"close"
