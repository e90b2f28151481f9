"""What `remind` sends with: the channels the organisation has that go by an address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shared import aws
from shared.config import Environment
from shared.people.model import Status
from shared.people.store import People
from shared.reminders.address_store import Addresses
from shared.reminders.channel import Channel
from shared.reminders.mailer import Mailer
from shared.reminders.texter import Texter
from shared.reminders.verifying import Verifying
from shared.seal import Seal


class SendingEnvironment(Environment):
    """What `remind` is told of them. Without a sender there is no e-mail, without an origination no text message."""

    site_address: str = ""
    sender_email: str = ""
    configuration_set: str = ""
    sms_origination: str = ""
    sms_countries: str = ""
    address_key: str = ""


@dataclass(frozen=True)
class SendingClients:
    """AWS, as far as this needs it. Tests hand in their own."""

    kms: Callable[[], Any] = aws.kms
    ses: Callable[[], Any] = aws.ses
    sms: Callable[[], Any] = aws.sms


def senders(told: SendingEnvironment, clients: SendingClients, addresses: Addresses) -> dict[Channel, Mailer | Texter]:
    """Each channel that there is, and what sends on it."""
    found: dict[Channel, Mailer | Texter] = {}
    seal = Seal(clients.kms(), told.address_key)
    if told.sender_email:
        found[Channel.EMAIL] = Mailer(
            addresses, seal, clients.ses(), told.site_address, told.sender_email, told.configuration_set
        )
    if told.sms_origination:
        countries = frozenset(filter(None, told.sms_countries.split(",")))
        found[Channel.SMS] = Texter(addresses, seal, clients.sms(), told.sms_origination, countries)
    return found


def verifying(addresses: Addresses, by: Mapping[Channel, Mailer | Texter], people: People) -> Verifying:
    """What runs errands of the kind `verify`."""

    def language_of(person_id: str) -> str | None:
        person = people.find(person_id)
        return person.language if person and person.status is Status.ACTIVE else None

    return Verifying(addresses, by, language_of)
