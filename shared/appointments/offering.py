"""A time that came free goes round the waiting list: to one at a time, whoever has waited longest first.

Nothing here is owed to a particular call: each step is one transaction, conditional on what it was decided on, so that
a call that comes twice, late or at the same moment as another does nothing a second time.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shared.appointments.busy.store import BusyStore
from shared.appointments.finder import Finder
from shared.appointments.freed import Freed
from shared.appointments.model import Slot
from shared.appointments.offer import Offer, OfferStatus, Quiet, offer_id, open_until
from shared.appointments.offer_store import Hold, OfferStore, hold_of
from shared.appointments.practice_store import PracticeStore
from shared.appointments.profile import Practice
from shared.appointments.refusals import OfferOver, SlotTaken
from shared.appointments.slots import free, offered
from shared.appointments.store import AppointmentStore
from shared.appointments.wish import Wish, in_line
from shared.appointments.wish_store import Overtaken, WishStore
from shared.errors import Busy
from shared.tables import Write, commit

_ATTEMPTS = 5


def never_quiet(_client_id: str) -> Quiet | None:
    """Nobody has said when they want to be left in peace."""
    return None


@dataclass(frozen=True)
class _Next:
    """Who comes next: their wish, and the offer they would be made."""

    wish: Wish
    offer: Offer


@dataclass(frozen=True)
class Offering:
    """What happens to times that came free. `quiet` knows when a client wants no notices."""

    practices: PracticeStore
    appointments: AppointmentStore
    quiet: Callable[[str], Quiet | None] = field(default=never_quiet)

    @property
    def wishes(self) -> WishStore:
        """The waiting list."""
        return WishStore(self.appointments.table)

    @property
    def offers(self) -> OfferStore:
        """Offers, and the times they hold."""
        return OfferStore(self.appointments)

    def freed(self, freed: Freed, now: datetime) -> list[Offer]:
        """Offer the times on offer that start in a stretch that came free; the offers that were made.

        A time somebody has booked or holds already is theirs. Raises Busy when the list changes faster than it can
        be read; a repeat is safe.
        """
        practice = self.practices.find(freed.counselor_id)
        if practice is None:
            return []
        slots = offered(practice.availability, freed.start, freed.end, now)
        made = (self._offer(practice, slot, freed.given_back_by, now) for slot in slots)
        return [offer for offer in made if offer]

    def pass_on(self, offer_id: str, now: datetime) -> None:
        """Let an offer that ran out go to whoever comes next. Early, late, or again: then nothing happens."""
        offer = self.offers.find(offer_id)
        if offer and offer.status is OfferStatus.OPEN and now >= offer.until:
            self._try_to_close(offer, OfferStatus.LAPSED, now)

    def close(
        self, offer: Offer, status: OfferStatus, now: datetime, *, beside: Sequence[Write] = (), leaving: bool = False
    ) -> None:
        """End an offer that is open. The same transaction offers the time to whoever comes next, or frees it.

        The client keeps their place unless they are `leaving` the list. `beside` is committed with it, before all
        else. Raises OfferOver, Busy.
        """
        ended = [*beside, self.offers.close(offer, status), *self._let_go(offer, leaving=leaving)]

        def writes(then: _Next | None) -> list[Write]:
            if then is None:
                return [*ended, *self.offers.give_back(hold_of(offer))]
            return [*ended, self.offers.pass_hold(offer, then.offer), *self._made(then, now)]

        practice = self.practices.find(offer.counselor_id)
        self._commit_for_first(lambda: self._first(practice, offer.slot, offer.given_back_by, now, held=offer), writes)

    def sweep(self, now: datetime) -> int:
        """Pass on what ran out, withdraw what is with counselors who are hidden now, and free holds without an offer.

        How many there were.
        """
        return sum(self._mend(hold, now) for hold in self.offers.holds())

    def _mend(self, hold: Hold, now: datetime) -> bool:
        offer = self.offers.find(hold.offer_id)
        if offer is None or offer.status is not OfferStatus.OPEN:
            commit(self.appointments.table.client, self.offers.give_back(hold))
            return True
        if now >= offer.until:
            return self._try_to_close(offer, OfferStatus.LAPSED, now)
        practice = self.practices.find(offer.counselor_id)
        if practice is None or not practice.profile.published:
            return self._try_to_close(offer, OfferStatus.WITHDRAWN, now)
        return False

    def _try_to_close(self, offer: Offer, status: OfferStatus, now: datetime) -> bool:
        try:
            self.close(offer, status, now)
        except OfferOver:  # they took it, or somebody else closed it, a moment ago
            return False
        return True

    def _offer(self, practice: Practice, slot: Slot, given_back_by: str, now: datetime) -> Offer | None:
        def writes(then: _Next | None) -> list[Write]:
            return [*self.offers.hold(then.offer), *self._made(then, now)] if then else []

        try:
            then = self._commit_for_first(lambda: self._first(practice, slot, given_back_by, now), writes)
        except SlotTaken:
            return None
        return then.offer if then else None

    def _commit_for_first(
        self, choose: Callable[[], _Next | None], writes: Callable[[_Next | None], list[Write]]
    ) -> _Next | None:
        """Commit for whoever comes first; if that changes at that very moment, look again who does."""
        for _ in range(_ATTEMPTS):
            then = choose()
            try:
                if wanted := writes(then):
                    commit(self.appointments.table.client, wanted)
            except Overtaken:
                continue
            return then
        raise Busy

    def _made(self, then: _Next, now: datetime) -> list[Write]:
        return [self.offers.put_new(then.offer), self.wishes.mark(then.wish, then.offer.id, now)]

    def _let_go(self, offer: Offer, *, leaving: bool) -> list[Write]:
        wish = self.wishes.find(offer.client_id)
        if wish is None or wish.offer_id != offer.id:
            return []
        change = self.wishes.remove if leaving else self.wishes.release
        return [change(offer.client_id, offer.id)]

    def _first(
        self, practice: Practice | None, slot: Slot, given_back_by: str, now: datetime, held: Offer | None = None
    ) -> _Next | None:
        """Who comes first for this time, if it is still on offer as it is, and as it is held."""
        if practice is None or not practice.profile.published:
            return None
        rules = practice.availability
        on_offer = next(offered(rules, slot.start, slot.start + timedelta(seconds=1), now), None)
        if on_offer != slot or (held and held.buffer != rules.buffer):
            return None
        if Finder(self.practices, self.appointments, BusyStore(self.appointments.table)).is_busy(practice, slot, now):
            return None
        return next(self._in_line(practice, slot, given_back_by, now), None)

    def _in_line(self, practice: Practice, slot: Slot, given_back_by: str, now: datetime) -> Iterator[_Next]:
        line = [
            wish
            for wish in in_line(self.wishes.everybody())
            if wish.waits(now) and wish.client_id != given_back_by and wish.wanted.fits(practice, slot)
        ]
        known = self.offers.known(offer_id(practice.counselor_id, slot.start, wish.client_id) for wish in line)
        for wish in line:
            quiet = self.quiet(wish.client_id)
            until = open_until(now, slot.start, practice.availability.notice, quiet, wish.wanted.zone)
            if until is None or not self._is_free(wish.client_id, practice, slot):
                continue
            offer = Offer.of(wish, practice, slot, given_back_by, until, now)
            if offer.id not in known:
                yield _Next(wish, offer)

    def _is_free(self, client_id: str, practice: Practice, slot: Slot) -> bool:
        taken = self.appointments.days(client_id, slot.start.date(), slot.end.date()).taken
        return any(free(practice.availability, iter([slot]), {}, taken))
