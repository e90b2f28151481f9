"""What Amazon SES tells of mails, and what follows from it.

SES tells it as well as it can: late, twice, out of order, or not at all. Nothing that follows does harm twice, and
nothing is taken back by news that comes late.
https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html (the same in EventBridge)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shared.reminders.address import Why
from shared.reminders.address_store import Addresses
from shared.reminders.channel import Channel, Delivery
from shared.reminders.mailer import ADDRESS_TAG, NOTICE_TAG
from shared.reminders.switching_off import switch_off

SOURCE = "aws.ses"
DETAIL_TYPES = ("Email Sent", "Email Delivered", "Email Bounced", "Email Complaint Received", "Email Rejected")

Mark = Callable[[str, str, Channel, Delivery], None]
"""Notes what became of a notice: its person, its id. News that says less than what is known changes nothing."""

_DELIVERIES = {"Send": Delivery.SENT, "Delivery": Delivery.DELIVERED, "Reject": Delivery.FAILED}


@dataclass(frozen=True)
class MailNews:
    """What became of one mail to an address; `notice` is empty for a mail with a code.

    `delivery` is None where the mail arrived and only its reader has spoken; `off` says why the address takes no more.
    """

    address: str
    notice: str
    delivery: Delivery | None
    off: Why | None


def mail_news(event: Mapping[str, Any]) -> MailNews | None:
    """What an event of EventBridge tells, if it is about a mail of ours and something follows from it."""
    if event.get("source") != SOURCE or event.get("detail-type") not in DETAIL_TYPES:
        return None
    detail = event["detail"]
    tags = detail["mail"].get("tags", {})
    if ADDRESS_TAG not in tags:
        return None
    delivery, off = _outcome(detail)
    return MailNews(tags[ADDRESS_TAG][0], tags.get(NOTICE_TAG, [""])[0], delivery, off) if delivery or off else None


def _outcome(detail: Mapping[str, Any]) -> tuple[Delivery | None, Why | None]:
    kind = detail["eventType"]
    if kind == "Bounce":
        gone = detail["bounce"]["bounceType"] == "Permanent"
        return (Delivery.GONE, Why.BOUNCED) if gone else (Delivery.FAILED, None)
    if kind == "Complaint":
        # Some providers also tell when a reader takes a mail out of the spam folder.
        meant = detail["complaint"].get("complaintFeedbackType") != "not-spam"
        return None, Why.COMPLAINED if meant else None
    return _DELIVERIES.get(kind), None


@dataclass(frozen=True)
class MailDesk:
    """Does what follows from news."""

    addresses: Addresses
    mark: Mark

    def note(self, news: MailNews) -> None:
        """Switch the address off where it is to be, and mark the notice. An address that is gone leads nowhere."""
        address = self.addresses.of_id(news.address)
        if address is None:
            return
        if news.off:
            switch_off(self.addresses, address, news.off)
        if news.notice and news.delivery:
            self.mark(address.person_id, news.notice, Channel.EMAIL, news.delivery)
