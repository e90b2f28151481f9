"""Sending the code that confirms an address. Only `remind` can: nobody else opens addresses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.reminders.address import Address, State, Why, new_code, sent_code
from shared.reminders.address_store import Addresses, NotNow
from shared.reminders.channel import Channel, Delivery, SendLater
from shared.reminders.errand import Errand
from shared.reminders.switching_off import switch_off
from shared.tables import commit


class CodeSender(Protocol):
    """A channel on which codes can be sent."""

    def send_code(self, address: Address, code: str, language: str, now: datetime) -> Delivery:
        """Hand the code over, with the answers and errors of `Sender.send`."""


@dataclass(frozen=True)
class Verifying:
    """Runs errands of the kind `verify`. `language_of` is None for somebody who is suspended or gone."""

    addresses: Addresses
    senders: Mapping[Channel, CodeSender]
    language_of: Callable[[str], str | None]

    def run(self, errand: Errand, now: datetime) -> Delivery | None:
        """Send a code, once for one address; None where the errand no longer holds.

        The code is written down before it is sent: of any number of runs one sends it, and where that one is lost, its
        person asks for another. Raises SendLater when it was surely not sent: the same errand is to be run again.
        """
        channel = Channel(errand.what)
        address = self.addresses.find(errand.to, channel)
        language = self.language_of(errand.to)
        if address is None or address.id != errand.of or language is None or channel not in self.senders:
            return None
        if address.state is not State.UNVERIFIED or address.code is not None:
            return None
        code = new_code()
        kept = sent_code(code, now)
        client = self.addresses.table.client
        try:
            commit(client, [self.addresses.claim_code(address, kept)])
        except NotNow:
            return None
        try:
            delivery = self.senders[channel].send_code(address, code, language, now)
        except SendLater:
            commit(client, [self.addresses.take_back_code(address, kept)])
            raise
        if delivery is Delivery.FAILED:
            switch_off(self.addresses, address, Why.REFUSED)
        return delivery
