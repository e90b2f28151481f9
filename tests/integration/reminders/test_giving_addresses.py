"""Giving an address for notices: what is sent there, what is shown, and what is kept."""

from datetime import timedelta

import pytest

from shared.people.limits import CODES_PER_PERSON
from shared.reminders.channel import Channel, Delivery, SendLater
from tests.integration.reminders.conftest import EMAIL, NUMBER, Sending
from tests.support.api import Answer, Browser, fresh_key
from tests.support.cast import Client, StaffMember
from tests.support.clock import VirtualClock
from tests.support.post_office import PostOffice
from tests.support.site import Site

NONE = {"channel": "email", "state": "none", "address": None, "why": None}
UNVERIFIED = {"channel": "email", "state": "unverified", "address": "a…@m…", "why": None}
ON = {**UNVERIFIED, "state": "on"}


def give(who: Browser, address: str = EMAIL, channel: str = "email", **parts: str) -> Answer:
    return who.put(f"/api/me/channels/{channel}", {"address": address}, **parts)


def confirm(who: Browser, code: str, channel: str = "email", **parts: str) -> Answer:
    return who.put(f"/api/me/channels/{channel}/verification", {"code": code}, **parts)


def email_of(who: Browser, prefix: str = "/api") -> dict[str, object]:
    found: dict[str, object] = who.get(f"{prefix}/me/channels").json["channels"][0]
    return found


def test_an_address_is_on_once_its_owner_typed_the_code_that_was_sent_there(alice: Client, sending: Sending) -> None:
    assert email_of(alice.browser) == NONE
    assert give(alice.browser).json == UNVERIFIED
    assert sending.run() == [Delivery.SENT, None]
    (mail,) = sending.office.mails
    assert mail.to == EMAIL
    assert "notice" not in mail.tags
    assert sending.send(alice) is Delivery.GONE  # nothing else goes there yet
    assert confirm(alice.browser, sending.code()).json == ON
    assert email_of(alice.browser) == ON
    assert sending.send(alice) is Delivery.SENT
    assert [mail.to for mail in sending.office.mails] == [EMAIL, EMAIL]


def test_a_number_is_given_in_the_same_way(alice: Client, sending: Sending) -> None:
    assert give(alice.browser, NUMBER, "sms").json["address"] == "…99"
    sending.run()
    assert sending.office.texts[0].to == "+14255550199"
    assert confirm(alice.browser, sending.code(Channel.SMS), "sms").json["state"] == "on"
    assert sending.send(alice, Channel.SMS) is Delivery.SENT


def test_staff_have_addresses_of_their_own(tom: StaffMember, sending: Sending) -> None:
    given = tom.browser.put("/api/staff/me/channels/email", {"address": "tom@mail.example"})
    assert given.json["address"] == "t…@m…"
    sending.run()
    answer = tom.browser.put("/api/staff/me/channels/email/verification", {"code": sending.code()})
    assert answer.json["state"] == "on"
    assert tom.browser.delete("/api/staff/me/channels/email", key="").status == 204


@pytest.mark.parametrize(
    ("channel", "address", "code"),
    [
        ("email", "alice", "invalid"),
        ("email", "alice@", "invalid"),
        ("email", "a@b.example\nBcc: eve@x.example", "invalid"),
        ("email", "Alice <alice@mail.example>", "invalid"),
        ("sms", "425 555 0199", "number_not_texted"),
        ("sms", "+44 7700 900123", "number_not_texted"),
        ("sms", "+1 900 555 0199", "number_not_texted"),
    ],
)
def test_what_is_no_address_is_refused_and_named(
    channel: str, address: str, code: str, alice: Client, office: PostOffice
) -> None:
    answer = give(alice.browser, address, channel)
    assert (answer.status, answer.code, answer.field) == (422, code, "body.address")
    assert office.errands == []


def test_without_channels_there_is_nothing_to_give(alice: Client) -> None:
    assert alice.browser.get("/api/me/channels").json == {"channels": []}
    assert give(alice.browser).status == 404
    assert confirm(alice.browser, "123456").status == 404
    assert alice.browser.delete("/api/me/channels/sms", key="").status == 404


def test_a_code_is_tried_five_times_and_then_worth_nothing(alice: Client, sending: Sending) -> None:
    give(alice.browser)
    sending.run()
    right = sending.code()
    wrong = "000000" if right != "000000" else "000001"
    answers = [confirm(alice.browser, wrong) for _ in range(5)]
    assert [answer.code for answer in answers] == ["wrong_code"] * 5
    assert [answer.json["tries_left"] for answer in answers] == [4, 3, 2, 1, 0]
    assert confirm(alice.browser, right).code == "code_spent"
    give(alice.browser)
    sending.run()
    assert confirm(alice.browser, sending.code()).json == ON


def test_a_code_is_good_for_a_quarter_of_an_hour(alice: Client, sending: Sending, clock: VirtualClock) -> None:
    give(alice.browser)
    sending.run()
    clock.advance(timedelta(minutes=15))
    assert confirm(alice.browser, sending.code()).code == "code_spent"


def test_a_code_belongs_to_the_address_it_was_sent_to(alice: Client, sending: Sending) -> None:
    give(alice.browser)
    sending.run()
    code = sending.code()
    give(alice.browser, "eve@elsewhere.example")
    assert confirm(alice.browser, code).code == "code_spent"


