"""`/api/me/devices`: switching push messages on and off for a browser."""

from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from shared.reminders.push_store import PushStore
from shared.reminders.web_push import point, text_of
from shared.tables import Table
from tests.support.api import Answer, Browser, fresh_key
from tests.support.cast import Client, StaffMember
from tests.support.clock import VirtualClock
from tests.support.site import PUSH_PUBLIC_KEY, Site


def device(name: str) -> dict[str, str]:
    """What a browser says when it subscribes."""
    key = ec.generate_private_key(ec.SECP256R1())
    return {
        "endpoint": f"https://fcm.googleapis.com/fcm/send/{name}",
        "p256dh": text_of(point(key.public_key())),
        "auth": text_of(b"sixteen bytes !!"),
    }


def switch_on(browser: Browser, body: dict[str, Any], key: str | None = None, at: str = "/api/me/devices") -> Answer:
    return browser.put(at, body, key=key or fresh_key())


def ids(browser: Browser, at: str = "/api/me/devices") -> list[str]:
    return [one["id"] for one in browser.get(at).json["devices"]]


def endpoints(site: Site, person_id: str) -> list[str]:
    store = PushStore(Table(site.behind_the_scenes, site.tables.people))
    return [one.endpoint for one in store.of(person_id)]


def test_a_browser_learns_the_key_to_subscribe_for_and_is_listed_without_its_address(
    alice: Client, clock: VirtualClock
) -> None:
    assert alice.browser.get("/api/me/devices").json == {"key": PUSH_PUBLIC_KEY, "devices": []}
    phone = device("phone")
    since = clock().isoformat().replace("+00:00", "Z")

    on = switch_on(alice.browser, phone)

    assert (on.status, on.json["since"]) == (200, since)
    listed = alice.browser.get("/api/me/devices")
    assert listed.json["devices"] == [on.json]
    assert phone["endpoint"] not in listed.text
    assert phone["auth"] not in listed.text


def test_switched_on_twice_it_is_one_device_since_the_first_time(alice: Client, clock: VirtualClock) -> None:
    phone, key = device("phone"), fresh_key()
    first = switch_on(alice.browser, phone, key)
    clock.advance(timedelta(days=3))

    assert switch_on(alice.browser, phone, key).json == first.json
    assert switch_on(alice.browser, phone).json == first.json
    assert len(ids(alice.browser)) == 1


def test_a_browser_belongs_to_whoever_switched_it_on_last(alice: Client, ben: Client, site: Site) -> None:
    shared = device("library")
    switch_on(alice.browser, shared)
    switch_on(ben.browser, shared)
    assert endpoints(site, alice.id) == []
    assert endpoints(site, ben.id) == [shared["endpoint"]]

    # What Alice's browser still sends for her does nothing to Ben.
    assert alice.browser.delete(f"/api/me/devices/{ids(ben.browser)[0]}").status == 204
    assert endpoints(site, ben.id) == [shared["endpoint"]]


def test_switched_off_it_is_forgotten_and_once_more_is_fine(alice: Client, site: Site) -> None:
    on = switch_on(alice.browser, device("phone")).json
    kept = switch_on(alice.browser, device("laptop")).json
    for _ in range(2):
        assert alice.browser.delete(f"/api/me/devices/{on['id']}").status == 204
    assert ids(alice.browser) == [kept["id"]]
    assert [i for i in site.items(site.tables.people) if on["id"] in f"{i['pk']}{i['sk']}"] == []


def test_of_more_than_ten_the_oldest_goes(alice: Client, clock: VirtualClock) -> None:
    on = []
    for number in range(11):
        on.append(switch_on(alice.browser, device(f"number-{number}")).json["id"])
        clock.advance(timedelta(minutes=1))
    assert ids(alice.browser) == on[1:]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"endpoint": "https://169.254.169.254/latest/meta-data"}, "body.endpoint"),
        ({"endpoint": "http://fcm.googleapis.com/fcm/send/abc"}, "body.endpoint"),
        ({"endpoint": "https://fcm.googleapis.com@evil.example/abc"}, "body.endpoint"),
        ({"endpoint": "https://fcm.googleapis.com/" + "a" * 2048}, "body.endpoint"),
        ({"p256dh": "BCVx"}, "body.p256dh"),
        ({"p256dh": "not base64url!"}, "body.p256dh"),
        ({"p256dh": text_of(b"\x04" + b"\x01" * 64)}, "body.p256dh"),
        ({"auth": text_of(b"short")}, "body.auth"),
        ({"user_agent": "A phone"}, "body.user_agent"),
    ],
)
def test_what_could_not_be_sent_to_or_encrypted_for_is_refused(
    alice: Client, change: dict[str, str], field: str
) -> None:
    refused = switch_on(alice.browser, device("phone") | change)
    assert (refused.status, refused.code, refused.field) == (422, "invalid", field)
    assert ids(alice.browser) == []


def test_it_is_the_same_for_staff(tom: StaffMember, alice: Client, sam: Browser) -> None:
    at = "/api/staff/me/devices"
    on = switch_on(tom.browser, device("desk"), at=at)
    assert ids(tom.browser, at) == [on.json["id"]]
    assert tom.browser.delete(f"{at}/{on.json['id']}").status == 204
    assert alice.browser.get(at).status == 401
    assert sam.get("/api/me/devices").status == 401
