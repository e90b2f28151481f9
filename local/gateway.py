"""One origin on this laptop: what CloudFront is in AWS, in front of the emulator."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable, Mapping

import httpx
import websockets
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from infra.headers import SECURITY_HEADERS
from local.mailbox import Mailbox
from local.places import Places
from local.push_service import PushService

# Headers that belong to one connection, or that only CloudFront may set.
_NOT_PASSED_ON = {
    "connection",
    "content-length",
    "date",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
    "x-amz-cf-id",
    "x-amz-cf-pop",
    "x-forwarded-for",
    "x-forwarded-proto",
    "x-origin-key",
    "x-viewer-address",
}
# The emulator keeps three processes that answer for the distribution's function; for each request beyond them it starts
# another, and ends that again at once.
_FILES_AT_ONCE = 3
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def gateway(places: Places, outputs: Mapping[str, str], emulator: httpx.AsyncBaseTransport | None = None) -> Starlette:
    """The application that serves `places.site_address` from the stack with these outputs.

    `emulator` is how to reach it, over HTTP unless said otherwise.
    """
    origin = Origin(places, outputs, emulator)
    mailbox, pushed = Mailbox(places.emulator, origin.client), PushService()
    return Starlette(
        routes=[
            Route("/api/{rest:path}", origin.api, methods=_METHODS),
            WebSocketRoute("/live", origin.live),
            Route("/_local/mail", mailbox.all),
            Route("/_local/mail/{at:int}", mailbox.one),
            Route("/_local/push/{device}", pushed.take, methods=["POST"]),
            Route("/_local/push/{device}", pushed.taken),
            Route("/{rest:path}", origin.site, methods=["GET", "HEAD"]),
        ],
        lifespan=origin.lifespan,
    )


class Origin:
    """The emulator, seen from the gateway."""

    def __init__(self, places: Places, outputs: Mapping[str, str], transport: httpx.AsyncBaseTransport | None) -> None:
        self._transport = transport
        data_plane = f"{places.emulator}/_aws/execute-api"
        self._http = f"{data_plane}/{outputs['HttpApiId']}/$default"
        self._socket = f"{data_plane}/{outputs['LiveApiId']}/{outputs['LiveStage']}".replace("http", "ws", 1)
        self._site = places.emulator
        self._site_host = outputs["SiteDomain"]
        self._key = outputs["OriginKey"]
        self._client: httpx.AsyncClient | None = None
        self._files = asyncio.Semaphore(_FILES_AT_ONCE)

    @contextlib.asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """Keep connections to the emulator open while the gateway runs."""
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=50)
        async with httpx.AsyncClient(timeout=35, limits=limits, transport=self._transport) as client:
            self._client = client
            yield

    def client(self) -> httpx.AsyncClient:
        """The way to the emulator, while the gateway runs."""
        assert self._client is not None  # noqa: S101 - the lifespan opened it
        return self._client

    async def api(self, request: Request) -> Response:
        """Pass a request on to the HTTP API."""
        return await self._pass_on(request, self._http + request.url.path, self._from_cloudfront(request))

    async def site(self, request: Request) -> Response:
        """Answer with a file of the site, by way of the stack's own distribution."""
        # The distribution sends plain http away; on a laptop the gateway is where TLS would have ended.
        tls_ended_here = {"host": self._site_host, "x-forwarded-proto": "https"}
        async with self._files:
            return await self._pass_on(request, self._site + request.url.path, tls_ended_here)

    async def live(self, socket: WebSocket) -> None:
        """Join a browser's socket to one of the WebSocket API, once that has let it in."""
        offered = socket.scope.get("subprotocols", [])
        headers = {**self._from_cloudfront(socket), "origin": socket.headers.get("origin", "")}
        try:
            async with websockets.connect(
                self._socket, subprotocols=offered or None, additional_headers=headers, max_size=2**17
            ) as upstream:
                # In AWS the function names the protocol in its answer to the handshake; the emulator drops that header.
                await socket.accept(subprotocol=offered[0] if offered else None)
                await _join(socket, upstream)
        except (websockets.InvalidStatus, websockets.InvalidMessage, ConnectionError):
            await socket.close(1008)  # before the handshake is accepted, this answers 403

    async def _pass_on(self, request: Request, url: str, more: Mapping[str, str]) -> Response:
        try:
            answer = await self.client().request(
                request.method,
                httpx.URL(url, query=request.url.query.encode() or None),
                headers=[*_passed_on(request.headers.items()), *more.items()],
                content=await request.body(),
            )
        except httpx.TransportError:
            body = {"title": "The emulator does not answer", "status": 502, "code": "unavailable"}
            return JSONResponse(body, 502, SECURITY_HEADERS, media_type="application/problem+json")
        response = Response(answer.content, answer.status_code)
        decoded = {"content-encoding"}
        response.raw_headers = [
            (name.encode(), _for_plain_http(name, value).encode("latin-1"))
            for name, value in _passed_on(answer.headers.multi_items())
            if name not in SECURITY_HEADERS and name not in decoded
        ] + [(name.encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
        if request.method != "HEAD":
            response.raw_headers.append((b"content-length", str(len(answer.content)).encode()))
        return response

    def _from_cloudfront(self, connection: Request | WebSocket) -> dict[str, str]:
        address = connection.client.host if connection.client else "127.0.0.1"
        return {"x-origin-key": self._key, "x-viewer-address": address}


def _passed_on(headers: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return ((name.lower(), value) for name, value in headers if name.lower() not in _NOT_PASSED_ON)


def _for_plain_http(name: str, value: str) -> str:
    """Drop `Secure` from a cookie: over plain http Safari, and every client that is no browser, would not keep it."""
    if name != "set-cookie":
        return value
    return "; ".join(part for part in value.split("; ") if part.lower() != "secure")


async def _join(socket: WebSocket, upstream: websockets.ClientConnection) -> None:
    async def outward() -> None:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            while True:
                await upstream.send(await socket.receive_text())

    async def inward() -> None:
        with contextlib.suppress(websockets.ConnectionClosed):
            async for frame in upstream:
                await (socket.send_text(frame) if isinstance(frame, str) else socket.send_bytes(frame))

    directions = {asyncio.create_task(outward()), asyncio.create_task(inward())}
    _, pending = await asyncio.wait(directions, return_when=asyncio.FIRST_COMPLETED)
    for direction in pending:
        direction.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    # Whoever went first may have gone entirely.
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        await socket.close()
