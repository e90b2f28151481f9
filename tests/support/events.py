"""Events as API Gateway hands them to a function: HTTP APIs, payload 2.0, and the WebSocket API."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

ORIGIN_KEY = "0f4e6a52-5ed3-11f1-9d5c-0242ac120002"


def http_event(
    route_key: str,
    path: str,
    *,
    body: object = None,
    content: str | None = None,
    headers: Mapping[str, str] | None = None,
    address: str = "203.0.113.7",
    query: str = "",
    path_parameters: Mapping[str, str] | None = None,
    cookies: Sequence[str] = (),
    claims: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """One request that came through CloudFront. `content` is a body as it is, `body` one to be made JSON.

    A header given as empty text is left out.
    """
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": route_key,
        "rawPath": path,
        "rawQueryString": query,
        "headers": {
            "content-type": "application/json",
            "x-origin-key": ORIGIN_KEY,
            "x-viewer-address": address,
            **(headers or {}),
        },
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "a1b2c3d4e5",
            "stage": "$default",
            "routeKey": route_key,
            "requestId": "JKJaXmPLvHcESHA=",
            "http": {"method": route_key.split(" ")[0], "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1"},
        },
        "isBase64Encoded": False,
    }
    event["headers"] = {name.lower(): value for name, value in event["headers"].items() if value}
    if content is None and body is not None:
        content = json.dumps(body)
    if content is not None:
        event["body"] = content
    if query:
        event["queryStringParameters"] = dict(parse_qsl(query, keep_blank_values=True))
    # AWS leaves it out where the emulator says null; who can take null can take nothing.
    event["pathParameters"] = dict(path_parameters) if path_parameters else None
    if cookies:
        event["cookies"] = list(cookies)
    if claims is not None:
        event["requestContext"]["authorizer"] = {"jwt": {"claims": dict(claims), "scopes": None}}
    return event


def socket_event(
    route_key: str, connection_id: str, *, protocols: str | None = None, body: str | None = None
) -> dict[str, Any]:
    """One event of a socket: `$connect` with what stands in Sec-WebSocket-Protocol, `$default` with a frame."""
    event: dict[str, Any] = {
        "requestContext": {
            "routeKey": route_key,
            "connectionId": connection_id,
            "eventType": {"$connect": "CONNECT", "$disconnect": "DISCONNECT"}.get(route_key, "MESSAGE"),
        },
        "isBase64Encoded": False,
    }
    if protocols is not None:
        event["headers"] = {"Sec-WebSocket-Protocol": protocols}
    if body is not None:
        event["body"] = body
    return event
