"""Telling open pages what happened: a hint, never the truth. What does not arrive is pulled, so nothing fails here."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol

from functions.call import View
from functions.entry_views import entry_for_all, hidden_from_all
from functions.frames import (
    CircleNow,
    Gone,
    Here,
    Hint,
    MeetingNow,
    ModeNow,
    News,
    SignalInput,
    Signalled,
    Standing,
    TypingNow,
    frame,
)
from shared.clock import Clock
from shared.meetings.model import Meeting
from shared.meetings.seat import Seat
from shared.rooms.connections import Connections, Watcher, here, typing
from shared.rooms.log import Message, MessageState
from shared.rooms.model import Membership
from shared.rooms.rota import State
from shared.rooms.writing import Changed
from shared.telemetry import fault

Frames = list[tuple[bytes, list[str]]]


class Delivery(Protocol):
    """Gets frames to sockets, each to all of its connection ids; answers the ids of sockets that are gone."""

    def __call__(self, frames: Frames) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Broadcast:
    """Everything pages are told of. `apart` looks up whom a member does not see and is not seen by."""

    connections: Connections
    deliver: Delivery
    clock: Clock
    apart: Callable[[str, str], frozenset[str]] = lambda _room_id, _member_id: frozenset()

    def news(self, room_id: str, changed: Changed, author: Membership | None = None) -> None:
        """A new entry. Whoever may not see the message is told only that its number is taken."""
        message, entry = changed
        if entry is None:
            return

        def frames(watchers: list[Watcher]) -> Frames:
            apart = author.hidden_from if author else self.apart(room_id, message.author)
            full, hint, none = _sorted(watchers, message, apart)
            return [
                (frame(News(room=room_id, entry=entry_for_all(changed))), full),
                (frame(Hint(room=room_id, seq=entry.seq)), hint),
                (frame(News(room=room_id, entry=hidden_from_all(entry))), none),
            ]

        self._tell(room_id, frames)

    def here(self, room_id: str, *, but: str = "") -> None:
        """How many people have the room open, to all sockets but one, which knows."""
        self._tell(room_id, lambda watchers: [(frame(Here(room=room_id, here=here(watchers))), _ids(watchers, but))])

    def typing(self, room_id: str, *, but: str) -> None:
        """How many people type, to all sockets but theirs."""
        self._tell(
            room_id, lambda watchers: [(frame(TypingNow(room=room_id, typing=typing(watchers))), _ids(watchers, but))]
        )

    def mode(self, room_id: str, state: State) -> None:
        """The room has another mode."""
        told = ModeNow(room=room_id, mode=state.mode, until=state.until, next_live_at=state.next_live_at)
        self._tell(room_id, lambda watchers: [(frame(told), _ids(watchers))])

    def standing(self, member: Membership) -> None:
        """Something was decided about a member who is still in the room."""
        told = frame(Standing(room=member.room_id))
        self._tell(member.room_id, lambda watchers: [(told, _ids(watchers, of=member.member_id))])

    def gone(self, member: Membership) -> None:
        """A member may no longer see the room. Their sockets have it open no more, so all of the person's are told;
        those who are left learn how many they are.

        A socket that opened the room while the decision was being written was not seen by it: it is shut out here,
        or at its next ping should this process end before.
        """
        now = self.clock()
        try:
            self.connections.shut(member, now)
            sockets = [connection.id for connection in self.connections.of(member.person_id, now)]
            self._deliver([(frame(Gone(room=member.room_id)), sockets)])
        except Exception as error:
            fault(error, at="broadcast")
        self.here(member.room_id)

    def meeting(self, meeting: Meeting, person_ids: Collection[str]) -> None:
        """A meeting is another now: to every socket of these people."""
        self._tell_people(MeetingNow(meeting=meeting.id, version=meeting.version), person_ids)

    def circle(self, room_id: str, *, on: bool) -> None:
        """A circle has begun in a room, or has ended."""
        self._tell(room_id, lambda watchers: [(frame(CircleNow(room=room_id, on=on)), _ids(watchers))])

    def signal(self, meeting_id: str, sender: Seat, receiver: Seat, body: SignalInput) -> None:
        """What one browser says to another."""
        told = Signalled(meeting=meeting_id, sender=sender.id, body=body)
        self._tell_people(told, {receiver.person_id})

    def _tell_people(self, view: View, person_ids: Collection[str]) -> None:
        now = self.clock()
        try:
            held = [one for person_id in sorted(person_ids) for one in self.connections.of(person_id, now)]
            opening = {one.id for one in held if one.is_opening(now)}
            self._deliver([(frame(view), [one.id for one in held])], spare=opening)
        except Exception as error:  # the thing itself is done, and pages look every quarter of a minute
            fault(error, at="broadcast")

    def _tell(self, room_id: str, frames: Callable[[list[Watcher]], Frames]) -> None:
        try:
            self._deliver(frames(self.connections.watching(room_id, self.clock())))
        except Exception as error:  # the thing itself is done and answered
            fault(error, at="broadcast")

    def _deliver(self, frames: Frames, spare: Collection[str] = ()) -> None:
        """Sockets that are gone are forgotten, but for those to `spare`, of which that is said too soon."""
        wanted = [(body, ids) for body, ids in frames if ids]
        if not wanted:
            return
        for connection_id in self.deliver(wanted):
            if connection_id not in spare:
                self.connections.close(connection_id)


def _sorted(watchers: list[Watcher], message: Message, apart: frozenset[str]) -> tuple[list[str], list[str], list[str]]:
    """Sockets that are sent the message, those that ask for what they may see of it, those that learn its number."""
    full: list[str] = []
    hint: list[str] = []
    none: list[str] = []
    for watcher in watchers:
        if message.seq < watcher.sees_from:
            none.append(watcher.connection_id)
        elif message.held_for or message.state is MessageState.APPROVED:
            (hint if watcher.of_staff or watcher.member_id == message.author else none).append(watcher.connection_id)
        else:
            (hint if watcher.member_id in apart else full).append(watcher.connection_id)
    return full, hint, none


def _ids(watchers: list[Watcher], but: str = "", *, of: str = "") -> list[str]:
    return [w.connection_id for w in watchers if w.connection_id != but and (not of or w.member_id == of)]
