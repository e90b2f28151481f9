"""Routes: the addresses that notices go to, for clients and staff alike."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from functions.api_app import ApiApp
from functions.call import Call, Input, Reply, View
from functions.inputs import Email, SixDigits
from functions.operation import operation
from shared.errors import Busy, ChangedMeanwhile, NotFound, TooMany
from shared.reminders.address import Address, Why
from shared.reminders.channel import Channel
from shared.reminders.refusals import CodeSpent, NumberNotTexted, WrongCode


class ChannelView(View):
    """A channel and the caller's address on it. Of the address, no more is shown than its owner knows it by.

    `why` says why it is off, `address` is null where there is none.
    """

    channel: Literal["email", "sms"]
    state: Literal["none", "unverified", "on", "off"]
    address: str | None = None
    why: Why | None = None

    @classmethod
    def of(cls, channel: Channel, address: Address | None) -> "ChannelView":
        """As it is."""
        if address is None:
            return cls.model_validate({"channel": channel, "state": "none"})
        told = {"channel": channel, "state": address.state, "address": address.masked, "why": address.why}
        return cls.model_validate(told)


class ChannelsView(View):
    """The channels the organisation has, besides notices in the app and on this device."""

    channels: list[ChannelView]


class MailsInput(Input):
    """The e-mail address that notices are to go to."""

    address: Email


class TextsInput(Input):
    """The number that text messages are to go to, with its country code. Spaces, dots, dashes and brackets are fine."""

    address: Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=40)]


class AddressCodeInput(Input):
    """The code that was sent to the address."""

    code: SixDigits


@operation({200: ChannelsView})
def show(app: ApiApp, call: Call) -> Reply:
    """The channels there are, and the caller's addresses on them."""
    found = app.giving.of_person(call.caller)
    return Reply.of(ChannelsView(channels=[ChannelView.of(*one) for one in found.items()]))


@operation({200: ChannelView}, NotFound, TooMany, ChangedMeanwhile, Busy, keyed=True)
def give_email(app: ApiApp, call: Call, body: MailsInput) -> Reply:
    """Give an e-mail address instead of any other. A code is sent there; until it is typed here, nothing else is."""
    return _give(app, call, Channel.EMAIL, body.address)


@operation({200: ChannelView}, NotFound, NumberNotTexted, TooMany, ChangedMeanwhile, Busy, keyed=True)
def give_sms(app: ApiApp, call: Call, body: TextsInput) -> Reply:
    """Give a number instead of any other. A code is sent there; until it is typed here, nothing else is."""
    return _give(app, call, Channel.SMS, body.address)


@operation({200: ChannelView}, NotFound, WrongCode, CodeSpent, ChangedMeanwhile)
def confirm_email(app: ApiApp, call: Call, body: AddressCodeInput) -> Reply:
    """Type the code that was sent. It is good for 15 minutes and five tries."""
    return _confirm(app, call, Channel.EMAIL, body.code)


@operation({200: ChannelView}, NotFound, WrongCode, CodeSpent, ChangedMeanwhile)
def confirm_sms(app: ApiApp, call: Call, body: AddressCodeInput) -> Reply:
    """Type the code that was sent. It is good for 15 minutes and five tries."""
    return _confirm(app, call, Channel.SMS, body.code)


@operation({204: None}, NotFound, ChangedMeanwhile, repeatable=True)
def remove_email(app: ApiApp, call: Call) -> Reply:
    """Forget the e-mail address at once. There being none is fine."""
    app.giving.remove(call.caller, Channel.EMAIL)
    return Reply(204)


@operation({204: None}, NotFound, ChangedMeanwhile, repeatable=True)
def remove_sms(app: ApiApp, call: Call) -> Reply:
    """Forget the number at once. There being none is fine."""
    app.giving.remove(call.caller, Channel.SMS)
    return Reply(204)


def _give(app: ApiApp, call: Call, channel: Channel, typed: str) -> Reply:
    return Reply.of(_view(app.giving.give(call.caller, channel, typed, call.named_intent, call.now)))


def _confirm(app: ApiApp, call: Call, channel: Channel, code: str) -> Reply:
    return Reply.of(_view(app.giving.confirm(call.caller, channel, code, call.once(_view), call.now)))


def _view(address: Address) -> ChannelView:
    return ChannelView.of(address.channel, address)
