"""What facilitators do with single shifts: offer, withdraw, take, drop. Each gives the rota as it is afterwards."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from shared.errors import Conflict, Invalid, NotAllowed, NotFound
from shared.rooms.rota import Cover, Rota, Swap, SwapState, occurrence

AHEAD = timedelta(weeks=8)  # with a hundred shifts at most 800 swaps, about 150 kB of an item's 400
_KEPT = timedelta(days=2)  # past its date an occurrence may go on until the end of the next day


class ShiftOver(Conflict):
    """It has ended: nothing can be changed about who was there."""

    code = "shift_over"
    title = "This shift is over"


class NotOnOffer(Conflict):
    """There is nothing to take, or nothing to take back."""

    code = "not_on_offer"
    title = "This shift is not on offer"


def offer(rota: Rota, shift_id: str, on: date, by: str, now: datetime) -> Rota:
    """`by` would like somebody else to come. Until somebody takes it, it stays with them.

    Raises NotFound, ShiftOver, Invalid when it is too far ahead, NotAllowed when it is not theirs.
    """
    _theirs(_open(rota, shift_id, on, now), by)
    return _with(rota, Swap(shift_id, on, by, SwapState.OFFERED))


def drop(rota: Rota, shift_id: str, on: date, by: str, now: datetime) -> Rota:
    """`by` cannot come, and now nobody will. Raises what `offer` raises."""
    _theirs(_open(rota, shift_id, on, now), by)
    return _with(rota, Swap(shift_id, on, by, SwapState.DROPPED))


def withdraw(rota: Rota, shift_id: str, on: date, by: str, now: datetime) -> Rota:
    """`by` takes back their offer and comes. Raises what `offer` raises, and NotOnOffer."""
    found = _open(rota, shift_id, on, now)
    _theirs(found, by)
    if not found.offered:
        raise NotOnOffer("There is no offer to take back.")
    return _given_to(rota, found, by)


def take(rota: Rota, shift_id: str, on: date, by: str, now: datetime) -> Rota:
    """`by` comes instead of whoever offered it, or although it was dropped.

    Raises what `offer` raises, and NotOnOffer.
    """
    found = _open(rota, shift_id, on, now)
    if found.facilitator_id == by:
        raise NotAllowed("This shift is yours already.")
    if found.facilitator_id and not found.offered:
        raise NotOnOffer
    return _given_to(rota, found, by)


def carried_over(before: Rota, after: Rota, now: datetime) -> Rota:
    """`after` with the swaps of `before` that still mean something.

    A swap goes with its shift, or when the shift moves to another weekday. When the shift becomes another's, only
    the word of somebody third who said they would come stands: who has it now was not asked, and comes.
    """
    shifts = {shift.id: shift for shift in after.shifts}
    owners = {shift.id: shift.facilitator_id for shift in before.shifts}
    kept = []
    for swap in before.swaps:
        shift, owner = shifts.get(swap.shift_id), owners.get(swap.shift_id)
        if shift is None or not shift.falls_on(swap.on):
            continue
        if shift.facilitator_id == owner or swap.holder not in ("", owner):
            kept.append(swap)
    return pruned(replace(after, swaps=tuple(kept)), now)


def pruned(rota: Rota, now: datetime) -> Rota:
    """The rota without swaps of occurrences that are over."""
    oldest = now.astimezone(ZoneInfo(rota.zone)).date() - _KEPT
    return replace(rota, swaps=tuple(swap for swap in rota.swaps if swap.on >= oldest))


def _open(rota: Rota, shift_id: str, on: date, now: datetime) -> Cover:
    if on > now.astimezone(ZoneInfo(rota.zone)).date() + AHEAD:
        raise Invalid("Single shifts can change hands up to eight weeks ahead.", field="body.on")
    found = occurrence(rota, shift_id, on)
    if found is None:
        raise NotFound
    if found.end <= now:
        raise ShiftOver
    return found


def _theirs(found: Cover, by: str) -> None:
    if found.facilitator_id != by:
        raise NotAllowed("This shift is somebody else's, or nobody's.")


def _given_to(rota: Rota, found: Cover, to: str) -> Rota:
    """The occurrence with somebody: no swap is needed to say that whose shift it is comes."""
    owner = next(shift.facilitator_id for shift in rota.shifts if shift.id == found.shift_id)
    if to == owner:
        return _without(rota, found.shift_id, found.on)
    return _with(rota, Swap(found.shift_id, found.on, owner, SwapState.TAKEN, to))


def _with(rota: Rota, swap: Swap) -> Rota:
    others = _without(rota, swap.shift_id, swap.on)
    return replace(others, swaps=(*others.swaps, swap))


def _without(rota: Rota, shift_id: str, on: date) -> Rota:
    return replace(rota, swaps=tuple(swap for swap in rota.swaps if (swap.shift_id, swap.on) != (shift_id, on)))
