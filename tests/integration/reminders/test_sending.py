"""Sending notices by e-mail and text message: what comes of busy services, lost answers, bounces and unsubscribing."""

from typing import Any

import pytest
from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError

from functions.mail_events.app import mail_desk, serve
from shared.reminders.channel import Channel, Delivery, SendLater
from shared.reminders.errand import Errand
from shared.reminders.notice import Notice, NoticeKind
from shared.reminders.notice_store import NoticeStore
from shared.tables import Table, commit
from tests.integration.reminders.conftest import EMAIL, NUMBER, TEXT, Sending, another, who_is
from tests.integration.reminders.test_giving_addresses import confirm, email_of, give
from tests.support.api import Browser
from tests.support.cast import Client
from tests.support.post_office import Mail, PostOffice
from tests.support.site import Site


@pytest.fixture
def texted(alice: Client, sending: Sending) -> Client:
    """Alice, whose number is confirmed."""
    give(alice.browser, NUMBER, "sms")
    sending.run()
    assert confirm(alice.browser, sending.code(Channel.SMS), "sms").status == 200
    sending.office.texts.clear()
    return alice


def sms_of(who: Browser) -> dict[str, Any]:
    found: dict[str, Any] = who.get("/api/me/channels").json["channels"][1]
    return found


def test_a_notice_is_one_mail_to_one_person_and_its_tags_name_nobody(mailed: Client, sending: Sending) -> None:
    assert sending.by[Channel.EMAIL].usable(who_is(mailed))
    assert sending.send(mailed) is Delivery.SENT
    (mail,) = sending.office.mails
    assert mail.to == EMAIL
    assert mail.message["Subject"] == "Reminder"
    assert "https://site.example/appointments/1" in mail.plain
    assert mail.tags["notice"] == TEXT.id
    assert mail.tags.keys() == {"notice", "address"}
    assert who_is(mailed) not in mail.raw.decode()
    assert mailed.handle not in mail.raw.decode()


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS])
def test_whoever_gave_no_address_is_sent_nothing(channel: Channel, alice: Client, sending: Sending) -> None:
    assert not sending.by[channel].usable(who_is(alice))
    assert sending.send(alice, channel) is Delivery.GONE
    assert sending.office.mails == []


NOT_REACHED = [
    ConnectTimeoutError(endpoint_url="https://x.example"),
    EndpointConnectionError(endpoint_url="https://x.example"),
]


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS])
@pytest.mark.parametrize("unreached", NOT_REACHED, ids=["timeout", "refused"])
def test_a_service_that_was_not_reached_is_tried_again(
    channel: Channel, unreached: Exception, mailed: Client, texted: Client, sending: Sending
) -> None:
    sending.office.unreached = unreached
    with pytest.raises(SendLater):
        sending.send(mailed, channel)


@pytest.mark.parametrize(
    ("channel", "failing", "outcome"),
    [
        (Channel.EMAIL, ("TooManyRequestsException", 429), SendLater),
        (Channel.EMAIL, ("LimitExceededException", 400), SendLater),
        (Channel.EMAIL, ("InternalFailure", 503), SendLater),
        (Channel.EMAIL, ("MessageRejected", 400), Delivery.FAILED),
        (Channel.EMAIL, ("AccountSuspendedException", 400), Delivery.FAILED),
        (Channel.SMS, ("ThrottlingException", 400), SendLater),
        (Channel.SMS, ("ServiceQuotaExceededException", 402), Delivery.FAILED),
        (Channel.SMS, ("ValidationException", 400), Delivery.FAILED),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else str(value),
)
def test_what_the_service_answers_decides_whether_it_is_tried_again(
    channel: Channel,
    failing: tuple[str, int],
    outcome: Any,
    mailed: Client,
    texted: Client,
    sending: Sending,
) -> None:
    sending.office.failing = failing
    if outcome is SendLater:
        with pytest.raises(SendLater):
            sending.send(mailed, channel)
    else:
        assert sending.send(mailed, channel) is outcome
    assert email_of(mailed.browser)["state"] == "on"


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS])
def test_a_lost_answer_leaves_open_whether_it_was_sent_and_is_not_tried_by_itself(
    channel: Channel, mailed: Client, texted: Client, sending: Sending
) -> None:
    sending.office.silent = ReadTimeoutError(endpoint_url="https://x.example")
    with pytest.raises(ReadTimeoutError):
        sending.send(mailed, channel)
    assert len(sending.office.mails) + len(sending.office.texts) == 1


