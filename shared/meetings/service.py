"""What people do with meetings. Who may do it is checked here.

Whoever changes a meeting reads it, works out what it becomes, and writes that unless somebody else was faster; then
they look again: nothing here depends on what a page has seen.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime

from shared.appointments.model import Mode
from shared.errors import Busy, ChangedMeanwhile, NotAllowed, NotFound, Refusal
from shared.intents import Once
from shared.meetings.calls import Calls, Joined
from shared.meetings.circle import Circle
from shared.meetings.model import Meeting, MeetingKind, Provider
from shared.meetings.occasions import Occasion, Occasions
from shared.meetings.presence import Presence
from shared.meetings.refusals import CallBusy, MeetingFull
from shared.meetings.seat import Seat, SeatStatus
from shared.meetings.seating import Page, new_seat, taken_up
from shared.meetings.seen import Kept, Seen
from shared.meetings.store import Gathered, MeetingStore
from shared.meetings.usage import Choice, is_settled, seconds_of
from shared.people.model import Kind, Principal, Role
from shared.tables import Write, commit

ATTEMPTS = 8  # a dozen people come to a circle in the same second
MOST_SEATS = 60  # those who waited and went have one too; DynamoDB counts each begun kilobyte of the meeting


@dataclass(frozen=True)
class Meetings:
    """Use cases. `choose` says what carries a call of a kind and with such modes, `calls` has the providers."""

    store: MeetingStore
    occasions: Occasions
    calls: Callable[[Provider], Calls]
    choose: Callable[[MeetingKind, Collection[Mode], datetime], Choice]

    def of(self, caller: Principal, kind: MeetingKind, of: str, now: datetime) -> Seen:
        """The meeting of something, also before anybody came. Raises NotFound."""
        occasion = self.occasions.find(caller, kind, of, now)
        return Seen(self._found(occasion, now), occasion, caller.id)

    def see(self, caller: Principal, meeting_id: str, now: datetime) -> Seen:
        """A meeting in which the caller has a seat, or that they host. Raises NotFound."""
        gathered = self.theirs(caller, meeting_id)
        return Seen(gathered, self.occasion_of(caller, gathered.meeting, now), caller.id)

    def arrive(self, caller: Principal, kind: MeetingKind, of: str, page: Page, once: Once, now: datetime) -> Seen:
        """Take a seat, or take it up again with this page: hosts are let in at once, others wait.

        Raises NotFound, NotHeld, NotOpen, MeetingEnded, RemovedFromMeeting, MeetingFull.
        """
        for _ in range(ATTEMPTS):
            occasion = self.occasions.find(caller, kind, of, now)
            before = self._found(occasion, now)
            meeting = before.meeting
            meeting.require_open()
            there = meeting.seat_of(caller.id)
            occasion.require_open(now, seated=there is not None)
            if not there and len(meeting.seats) >= MOST_SEATS:
                raise MeetingFull
            seat = taken_up(there, page, now) if there else new_seat(caller.id, occasion, page, now)
            after = replace(meeting.seated(seat), host_ids=occasion.host_ids)
            if seat.role.hosts:
                after = after.attended(now, by_facilitator=True)
            presence = self._heard(before, seat, now)
            seen = Seen(_with(after, before, presence), occasion, caller.id)
            writes = [
                once(seen),
                *([self.store.replace(meeting, after)] if meeting.version else self.store.put_new(after)),
                *occasion.on_arrival(now),
                self.store.keep(after, presence),
            ]
            if self.committed(writes):
                return seen
        raise Busy

    def keep(self, caller: Principal, meeting_id: str, page: Page, now: datetime, *, join: bool) -> Kept:
        """Keep the caller's seat; with `join`, be in the call, and learn what the browser needs for that.

        Others who were not heard of for the length of a lease are no longer in the call after this. Raises NotFound,
        NotHeld, MeetingEnded, SeatMoved, and with `join` NotAdmitted, Declined, RemovedFromMeeting, HeldInWriting,
        MeetingFull, CallBusy.
        """
        for _ in range(ATTEMPTS):
            before = self.theirs(caller, meeting_id)
            with self._or_out(before, caller.id):
                occasion = self.occasion_of(caller, before.meeting, now)
            seat = before.meeting.held(caller.id, page.device)
            with self._or_out(before, caller.id):
                occasion.require_held(now)
            after = self._without_lost(before, seat, now)
            after = after.attended(now, by_facilitator=seat.role.hosts or before.host_is_there(now))
            if after.ended_at:
                if self.committed([*self.store.end(before, after, now), *_follow(occasion, after, now)]):
                    self.end_call(before.meeting)
                    return Kept(Seen(_with(after, before), occasion, caller.id), None, changed=True)
                continue
            joined = self._taking_part(after, replace(seat, mode=page.mode), occasion, now, join=join)
            after = _numbered(before.meeting, joined.meeting)
            presence = self._heard(before, after.seat(seat.id), now)
            if self.committed([*self.store.changes(before.meeting, after), self.store.keep(after, presence)]):
                seen = Seen(_with(after, before, presence), occasion, caller.id)
                return Kept(seen, joined.call, changed=after != before.meeting)
        raise Busy

    def leave(self, caller: Principal, meeting_id: str, now: datetime) -> Meeting:
        """Go. The seat stays theirs. With the last one, the call itself ends. Raises NotFound."""
        for _ in range(ATTEMPTS):
            before = self.theirs(caller, meeting_id)
            seat = before.meeting.seat_of(caller.id)
            if seat is None or before.meeting.ended_at:
                return before.meeting
            after = before.meeting.left(seat, now).hung_up()
            after = after.attended(now, by_facilitator=before.host_is_there(now, but=seat.id))
            gone = replace(self._heard(before, seat, now), device="")
            change = self.store.end(before, after, now) if after.ended_at else self.store.changes(before.meeting, after)
            if self.committed([*change, self.store.keep(after, gone)]):
                if before.meeting.provider_id and (after.ended_at or not after.provider_id):
                    self.end_call(before.meeting)
                return after
        raise Busy

    def _taking_part(self, meeting: Meeting, seat: Seat, occasion: Occasion, now: datetime, *, join: bool) -> Joined:
        """The meeting with `seat` taking part as it wants to now, in the call if it joins; what it needs for that."""
        after = meeting if meeting.seat(seat.id) == seat else meeting.seated(seat)
        if not join or after.has_out(seat):
            return Joined(after, None)
        after = self._carried(after, seat, occasion.mode, now)
        after = after if seat.in_call else after.joined(seat, after.provider, now)
        if seat.mode is Mode.TEXT or after.provider is None:
            return Joined(after, None)
        return self.calls(after.provider).join(after, after.seat(seat.id), now)

    def _found(self, occasion: Occasion, now: datetime) -> Gathered:
        circle = Circle() if occasion.kind is MeetingKind.CIRCLE else None
        fresh = Meeting(occasion.meeting_id, occasion.kind, occasion.of, now, occasion.host_ids, circle=circle)
        return self.store.find(occasion.meeting_id) or Gathered(fresh)

    def theirs(self, caller: Principal, meeting_id: str) -> Gathered:
        """A meeting in which the caller has a seat, or that they host. Raises NotFound, NotAllowed."""
        if caller.kind is Kind.STAFF and not caller.roles & {Role.COUNSELOR, Role.FACILITATOR}:
            raise NotAllowed("This is for counselors and facilitators.")
        gathered = self.store.find(meeting_id)
        if gathered is None or caller.id not in gathered.meeting.person_ids:
            raise NotFound
        return gathered

    def occasion_of(self, caller: Principal, meeting: Meeting, now: datetime) -> Occasion:
        """What a meeting is held for, to the caller. Raises NotFound, and what keeps them from it."""
        return self.occasions.find(caller, meeting.kind, meeting.of, now)

    def put_out(self, gathered: Gathered, person_id: str) -> Meeting | None:
        """See to it that whoever may not be in a room just now is not in its circle. They may ask to come again.

        The meeting as it is then; None when nothing was changed.
        """
        meeting = gathered.meeting
        seat = meeting.seat_of(person_id)
        if meeting.circle is None or meeting.ended_at or seat is None:
            return None
        if seat.status in (SeatStatus.DECLINED, SeatStatus.REMOVED):
            return None
        after = meeting.decided(seat, SeatStatus.DECLINED)
        if not self.committed([self.store.replace(meeting, after)]):
            return None
        self.cut_off(meeting, seat)
        return after

    def cut_off(self, meeting: Meeting, seat: Seat) -> None:
        """What a seat was given to be in the call works no longer. Should this fail, the sweep does it."""
        if seat.joined_at and meeting.provider:
            with suppress(CallBusy):
                self.calls(meeting.provider).remove(meeting, seat)

    @contextmanager
    def _or_out(self, before: Gathered, person_id: str) -> Iterator[None]:
        """Whoever is kept from what the meeting is held for is put out."""
        try:
            yield
        except Refusal:
            self.put_out(before, person_id)
            raise

    def _carried(self, meeting: Meeting, seat: Seat, agreed: Mode, now: datetime) -> Meeting:
        """With what carries its call, chosen when the first wants to be heard."""
        seat.require_admitted()
        modes = {agreed, *(one.mode for one in meeting.seats)}
        if seat.mode is Mode.TEXT or is_settled(meeting, modes):
            return meeting
        return replace(meeting, **vars(self.choose(meeting.kind, modes, now)))

    def _heard(self, before: Gathered, seat: Seat, now: datetime) -> Presence:
        known = before.presences.get(seat.id) or Presence(seat.id, seat.device, now)
        counted = before.meeting.seat_of(seat.person_id) or seat
        return Presence(seat.id, seat.device, now, seconds_of(before.meeting, counted, known, now))

    def _without_lost(self, before: Gathered, own: Seat, now: datetime) -> Meeting:
        """Whoever's page went silent is not in the call: it may be a phone whose battery is empty."""
        after = before.meeting
        for seat in before.meeting.seats:
            if seat.in_call and seat.id != own.id and not before.is_there(seat, now):
                after = after.left(seat, now)
        return after

    def end_call(self, meeting: Meeting) -> None:
        """End what carries the meeting, as it was before its end was written. Should this fail, the sweep does it."""
        with suppress(CallBusy):
            if meeting.provider:
                self.calls(meeting.provider).end(meeting)

    def committed(self, writes: list[Write]) -> bool:
        """Carry out all writes; False when somebody else was faster."""
        try:
            commit(self.store.table.client, writes)
        except ChangedMeanwhile:
            return False
        return True


def _follow(occasion: Occasion, after: Meeting, now: datetime) -> list[Write]:
    return occasion.on_end(after.host_ids[0], now, have_met=after.have_met)


def _with(after: Meeting, before: Gathered, presence: Presence | None = None) -> Gathered:
    known = {**before.presences, **({presence.seat_id: presence} if presence else {})}
    return Gathered(after, known)


def _numbered(before: Meeting, after: Meeting) -> Meeting:
    """With another version, if anything is another: what a provider changes has none of its own."""
    if after == before or after.version != before.version:
        return after
    return replace(after, version=after.version + 1)
