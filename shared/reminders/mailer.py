"""Mails, sent by Amazon SES. One goes to one person.

https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from botocore.exceptions import ClientError

from shared.passing import passes, unreached
from shared.reminders.address import Address, State
from shared.reminders.address_seal import Opened, open_address
from shared.reminders.address_store import Addresses
from shared.reminders.channel import Channel, Delivery, NoticeText, SendLater
from shared.reminders.letter import Letter, from_line, written
from shared.reminders.letter_words import letter_words
from shared.seal import Seal
from shared.telemetry import fault

NOTICE_TAG, ADDRESS_TAG = "notice", "address"


class Ses(Protocol):
    """What is used of the client of SES. It must not try again by itself: a mail would go out twice."""

    def send_email(self, **request: Any) -> Any:
        """https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html"""


@dataclass(frozen=True)
class Mailer:
    """Sends mails. `site` is the site's address without a slash at its end, `sender` what SES has verified."""

    addresses: Addresses
    seal: Seal
    ses: Ses
    site: str
    sender: str
    configuration_set: str

    def usable(self, person_id: str) -> bool:
        """Whether this person has an e-mail address that takes notices."""
        return self._usable(person_id) is not None

    def send(self, person_id: str, text: NoticeText, now: datetime) -> Delivery:
        """Send a notice, as `Sender` promises."""
        address = self._usable(person_id)
        if address is None:  # it was switched off or removed while the notice was on its way
            return Delivery.GONE
        opened = open_address(self.seal, address)
        letter = Letter(
            title=text.title,
            body=text.body,
            language=text.language,
            sender=text.sender,
            link=f"{self.site}{text.link}",
            calendar=text.calendar,
            **self._stops(opened),
        )
        return self._send(letter, opened, {NOTICE_TAG: text.id, ADDRESS_TAG: address.id}, now)

    def send_code(self, address: Address, code: str, language: str, now: datetime) -> Delivery:
        """Send the code that confirms an address. Raises SendLater, as `Sender` does."""
        opened = open_address(self.seal, address)
        words = letter_words(language)
        body = words.code_body.format(code=code)
        letter = Letter(title=words.code_title, body=body, language=language, **self._stops(opened))
        return self._send(letter, opened, {ADDRESS_TAG: address.id}, now)

    def _usable(self, person_id: str) -> Address | None:
        address = self.addresses.find(person_id, Channel.EMAIL)
        return address if address and address.state is State.ON else None

    def _stops(self, opened: Opened) -> dict[str, str]:
        # What stands behind a "#" is sent to no server, and so is in no log.
        return {
            "one_click": f"{self.site}/api/unsubscribe/{opened.token}",
            "stop": f"{self.site}/unsubscribe#{opened.token}",
        }

    def _send(self, letter: Letter, opened: Opened, tags: dict[str, str], now: datetime) -> Delivery:
        try:
            self.ses.send_email(
                FromEmailAddress=from_line(letter, self.sender),
                Destination={"ToAddresses": [opened.plain]},
                Content={"Raw": {"Data": written(letter, self.sender, opened.plain, now)}},
                ConfigurationSetName=self.configuration_set,
                EmailTags=[{"Name": name, "Value": value} for name, value in tags.items()],
            )
        except ClientError as error:
            if passes(error):
                raise SendLater from error
            fault(error, at="mail", code=error.response["Error"]["Code"])
            return Delivery.FAILED
        except Exception as error:
            if unreached(error):
                raise SendLater from error
            raise
        return Delivery.SENT
