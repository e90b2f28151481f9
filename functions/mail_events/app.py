"""Woken by EventBridge when Amazon SES tells what became of a mail."""

from functools import cache
from typing import Any

from shared import aws
from shared.config import Environment
from shared.reminders.address_store import Addresses
from shared.reminders.channel import Channel, Delivery
from shared.reminders.mail_news import MailDesk, mail_news
from shared.reminders.notice_store import AlreadyTold, NoticeStore
from shared.tables import Table, commit
from shared.telemetry import fault, metrics


class MailEventsEnvironment(Environment):
    """What this function is told."""

    people_table: str
    appointments_table: str


def mail_desk(people: Table, appointments: Table) -> MailDesk:
    """What does what follows from news."""
    notices = NoticeStore(appointments)

    def mark(person_id: str, notice_id: str, channel: Channel, delivery: Delivery) -> None:
        try:
            commit(appointments.client, [notices.mark(person_id, notice_id, channel, delivery)])
        except AlreadyTold:  # more is known of it, or it is gone
            return

    return MailDesk(Addresses(people), mark)


@cache
def desk() -> MailDesk:
    """The collaborators of this process."""
    told = MailEventsEnvironment.load()
    client = aws.dynamodb()
    return mail_desk(Table(client, told.people_table), Table(client, told.appointments_table))


def handler(event: dict[str, Any], _context: object) -> dict[str, bool]:
    """Serve one event, and count what switches an address off: `MailBounced`, `MailComplained`."""
    try:
        return serve(desk(), event)
    finally:
        # Powertools would warn of each event that tells nothing.
        if metrics().metric_set:
            metrics().flush_metrics()


def serve(desk: MailDesk, event: dict[str, Any]) -> dict[str, bool]:
    """Note what `event` tells. An error is logged and raised: Lambda tries again."""
    try:
        news = mail_news(event)
        if news is None:
            return {"noted": False}
        desk.note(news)
    except Exception as error:
        fault(error, at="mail event")
        raise
    if news.off:
        metrics().add_metric(f"Mail{news.off.title()}", "Count", 1)
    return {"noted": True}
