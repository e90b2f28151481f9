"""The mails that the stack on this laptop has sent, on a page for whoever works on it: nothing leaves the machine."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any

import httpx
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from infra.headers import SECURITY_HEADERS

_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<link rel="icon" href="/favicon.svg">'
    "<title>{title}</title></head><body><main><h1>{title}</h1>{body}</main></body></html>"
)


class Mailbox:
    """Reads the emulator's mails. `client` is one that is open while requests are served."""

    def __init__(self, emulator: str, client: Callable[[], httpx.AsyncClient]) -> None:
        self._address = f"{emulator}/_ministack/ses/messages"
        self._client = client

    async def all(self, _request: Request) -> Response:
        """The list, latest first."""
        rows = "".join(
            f'<li><a href="/_local/mail/{at}">{escape(mail["Subject"])}</a> to {escape(_to(mail))}, {_when(mail)}</li>'
            for at, mail in reversed(list(enumerate(await self._mails())))
        )
        return _page("Mails", f"<ul>{rows}</ul>" if rows else "<p>None has been sent yet.</p>")

    async def one(self, request: Request) -> Response:
        """One mail, as plain words."""
        mails = await self._mails()
        at = request.path_params["at"]
        if at >= len(mails):
            raise HTTPException(404)
        mail = mails[at]
        head = {"From": mail["Source"], "To": _to(mail), "Date": _when(mail), "Message-ID": mail["MessageId"]}
        rows = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in head.items())
        body = f"<dl>{rows}</dl><pre>{escape(mail['BodyText'] or mail['BodyHtml'] or '')}</pre>"
        return _page(mail["Subject"], f'{body}<p><a href="/_local/mail">All mails</a></p>')

    async def _mails(self) -> list[Mapping[str, Any]]:
        answer = await self._client().get(self._address)
        by_account: Mapping[str, list[Mapping[str, Any]]] = answer.json()["messages"]
        return sorted((mail for mails in by_account.values() for mail in mails), key=lambda mail: mail["Timestamp"])


def _to(mail: Mapping[str, Any]) -> str:
    return ", ".join(mail["To"])


def _when(mail: Mapping[str, Any]) -> str:
    return datetime.fromtimestamp(mail["Timestamp"], UTC).isoformat(timespec="seconds")


def _page(title: str, body: str) -> Response:
    return HTMLResponse(_PAGE.format(title=escape(title), body=body), headers=SECURITY_HEADERS)
