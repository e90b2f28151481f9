"""A site whose notices go out by e-mail and text message."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from functions.channels_app import GivingClients
from functions.sending import SendingClients, SendingEnvironment, senders, verifying
from shared.people.store import People
from shared.reminders.address_store import Addresses
from shared.reminders.channel import Channel, Delivery, NoticeText
from shared.reminders.errand import Errand
from shared.reminders.mailer import Mailer
from shared.reminders.texter import Texter
from shared.reminders.verifying import Verifying
from shared.tables import Table
from tests.support.cast import Client, StaffMember
from tests.support.post_office import ORIGINATION, REMIND, SENDER, SET, SITE, PostOffice
from tests.support.site import Site
from tests.support.telephony import KEY

EMAIL, NUMBER = "alice@mail.example", "+1 425 555 0199"
TEXT = NoticeText("0" * 31 + "1", "Reminder", "Coming up: Thursday, 6 pm.", "/appointments/1", "en")


@dataclass
class Sending:
    """What `remind` does about addresses."""

    office: PostOffice
    site: Site
    addresses: Addresses
    by: dict[Channel, Mailer | Texter]
    verifying: Verifying

    def run(self) -> list[Delivery | None]:
        """Runs the errands there are. Lambda may run each twice; so does this."""
        waiting, self.office.errands = self.office.errands, []
        return [self.verifying.run(Errand.of_event(errand), self.site.clock()) for errand in waiting for _ in "ab"]

    def send(self, who: Client | StaffMember, channel: Channel = Channel.EMAIL, text: NoticeText = TEXT) -> Delivery:
        """Sends a notice."""
        return self.by[channel].send(who_is(who), text, self.site.clock())

    def code(self, channel: Channel = Channel.EMAIL) -> str:
        """The digits that were sent last."""
        said = self.office.mails[-1].plain if channel is Channel.EMAIL else self.office.texts[-1].words
        (code,) = re.findall(r"\b[0-9]{6}\b", said)
        return str(code)


def who_is(who: Client | StaffMember) -> str:
    """The id of somebody."""
    return str(who.browser.get("/api/me" if isinstance(who, Client) else "/api/staff/me").json["id"])


@pytest.fixture
def office(site: Site, monkeypatch: pytest.MonkeyPatch) -> PostOffice:
    """The channels, as the functions are told of them."""
    made = PostOffice(site.guard)
    told = {
        "CHANNELS": "email,sms",
        "SMS_COUNTRIES": "US",
        "ADDRESS_KEY": KEY,
        "REMIND_FUNCTION_ARN": REMIND,
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    functions, kms = made.functions(), made.kms()
    site.crashes.watch(functions)
    site.crashes.watch(kms)
    site.channels = GivingClients(lambda: kms, lambda: functions)
    site.start()
    return made


@pytest.fixture
def sending(site: Site, office: PostOffice) -> Iterator[Sending]:
    """The function `remind`, as far as addresses go."""
    people = Table(site.dynamodb, site.tables.people)
    told = SendingEnvironment(
        site_address=SITE,
        sender_email=SENDER,
        configuration_set=SET,
        sms_origination=ORIGINATION,
        sms_countries="US",
        address_key=KEY,
    )
    ses, sms = office.ses(), office.sms()
    site.crashes.watch(ses)
    site.crashes.watch(sms)
    addresses = Addresses(people)
    by = senders(told, SendingClients(office.kms, lambda: ses, lambda: sms), addresses)
    yield Sending(office, site, addresses, by, verifying(addresses, by, People(people)))


@pytest.fixture
def mailed(alice: Client, sending: Sending) -> Client:
    """Alice, whose e-mail address is confirmed."""
    assert alice.browser.put("/api/me/channels/email", {"address": EMAIL}).status == 200
    sending.run()
    assert alice.browser.put("/api/me/channels/email/verification", {"code": sending.code()}).status == 200
    sending.office.mails.clear()
    return alice


def another(text: NoticeText = TEXT, **changes: str) -> NoticeText:
    """A notice that differs."""
    return replace(text, **changes)
