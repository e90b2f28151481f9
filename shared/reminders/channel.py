"""The ways a notice reaches somebody outside of the app, and what each of them promises. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Channel(StrEnum):
    """A way to somebody's attention. Notices in the app need none."""

    PUSH = "push"
    EMAIL = "email"
    SMS = "sms"


class Delivery(StrEnum):
    """What became of one notice on one channel.

    `waiting` is claimed by whoever sends it. `sent` was taken by the service that delivers it, `delivered` reached its
    device or mailbox as far as that service says. `failed` is given up; `gone` as well, and the channel is off since.
    """

    WAITING = "waiting"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True)
class NoticeText:
    """What a notice says, in the language and zone of whoever reads it; it names no person and no kind of care.

    `id` is the notice's: two messages with the same one are the same. `link` is a path on the site. `sender` is the
    name the person wants to read as the sender, or empty. `calendar` is an .ics file to go with it, or empty.
    """

    id: str
    title: str
    body: str
    link: str
    language: str
    sender: str = ""
    calendar: str = ""


class SendLater(Exception):  # noqa: N818 - named for what is to be done
    """The service that delivers is busy or does not answer, and has surely not taken the notice: try again soon."""


class Sender(Protocol):
    """One channel."""

    def usable(self, person_id: str) -> bool:
        """Whether there is an address of this person's that takes notices: given, verified and not switched off."""

    def send(self, person_id: str, text: NoticeText, now: datetime) -> Delivery:
        """Hand the notice over: `sent`, `failed` or `gone`.

        What is found gone (an unsubscribed device, a number that said STOP) is removed or switched off before it
        returns. Raises SendLater when it was surely not taken. Any other error leaves open whether it was.
        """
