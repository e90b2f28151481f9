"""Routes: who looks after a room, and when."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from functions.call import Call, Input, Reply, View
from functions.inputs import Day, SeenVersion, Zone
from functions.operation import operation
from functions.room_views import ModeView
from functions.staff_api.app import StaffApp
from functions.staff_api.rooms import Id
from shared.errors import ChangedMeanwhile, Invalid, NotAllowed, NotFound
from shared.rooms.rota import RoomMode, Rota, SwapState, occurrences, state_at
from shared.rooms.shifts import Shift
from shared.rooms.swaps import NotOnOffer, ShiftOver

Clock = Annotated[str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
SHOWN = timedelta(days=14)


class ShiftInput(Input):
    """Every week on this ISO weekday (Monday is 1). A shift over midnight ends earlier than it starts."""

    id: Id
    facilitator_id: Id
    weekday: Annotated[int, Field(ge=1, le=7)]
    start: Clock
    end: Clock


class RotaInput(Input):
    """The weekly shifts, on the wall clock of `zone`, and the mode while nobody is there."""

    zone: Zone
    without_cover: Literal["slow", "resting"]
    shifts: Annotated[list[ShiftInput], Field(max_length=100)]
    version: SeenVersion


class SwapInput(Input):
    """What is to become of one occurrence of a shift, by the date on which it begins."""

    shift_id: Id
    on: Day
    do: Literal["offer", "take", "withdraw", "drop"]
    version: SeenVersion


class ShiftView(View):
    """A weekly shift."""

    id: str
    facilitator_id: str
    weekday: int
    start: str
    end: str


class SwapView(View):
    """What has become of one occurrence."""

    shift_id: str
    on: date
    by: str
    state: SwapState
    taken_by: str


class CoverView(View):
    """One occurrence ahead. Without a facilitator nobody comes."""

    start: datetime
    end: datetime
    facilitator_id: str
    facilitator_name: str
    shift_id: str
    on: date
    offered: bool
    mine: bool


class RotaView(View):
    """The rota, the mode that follows from it, and the two weeks ahead."""

    zone: str
    without_cover: RoomMode
    shifts: list[ShiftView]
    swaps: list[SwapView]
    version: int
    mode: ModeView
    ahead: list[CoverView]


@operation({200: RotaView}, NotAllowed, NotFound)
def show(app: StaffApp, call: Call) -> Reply:
    """The rota of a room."""
    app.rooms.facilitating.get(call.caller, call.path["room_id"])
    return Reply.of(_view(app, call, app.coverage.get(call.path["room_id"])))


@operation({200: RotaView}, NotAllowed, NotFound, ChangedMeanwhile)
def write(app: StaffApp, call: Call, body: RotaInput) -> Reply:
    """Replace the weekly shifts. Swaps of shifts that stay are kept."""
    shifts = tuple(
        Shift(shift.id, shift.facilitator_id, shift.weekday, _minutes(shift.start), _minutes(shift.end))
        for shift in body.shifts
    )
    _facilitators_only(app, call, body.shifts)
    rota = Rota(body.zone, shifts=shifts, without_cover=RoomMode(body.without_cover), version=body.version)
    once = call.once(partial(_view, app, call))
    return _announced(app, call, app.coverage.write(call.caller, call.path["room_id"], rota, once, call.now))


@operation({200: RotaView}, NotAllowed, NotFound, ShiftOver, NotOnOffer, ChangedMeanwhile)
def swap(app: StaffApp, call: Call, body: SwapInput) -> Reply:
    """Offer a shift to others, take one, take an offer back, or say that one cannot come."""
    act = {
        "offer": app.coverage.offer,
        "take": app.coverage.take,
        "withdraw": app.coverage.withdraw,
        "drop": app.coverage.drop,
    }[body.do]
    once = call.once(partial(_view, app, call))
    return _announced(
        app, call, act(call.caller, call.path["room_id"], body.shift_id, body.on, body.version, once, call.now)
    )


def _facilitators_only(app: StaffApp, call: Call, shifts: list[ShiftInput]) -> None:
    """A shift is somebody's who facilitates the room. Raises NotAllowed, NotFound, Invalid."""
    known = app.rooms.facilitating.get(call.caller, call.path["room_id"]).facilitators
    for number, shift in enumerate(shifts):
        if shift.facilitator_id not in known:
            raise Invalid("Please choose a facilitator of this room.", field=f"body.shifts.{number}.facilitator_id")


def _announced(app: StaffApp, call: Call, rota: Rota) -> Reply:
    app.announce_mode(call.path["room_id"], call.now)
    return Reply.of(_view(app, call, rota))


def _view(app: StaffApp, call: Call, rota: Rota) -> RotaView:
    names = app.rooms.store.get(call.path["room_id"]).facilitators
    return RotaView(
        zone=rota.zone,
        without_cover=rota.without_cover,
        shifts=[
            ShiftView(
                id=shift.id,
                facilitator_id=shift.facilitator_id,
                weekday=shift.weekday,
                start=_clock(shift.start),
                end=_clock(shift.end),
            )
            for shift in rota.shifts
        ],
        swaps=[
            SwapView(shift_id=swap.shift_id, on=swap.on, by=swap.by, state=swap.state, taken_by=swap.taken_by)
            for swap in rota.swaps
        ],
        version=rota.version,
        mode=ModeView.of(state_at(rota, call.now)),
        ahead=[
            CoverView(
                start=cover.start,
                end=cover.end,
                facilitator_id=cover.facilitator_id,
                facilitator_name=names.get(cover.facilitator_id, ""),
                shift_id=cover.shift_id,
                on=cover.on,
                offered=cover.offered,
                mine=cover.facilitator_id == call.caller.id,
            )
            for cover in occurrences(rota, call.now, call.now + SHOWN)
        ],
    )


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
