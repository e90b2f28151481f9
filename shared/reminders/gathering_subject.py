"""Reminders of the dates of a group, for the members who mean to come and the facilitators who look after it.

They are planned by the sweep alone: a date is in one item with all others of its room, and nobody needs to know within
a quarter of an hour that they will be reminded tomorrow.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.people.model import Kind
from shared.reminders.errand import Due, Errand, Post
from shared.reminders.news import EARLY
from shared.reminders.notice import Notice, NoticeKind
from shared.reminders.notice_store import NoticeStore
from shared.reminders.reader import Reader
from shared.reminders.readers import Readers
from shared.reminders.telling import Wanted
from shared.reminders.timing import after_quiet, reminders_due
from shared.reminders.words import text_of
from shared.rooms.gatherings import Gathering, GatheringStore
from shared.rooms.model import MembershipStatus, Room
from shared.rooms.room_store import RoomStore

GATHERING = "gathering"
GATHERING_OFF = "gathering_off"
AHEAD = timedelta(days=9)
SOON = timedelta(minutes=20)
_MISSED = timedelta(hours=1)


@dataclass(frozen=True)
class GatheringSubject:
    """Reads the dates of the room, and who means to come, anew for each errand."""

    rooms: RoomStore
    store: GatheringStore
    readers: Readers

    def wanted(self, errand: Errand, now: datetime) -> Wanted | None:
        """The notice, if the date still takes place (or does not), and this person still means to be there."""
        room = self.rooms.find(errand.of)
        reader = self.readers.find(errand.to)
        gathering_id, _, _ = errand.what.partition(" ")
        gathering = next((one for one in self.store.of(errand.of) if one.id == gathering_id), None)
        if (
            room is None
            or reader is None
            or gathering is None
            or reader.person_id not in self.expected(room, gathering)
        ):
            return None
        due = next((due for due in dues(room, gathering, reader, now) if due.errand == errand), None)
        if due is None or due.at > now + EARLY:
            return None
        notice = Notice(
            id=errand.id,
            person_id=reader.person_id,
            kind=NoticeKind.GATHERING_CANCELLED if gathering.cancelled else NoticeKind.GATHERING,
            of=gathering.id,
            at=now,
            start=gathering.start,
            room=room.id,
        )
        link = f"/staff/rooms/{room.id}" if reader.kind is Kind.STAFF else f"/rooms/{room.id}"
        return Wanted(notice, text_of(notice, reader, link), reader)

    def expected(self, room: Room, gathering: Gathering) -> set[str]:
        """The persons who mean to come and still may, and the facilitators."""
        members = self.rooms.members_of(room.id, gathering.coming).values()
        joined = {member.person_id for member in members if member.status is MembershipStatus.JOINED}
        return joined | set(room.facilitators)


def dues(room: Room, gathering: Gathering, reader: Reader, now: datetime) -> list[Due]:
    """What this person is to be told of a date: that it comes, or once that it does not."""
    if now >= gathering.start:
        return []
    if gathering.cancelled:
        at = after_quiet(now, reader.preferences.quiet, reader.zone)
        return [Due(Errand(GATHERING_OFF, room.id, reader.person_id, what=gathering.id), at)]
    # When they said that they would come is not kept; what was over by then the sweep does not look back for.
    planned = reminders_due(gathering.start, gathering.start - AHEAD, reader.preferences, reader.zone)
    return [
        Due(Errand(GATHERING, room.id, reader.person_id, what=f"{gathering.id} {minutes}"), at)
        for minutes, at in planned.items()
    ]


@dataclass(frozen=True)
class GatheringsAhead:
    """What the sweep does about the dates of groups."""

    subject: GatheringSubject
    notices: NoticeStore
    post: Post

    def sweep(self, now: datetime) -> int:
        """Send what is due before the next sweep, and what was missed in the last hour; how many errands."""
        found = [due for due in self._dues(now) if now - _MISSED < due.at <= now + SOON]
        told = self.notices.there((due.errand.to, due.errand.id) for due in found)
        missing = [due for due in found if due.errand.id not in told]
        for due in missing:
            self.post.send(due.errand, due.at, now)
        return len(missing)

    def _dues(self, now: datetime) -> Iterator[Due]:
        for room_id, gatherings in self.subject.store.of_many(self.subject.rooms.group_ids()).items():
            near = [one for one in gatherings if now < one.start <= now + AHEAD]
            room = self.subject.rooms.find(room_id) if near else None
            if room is None or room.closed:
                continue
            self.subject.readers.read(who for gathering in near for who in self.subject.expected(room, gathering))
            for gathering in near:
                for reader in filter(None, map(self.subject.readers.find, self.subject.expected(room, gathering))):
                    yield from dues(room, gathering, reader, now)
