"""Text messages, sent by AWS End User Messaging. They cost money and cannot be taken back: in doubt none is sent again.

https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from botocore.exceptions import ClientError

from shared.passing import unreached
from shared.reminders.address import Address, State, Why
from shared.reminders.address_seal import open_address
from shared.reminders.address_store import Addresses
from shared.reminders.channel import Channel, Delivery, NoticeText, SendLater
from shared.reminders.giving import textable_number
from shared.reminders.gsm import shortest
from shared.reminders.letter import one_line
from shared.reminders.letter_words import letter_words
from shared.reminders.refusals import NumberNotTexted
from shared.reminders.switching_off import switch_off
from shared.seal import Seal
from shared.telemetry import fault

_STALE = 3600  # seconds after which a message that did not get through is given up: old news confuses
_OPTED_OUT = "DESTINATION_PHONE_NUMBER_OPTED_OUT"
_REFUSED_FOR_NOW = frozenset({"ThrottlingException"})


class SmsVoice(Protocol):
    """What is used of the client of End User Messaging. It must not try again by itself."""

    def send_text_message(self, **request: Any) -> Any:
        """https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html"""


@dataclass(frozen=True)
class Texter:
    """Sends text messages from `origination`, to numbers in `countries`."""

    addresses: Addresses
    seal: Seal
    sms: SmsVoice
    origination: str
    countries: frozenset[str]

    def usable(self, person_id: str) -> bool:
        """Whether this person has a number that takes notices."""
        return self._usable(person_id) is not None

    def send(self, person_id: str, text: NoticeText, now: datetime) -> Delivery:
        """Send a notice, as `Sender` promises: its title, and as much of what it says as one message holds."""
        del now
        address = self._usable(person_id)
        if address is None:
            return Delivery.GONE
        title, body = one_line(text.title), one_line(text.body)
        return self._send(address, shortest(f"{title}: {body}", body, title))

    def send_code(self, address: Address, code: str, language: str, now: datetime) -> Delivery:
        """Send the code that confirms a number. Raises SendLater, as `Sender` does."""
        del now
        return self._send(address, shortest(letter_words(language).code_text.format(code=code)))

    def _usable(self, person_id: str) -> Address | None:
        address = self.addresses.find(person_id, Channel.SMS)
        return address if address and address.state is State.ON else None

    def _send(self, address: Address, text: str) -> Delivery:
        number = open_address(self.seal, address).plain
        try:
            textable_number(number, self.countries)  # it may have been given when there were more countries
        except NumberNotTexted:
            return Delivery.FAILED
        try:
            self.sms.send_text_message(
                DestinationPhoneNumber=number,
                OriginationIdentity=self.origination,
                MessageBody=text,
                MessageType="TRANSACTIONAL",
                TimeToLive=_STALE,
            )
        except ClientError as error:
            return self._refused(address, error)
        except Exception as error:
            if unreached(error):
                raise SendLater from error
            raise
        return Delivery.SENT

    def _refused(self, address: Address, error: ClientError) -> Delivery:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        code = error.response["Error"]["Code"]
        if code in _REFUSED_FOR_NOW:
            raise SendLater from error
        if status >= 500:  # it may have been sent
            raise error
        if error.response.get("Reason") == _OPTED_OUT:
            switch_off(self.addresses, address, Why.STOPPED)
            return Delivery.GONE
        fault(error, at="text message", code=code)
        return Delivery.FAILED
