"""The SIP media application's function: told what happens on a phone call, it answers what to do next.

Its events hold both numbers and the digits that were pressed. Nothing of them is logged: neither the event, nor the
answer, which may hold a join token, nor the message of an error.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from functions.broadcast import Broadcast
from functions.carriers import carriers
from functions.meetings_app import MeetingsApp
from functions.sockets import sockets
from shared import aws
from shared.appointments.store import AppointmentStore
from shared.clock import utc_now
from shared.config import Environment
from shared.meetings.model import MeetingKind, Provider
from shared.meetings.phone import PhoneDoor, PinTries
from shared.meetings.phone_book import PhoneBook
from shared.meetings.phone_door import MeetingDoor
from shared.meetings.phone_events import Heard, read
from shared.meetings.phone_flow import answer, give_up
from shared.meetings.phone_lines import Lines, Tries
from shared.meetings.refusals import CallBusy
from shared.people.daily import DailySecrets
from shared.people.limits import Limits
from shared.people.store import People
from shared.rooms.connections import Connections
from shared.seal import Seal
from shared.tables import Table
from shared.telemetry import fault, metrics


class PhoneFunctionEnvironment(Environment):
    """What this function is told. `phone_languages` are the site's, such as `en,es`; calls begin in the first."""

    people_table: str
    appointments_table: str
    rooms_table: str
    live_endpoint: str
    phone_key: str
    phone_languages: str


@dataclass(frozen=True)
class PhoneApp:
    """The collaborators of this function."""

    door: PhoneDoor
    tries: PinTries
    lines: Lines
    languages: Sequence[str]

    def serve(self, event: Any, now: datetime) -> dict[str, Any]:
        """The answer to one event; to the same event again, the same answer and nothing done twice."""
        heard = read(event, self.languages)
        known = self.lines.recall(heard.line, heard.step)
        if known is not None:
            return known
        said = answer(self._told(event, heard), self.door, self.tries, now, self.languages)
        if heard.kind == "HANGUP":  # its answer is ignored; there will be no more
            return said
        return self.lines.keep(heard.line, heard.step, said, now)

    def _told(self, event: Any, heard: Heard) -> Any:
        """The event, with what was last known of the call if it comes without that."""
        if not isinstance(event, dict) or heard.kind in ("NEW_INBOUND_CALL", "NEW_OUTBOUND_CALL"):
            return event
        details = event.get("CallDetails")
        if not isinstance(details, dict) or details.get("TransactionAttributes"):
            return event
        kept = self.lines.attributes(heard.line)
        return {**event, "CallDetails": {**details, "TransactionAttributes": kept}} if kept else event


@cache
def app() -> PhoneApp:
    """The collaborators of this process."""
    told = PhoneFunctionEnvironment.load()
    rooms = Table(aws.dynamodb(), told.rooms_table)
    people = People(Table(aws.dynamodb(), told.people_table))
    appointments = AppointmentStore(Table(aws.dynamodb(), told.appointments_table))
    meetings = MeetingsApp(
        rooms,
        appointments,
        lambda person_id: people.get(person_id).handle,
        carriers(),
        {MeetingKind.APPOINTMENT: Provider.CHIME},
        None,  # a telephone has no other way
        Broadcast(Connections(rooms), sockets(told.live_endpoint), utc_now),
    )
    # This function looks codes up by their digest; its role does not let it open what is sealed.
    book = PhoneBook(rooms, Seal(aws.kms(), told.phone_key, CallBusy))
    return PhoneApp(
        MeetingDoor(meetings.service, appointments, book, people.find, meetings.tell),
        Tries(rooms, Limits(people.table, DailySecrets(people.table))),
        Lines(rooms),
        told.phone_languages.split(","),
    )


def handler(event: Any, _context: object) -> dict[str, Any]:
    """Answer one event. Whatever breaks, the caller is told so in words, and is not left in silence."""
    try:
        said = app().serve(event, utc_now())
    except Exception as error:
        fault(error)
        said = give_up(event)
    finally:
        if metrics().metric_set:
            metrics().flush_metrics()
    return said
