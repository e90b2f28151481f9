"""What people do with the addresses their notices go to: give one, confirm it, take it back, unsubscribe."""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.e164 import as_written, costs_extra, country_of, is_e164
from shared.errors import NotFound
from shared.ids import derived_id
from shared.intents import Intent, Intents, Once, Repeated
from shared.passing import or_busy
from shared.people.limits import CODES_PER_ADDRESS, CODES_PER_PERSON, TEXTED_CODES, Limits
from shared.people.model import Principal
from shared.reminders.address import CODE_TRIES, Address, State, Why, masked_email, masked_number
from shared.reminders.address_seal import new_secret, read_token, seal_address
from shared.reminders.address_store import Addresses, code_of
from shared.reminders.channel import Channel
from shared.reminders.errand import Errand, Post
from shared.reminders.refusals import CodeSpent, NumberNotTexted, WrongCode
from shared.reminders.switching_off import switch_off
from shared.seal import Seal
from shared.tables import commit

VERIFY = "verify"
"""The kind of errand by which a code is sent. `of` is the address, `to` the person, `what` the channel."""


@dataclass(frozen=True)
class Giving:
    """Use cases. `available` are the channels the organisation has, `countries` those its text messages go to.

    Addresses are sealed here and opened nowhere but in `remind`, which is asked to send the code.
    """

    addresses: Addresses
    intents: Intents
    seal: Seal
    limits: Limits
    post: Post
    available: frozenset[Channel]
    countries: frozenset[str] = frozenset()

    def of_person(self, caller: Principal) -> dict[Channel, Address | None]:
        """The caller's address on each channel there is."""
        return {channel: self.addresses.find(caller.id, channel) for channel in sorted(self.available)}

    def give(self, caller: Principal, channel: Channel, typed: str, intent: Intent, now: datetime) -> Address:
        """Keep an address instead of any other, and have a code sent to it.

        The intent names the address. A repeat asks for the code again where none was sent yet, so that a crash between
        the two loses nothing; one that comes late, after the address was replaced or removed, does nothing.
        Raises NotFound where there is no such channel, NumberNotTexted, TooMany, KeyReused, ChangedMeanwhile, Busy.
        """
        self._require(channel)
        plain, masked = self._read(channel, typed)
        address_id = derived_id("address", intent.key)
        if self.intents.recall(intent, now) is None:
            self._keep(caller, channel, plain, masked, address_id, intent, now)
        there = self.addresses.find(caller.id, channel)
        if there and there.id == address_id and there.state is State.UNVERIFIED and there.code is None:
            errand = Errand(VERIFY, address_id, to=caller.id, what=channel)
            with or_busy():
                self.post.send(errand, now, now)
        return Address(address_id, caller.id, channel, b"", masked)

    def confirm(self, caller: Principal, channel: Channel, code: str, once: Once, now: datetime) -> Address:
        """The caller has typed the code: the address is on. Raises NotFound, WrongCode, CodeSpent."""
        address = self._own(caller, channel)
        if address.state is not State.UNVERIFIED:
            raise CodeSpent
        client = self.addresses.table.client
        counted = code_of(commit(client, [self.addresses.spend_try(address, now)]) or {})
        if counted is None:
            raise CodeSpent
        if not counted.fits(code):
            raise WrongCode(field="body.code", tries_left=CODE_TRIES - counted.tries)
        on = replace(address, state=State.ON, code=None)
        commit(client, [once(on), self.addresses.turn_on(address)])
        return on

    def remove(self, caller: Principal, channel: Channel) -> None:
        """Forget the address at once. There being none is fine. Raises NotFound where there is no such channel."""
        self._require(channel)
        address = self.addresses.find(caller.id, channel)
        if address:
            commit(self.addresses.table.client, self.addresses.remove(address))

    def unsubscribe(self, token: str) -> None:
        """Whoever has this link wants no more. It says nothing of whether it led to anybody."""
        address = self.addresses.of_secret(*read_token(token))
        if address:
            switch_off(self.addresses, address, Why.UNSUBSCRIBED)

    def _keep(
        self,
        caller: Principal,
        channel: Channel,
        plain: str,
        masked: str,
        address_id: str,
        intent: Intent,
        now: datetime,
    ) -> None:
        self.limits.spend(CODES_PER_PERSON, caller.id, now)
        self.limits.spend(CODES_PER_ADDRESS, plain.lower(), now)
        if channel is Channel.SMS:
            self.limits.spend(TEXTED_CODES, "everybody", now)
        secret = new_secret()
        sealed = seal_address(self.seal, caller.id, channel, plain, secret)
        address = Address(address_id, caller.id, channel, sealed, masked)
        there = self.addresses.find(caller.id, channel)
        writes = [self.intents.remember(intent, {}, now), *self.addresses.keep(address, secret, there)]
        try:
            commit(self.addresses.table.client, writes)
        except Repeated:
            return

    def _read(self, channel: Channel, typed: str) -> tuple[str, str]:
        if channel is Channel.EMAIL:
            return typed, masked_email(typed)
        number = textable_number(typed, self.countries)
        return number, masked_number(number)

    def _own(self, caller: Principal, channel: Channel) -> Address:
        self._require(channel)
        address = self.addresses.find(caller.id, channel)
        if address is None:
            raise NotFound
        return address

    def _require(self, channel: Channel) -> None:
        if channel not in self.available:
            raise NotFound


def textable_number(typed: str, allowed: frozenset[str]) -> str:
    """The number in E.164. Raises NumberNotTexted when it is none, costs extra, or is in no country that is allowed."""
    number = as_written(typed)
    if not is_e164(number):
        raise NumberNotTexted("Please write it with its country code, such as +1 206 555 0100.", field="body.address")
    if country_of(number) not in allowed or costs_extra(number):
        raise NumberNotTexted("Text messages don't go to numbers like this one.", field="body.address")
    return number
