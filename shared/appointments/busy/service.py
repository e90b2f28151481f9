"""What counselors do with their other calendar."""

from dataclasses import dataclass
from datetime import datetime

from shared.appointments.busy.addresses import Address
from shared.appointments.busy.store import BusyStore
from shared.appointments.busy.trouble import CannotRead
from shared.appointments.busy.watched import Watched
from shared.appointments.practice_store import PracticeStore
from shared.appointments.practices import counselors_only
from shared.errors import Invalid
from shared.ids import new_id
from shared.intents import Once
from shared.people.model import Principal
from shared.tables import Write, commit


class CalendarAddress(Invalid):
    """This is not an address a calendar is fetched from."""

    code = "calendar_address"
    title = "This is not the address of a calendar that can be read from here"


@dataclass(frozen=True)
class BusyCalendars:
    """Use cases of a counselor and the calendar that keeps clients from booking."""

    store: BusyStore
    practices: PracticeStore

    def own(self, caller: Principal) -> Watched | None:
        """The calendar the caller has named. Raises NotAllowed."""
        counselors_only(caller)
        return self.store.find(caller.id)

    def watch(self, caller: Principal, address: str, once: Once, now: datetime) -> Watched:
        """Watch the calendar at this address, instead of any other. Raises CalendarAddress, NotAllowed.

        It is not looked at here: that is for a function which may do nothing else.
        """
        counselors_only(caller)
        try:
            place = Address.of(address)
        except CannotRead:
            raise CalendarAddress("It begins with https:// and names a public site.", field="body.address") from None
        watched = Watched(caller.id, str(place), new_id(), now)
        named = [once(watched), self.practices.note_busy_calendar(caller.id, there=True), *self.store.watch(watched)]
        commit(self.store.table.client, named)
        return watched

    def forget(self, caller: Principal, once: Once) -> None:
        """Watch nothing any more; all its times are free at once. Raises NotAllowed."""
        counselors_only(caller)
        gone = [once(None), self.practices.note_busy_calendar(caller.id, there=False), *self.store.forget(caller.id)]
        commit(self.store.table.client, gone)

    def let_go(self, counselor_id: str) -> list[Write]:
        """The writes that forget the calendar of somebody who is no counselor any more."""
        return self.store.forget(counselor_id)
