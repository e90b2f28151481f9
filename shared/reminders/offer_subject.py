"""Errands about times on offer from the waiting list: telling of one, and passing it on when it has run out."""

from dataclasses import dataclass
from datetime import datetime

from shared.appointments.offer import Offer, OfferStatus
from shared.appointments.offer_store import OfferStore
from shared.reminders.errand import Due, Errand
from shared.reminders.notice import Notice, NoticeKind
from shared.reminders.reader import Reader
from shared.reminders.readers import Readers
from shared.reminders.telling import Wanted
from shared.reminders.timing import after_quiet
from shared.reminders.words import text_of

OFFER = "offer"
OFFER_OVER = "offer_over"


def due_of(offer: Offer, reader: Reader) -> list[Due]:
    """The two errands of an offer that is open: its client is told once their quiet hours are over, and it ends."""
    if offer.status is not OfferStatus.OPEN:
        return []
    told_at = after_quiet(offer.offered_at, reader.preferences.quiet, reader.zone)
    return [Due(Errand(OFFER, offer.id, reader.person_id), told_at), Due(Errand(OFFER_OVER, offer.id), offer.until)]


@dataclass(frozen=True)
class OfferSubject:
    """Reads the offer and its client anew for each errand."""

    offers: OfferStore
    readers: Readers

    def wanted(self, errand: Errand, now: datetime) -> Wanted | None:
        """The notice of an offer that can still be taken."""
        offer, reader = self.offers.find(errand.of), self.readers.find(errand.to)
        if offer is None or reader is None or not offer.is_open(now):
            return None
        notice = Notice(
            id=errand.id,
            person_id=reader.person_id,
            kind=NoticeKind.OFFER,
            of=offer.id,
            at=now,
            start=offer.start,
            until=offer.until,
        )
        return Wanted(notice, text_of(notice, reader, f"/offers/{offer.id}"), reader)
