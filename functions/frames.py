"""The frames of the socket. `docs/api/asyncapi.json` is generated from these, and pages hold to it."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from functions.call import Input, View
from functions.entry_views import EntryView
from shared.errors import NotFound, Refusal, SignInRequired, TooMany
from shared.ids import ID_PATTERN
from shared.meetings.refusals import MeetingEnded, NotInCall, SeatMoved
from shared.rooms.connections import TooManyRooms
from shared.rooms.refusals import MemberMuted, MemberSuspended, NotAMember, Removed
from shared.rooms.rota import RoomMode

MOST_SDP = 14_000  # API Gateway takes frames of 32 kB

Id = Annotated[str, Field(pattern=ID_PATTERN)]


class Ping(Input):
    """Keep the socket. Every four minutes, please: a lease lasts ten."""

    type: Literal["ping"]


class Watch(Input):
    """The room is open on the page: send what happens there."""

    type: Literal["watch"]
    room: Id


class Unwatch(Input):
    """The room is open no longer."""

    type: Literal["unwatch"]
    room: Id


class Typing(Input):
    """Somebody types. At most every four seconds, please: it is forgotten after six."""

    type: Literal["typing"]
    room: Id


class SignalKind(StrEnum):
    """What a browser tells another. `again` asks whoever offers for a fresh connection, `restart` for new paths."""

    OFFER = "offer"
    ANSWER = "answer"
    CANDIDATES = "candidates"
    AGAIN = "again"
    RESTART = "restart"
    STATE = "state"


class CandidateInput(Input):
    """RTCIceCandidateInit (W3C WebRTC, 4.8.1)."""

    candidate: Annotated[str, Field(max_length=500)]
    sdpMid: Annotated[str, Field(max_length=64)] | None = None  # noqa: N815 - the standard's own name
    sdpMLineIndex: Annotated[int, Field(ge=0, lt=64)] | None = None  # noqa: N815


class SwitchesInput(Input):
    """What somebody sends just now."""

    microphone: bool
    camera: bool
    screen: bool


class SignalInput(Input):
    """One step of two browsers towards a connection. `call` names the attempt; whoever offers has chosen it."""

    kind: SignalKind
    call: Annotated[str, Field(pattern="^[0-9a-f]{8,32}$")]
    sdp: Annotated[str, Field(max_length=MOST_SDP)] | None = None
    candidates: Annotated[list[CandidateInput], Field(max_length=30)] | None = None
    state: SwitchesInput | None = None


class Signal(Input):
    """Tell somebody's browser something, on the way to a connection between the two of you."""

    type: Literal["signal"]
    meeting: Id
    device: Id
    to: Id
    body: SignalInput


Said = Annotated[Ping | Watch | Unwatch | Typing | Signal, Field(discriminator="type")]
"""What a page says."""


class Pong(View):
    """The socket is kept until `lease_until`. `tails` says how far the rooms have come that it has open."""

    type: Literal["pong"] = "pong"
    at: datetime
    lease_until: datetime
    tails: dict[str, int]


class Watching(View):
    """What happens in the room comes here now. `tail` is its newest number, `here` how many people have it open."""

    type: Literal["watching"] = "watching"
    room: str
    here: int
    tail: int


class News(View):
    """An entry of the room's log, as everybody sees it who may."""

    type: Literal["entry"] = "entry"
    room: str
    entry: EntryView


class Hint(View):
    """There is an entry with this number: please ask for it."""

    type: Literal["hint"] = "hint"
    room: str
    seq: int


class Here(View):
    """How many people have the room open."""

    type: Literal["here"] = "here"
    room: str
    here: int


class TypingNow(View):
    """How many people type, the receiver among them if they do."""

    type: Literal["typing"] = "typing"
    room: str
    typing: int


class ModeNow(View):
    """The mode of the room has changed."""

    type: Literal["mode"] = "mode"
    room: str
    mode: RoomMode
    until: datetime | None
    next_live_at: datetime | None


class Standing(View):
    """A facilitator has decided something about the receiver: please ask for the room."""

    type: Literal["standing"] = "standing"
    room: str


class Gone(View):
    """The room is no longer the receiver's to see."""

    type: Literal["removed"] = "removed"
    room: str


class CircleNow(View):
    """A circle has begun in the room, or has ended."""

    type: Literal["circle"] = "circle"
    room: str
    on: bool


class MeetingNow(View):
    """A meeting of the receiver's has changed: please ask for it, unless this version is known."""

    type: Literal["meeting"] = "meeting"
    meeting: str
    version: int


class Signalled(View):
    """What the browser in another seat says."""

    type: Literal["signal"] = "signal"
    meeting: str
    sender: str
    body: SignalInput


class Trouble(View):
    """The last frame could not be done."""

    type: Literal["problem"] = "problem"
    code: str
    detail: str


SAID: tuple[type[Input], ...] = (Ping, Watch, Unwatch, Typing, Signal)
HEARD: tuple[type[View], ...] = (
    Pong,
    Watching,
    News,
    Hint,
    Here,
    TypingNow,
    ModeNow,
    Standing,
    Gone,
    CircleNow,
    MeetingNow,
    Signalled,
    Trouble,
)


class Exchange(NamedTuple):
    """What comes of a frame: its answer, if it has one, or a `Trouble` with the code of one of the refusals."""

    answer: type[View] | None
    refusals: tuple[type[Refusal], ...]


_OUTSIDE = (NotFound, NotAMember, Removed, MemberSuspended)
EXCHANGES: dict[type[Input], Exchange] = {
    Ping: Exchange(Pong, (SignInRequired, NotFound)),
    Watch: Exchange(Watching, (SignInRequired, *_OUTSIDE, TooManyRooms)),
    Unwatch: Exchange(None, (NotFound,)),
    Typing: Exchange(None, (*_OUTSIDE, MemberMuted)),
    Signal: Exchange(None, (NotFound, MeetingEnded, SeatMoved, NotInCall, TooMany)),
}
"""Any frame may besides be `malformed`, `invalid` or a `fault`, or find us `busy`."""


def frame(view: View) -> bytes:
    """A frame as it travels."""
    return view.model_dump_json().encode()
