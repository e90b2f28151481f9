"""How offers are kept, and how they hold a time.

    OFFER#<id>            OFFER             a time and the client it was offered to; its id is made of both, so that
                                            nobody is offered the same time twice
    HOLDS                 <hold id>         a time that is held now, and which offer it belongs to
    CALENDAR#<person id>  DAY#2026-11-24    the counselor's day lists the hold in `holds`, and its cells are taken by it

While a time goes from one client to the next only the row in `HOLDS` changes hands: the calendar stays as it is, and
nobody can book in between.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.appointments.cells import cells
from shared.appointments.model import Mode
from shared.appointments.offer import Offer, OfferStatus
from shared.appointments.refusals import OfferOver, SlotTaken
from shared.appointments.store import MARK_LENGTH, AppointmentStore, day_changes
from shared.appointments.wish_store import Overtaken
from shared.clock import epoch, instant_text, parse_instant
from shared.tables import Item, Table, Write

_HOLDS = "HOLDS"
_INSTANTS = ("start", "end", "until", "offered_at")
_KEPT_AFTER_END = timedelta(days=7)


@dataclass(frozen=True)
class Hold:
    """A time that is held now. It carries what is needed to give it back, even if its offer were gone."""

    id: str
    offer_id: str
    counselor_id: str
    start: datetime
    occupied_until: datetime


@dataclass(frozen=True)
class OfferStore:
    """Reads offers and holds, and makes the writes that change them."""

    appointments: AppointmentStore

    @property
    def table(self) -> Table:
        """The appointments table."""
        return self.appointments.table

    def find(self, offer_id: str) -> Offer | None:
        """One offer, as of now."""
        item = self.table.get(*_key(offer_id))
        return offer_of(item) if item else None

    def known(self, offer_ids: Iterable[str]) -> set[str]:
        """Those of the offers that were made, whatever became of them."""
        found = self.table.get_many([_key(offer_id) for offer_id in sorted(offer_ids)])
        return {str(item["id"]) for item in found.values()}

    def holds(self) -> list[Hold]:
        """Every time that is held now."""
        return [_hold(item) for item in self.table.query(_HOLDS, "0", "\uffff")]

    def put_new(self, offer: Offer) -> Write:
        """Write a new offer. Raises on commit Overtaken if this client was offered this time before."""
        return self.table.put_new(_item(offer), lost=_overtaken)

    def take(self, offer: Offer, appointment_id: str, now: datetime) -> Write:
        """Make of an offer that is open an appointment. Raises on commit OfferOver."""
        return self.table.update(
            *_key(offer.id),
            "SET #status = :taken, appointment_id = :appointment",
            when="#status = :open AND #until > :now",
            values={
                "taken": OfferStatus.TAKEN,
                "appointment": appointment_id,
                "open": OfferStatus.OPEN,
                "now": instant_text(now),
            },
            lost=_over,
        )

    def close(self, offer: Offer, status: OfferStatus) -> Write:
        """End an offer that nobody took. Raises on commit OfferOver if that has happened already, or it was taken."""
        return self.table.update(
            *_key(offer.id),
            "SET #status = :status",
            when="#status = :open",
            values={"status": status, "open": OfferStatus.OPEN},
            lost=_over,
        )

    def hold(self, offer: Offer) -> list[Write]:
        """Hold a free time for an offer. Raises on commit SlotTaken."""
        days = day_changes(None, (offer.start, offer.occupied_until), unlist=True)
        return [
            self.table.put_new(_hold_item(offer), lost=_taken),
            *self.appointments.change_days(offer.counselor_id, "holds", offer.hold_id, days, _taken),
        ]

    def pass_hold(self, before: Offer, after: Offer) -> Write:
        """Let a hold go from one offer to another."""
        return self.table.put(_hold_item(after), when="offer_id = :before", values={"before": before.id})

    def give_back(self, hold: Hold) -> list[Write]:
        """Free the time that is held."""
        days = day_changes((hold.start, hold.occupied_until), None, unlist=True)
        return [
            self._end(hold),
            *self.appointments.change_days(hold.counselor_id, "holds", hold.id, days, _taken),
        ]

    def hand_over(self, hold: Hold, appointment_id: str) -> list[Write]:
        """Let what is held of the counselor's calendar belong to an appointment from now on."""
        handed = []
        for day, numbers in sorted(cells(hold.start, hold.occupied_until).items()):
            marks = ", ".join(f"#c{cell:02} = :mark" for cell in sorted(numbers))
            change = f"SET {marks} ADD #appointments :appointment DELETE #holds :hold"
            values = {"mark": appointment_id[:MARK_LENGTH], "appointment": {appointment_id}, "hold": {hold.id}}
            handed.append(self.table.update(f"CALENDAR#{hold.counselor_id}", f"DAY#{day}", change, values=values))
        return [self._end(hold), *handed]

    def _end(self, hold: Hold) -> Write:
        return self.table.delete(_HOLDS, hold.id, when="offer_id = :offer", values={"offer": hold.offer_id})


def hold_of(offer: Offer) -> Hold:
    """What an open offer holds."""
    return Hold(offer.hold_id, offer.id, offer.counselor_id, offer.start, offer.occupied_until)


def offer_of(item: Item) -> Offer:
    """The offer an item holds."""
    told = {name: value for name, value in item.items() if name not in ("pk", "sk", "expires_at")}
    told |= {name: parse_instant(told[name]) for name in _INSTANTS}
    return Offer(**{**told, "status": OfferStatus(told["status"]), "modes": frozenset(map(Mode, told["modes"]))})


def offer_opened(before: Item | None, after: Item | None) -> Offer | None:
    """The offer that was made between two images of an item of the table's stream; None for all else."""
    return offer_of(after) if before is None and after is not None and after["sk"] == "OFFER" else None


def _key(offer_id: str) -> tuple[str, str]:
    return f"OFFER#{offer_id}", "OFFER"


def _item(offer: Offer) -> Item:
    pk, sk = _key(offer.id)
    instants = {name: instant_text(getattr(offer, name)) for name in _INSTANTS}
    kept = {**offer.__dict__, **instants, "modes": sorted(offer.modes)}
    return {"pk": pk, "sk": sk, **kept, "expires_at": epoch(offer.end + _KEPT_AFTER_END)}


def _hold_item(offer: Offer) -> Item:
    hold = hold_of(offer)
    instants = {"start": instant_text(hold.start), "occupied_until": instant_text(hold.occupied_until)}
    return {"pk": _HOLDS, "sk": hold.id, "offer_id": offer.id, "counselor_id": hold.counselor_id, **instants}


def _hold(item: Item) -> Hold:
    start, until = (parse_instant(item[name]) for name in ("start", "occupied_until"))
    return Hold(item["sk"], item["offer_id"], item["counselor_id"], start, until)


def _taken(_old: Item | None) -> Exception:
    return SlotTaken()


def _over(_old: Item | None) -> Exception:
    return OfferOver()


def _overtaken(_old: Item | None) -> Exception:
    return Overtaken()
