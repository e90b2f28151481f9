"""Route: the facilitators' one page."""

from datetime import datetime

from functions.call import Call, Reply, View
from functions.operation import operation
from functions.room_views import ModeView
from functions.staff_api.app import StaffApp
from shared.errors import NotAllowed
from shared.rooms.log import HeldFor, Message
from shared.rooms.model import Room
from shared.rooms.pulse import Pulse, Why
from shared.rooms.queue import QueueItem, Waiting


class MemberNameView(View):
    """A member, by id and handle of this room."""

    id: str
    handle: str


class QueueItemView(View):
    """Something that waits; `text` is what a person wrote: the message, or why they ask to join or for another look.

    For reports, `reason` lists why and `note` what was said; never by whom. For appeals, `reason` is the decision's.
    """

    id: str
    room_id: str
    room_name: str
    kind: Waiting
    at: datetime
    member: MemberNameView
    seq: int | None
    text: str
    reason: str
    note: str
    held_for: HeldFor | None
    reports: int

    @classmethod
    def of(cls, room: Room, item: QueueItem, message: Message | None) -> "QueueItemView":
        """The item, with the words it is about."""
        asks = item.kind in {Waiting.REQUEST, Waiting.APPEAL}
        return cls(
            id=item.id,
            room_id=room.id,
            room_name=room.settings.name,
            kind=item.kind,
            at=item.at,
            member=MemberNameView(id=item.member_id, handle=item.handle),
            seq=item.seq or None,
            text=item.note if asks else message.text if message else "",
            reason=item.reason,
            note="" if asks else item.note,
            held_for=item.held_for,
            reports=item.reports,
        )


class PulseView(View):
    """How a room is doing. `messages_today` counts the last 24 hours, at most 200."""

    room_id: str
    name: str
    mode: ModeView
    members: int
    here: int
    messages_today: int
    last_posted_at: datetime | None
    waiting: int


class WordView(View):
    """Somebody who might need a word."""

    room_id: str
    room_name: str
    member: MemberNameView
    why: Why


class QueueView(View):
    """What waits, oldest first; how the rooms are doing; who might need a word."""

    items: list[QueueItemView]
    rooms: list[PulseView]
    words: list[WordView]


@operation({200: QueueView}, NotAllowed)
def show(app: StaffApp, call: Call) -> Reply:
    """Everything that a facilitator has to look at, over all their rooms."""
    rooms = app.rooms.facilitating.mine(call.caller)
    items: list[QueueItemView] = []
    pulses: list[PulseView] = []
    for room in rooms:
        waiting = app.rooms.pulse.held_and_reported(room)
        items += [QueueItemView.of(room, item, message) for item, message in waiting]
        pulses.append(_pulse(app, call, app.rooms.pulse.of(room, call.now), len(waiting)))
    words = [
        WordView(
            room_id=word.room.id,
            room_name=word.room.settings.name,
            member=MemberNameView(id=word.member.member_id, handle=word.member.handle),
            why=word.why,
        )
        for word in app.rooms.pulse.words(call.caller, rooms, call.now)
    ]
    items.sort(key=lambda item: (item.at, item.id))
    return Reply.of(QueueView(items=items, rooms=pulses, words=words))


def _pulse(app: StaffApp, call: Call, pulse: Pulse, waiting: int) -> PulseView:
    return PulseView(
        room_id=pulse.room.id,
        name=pulse.room.settings.name,
        mode=ModeView.of(app.rooms.mode(pulse.room, call.now)),
        members=pulse.room.joined,
        here=pulse.here,
        messages_today=pulse.messages_today,
        last_posted_at=pulse.last_posted_at,
        waiting=waiting,
    )
