"""One request to a push service, and what its answer means (RFC 8030, section 5).

No redirect is followed and no body read: the status says it all, and the address was the one that was checked.
"""

import ssl
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from shared.telemetry import logger

PATIENCE_SECONDS = 5


class Outcome(StrEnum):
    """What became of a message: `taken`, `gone` (nobody is subscribed there), `busy` (try again), or `refused`."""

    TAKEN = "taken"
    GONE = "gone"
    BUSY = "busy"
    REFUSED = "refused"


def post(endpoint: str, headers: Mapping[str, str], body: bytes, patience: float = PATIENCE_SECONDS) -> Outcome:
    """Hand a message to the service at `endpoint`, which the caller has checked.

    A service that does not answer within `patience` seconds is `busy`, although it may have taken the message: a
    repeat has the same topic and replaces it.
    """
    where = urlsplit(endpoint)
    path = f"{where.path or '/'}?{where.query}" if where.query else where.path or "/"
    try:
        connection = _connection(where.scheme, where.netloc, patience)
        try:
            connection.request("POST", path, body, dict(headers))
            status = connection.getresponse().status
        finally:
            connection.close()
    except (OSError, HTTPException) as error:
        logger().info("push service unreachable", extra={"service": where.hostname, "error": type(error).__name__})
        return Outcome.BUSY
    return _meaning(status, where.hostname or "")


def _connection(scheme: str, host: str, patience: float) -> HTTPConnection:
    if scheme == "https":
        return HTTPSConnection(host, timeout=patience, context=_trust())
    return HTTPConnection(host, timeout=patience)


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _meaning(status: int, service: str) -> Outcome:
    if 200 <= status < 300:
        return Outcome.TAKEN
    if status in (404, 410):
        return Outcome.GONE
    logger().warning("push service refused", extra={"service": service, "status": status})
    return Outcome.BUSY if status == 429 or status >= 500 else Outcome.REFUSED
