"""The frames of the socket. `docs/api/asyncapi.json` is generated from these, and pages hold to it."""

from datetime import datetime
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from functions.call import Input, View
from functions.entry_views import EntryView
from shared.errors import NotFound, Refusal, SignInRequired
from shared.ids import ID_PATTERN
from shared.rooms.connections import TooManyRooms
from shared.rooms.refusals import MemberMuted, MemberSuspended, NotAMember, Removed
from shared.rooms.rota import RoomMode

RoomId = Annotated[str, Field(pattern=ID_PATTERN)]


class Ping(Input):
    """Keep the socket. Every four minutes, please: a lease lasts ten."""

    type: Literal["ping"]


class Watch(Input):
    """The room is open on the page: send what happens there."""

    type: Literal["watch"]
    room: RoomId


class Unwatch(Input):
    """The room is open no longer."""

    type: Literal["unwatch"]
    room: RoomId


class Typing(Input):
    """Somebody types. At most every four seconds, please: it is forgotten after six."""

    type: Literal["typing"]
    room: RoomId


Said = Annotated[Ping | Watch | Unwatch | Typing, Field(discriminator="type")]
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


class Trouble(View):
    """The last frame could not be done."""

    type: Literal["problem"] = "problem"
    code: str
    detail: str


SAID: tuple[type[Input], ...] = (Ping, Watch, Unwatch, Typing)
HEARD: tuple[type[View], ...] = (Pong, Watching, News, Hint, Here, TypingNow, ModeNow, Standing, Gone, Trouble)


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
}
"""Any frame may besides be `malformed`, `invalid` or a `fault`, or find us `busy`."""


def frame(view: View) -> bytes:
    """A frame as it travels."""
    return view.model_dump_json().encode()
