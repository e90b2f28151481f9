"""What the HTTP functions work with for addresses, made on first use, and what they are told about channels."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shared import aws
from shared.config import Environment
from shared.intents import Intents
from shared.people.limits import Limits
from shared.reminders.address_store import Addresses
from shared.reminders.channel import Channel
from shared.reminders.giving import Giving
from shared.reminders.posting import AtOnce
from shared.seal import Seal
from shared.tables import Table


class GivingEnvironment(Environment):
    """What they are told. Channels are `email,sms`, countries `US,CA`, or nothing."""

    channels: str = ""
    sms_countries: str = ""
    address_key: str = ""
    remind_function_arn: str = ""


@dataclass(frozen=True)
class GivingClients:
    """AWS, as far as this needs it. Tests hand in their own."""

    kms: Callable[[], Any] = aws.kms
    functions: Callable[[], Any] = aws.functions


def giving(told: GivingEnvironment, clients: GivingClients, people: Table, intents: Intents, limits: Limits) -> Giving:
    """The use cases of addresses."""
    return Giving(
        Addresses(people),
        intents,
        Seal(clients.kms(), told.address_key),
        limits,
        AtOnce(clients.functions(), told.remind_function_arn),
        frozenset(map(Channel, filter(None, told.channels.split(",")))),
        frozenset(filter(None, told.sms_countries.split(","))),
    )
