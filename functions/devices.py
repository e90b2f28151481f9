"""Routes: the browsers in which somebody has switched push messages on, for clients and staff alike."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from functions.api_app import ApiApp
from functions.call import Call, Input, Nothing, Reply, View
from functions.operation import operation
from shared.errors import ChangedMeanwhile, Invalid
from shared.reminders.push_services import LONGEST, PushServices, bytes_of, is_public_key
from shared.reminders.push_store import Device


def _public_key(text: str) -> str:
    if not is_public_key(bytes_of(text)):
        raise ValueError("this is not a public key on P-256")
    return text


def _secret(text: str) -> str:
    if len(bytes_of(text)) != 16:
        raise ValueError("this is not a secret of 16 bytes")
    return text


class DeviceInput(Input):
    """What the browser said when it subscribed (`PushSubscription.toJSON()`), its keys as base64url."""

    endpoint: Annotated[str, StringConstraints(max_length=LONGEST)]
    p256dh: Annotated[str, StringConstraints(max_length=100), AfterValidator(_public_key)]
    auth: Annotated[str, StringConstraints(max_length=30), AfterValidator(_secret)]


class DeviceView(View):
    """A browser that push messages go to. `id` is half of the SHA-256 of its endpoint, as hexadecimal digits."""

    id: str
    since: datetime

    @classmethod
    def of(cls, device: Device) -> "DeviceView":
        """Without where it is reached, which only its own browser has to know."""
        return cls(id=device.id, since=device.since)


class DevicesView(View):
    """All of somebody's, the oldest first, and the `key` that browsers subscribe for (`applicationServerKey`)."""

    key: str
    devices: list[DeviceView]


@operation({200: DevicesView})
def mine(app: ApiApp, call: Call) -> Reply:
    """Where push messages go."""
    devices = [DeviceView.of(device) for device in app.devices.of(call.caller)]
    return Reply.of(DevicesView(key=app.settings.push_public_key, devices=devices))


@operation({200: DeviceView}, ChangedMeanwhile)
def subscribe(app: ApiApp, call: Call, body: DeviceInput) -> Reply:
    """Send push messages to this browser from now on, and to nobody else who used it before.

    At most ten browsers: of more, the one that was switched on first no longer gets any.
    """
    if not PushServices(app.settings.push_receiver).has(body.endpoint):
        raise Invalid("This is not the address of a browser's push service.", field="body.endpoint")
    device = Device(body.endpoint, body.p256dh, body.auth, call.now)
    return Reply.of(DeviceView.of(app.devices.subscribe(call.caller, device, call.once(DeviceView.of))))


@operation({204: None}, repeatable=True)
def forget(app: ApiApp, call: Call, body: Nothing) -> Reply:  # noqa: ARG001 - the path says which
    """Send none to this browser any more. It need not be there."""
    app.devices.forget(call.caller, call.path["device_id"])
    return Reply(204)