def test_a_text_message_of_which_nobody_knows_whether_it_went_out_is_in_doubt(texted: Client, sending: Sending) -> None:
    sending.office.failing = ("InternalServerException", 500)
    with pytest.raises(Exception, match="InternalServerException"):
        sending.send(texted, Channel.SMS)


def test_whoever_answers_stop_gets_no_more_text_messages(texted: Client, sending: Sending) -> None:
    sending.office.opted_out.add("+14255550199")
    assert sending.send(texted, Channel.SMS) is Delivery.GONE
    assert (sms_of(texted.browser)["state"], sms_of(texted.browser)["why"]) == ("off", "stopped")
    assert not sending.by[Channel.SMS].usable(who_is(texted))


def test_a_text_message_holds_as_much_as_one_message_can(texted: Client, sending: Sending) -> None:
    sending.send(texted, Channel.SMS)
    sending.send(texted, Channel.SMS, another(body="long " * 40))
    sending.send(texted, Channel.SMS, another(title="تذكير", body="قريبًا: الخميس 6 مساءً " * 4, language="ar"))
    assert [text.words for text in sending.office.texts] == [
        "Reminder: Coming up: Thursday, 6 pm.",
        "Reminder",
        "تذكير",
    ]


def sent(sending: Sending, who: Client) -> Mail:
    sending.send(who)
    return sending.office.mails[-1]


def test_one_click_unsubscribes_at_once_without_a_key_or_a_sign_in(
    mailed: Client, sam: Browser, sending: Sending
) -> None:
    mail = sent(sending, mailed)
    one_click = {"content": "List-Unsubscribe=One-Click", "key": ""}
    headers = {"content-type": "application/x-www-form-urlencoded"}
    for _ in "ab":
        assert sam.post(f"/api/unsubscribe/{mail.token}", headers=headers, **one_click).status == 200
    assert (email_of(mailed.browser)["state"], email_of(mailed.browser)["why"]) == ("off", "unsubscribed")
    assert sending.send(mailed) is Delivery.GONE


def test_an_unsubscribe_link_tells_nobody_whether_it_is_somebodys(
    mailed: Client, sam: Browser, sending: Sending
) -> None:
    token = sent(sending, mailed).token
    for guess in ("0" * 64, token[:32] + "0" * 32, "0" * 32 + token[32:]):
        answer = sam.post(f"/api/unsubscribe/{guess}", key="")
        assert (answer.status, answer.text) == (200, "{}")
    assert sam.post("/api/unsubscribe/short", key="").status == 404
    assert email_of(mailed.browser)["state"] == "on"


def test_opening_the_link_unsubscribes_nobody_but_leads_to_a_page_that_asks(
    mailed: Client, sam: Browser, sending: Sending
) -> None:
    token = sent(sending, mailed).token
    answer = sam.get(f"/api/unsubscribe/{token}")
    assert (answer.status, answer.headers["Location"]) == (303, f"/unsubscribe#{token}")
    assert email_of(mailed.browser)["state"] == "on"


def test_the_links_in_mails_to_an_address_that_was_replaced_lead_nowhere(
    mailed: Client, sam: Browser, sending: Sending
) -> None:
    old = sent(sending, mailed)
    give(mailed.browser, "new@mail.example")
    sending.run()
    confirm(mailed.browser, sending.code())
    assert sam.post(f"/api/unsubscribe/{old.token}", key="").status == 200
    assert email_of(mailed.browser)["state"] == "on"


def test_whoever_unsubscribed_can_give_the_address_again(mailed: Client, sam: Browser, sending: Sending) -> None:
    sam.post(f"/api/unsubscribe/{sent(sending, mailed).token}", key="")
    give(mailed.browser)
    sending.run()
    assert confirm(mailed.browser, sending.code()).json["state"] == "on"


EVENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "Send": ("Email Sent", {"send": {}}),
    "Delivery": ("Email Delivered", {"delivery": {"recipients": [EMAIL], "smtpResponse": "250 ok"}}),
    "Permanent": ("Email Bounced", {"bounce": {"bounceType": "Permanent", "bounceSubType": "General"}}),
    "Transient": ("Email Bounced", {"bounce": {"bounceType": "Transient", "bounceSubType": "MailboxFull"}}),
    "Complaint": ("Email Complaint Received", {"complaint": {"complaintFeedbackType": "abuse"}}),
    "NotSpam": ("Email Complaint Received", {"complaint": {"complaintFeedbackType": "not-spam"}}),
}


def told(mail: Mail, what: str) -> dict[str, Any]:
    """The event of EventBridge, as documented."""
    detail_type, more = EVENTS[what]
    kind = {"Permanent": "Bounce", "Transient": "Bounce", "NotSpam": "Complaint"}.get(what, what)
    tags = {name: [value] for name, value in mail.tags.items()}
    about = {"messageId": "0100", "source": "care@lighthouse.example", "destination": [mail.to], "tags": tags}
    return {"source": "aws.ses", "detail-type": detail_type, "detail": {"eventType": kind, "mail": about, **more}}


@pytest.fixture
def tell(site: Site) -> Any:
    """The function `mail_events`."""
    people, appointments = (Table(site.dynamodb, name) for name in (site.tables.people, site.tables.appointments))
    desk = mail_desk(people, appointments)
    return lambda mail, *news: [serve(desk, told(mail, what))["noted"] for what in news for _ in "ab"]


def notice(site: Site, who: Client) -> Any:
    """A notice that waits to be sent by e-mail; asks what became of it."""
    store = NoticeStore(Table(site.dynamodb, site.tables.appointments))
    now = site.clock()
    waits = Notice(
        TEXT.id, who_is(who), NoticeKind.REMINDER, "a", now, now, deliveries={Channel.EMAIL: Delivery.WAITING}
    )
    commit(store.table.client, store.claim(waits, Errand("reminder", "a")))

    def delivery() -> Delivery:
        found = store.find(who_is(who), TEXT.id)
        assert found
        return found.deliveries[Channel.EMAIL]

    return delivery


@pytest.mark.parametrize(
    ("news", "delivery", "state", "why"),
    [
        (("Send",), Delivery.SENT, "on", None),
        (("Send", "Delivery"), Delivery.DELIVERED, "on", None),
        (("Delivery", "Send"), Delivery.DELIVERED, "on", None),
        (("Send", "Permanent", "Delivery", "Send"), Delivery.DELIVERED, "off", "bounced"),
        (("Send", "Permanent", "Send"), Delivery.GONE, "off", "bounced"),
        (("Transient",), Delivery.FAILED, "on", None),
        (("Delivery", "Complaint", "Permanent"), Delivery.GONE, "off", "complained"),
        (("Delivery", "NotSpam"), Delivery.DELIVERED, "on", None),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else str(value),
)
def test_news_of_a_mail_in_any_order_and_twice_ends_in_the_same(
    news: tuple[str, ...],
    delivery: Delivery,
    state: str,
    why: str | None,
    mailed: Client,
    sending: Sending,
    site: Site,
    tell: Any,
) -> None:
    became = notice(site, mailed)
    tell(sent(sending, mailed), *news)
    assert became() is delivery
    assert (email_of(mailed.browser)["state"], email_of(mailed.browser)["why"]) == (state, why)


def test_a_mail_with_a_code_that_bounces_switches_the_address_off(alice: Client, sending: Sending, tell: Any) -> None:
    give(alice.browser)
    sending.run()
    assert tell(sending.office.mails[-1], "Send", "Permanent") == [True] * 4
    assert email_of(alice.browser)["why"] == "bounced"
    assert confirm(alice.browser, sending.code()).code == "code_spent"


def test_news_of_an_address_that_was_replaced_says_nothing_of_the_new_one(
    mailed: Client, sending: Sending, tell: Any
) -> None:
    old = sent(sending, mailed)
    give(mailed.browser, "new@mail.example")
    tell(old, "Permanent", "Complaint")
    assert email_of(mailed.browser)["state"] == "unverified"


def test_events_of_other_mails_in_the_account_say_nothing(site: Site, office: PostOffice, tell: Any) -> None:
    stranger = Mail("x@y.example", None, {"ses:caller-identity": "other"}, b"")  # type: ignore[arg-type]
    assert tell(stranger, *EVENTS) == [False] * 2 * len(EVENTS)
