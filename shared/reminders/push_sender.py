"""Web push as a channel of notices: to every browser a person has switched it on in."""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from shared import aws
from shared.config import Environment
from shared.ids import derived_id
from shared.reminders.channel import Delivery, NoticeText, SendLater
from shared.reminders.devices import MOST, forget
from shared.reminders.push_key import PushKey
from shared.reminders.push_post import Outcome, post
from shared.reminders.push_services import PushServices, bytes_of
from shared.reminders.push_store import Device, PushStore
from shared.reminders.vapid import Vapid
from shared.reminders.web_push import BrowserKeys, sealed
from shared.tables import Table
from shared.telemetry import fault

TTL_SECONDS = 3600  # a reminder that waited longer for a phone to be switched on would only alarm

Post = Callable[[str, Mapping[str, str], bytes], Outcome]


class PushEnvironment(Environment):
    """What the function that sends is told."""

    push_key_parameter: str
    push_contact: str
    push_receiver: str = ""


@dataclass(frozen=True)
class PushSender:
    """Sends to push services. A repeat of a notice replaces what waits there, and on the device what is shown."""

    store: PushStore
    key: PushKey
    contact: str
    services: PushServices
    post: Post = post

    def usable(self, person_id: str) -> bool:
        """Whether the person has switched it on in any browser."""
        return bool(self.store.of(person_id))

    def send(self, person_id: str, text: NoticeText, now: datetime) -> Delivery:
        """Send to all devices at once. `sent` means that one of them will have it.

        Those that are gone are removed. Raises SendLater when none took it and one may if it is tried again; a service
        that was too slow to answer may then get it twice, which nobody notices.
        """
        devices = self.store.of(person_id)
        vapid = Vapid(self.key.key, self.contact)
        outcomes = self._all(devices, text, vapid, now)
        busy = [device for device in devices if outcomes[device.id] is Outcome.BUSY]
        if busy and Outcome.TAKEN in outcomes.values():
            outcomes |= self._all(busy, text, vapid, now)  # the notice counts as sent: this was their last chance
        for device, outcome in outcomes.items():
            if outcome is Outcome.GONE:
                forget(self.store, device, person_id)
        return _together(set(outcomes.values()))

    def _all(self, devices: list[Device], text: NoticeText, vapid: Vapid, now: datetime) -> dict[str, Outcome]:
        def send(device: Device) -> Outcome:
            return self._send(device, text, vapid, now)

        with ThreadPoolExecutor(MOST) as hands:
            return dict(zip([device.id for device in devices], hands.map(send, devices), strict=True))

    def _send(self, device: Device, text: NoticeText, vapid: Vapid, now: datetime) -> Outcome:
        if not self.services.has(device.endpoint):
            return Outcome.REFUSED
        keys = BrowserKeys(bytes_of(device.p256dh), bytes_of(device.auth))
        try:
            body = sealed(_message(text), keys)
        except ValueError as error:
            fault(error)
            return Outcome.REFUSED
        headers = {
            "Authorization": vapid.authorization(device.endpoint, now),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(TTL_SECONDS),
            "Urgency": "high",
            # Differs for each device, or services could tell which of them are one person's.
            "Topic": derived_id(text.id, device.id),
        }
        return self.post(device.endpoint, headers, body)


def push_sender(told: PushEnvironment, people: Table) -> PushSender:
    """The channel as it is deployed. To be made once per process: it keeps the key it has read."""
    services = PushServices(told.push_receiver)
    return PushSender(PushStore(people), PushKey(aws.ssm(), told.push_key_parameter), told.push_contact, services)


def _message(text: NoticeText) -> bytes:
    """What the site's service worker is told (`web/src/worker/push.ts`)."""
    said = {
        "id": text.id,
        "title": text.title,
        "body": text.body,
        "link": text.link,
        "language": text.language,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _together(outcomes: set[Outcome]) -> Delivery:
    if Outcome.TAKEN in outcomes:
        return Delivery.SENT
    if Outcome.BUSY in outcomes:
        raise SendLater
    return Delivery.FAILED if Outcome.REFUSED in outcomes else Delivery.GONE
