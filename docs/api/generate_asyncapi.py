"""Writes `docs/api/asyncapi.json` (AsyncAPI 3.0) from the frames: `python docs/api/generate_asyncapi.py`."""

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from pydantic import BaseModel  # noqa: E402 - the path comes first
from pydantic.json_schema import models_json_schema  # noqa: E402

from functions.call import Input, View  # noqa: E402
from functions.frames import EXCHANGES, HEARD, SAID, Pong, Trouble, Watching  # noqa: E402
from shared.errors import Busy, Invalid, Malformed, Refusal  # noqa: E402

_ABOUT = """What happens in rooms while they are open, as hints: the truth is `GET …/messages?after=`. Frames may come
twice, late, in another order, or not at all. Each is one JSON object, led by its `type`.

Ask for a ticket at `/api/live/tickets` or `/api/staff/live/tickets`, and open the socket with the subprotocols
`hearthline` and `ticket.<ticket>` within half a minute; a ticket is good once. The handshake is refused with 401 when
the ticket is no good and with 429 when the person has too many sockets open. Ping every four minutes; no socket lives
longer than two hours."""
_ANY_FRAME = (Malformed, Invalid, Busy)
_PUSHED = [view for view in HEARD if view not in (Pong, Watching)]


def document() -> dict[str, Any]:
    """The whole document."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Hearthline, live",
            "version": "0.1.0",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
            "description": _ABOUT,
        },
        "defaultContentType": "application/json",
        "servers": {
            "site": {
                "host": "{site}",
                "protocol": "wss",
                "variables": {"site": {"description": "Where the site is, such as `help.example.org`"}},
            }
        },
        "channels": {"live": _channel()},
        "operations": {
            **{f"hear{said.__name__}": _heard(said) for said in SAID},
            **{f"tell{view.__name__}": _told(view) for view in _PUSHED},
        },
        "components": {
            "messages": {model.__name__: _message(model) for model in (*SAID, *HEARD)},
            "schemas": _schemas(),
        },
    }


def _channel() -> dict[str, Any]:
    protocols = {"type": "string", "pattern": "^hearthline, ticket\\.[A-Za-z0-9_-]+$"}
    headers = {
        "type": "object",
        "required": ["Sec-WebSocket-Protocol"],
        "properties": {"Sec-WebSocket-Protocol": protocols},
    }
    return {
        "address": "/live",
        "servers": [{"$ref": "#/servers/site"}],
        "messages": {model.__name__: {"$ref": f"#/components/messages/{model.__name__}"} for model in (*SAID, *HEARD)},
        "bindings": {"ws": {"method": "GET", "headers": headers, "bindingVersion": "0.1.0"}},
    }


def _heard(said: type[Input]) -> dict[str, Any]:
    exchange = EXCHANGES[said]
    answers = [exchange.answer, Trouble] if exchange.answer else [Trouble]
    return {
        "action": "receive",
        "channel": {"$ref": "#/channels/live"},
        "summary": _summary(said),
        "description": _codes((*exchange.refusals, *_ANY_FRAME)),
        "messages": [_in_channel(said)],
        "reply": {"channel": {"$ref": "#/channels/live"}, "messages": [_in_channel(answer) for answer in answers]},
    }


def _told(view: type[View]) -> dict[str, Any]:
    return {
        "action": "send",
        "channel": {"$ref": "#/channels/live"},
        "summary": _summary(view),
        "messages": [_in_channel(view)],
    }


def _codes(refusals: tuple[type[Refusal], ...]) -> str:
    told = "\n".join(f"- `{kind.code}`: {kind.title}" for kind in sorted(refusals, key=lambda kind: kind.code))
    return f"Its troubles, beside `fault`:\n\n{told}"


def _message(model: type[BaseModel]) -> dict[str, Any]:
    name = model.__name__
    return {"name": name, "summary": _summary(model), "payload": {"$ref": f"#/components/schemas/{name}"}}


def _in_channel(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"#/channels/live/messages/{model.__name__}"}


def _summary(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip()


def _schemas() -> dict[str, Any]:
    """What a page must say, and what it can be sure to be told: all fields of a frame are always there."""
    _, said = models_json_schema([(model, "validation") for model in SAID], ref_template="#/components/schemas/{model}")
    _, told = models_json_schema(
        [(model, "serialization") for model in HEARD], ref_template="#/components/schemas/{model}"
    )
    told_always = {name: _complete(schema) for name, schema in told["$defs"].items()}
    return dict(sorted({**said["$defs"], **told_always}.items()))


def _complete(schema: dict[str, Any]) -> dict[str, Any]:
    """Pydantic calls a field with a default optional; what we send is always sent whole."""
    return {**schema, "required": list(schema["properties"])} if "properties" in schema else schema


def text() -> str:
    """The document as it is kept in the repository."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (HERE / "asyncapi.json").write_text(text(), "utf-8")