def test_another_persons_code_is_none(alice: Client, ben: Client, sending: Sending) -> None:
    give(alice.browser)
    sending.run()
    assert confirm(ben.browser, sending.code()).status == 404
    assert email_of(ben.browser) == NONE


def test_given_twice_with_one_key_it_is_one_address_and_one_code(alice: Client, sending: Sending) -> None:
    key = fresh_key()
    assert give(alice.browser, key=key).json == give(alice.browser, key=key).json == UNVERIFIED
    sending.run()
    assert len(sending.office.mails) == 1
    key_of_code = fresh_key()
    assert confirm(alice.browser, sending.code(), key=key_of_code).json == ON
    assert confirm(alice.browser, sending.code(), key=key_of_code).json == ON
    assert give(alice.browser, key=key).status == 200  # late, and without effect
    assert email_of(alice.browser) == ON
    assert give(alice.browser, "other@mail.example", key=key).code == "idempotency_key_reused"


def test_a_removed_address_is_gone_at_once_with_all_that_led_to_it(
    mailed: Client, sending: Sending, site: Site
) -> None:
    assert mailed.browser.delete("/api/me/channels/email", key="").status == 204
    assert mailed.browser.delete("/api/me/channels/email", key="").status == 204
    assert email_of(mailed.browser) == NONE
    assert sending.send(mailed) is Delivery.GONE
    kept = [item["pk"]["S"] + item["sk"]["S"] for item in site.items(site.tables.people)]
    assert [key for key in kept if "ADDRESS" in key or "CHANNEL" in key] == []


def test_what_is_kept_holds_no_address_and_no_code(mailed: Client, sending: Sending, site: Site) -> None:
    give(mailed.browser, NUMBER, "sms")
    sending.run()
    code = sending.code(Channel.SMS)
    everything = repr([item for table in vars(site.tables).values() for item in site.items(table)])
    for secret in (EMAIL, "alice@", "mail.example", "4255550199", f"'{code}'"):
        assert secret not in everything


def test_codes_are_sent_only_so_often(alice: Client, ben: Client, sending: Sending, clock: VirtualClock) -> None:
    for number in range(CODES_PER_PERSON.times):
        assert give(alice.browser, f"a{number}@mail.example").status == 200
    assert give(alice.browser).code == "too_many"
    clock.advance(timedelta(hours=1))
    to_one_mailbox = [give(who.browser, EMAIL.upper()).status for who in (alice, alice, alice, ben, ben, ben)]
    assert to_one_mailbox == [200] * 5 + [429]


def test_a_busy_service_is_asked_again_for_the_same_code(alice: Client, sending: Sending, office: PostOffice) -> None:
    give(alice.browser)
    errands = list(office.errands)
    for failing in (("TooManyRequestsException", 429), ("InternalFailure", 500)):
        office.failing = failing
        with pytest.raises(SendLater):
            sending.run()
        office.errands = list(errands)
    office.failing = None
    assert sending.run() == [Delivery.SENT, None]


def test_an_address_that_the_service_refuses_is_off_and_says_so(
    alice: Client, sending: Sending, office: PostOffice
) -> None:
    give(alice.browser)
    office.failing = ("MessageRejected", 400)
    assert sending.run() == [Delivery.FAILED, None]
    assert email_of(alice.browser) == {**UNVERIFIED, "state": "off", "why": "refused"}


def test_whoever_is_suspended_or_gone_is_sent_no_code(tom: StaffMember, ada: StaffMember, sending: Sending) -> None:
    tom.browser.put("/api/staff/me/channels/email", {"address": "tom@mail.example"})
    tom_id = tom.browser.get("/api/staff/me").json["id"]
    assert ada.browser.patch(f"/api/staff/people/{tom_id}", {"status": "suspended"}).status == 200
    assert sending.run() == [None, None]
    assert sending.office.mails == []


def test_a_crash_at_any_call_loses_no_code_and_sends_none_twice(alice: Client, sending: Sending, site: Site) -> None:
    addresses = iter(f"a{number}@mail{number}.example" for number in range(100))
    for point in site.crashes.here_and_there():
        address, key = next(addresses), fresh_key()
        site.clock.advance(timedelta(hours=1))
        sending.office.mails.clear()
        sending.office.errands.clear()
        with point:
            give(alice.browser, address, key=key)
        site.start()
        assert give(alice.browser, address, key=key).status == 200, str(point)
        assert {delivery for delivery in sending.run() if delivery} == {Delivery.SENT}, str(point)
        assert [mail.to for mail in sending.office.mails] == [address], str(point)
        assert confirm(alice.browser, sending.code()).status == 200, str(point)


def test_a_crash_at_any_call_while_the_code_is_sent_never_sends_it_twice(
    alice: Client, sending: Sending, site: Site
) -> None:
    addresses = iter(f"a{number}@mail{number}.example" for number in range(100))
    for point in site.crashes.here_and_there():
        site.clock.advance(timedelta(hours=1))
        sending.office.mails.clear()
        give(alice.browser, next(addresses))
        errands = list(sending.office.errands)
        with point:
            sending.run()
        sending.office.errands = errands
        sending.run()
        assert len(sending.office.mails) <= 1, str(point)
        if not sending.office.mails:  # the page offers another one
            give(alice.browser, next(addresses))
            sending.run()
        assert confirm(alice.browser, sending.code()).status == 200, str(point)
