"""Notices by web push: what arrives in the browsers of a person, and what becomes of browsers that take none."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from shared.ids import new_id
from shared.reminders.channel import Delivery, NoticeText, SendLater
from shared.reminders.push_key import PushKey
from shared.reminders.push_post import Outcome, post
from shared.reminders.push_sender import PushSender
from shared.reminders.push_services import PushServices
from shared.reminders.push_store import PushStore
from shared.reminders.vapid import public_text
from shared.tables import Table, commit
from tests.support.dynamodb_local import TableNames
from tests.support.parameters import Parameters
from tests.support.push_receiver import BrowserOfTests, Receiver, receiver

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
ALICE = new_id()
TEXT = NoticeText(new_id(), "Hearthline", "Something of yours is at 19:00 today.", "/appointments", "en")


@pytest.fixture
def key() -> PushKey:
    made = PushKey(Parameters().client(), "/Hearthline/push-key")
    made.made()
    return made


@pytest.fixture
def service(key: PushKey) -> Iterator[Receiver]:
    with receiver(public_text(key.key)) as made:
        yield made


@pytest.fixture
def sender(key: PushKey, service: Receiver, dynamodb: Any, tables: TableNames) -> PushSender:
    store = PushStore(Table(dynamodb, tables.people))
    patiently = partial(post, patience=0.2)
    return PushSender(store, key, "mailto:care@example.org", PushServices(service.origin), patiently)


def subscribe(sender: PushSender, *browsers: BrowserOfTests) -> None:
    for number, browser in enumerate(browsers):
        device = browser.device(NOW + timedelta(minutes=number))
        commit(sender.store.table.client, sender.store.give(device, ALICE, before=None))


def test_every_browser_reads_the_notice_and_the_services_see_that_all_are_equally_long(
    sender: PushSender, service: Receiver
) -> None:
    phone, laptop = service.browser("phone"), service.browser("laptop")
    subscribe(sender, phone, laptop)
    longer = NoticeText(new_id(), "هارث لاين", "موعدك " * 40, "/appointments", "ar")

    assert sender.usable(ALICE)
    assert sender.send(ALICE, TEXT, NOW) is Delivery.SENT
    assert sender.send(ALICE, longer, NOW) is Delivery.SENT

    for browser in (phone, laptop):
        first, second = browser.received
        assert first.said == {
            "id": TEXT.id,
            "title": "Hearthline",
            "body": "Something of yours is at 19:00 today.",
            "link": "/appointments",
            "language": "en",
        }
        assert second.said["title"] == "هارث لاين"
        assert first.length == second.length
        assert (first.ttl, first.urgency) == (3600, "high")


def test_a_repeat_replaces_what_waits_and_topics_do_not_tell_whose_browsers_belong_together(
    sender: PushSender, service: Receiver
) -> None:
    phone, laptop = service.browser("phone"), service.browser("laptop")
    subscribe(sender, phone, laptop)
    for _ in range(2):
        sender.send(ALICE, TEXT, NOW)

    assert phone.received[0].topic == phone.received[1].topic
    assert phone.received[0].topic != laptop.received[0].topic
    assert TEXT.id not in phone.received[0].topic


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten_and_the_channel_is_off_with_the_last(
    status: int, sender: PushSender, service: Receiver
) -> None:
    phone, laptop = service.browser("phone"), service.browser("laptop")
    subscribe(sender, phone, laptop)
    phone.status = status

    assert sender.send(ALICE, TEXT, NOW) is Delivery.SENT
    assert [device.endpoint for device in sender.store.of(ALICE)] == [laptop.endpoint]

    laptop.status = status
    assert sender.send(ALICE, TEXT, NOW) is Delivery.GONE
    assert not sender.usable(ALICE)
    assert sender.send(ALICE, TEXT, NOW) is Delivery.GONE


@pytest.mark.parametrize("status", [429, 500, 503])
def test_while_its_service_is_busy_a_notice_is_for_later(status: int, sender: PushSender, service: Receiver) -> None:
    phone = service.browser("phone")
    subscribe(sender, phone)
    phone.status = status
    with pytest.raises(SendLater):
        sender.send(ALICE, TEXT, NOW)

    phone.status = 201
    assert sender.send(ALICE, TEXT, NOW) is Delivery.SENT


def test_a_slow_service_is_for_later_and_does_not_stop_the_others(sender: PushSender, service: Receiver) -> None:
    phone = service.browser("phone")
    phone.slow = True
    subscribe(sender, phone)
    with pytest.raises(SendLater):
        sender.send(ALICE, TEXT, NOW)

    laptop = service.browser("laptop")
    subscribe(sender, laptop)
    before = service.asked
    assert sender.send(ALICE, TEXT, NOW) is Delivery.SENT
    assert len(laptop.received) == 1
    assert service.asked - before == 3  # the phone has a second chance, for there will be no third


def test_a_service_that_is_not_there_is_for_later(sender: PushSender) -> None:
    nowhere = BrowserOfTests("http://127.0.0.1:9/phone")
    there = PushSender(sender.store, sender.key, sender.contact, PushServices("http://127.0.0.1:9"), sender.post)
    subscribe(there, nowhere)
    with pytest.raises(SendLater):
        there.send(ALICE, TEXT, NOW)


@pytest.mark.parametrize("status", [302, 400, 403, 413])
def test_what_is_refused_is_given_up_and_nobody_is_led_elsewhere(
    status: int, sender: PushSender, service: Receiver
) -> None:
    phone = service.browser("phone")
    subscribe(sender, phone)
    phone.status = status

    assert sender.send(ALICE, TEXT, NOW) is Delivery.FAILED
    assert service.asked == 1
    assert sender.usable(ALICE)


def test_what_is_too_long_and_what_has_a_wrong_key_is_given_up_and_does_not_stop_the_others(
    sender: PushSender, service: Receiver
) -> None:
    phone, laptop = service.browser("phone"), service.browser("laptop")
    subscribe(sender, phone)
    assert sender.send(ALICE, NoticeText(new_id(), "x" * 2100, "", "/", "en"), NOW) is Delivery.FAILED

    other_curve = laptop.device(NOW)
    broken = type(other_curve)(laptop.endpoint, "BAAA" + other_curve.p256dh[4:], other_curve.auth, NOW)
    commit(sender.store.table.client, sender.store.give(broken, ALICE, before=None))
    assert sender.send(ALICE, TEXT, NOW) is Delivery.SENT
    assert (len(phone.received), len(laptop.received)) == (1, 0)


def test_nothing_is_sent_to_what_is_no_push_service_even_if_it_got_into_the_table(
    sender: PushSender, service: Receiver
) -> None:
    subscribe(sender, service.browser("phone"))
    deployed = PushSender(sender.store, sender.key, sender.contact, PushServices())
    assert deployed.send(ALICE, TEXT, NOW) is Delivery.FAILED
    assert service.asked == 0


def test_nothing_leaves_before_a_service_has_shown_its_certificate(service: Receiver) -> None:
    address = service.origin.replace("http:", "https:")
    assert post(f"{address}/phone", {}, b"secret", patience=1) is Outcome.BUSY
    assert service.asked == 0
