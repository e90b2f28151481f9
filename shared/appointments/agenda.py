"""A counselor's own calendar: what is in it, and time they keep free."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from shared.appointments.cells import cells
from shared.appointments.model import Appointment, Block
from shared.appointments.offer_store import OfferStore
from shared.appointments.practices import counselors_only
from shared.appointments.refusals import SlotTaken, TimeHeld
from shared.appointments.slots import midnight
from shared.appointments.store import AppointmentStore, day_changes
from shared.clock import instant_text
from shared.errors import Invalid, NotFound, Refusal
from shared.ids import new_id
from shared.intents import Once
from shared.people.model import Principal
from shared.tables import Item, commit

Stretch = tuple[datetime, datetime]
LONGEST_BLOCK = timedelta(days=7)


@dataclass(frozen=True)
class Agenda:
    """A stretch of a counselor's calendar."""

    appointments: list[Appointment]
    blocks: list[Block]


@dataclass(frozen=True)
class Agendas:
    """Use cases of a counselor and their calendar."""

    store: AppointmentStore

    def show(self, caller: Principal, first: date, days: int) -> Agenda:
        """What is in the caller's calendar on these dates of their own zone."""
        counselors_only(caller)
        zone = ZoneInfo(caller.zone)
        start, end = midnight(first, zone), midnight(first + timedelta(days=days), zone)
        held = self.store.days(caller.id, start.date(), end.date())
        return Agenda(
            [a for a in self.store.find_many(held.appointment_ids) if a.start < end and a.end > start],
            [b for b in self.store.find_blocks(held.block_ids) if b.start < end and b.end > start],
        )

    def block(self, caller: Principal, start: datetime, end: datetime, note: str, once: Once, now: datetime) -> Block:
        """Keep time free. It takes the same cells a booking does, so the two can never meet.

        Raises Invalid, TimeHeld, SlotTaken with the ids of the `appointments` in the way.
        """
        counselors_only(caller)
        if not start < end:
            raise Invalid("The end has to be after the start.", field="body.end")
        if end <= now:
            raise Invalid("This time is over.", field="body.start")
        if end - start > LONGEST_BLOCK:
            raise Invalid("At most seven days at once; for a holiday, close the dates in your hours.", field="body.end")
        block = Block(new_id(), caller.id, start, end, note)
        days = self.store.change_days(
            caller.id, "blocks", block.id, day_changes(None, (start, end), unlist=True), _taken
        )
        try:
            commit(self.store.table.client, [once(block), *days, self.store.put_block(block)])
        except SlotTaken:
            held = self.store.days(caller.id, start.date(), end.date())
            there = [a for a in self.store.find_many(held.appointment_ids) if a.is_ahead(now)]
            in_the_way = [a.id for a in there if _meet((a.start, a.occupied_until), (start, end))]
            if not in_the_way:
                self._not_held(caller.id, (start, end))
            raise SlotTaken("There is something in your calendar already.", appointments=in_the_way) from None
        return block

    def unblock(self, caller: Principal, block_id: str, once: Once) -> None:
        """Give the time free again. Raises NotFound."""
        counselors_only(caller)
        block = self.store.find_block(block_id)
        if block is None or block.counselor_id != caller.id:
            raise NotFound
        changes = day_changes((block.start, block.end), None, unlist=True)
        days = self.store.change_days(caller.id, "blocks", block.id, changes, _taken)
        commit(self.store.table.client, [once(None), self.store.delete_block(block.id), *days])

    def _not_held(self, counselor_id: str, stretch: Stretch) -> None:
        """Raises TimeHeld if somebody is being offered a time in this stretch."""
        offers = OfferStore(self.store)
        for hold in offers.holds():
            if hold.counselor_id == counselor_id and _meet((hold.start, hold.occupied_until), stretch):
                offer = offers.find(hold.offer_id)
                until = {"held_until": instant_text(offer.until)} if offer else {}
                raise TimeHeld("They may take it until then. If nobody does, you can keep it free.", **until)


def _meet(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches touch the same quarter of an hour, as the calendar sees it."""
    theirs = cells(*other)
    return any(numbers & theirs.get(day, frozenset()) for day, numbers in cells(*one).items())


def _taken(_old: Item | None) -> Refusal:
    return SlotTaken()
