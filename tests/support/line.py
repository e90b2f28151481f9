"""The waiting list at the services: who waits, what comes free, and what has to hold of both at every moment."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from shared.appointments.freed import Freed, freed_by
from shared.appointments.model import Appointment, Mode
from shared.appointments.offer import Offer, Quiet
from shared.appointments.offering import Offering
from shared.appointments.waitlist import Waitlist
from shared.appointments.wish import Wanted, Wish
from shared.people.model import Principal
from tests.support import calendars
from tests.support.dynamodb_local import TableNames
from tests.support.house import House


class Line(House):
    """A house with a waiting list. Nothing is offered until a test hands over what came free, as the stream would."""

    def __init__(self, dynamodb: Any, tables: TableNames) -> None:
        super().__init__(dynamodb, tables)
        self.quiet: dict[str, Quiet] = {}
        self.offering = Offering(self.practices, self.appointments.store, self.quiet.get)
        self.waitlist = Waitlist(self.appointments, self.offering)

    def wait(self, client: Principal, **wanted: Any) -> Wish:
        """Wait for any time by video, but for what is said otherwise."""
        usual: dict[str, Any] = {"modes": frozenset({Mode.VIDEO}), "zone": "UTC"}
        return self.waitlist.wait(client, Wanted(**usual | wanted), self.once(), self.clock())

    def waiting(self, count: int) -> list[Principal]:
        """So many clients who wait, each for a second less than the one before."""
        line = []
        for _ in range(count):
            line.append(self.client())
            self.wait(line[-1])
            self.clock.now = self.clock().replace(second=(self.clock().second + 1) % 60)
        return line

    def call_off(self, caller: Principal, appointment: Appointment) -> Freed | None:
        """Cancel; what the stream then says came free."""
        return self._freed_while(appointment, lambda: self.cancel(caller, appointment))

    def shift(self, client: Principal, appointment: Appointment, start: datetime) -> Freed | None:
        """Move; what the stream then says came free."""
        return self._freed_while(appointment, lambda: self.move(client, appointment, start))

    def freed(self, freed: Freed | None) -> list[Offer]:
        """Hand over what came free."""
        assert freed
        return self.offering.freed(freed, self.clock())

    def held_for(self, client: Principal) -> Offer | None:
        """The time that is held for a client now."""
        return next(iter(self.waitlist.open_offers(client, self.clock())), None)

    def take(self, client: Principal, offer: Offer) -> Appointment:
        """Take a time."""
        return self.waitlist.take(client, offer.id, Mode.VIDEO, "UTC", self.once(), self.clock())

    def decline(self, client: Principal, offer: Offer) -> None:
        """Let a time go."""
        self.waitlist.decline(client, offer.id, self.once(), self.clock())

    def leave(self, client: Principal) -> None:
        """Leave the list."""
        self.waitlist.leave(client, self.once(), self.clock())

    def pass_on(self, offer: Offer) -> None:
        """What is done when a time should have run out."""
        self.offering.pass_on(offer.id, self.clock())

    def sweep(self) -> int:
        """What is done every quarter of an hour."""
        return self.offering.sweep(self.clock())

    def faults(self) -> list[str]:
        """What is wrong with calendars and waiting list, one sentence each; none if all is well."""
        items = self.items()
        return [*calendars.faults(items), *_wrongly_offered(calendars.plain(items))]

    def _freed_while(self, appointment: Appointment, change: Any) -> Freed | None:
        key = (f"APPOINTMENT#{appointment.id}", "APPOINTMENT")
        before = self.appointments.store.table.get(*key)
        change()
        return freed_by(before, self.appointments.store.table.get(*key))


def _wrongly_offered(items: list[dict[str, Any]]) -> Iterator[str]:
    open_ = {item["id"]: item for item in items if item["sk"] == "OFFER" and item["status"] == "open"}
    holds = [item for item in items if item["pk"] == "HOLDS"]
    wishes = {item["sk"].removeprefix("CLIENT#"): item.get("offer_id") for item in items if item["pk"] == "WISHES"}
    if sorted(hold["offer_id"] for hold in holds) != sorted(open_):
        yield f"{len(holds)} times are held, and {len(open_)} offers are open"
    for hold in holds:
        offer = open_.get(hold["offer_id"])
        if offer and (offer["counselor_id"], offer["start"]) != (hold["counselor_id"], hold["start"]):
            yield f"{offer['id']} holds another time than it offers"
    for offer in open_.values():
        if wishes.get(offer["client_id"]) != offer["id"]:
            yield f"{offer['id']} is open to somebody whose wish does not know of it"
    for client_id, offer_id in wishes.items():
        if offer_id and offer_id not in open_:
            yield f"{client_id} waits for an answer to {offer_id}, which is not open"
    for item in items:
        if item["sk"] == "OFFER" and item["status"] == "taken":
            booked = next((one for one in items if one.get("id") == item["appointment_id"]), None)
            if booked is None or (booked["client_id"], booked["counselor_id"]) != (
                item["client_id"],
                item["counselor_id"],
            ):
                yield f"{item['id']} was taken, and there is no such appointment"
