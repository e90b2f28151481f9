"""What functions work with for taking part by phone, made on first use, where the organisation has a number."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shared import aws
from shared.appointments.service import Appointments
from shared.audit import Audit
from shared.config import Environment
from shared.meetings.call_out import CallOut
from shared.meetings.dial import Dial
from shared.meetings.phone_book import PhoneBook
from shared.meetings.refusals import CallBusy
from shared.seal import Seal
from shared.tables import Table


class PhoneEnvironment(Environment):
    """What functions are told of the phone. Without a number there is none. Countries are `US,CA`, or nothing."""

    phone_number: str = ""
    phone_application: str = ""
    phone_key: str = ""
    phone_countries: str = ""


@dataclass(frozen=True)
class PhoneClients:
    """AWS, as far as phones need it. Tests hand in their own."""

    kms: Callable[[], Any] = aws.kms
    voice: Callable[[], Any] = aws.chime_voice


def call_out(
    told: PhoneEnvironment,
    clients: PhoneClients,
    rooms: Table,
    appointments: Appointments,
    audit: Audit,
    language_of: Callable[[str], str],
) -> CallOut | None:
    """The use cases of the phone, or None where there is no number."""
    if not told.phone_number:
        return None
    return CallOut(
        appointments,
        PhoneBook(rooms, Seal(clients.kms(), told.phone_key, CallBusy)),
        Dial(clients.voice(), told.phone_application, told.phone_number),
        audit,
        frozenset(filter(None, told.phone_countries.split(","))),
        language_of,
    )
