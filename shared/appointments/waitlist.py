"""What clients do with the waiting list, and what the staff may know of it. Who may do what is checked here."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from shared.appointments.model import Appointment, Mode
from shared.appointments.offer import Offer, OfferStatus
from shared.appointments.offer_store import hold_of
from shared.appointments.offering import Offering
from shared.appointments.refusals import AlreadyBookedThen, ModeNotOffered, OfferOver, SlotNotOffered
from shared.appointments.service import Appointments, booked
from shared.appointments.store import day_changes
from shared.appointments.wish import Waiting, Wanted, Wish, count_waiting, wish_of
from shared.errors import ChangedMeanwhile, Invalid, NotAllowed, NotFound, Refusal
from shared.intents import Once
from shared.people.model import Principal, Role
from shared.tables import Item, commit

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True)
class Waitlist:
    """Use cases. A client has one wish, and at most one time is held for them."""

    appointments: Appointments
    offering: Offering

    def mine(self, caller: Principal, now: datetime) -> Wish | None:
        """What the caller waits for; None if they are not on the list (any more)."""
        wish = self.offering.wishes.find(caller.id)
        return wish if wish and wish.stands(now) else None

    def wait(self, caller: Principal, wanted: Wanted, once: Once, now: datetime) -> Wish:
        """Wait for a time, or change what for: that keeps the place in line, and the ninety days begin anew.

        Raises Invalid for a counselor clients cannot find, ChangedMeanwhile.
        """
        if wanted.counselors:
            published = {practice.counselor_id for practice in self.offering.practices.published()}
            if wanted.counselors - published:
                raise Invalid("One of them offers no times any more. Please choose again.", field="body.counselors")
        wish = wish_of(caller.id, wanted, self.offering.wishes.find(caller.id), now)
        commit(self._client, [once(wish), self.offering.wishes.write(wish)])
        return wish

    def leave(self, caller: Principal, once: Once, now: datetime) -> None:
        """Leave the list. A time that is held goes to whoever comes next. Raises NotFound, ChangedMeanwhile."""
        wish = self.offering.wishes.find(caller.id)
        if wish is None:
            raise NotFound
        offer = self.offering.offers.find(wish.offer_id) if wish.offer_id else None
        if offer is None or offer.status is not OfferStatus.OPEN:
            commit(self._client, [once(None), self.offering.wishes.remove(caller.id, wish.offer_id)])
            return
        try:
            self.offering.close(offer, OfferStatus.DECLINED, now, beside=[once(None)], leaving=True)
        except OfferOver:  # it ran out at that very moment
            raise ChangedMeanwhile from None

    def open_offers(self, caller: Principal, now: datetime) -> list[Offer]:
        """What is held for the caller now: one time, or none."""
        wish = self.offering.wishes.find(caller.id)
        offer = self.offering.offers.find(wish.offer_id) if wish and wish.offer_id else None
        return [offer] if offer and offer.is_open(now) else []

    def offer(self, caller: Principal, offer_id: str) -> Offer:
        """A time that is or was held for the caller. Raises NotFound, also for other people's."""
        offer = self.offering.offers.find(offer_id)
        if offer is None or offer.client_id != caller.id:
            raise NotFound
        return offer

    def take(self, caller: Principal, offer_id: str, mode: Mode, zone: str, once: Once, now: datetime) -> Appointment:
        """Make of a time that is held for the caller an appointment. They are off the list then.

        One transaction: what was held of the counselor's calendar becomes the appointment's, the client's is taken,
        and the offer is taken, if it is open and still stands. What the counselor changed of their hours meanwhile
        changes nothing: the time was promised. Raises NotFound, ModeNotOffered, OfferOver, AlreadyBookedThen,
        TooManyAppointments, SlotNotOffered.
        """
        offer = self.offer(caller, offer_id)
        if not offer.is_open(now):
            raise OfferOver
        if mode not in offer.modes:
            raise ModeNotOffered(field="body.mode")
        self.appointments.within_measure(caller.id, now)
        practice = self.offering.practices.find(offer.counselor_id)
        if practice is None or not practice.profile.published:
            raise _gone(None)
        new = replace(booked(practice, caller.id, offer.slot, mode, zone, caller.id, now), buffer=offer.buffer)
        of_client = day_changes(None, (new.start, new.end), unlist=True)
        store, offers = self.appointments.store, self.offering.offers
        writes = [
            once(new),
            offers.take(offer, new.id, now),
            self.offering.practices.check_published(offer.counselor_id, _gone),
            *store.change_days(caller.id, "appointments", new.id, of_client, _client_taken),
            *offers.hand_over(hold_of(offer), new.id),
            self.offering.wishes.remove(caller.id, offer.id),
            store.put_new(new),
        ]
        commit(self._client, writes)
        return new

    def decline(self, caller: Principal, offer_id: str, once: Once, now: datetime) -> None:
        """Let a time go that is held for the caller. They keep their place. Raises NotFound, OfferOver."""
        offer = self.offer(caller, offer_id)
        if not offer.is_open(now):
            raise OfferOver
        self.offering.close(offer, OfferStatus.DECLINED, now, beside=[once(None)])

    def waiting(self, caller: Principal, now: datetime) -> Waiting:
        """How many wait for what. For counselors and admins. Raises NotAllowed."""
        if not (caller.has(Role.COUNSELOR) or caller.has(Role.ADMIN)):
            raise NotAllowed("This is for counselors and admins.")
        return count_waiting(self.offering.wishes.everybody(), now)

    @property
    def _client(self) -> "DynamoDBClient":
        return self.appointments.store.table.client


def _gone(_old: Item | None) -> Refusal:
    return SlotNotOffered("This counselor offers no times for now. You keep your place on the list.", next_slots=[])


def _client_taken(_old: Item | None) -> Refusal:
    return AlreadyBookedThen("Please let this time go, or move the other appointment first.")
