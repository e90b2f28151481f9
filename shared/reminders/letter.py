"""A mail as it is put together: plain words first, the same in simple HTML, and what mail programs read. Pure.

No pictures and nothing that tells whether it was read. RFC 8058 is "unsubscribe with one click", RFC 3834 says that no
person wrote it, so that no absence notice answers.
"""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr
from html import escape
from typing import Any

from shared.reminders.letter_words import direction, letter_words

NEUTRAL_SENDER = "Hearth"
"""What stands as the sender where somebody has chosen no name: what the site is called on a home screen, too."""


class _Policy(EmailPolicy):
    """Python's, but for one header: it would encode a long address in it, which no mail program reads back."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The header as it is sent."""
        if name == "List-Unsubscribe":
            return f"{name}: {value}\r\n".encode()
        return super().fold_binary(name, value)


@dataclass(frozen=True)
class Letter:
    """What is written to one person. `link` and the two ways to unsubscribe are whole addresses; `link` may be empty.

    `one_click` takes the POST of a mail program, `stop` is a page for people.
    """

    title: str
    body: str
    language: str
    one_click: str
    stop: str
    sender: str = ""
    link: str = ""
    calendar: str = ""


def written(letter: Letter, sender_email: str, to: str, now: datetime) -> bytes:
    """The whole message. Whatever the words hold, none of them becomes a header of its own."""
    message = EmailMessage(policy=_Policy(linesep="\r\n"))
    name, _, host = sender_email.partition("@")
    message["From"] = Mailbox(_sender(letter), name, host)
    message["To"] = Mailbox("", *_parts(to))
    message["Subject"] = one_line(letter.title)
    message["Date"] = format_datetime(now)
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = f"<{letter.one_click}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(_plain(letter))
    message.add_alternative(_html(letter), subtype="html")
    if letter.calendar:
        message.add_attachment(
            letter.calendar.encode(),
            maintype="text",
            subtype="calendar",
            filename="event.ics",
            params={"charset": "utf-8", "method": _method(letter.calendar)},
        )
    message["Content-Language"] = letter.language  # last: setting the content would take it away
    return message.as_bytes()


def from_line(letter: Letter, sender_email: str) -> str:
    """Whom the letter comes from, as SES wants it told beside the message: in ASCII, name and address."""
    return formataddr((_sender(letter), sender_email))


def one_line(text: str) -> str:
    """The text without the ends of lines and the other controls that would end a header."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _sender(letter: Letter) -> str:
    return one_line(letter.sender) or NEUTRAL_SENDER


def _method(calendar: str) -> str:
    """What is to be done with the calendar: the header has to say the same as the file (RFC 6047, section 2.4)."""
    return "CANCEL" if "\r\nMETHOD:CANCEL\r\n" in calendar else "PUBLISH"


def _parts(address: str) -> tuple[str, str]:
    name, _, host = address.partition("@")
    return name, host


def _plain(letter: Letter) -> str:
    words = letter_words(letter.language)
    link = f"{letter.link}\n\n" if letter.link else ""
    return f"{letter.body}\n\n{link}-- \n{words.stop}: {letter.stop}\n"


_STYLE = (
    ":root{color-scheme:light dark}"
    "body{margin:0;padding:24px 16px;background:#fff;color:#1c2321;font:16px/1.5 system-ui,sans-serif}"
    "main{max-width:34em;margin:0 auto;white-space:pre-line}"
    "a{color:#1d5c4f}"
    ".go{display:inline-block;padding:10px 20px;border-radius:8px;background:#1d5c4f;color:#fff;text-decoration:none}"
    "small{color:#55605c}"
    "@media(prefers-color-scheme:dark){"
    "body{background:#141a18;color:#e8edeb}a{color:#8fd0bf}.go{background:#8fd0bf;color:#10201b}small{color:#a5b0ac}}"
)


def _html(letter: Letter) -> str:
    words = letter_words(letter.language)
    link = f'<p><a class="go" href="{escape(letter.link)}">{escape(words.open)}</a></p>' if letter.link else ""
    return (
        f'<!doctype html><html lang="{escape(letter.language)}" dir="{direction(letter.language)}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(one_line(letter.title))}</title><style>{_STYLE}</style></head><body><main>"
        f"<p>{escape(letter.body)}</p>{link}"
        f'<p><small><a href="{escape(letter.stop)}">{escape(words.stop)}</a></small></p>'
        "</main></body></html>\n"
    )
