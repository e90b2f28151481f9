"""Frames to open sockets: one to many, at once, over a few kept connections to API Gateway's `@connections`."""

import asyncio
import random
import ssl
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from shared.clock import utc_now
from shared.rooms.wire import Wire
from shared.sigv4 import Credentials, Signer

_WIRES = 32
_OPENING = 8  # at once: a handshake costs the processor as much as many frames
_DEPTH = 8  # requests on their way on one wire
_TRIES = 3
_PAUSE = 0.1  # seconds at most before the second try, and twice that before the third


class Outcome(NamedTuple):
    """What became of frames: `gone` are connections API Gateway no longer knows; `given_up` comes with catch-up."""

    delivered: int
    gone: tuple[str, ...]
    given_up: int


@dataclass(slots=True)
class _Job:
    request: Callable[[str], bytes]
    connection_id: str
    status: int = 0
    tries: int = 0

    def again(self, status: int, *, free: bool) -> bool:
        """Note the status of an attempt, 0 for none; whether there is to be another. A free one is no try."""
        self.status = status
        self.tries += not free
        return self.tries < _TRIES and (status in (0, 408, 429) or status >= 500)


@dataclass(frozen=True)
class _Work:
    waiting: deque[_Job]
    wires: int
    opening: asyncio.Semaphore

    def share(self) -> list[_Job]:
        size = min(_DEPTH, -(-len(self.waiting) // self.wires))
        return [self.waiting.popleft() for _ in range(size)]


class Push:
    """Posts frames for one invocation at a time, and keeps its wires from one to the next.

    `endpoint` is the stage's, such as `https://{api}.execute-api.{region}.amazonaws.com/live`. Lambda changes the
    credentials under a running process, so each call asks for them.
    """

    def __init__(
        self,
        endpoint: str,
        region: str,
        credentials: Callable[[], Credentials],
        *,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._address = urlsplit(endpoint)
        self._region, self._credentials, self._now = region, credentials, now
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tls: ssl.SSLContext | None = None
        self._idle: list[Wire] = []

    def send(self, frames: Sequence[tuple[bytes, Sequence[str]]], *, within: float = 1.5) -> Outcome:
        """Post each body to all of its connection ids: all at once, in no order, for at most `within` seconds.

        Never raises for the network's sake. A frame may arrive twice when a wire breaks: its number tells.
        """
        return self._run("POST", frames, within)

    def close(self, connection_id: str) -> None:
        """End a socket. Fine if it has ended; one that cannot be reached is left to its lease."""
        self._run("DELETE", [(b"", [connection_id])], 1.5)

    def hang_up(self) -> None:
        """End the kept wires. The next call opens its own."""
        if self._loop:
            for wire in self._idle:
                wire.abort()
            self._loop.run_until_complete(asyncio.sleep(0))
            self._loop.close()
        self._loop, self._idle = None, []

    def _run(self, method: str, frames: Sequence[tuple[bytes, Sequence[str]]], within: float) -> Outcome:
        if not any(ids for _, ids in frames):
            return Outcome(0, (), 0)
        signer = Signer(self._credentials(), self._region, "execute-api", self._address.netloc, self._now())
        collection = f"{self._address.path.rstrip('/')}/@connections/"
        jobs = [
            _Job(request, id_)
            for body, ids in frames
            for request in [signer.requests(method, collection, body)]
            for id_ in ids
        ]
        self._loop = self._loop or asyncio.new_event_loop()
        self._loop.run_until_complete(self._settle(jobs, within))
        delivered = sum(200 <= job.status < 300 for job in jobs)
        gone = [job.connection_id for job in jobs if job.status == 410]
        return Outcome(delivered, tuple(dict.fromkeys(gone)), len(jobs) - delivered - len(gone))

    async def _settle(self, jobs: Sequence[_Job], within: float) -> None:
        for _ in range(2):  # lets the news of wires that ended meanwhile arrive
            await asyncio.sleep(0)
        kept, self._idle = self._idle, []
        for wire in kept:
            wire.old = True
            self._keep(wire)
        work = _Work(deque(jobs), min(_WIRES, len(self._idle) + _OPENING), asyncio.Semaphore(_OPENING))
        tasks = [asyncio.ensure_future(self._serve(work)) for _ in range(min(_WIRES, len(jobs)))]
        _, late = await asyncio.wait(tasks, timeout=within)
        for task in late:
            task.cancel()
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended

    async def _serve(self, work: _Work) -> None:
        """Take a fair share of what waits, again and again, until nothing does or no wire is to be had."""
        while work.waiting and (wire := await self._wire(work)):
            try:
                while work.waiting and wire.usable:
                    await self._ask(wire, work)
            finally:
                self._keep(wire)

    async def _ask(self, wire: Wire, work: _Work) -> None:
        jobs, old = work.share(), wire.old
        statuses = await wire.ask([job.request(job.connection_id) for job in jobs])
        statuses += [0] * (len(jobs) - len(statuses))
        # Each old wire is lost but once: what was lost with it costs no try.
        again = [job for job, status in zip(jobs, statuses, strict=True) if job.again(status, free=old and not status)]
        if any(job.status for job in again):  # it asked us to slow down
            await asyncio.sleep(random.uniform(0, _PAUSE * max(job.tries for job in again)))  # noqa: S311 - no secret
        work.waiting.extend(again)

    def _keep(self, wire: Wire) -> None:
        if wire.usable:
            self._idle.append(wire)
        else:
            wire.abort()

    async def _wire(self, work: _Work) -> Wire | None:
        if self._idle:
            return self._idle.pop()
        async with work.opening:
            if not work.waiting:
                return None
            secure = self._address.scheme == "https"
            if secure and not self._tls:
                self._tls = ssl.create_default_context()
            try:
                return await Wire.open(
                    self._address.hostname or "", self._address.port or (443 if secure else 80), self._tls
                )
            except OSError:
                return None
