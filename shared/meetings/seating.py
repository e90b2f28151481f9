"""Taking a seat in a meeting."""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.appointments.model import Mode
from shared.ids import new_id
from shared.meetings.occasions import Occasion
from shared.meetings.seat import Seat, SeatStatus


@dataclass(frozen=True)
class Page:
    """One page in somebody's browser: `device` is an id it made up, `mode` how they want to take part."""

    device: str
    mode: Mode


def new_seat(person_id: str, occasion: Occasion, page: Page, now: datetime) -> Seat:
    """The seat of somebody who comes for the first time: hosts are let in at once, others wait."""
    return Seat(
        id=new_id(),
        person_id=person_id,
        role=occasion.role,
        name=occasion.name(),
        status=SeatStatus.ADMITTED if occasion.role.hosts else SeatStatus.WAITING,
        device=page.device,
        mode=page.mode,
        arrived_at=now,
        member_id=occasion.member_id,
    )


def taken_up(there: Seat, page: Page, now: datetime) -> Seat:
    """The seat of somebody who comes again. Whoever was not let in may ask once more, who was removed may not."""
    if there.status is SeatStatus.REMOVED:
        there.require_admitted()
    waits = there.status is SeatStatus.DECLINED
    return replace(
        there,
        device=page.device,
        mode=page.mode,
        number=there.number if there.device == page.device else 0,
        status=SeatStatus.WAITING if waits else there.status,
        arrived_at=now if waits else there.arrived_at,
    )
