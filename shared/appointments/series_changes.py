"""Moving and calling off appointments of a series: one, it and those that follow, or all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from shared.appointments.model import Appointment, Slot
from shared.appointments.profile import Practice
from shared.appointments.refusals import SlotNotOffered, TooLate
from shared.appointments.replanning import Replan
from shared.appointments.series import Occasion, Standing, apart, is_offered, moved_along, occasion
from shared.appointments.series_writing import SeriesWriting, times_taken
from shared.appointments.service import Appointments
from shared.errors import ChangedMeanwhile, Invalid
from shared.intents import Once
from shared.people.model import Principal
from shared.recurrence import Scope


@dataclass(frozen=True)
class MovePlan:
    """Where those that are meant would go, by their time until now; `kept` can no longer be changed."""

    moves: list[tuple[Appointment, Occasion]] = field(default_factory=list)
    kept: list[Appointment] = field(default_factory=list)


@dataclass(frozen=True)
class Move:
    """A new time for an appointment; `version` is the one its client has seen."""

    appointment_id: str
    start: datetime
    version: int


@dataclass(frozen=True)
class Cancelled:
    """What was called off; `kept` could no longer be."""

    cancelled: tuple[Appointment, ...]
    kept: tuple[Appointment, ...]


@dataclass(frozen=True)
class SeriesChanges:
    """Use cases of a client; calling off and looking also of their counselor.

    Any appointment may be given: one that is of no series is followed by none and is all there is.
    """

    appointments: Appointments
    writing: SeriesWriting

    def all_of(self, caller: Principal, appointment_id: str) -> list[Appointment]:
        """All of the series of an appointment of the caller's, by start. Raises NotFound."""
        return self.appointments.store.series_of(self.appointments.get(caller, appointment_id))

    def preview_move(
        self, caller: Principal, appointment_id: str, start: datetime, scope: Scope, now: datetime
    ) -> MovePlan:
        """Where those that are meant would go if this one moved to `start`: the same weekday and hour of their weeks.

        Raises NotFound, TooLate or ChangedMeanwhile (this one cannot be moved), SlotNotOffered.
        """
        this = self.appointments.of_client(caller, appointment_id)
        this.moved(start, caller.id, this.version, now)
        practice = self._practice(this, "query.start")
        zone = ZoneInfo(practice.availability.zone)
        meant = self._meant(this, scope, now)
        moving = [one for one in meant if one.can_change(now)]
        going = [(one, moved_along(one.start, this.start, start, zone)) for one in moving]
        slots = [Slot(to, to + (one.end - one.start)) for one, to in going]
        busy = self.appointments.finder.busy_times(practice, now)
        # What they give up may stand in that calendar as well.
        calendars = self.writing.calendars(this.counselor_id, this.client_id, slots).busy(busy).without(moving)
        plan = MovePlan(kept=[one for one in meant if one not in moving])
        for one, to in going:
            rules = practice.for_moving(one, now).availability
            found = occasion(rules, to, calendars, now)
            if found.standing is Standing.FREE:
                calendars = calendars.also(found.wanted, rules.buffer)
            plan.moves.append((one, found))
        return plan

    def move(
        self, caller: Principal, appointment_id: str, moves: Sequence[Move], once: Once, now: datetime
    ) -> list[Appointment]:
        """Move exactly these, all or none: appointments of one series, each to a time on offer.

        Raises NotFound, TooLate, ChangedMeanwhile, Invalid, SlotNotOffered, TimesTaken with those that are `taken`,
        TooManyAtOnce.
        """
        this = self.appointments.of_client(caller, appointment_id)
        series = {one.id: one for one in self.appointments.store.series_of(this)}
        replans = [_moved(series, move, caller.id, f"body.moves.{number}", now) for number, move in enumerate(moves)]
        if len({replan.after.id for replan in replans}) < len(replans):
            raise Invalid("One of them is named twice.", field="body.moves")
        apart([Slot(one.after.start, one.after.occupied_until) for one in replans], 0, "body.moves")
        practice = self._practice(this, "body.moves")
        if gone := [replan.after for replan in replans if not self._on_offer(practice, replan, now)]:
            raise times_taken(gone)
        moved = [replan.after for replan in replans]
        replaced = [self.appointments.store.replace(one.before, one.after) for one in replans if one.before]
        self.writing.commit(replans, [once(moved), *replaced])
        return moved

    def cancel(
        self,
        caller: Principal,
        appointment_id: str,
        version: int,
        scope: Scope,
        reason: str,
        once: Once,
        now: datetime,
    ) -> Cancelled:
        """Call off those that are meant and can be: by their client within the rules, by their counselor always.

        `version` is that of this one, as the caller has seen it. Raises NotFound, ChangedMeanwhile, and TooLate if none
        can be.
        """
        this = self.appointments.get(caller, appointment_id)
        replans, kept = [], []
        for one in self._meant(this, scope, now):
            try:
                after = one.cancelled(caller.id, reason, version if one.id == this.id else one.version, now)
                replans.append(Replan(one, after))
            except (TooLate, ChangedMeanwhile) as refused:
                if one.id == this.id and (scope is Scope.ONE or isinstance(refused, ChangedMeanwhile)):
                    raise
                kept.append(one)
        if not replans:
            this.cancelled(caller.id, reason, version, now)
            raise ChangedMeanwhile
        done = Cancelled(tuple(replan.after for replan in replans), tuple(kept))
        replaced = [self.appointments.store.replace(one.before, one.after) for one in replans if one.before]
        self.writing.commit(replans, [once(done), *replaced])
        return done

    def _meant(self, this: Appointment, scope: Scope, now: datetime) -> list[Appointment]:
        series = self.appointments.store.series_of(this)
        return [one for one in series if one.is_ahead(now) and scope.holds(one.start, this.start)]

    def _on_offer(self, practice: Practice, replan: Replan, now: datetime) -> bool:
        before, wanted = replan.before or replan.after, Slot(replan.after.start, replan.after.end)
        rules = practice.for_moving(before, now).availability
        held = Slot(before.start, before.end)
        return is_offered(rules, wanted, now) and not self.appointments.finder.is_busy(practice, wanted, now, held=held)

    def _practice(self, this: Appointment, where: str) -> Practice:
        practice = self.appointments.finder.practices.find(this.counselor_id)
        if practice is None or not practice.profile.published:
            raise SlotNotOffered("This counselor offers no times for now.", field=where, next_slots=[])
        if (this.end - this.start).total_seconds() != practice.availability.length * 60:
            # None of their times would do, so none are named.
            raise SlotNotOffered(
                "Their appointments have another length now. Please book anew.", field=where, next_slots=[]
            )
        return practice


def _moved(series: Mapping[str, Appointment], move: Move, by: str, where: str, now: datetime) -> Replan:
    before = series.get(move.appointment_id)
    if before is None:
        raise Invalid("This is not one of the series.", field=f"{where}.id")
    return Replan(before, before.moved(move.start, by, move.version, now))
