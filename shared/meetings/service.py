"""What people do with meetings. Who may do it is checked here.

Whoever changes a meeting reads it, works out what it becomes, and writes that unless somebody else was faster; then
they look again: nothing here depends on what a page has seen.
"""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from shared.appointments.model import Mode
from shared.errors import Busy, ChangedMeanwhile, NotAllowed, NotFound
from shared.ids import new_id
from shared.intents import Once
from shared.meetings.calls import Calls, ChimeCall, PeerCall
from shared.meetings.model import Meeting, MeetingKind, Presence, Provider, Seat, SeatStatus
from shared.meetings.occasions import Occasion
from shared.meetings.refusals import CallBusy
from shared.meetings.store import Gathered, MeetingStore
from shared.meetings.usage import Choice, is_settled, seconds_of
from shared.people.model import Kind, Principal, Role
from shared.tables import Write, commit

ATTEMPTS = 8  # a dozen people come to a circle in the same second


@dataclass(frozen=True)
class Page:
    """One page in somebody's browser: `device` is an id it made up, `mode` how they want to take part."""

    device: str
    mode: Mode


@dataclass(frozen=True)
class Seen:
    """A meeting as one of those sees it who may come."""

    gathered: Gathered
    occasion: Occasion
    person_id: str

    @property
    def meeting(self) -> Meeting:
        """The meeting."""
        return self.gathered.meeting


@dataclass(frozen=True)
class Kept:
    """What came of keeping a seat. `changed` says whether the others should look."""

    seen: Seen
    call: PeerCall | ChimeCall | None
    changed: bool


class Occasions:
    """Finds what meetings are held for, by kind. Each finder takes the caller and the id of that."""

    def __init__(self, finders: Mapping[MeetingKind, Callable[[Principal, str], Occasion]]) -> None:
        self._finders = finders

    def find(self, caller: Principal, kind: MeetingKind, of: str) -> Occasion:
        """What `of` is to the caller. Raises NotFound, also for what is other people's."""
        return self._finders[kind](caller, of)


@dataclass(frozen=True)
class Meetings:
    """Use cases. `choose` says what carries a call of a kind and with such modes, `calls` has the providers."""

    store: MeetingStore
    occasions: Occasions
    calls: Callable[[Provider], Calls]
    choose: Callable[[MeetingKind, Collection[Mode], datetime], Choice]

    def of(self, caller: Principal, kind: MeetingKind, of: str, now: datetime) -> Seen:
        """The meeting of something, also before anybody came. Raises NotFound."""
        occasion = self.occasions.find(caller, kind, of)
        return Seen(self._found(occasion, now), occasion, caller.id)

    def see(self, caller: Principal, meeting_id: str) -> Seen:
        """A meeting in which the caller has a seat, or that they host. Raises NotFound."""
        gathered = self.theirs(caller, meeting_id)
        return Seen(gathered, self.occasion_of(caller, gathered.meeting), caller.id)

    def arrive(self, caller: Principal, kind: MeetingKind, of: str, page: Page, once: Once, now: datetime) -> Seen:
        """Take a seat, or take it up again with this page: hosts are let in at once, others wait.

        Raises NotFound, NotHeld, NotOpen, MeetingEnded, RemovedFromMeeting.
        """
        for _ in range(ATTEMPTS):
            occasion = self.occasions.find(caller, kind, of)
            before = self._found(occasion, now)
            meeting = before.meeting
            meeting.require_open()
            there = meeting.seat_of(caller.id)
            occasion.require_open(now, seated=there is not None)
            seat = _arriving(there, page, now) if there else _new_seat(caller, occasion, page, now)
            after = meeting.seated(seat)
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
            occasion = self.occasion_of(caller, before.meeting)
            seat = before.meeting.held(caller.id, page.device)
            occasion.require_held()
            after = self._without_lost(before, seat, now)
            if seat.mode is not page.mode:
                seat = replace(seat, mode=page.mode)
                after = after.seated(seat)
            if join:
                after = self._carried(after, seat, occasion.mode, now)
                after = after if seat.in_call else after.joined(seat, after.provider, now)
            seat = after.seat(seat.id)
            call: PeerCall | ChimeCall | None = None
            if join and page.mode is not Mode.TEXT and after.provider:
                joined = self.calls(after.provider).join(after, seat, now)
                after, call = joined.meeting, joined.call
            presence = self._heard(before, seat, now)
            changed = after != before.meeting
            if changed and after.version == before.meeting.version:
                after = replace(after, version=after.version + 1)
            writes = [
                *([self.store.replace(before.meeting, after)] if changed else []),
                self.store.keep(after, presence),
            ]
            if self.committed(writes):
                return Kept(Seen(_with(after, before, presence), occasion, caller.id), call, changed)
        raise Busy

    def leave(self, caller: Principal, meeting_id: str, now: datetime) -> Meeting:
        """Go. The seat stays theirs. With the last one, the call itself ends. Raises NotFound."""
        for _ in range(ATTEMPTS):
            before = self.theirs(caller, meeting_id)
            seat = before.meeting.seat_of(caller.id)
            if seat is None or before.meeting.ended_at:
                return before.meeting
            after = before.meeting.left(seat, now).hung_up()
            gone = replace(self._heard(before, seat, now), device="")
            if self.committed([self.store.replace(before.meeting, after), self.store.keep(after, gone)]):
                if before.meeting.provider_id and not after.provider_id:
                    self.end_call(before.meeting)
                return after
        raise Busy

    def _found(self, occasion: Occasion, now: datetime) -> Gathered:
        fresh = Meeting(occasion.meeting_id, occasion.kind, occasion.of, now, host_ids=occasion.host_ids)
        return self.store.find(occasion.meeting_id) or Gathered(fresh)

    def theirs(self, caller: Principal, meeting_id: str) -> Gathered:
        """A meeting in which the caller has a seat, or that they host. Raises NotFound, NotAllowed."""
        if caller.kind is Kind.STAFF and not caller.roles & {Role.COUNSELOR, Role.FACILITATOR}:
            raise NotAllowed("This is for counselors and facilitators.")
        gathered = self.store.find(meeting_id)
        if gathered is None or caller.id not in gathered.meeting.person_ids:
            raise NotFound
        return gathered

    def occasion_of(self, caller: Principal, meeting: Meeting) -> Occasion:
        """What a meeting is held for, to the caller. Raises NotFound."""
        return self.occasions.find(caller, meeting.kind, meeting.of)

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


def _new_seat(caller: Principal, occasion: Occasion, page: Page, now: datetime) -> Seat:
    return Seat(
        id=new_id(),
        person_id=caller.id,
        role=occasion.role,
        name=occasion.name(),
        status=SeatStatus.ADMITTED if occasion.role.hosts else SeatStatus.WAITING,
        device=page.device,
        mode=page.mode,
        arrived_at=now,
        member_id=occasion.member_id,
    )


def _arriving(there: Seat, page: Page, now: datetime) -> Seat:
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


def _with(after: Meeting, before: Gathered, presence: Presence | None = None) -> Gathered:
    known = {**before.presences, **({presence.seat_id: presence} if presence else {})}
    return Gathered(after, known)
