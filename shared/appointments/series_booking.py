"""How a client books a series: first what is free of it, then exactly the times they have seen and chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shared.appointments.availability import Availability
from shared.appointments.model import Appointment, Mode, Slot, series_ids
from shared.appointments.profile import Practice
from shared.appointments.refusals import ModeNotOffered, SeriesNotOffered, SlotNotOffered
from shared.appointments.replanning import Replan
from shared.appointments.series import NEAR, Occasion, apart, at_weeks_of, is_offered, occasion, planned
from shared.appointments.series_writing import SeriesWriting, times_taken
from shared.appointments.service import Appointments, booked
from shared.ids import new_id
from shared.intents import Once
from shared.people.model import Principal
from shared.recurrence import Recurrence


@dataclass(frozen=True)
class Series:
    """A series that is wanted: with whom, from when on, how often."""

    counselor_id: str
    first: datetime
    rule: Recurrence


@dataclass(frozen=True)
class Chosen:
    """What a client books of it: these starts, in any order; how the two meet; and the client's zone."""

    starts: Sequence[datetime]
    mode: Mode
    zone: str


@dataclass(frozen=True)
class SeriesBookings:
    """Use cases of a client. The horizon of a counselor is for the first; the rest goes as far as they allow."""

    appointments: Appointments
    writing: SeriesWriting

    def preview(self, caller: Principal, wanted: Series, now: datetime) -> list[Occasion]:
        """Each time of the series, whether it is free for both, and the nearest that are where it is not.

        Raises NotFound, SeriesNotOffered, SlotNotOffered (the first is over, or beyond the horizon), Invalid.
        """
        finder = self.appointments.finder
        practice = finder.published(wanted.counselor_id)
        plan = _planned(practice.availability, wanted, "query", now)
        slots = [_slot(practice.availability, start) for start in plan]
        calendars = self.writing.calendars(practice.counselor_id, caller.id, slots).busy(
            finder.busy_times(practice, now)
        )
        rules = _rules_of_each(practice.availability, plan, now)
        return [occasion(of_one, start, calendars, now) for of_one, start in zip(rules, plan, strict=True)]

    def book(self, caller: Principal, wanted: Series, chosen: Chosen, once: Once, now: datetime) -> list[Appointment]:
        """Book exactly these starts, all or none; each is one of the series, or another time in the same week.

        One transaction takes the cells of both people for all of them. Raises NotFound, ModeNotOffered,
        SeriesNotOffered, SlotNotOffered, Invalid, TooManyAppointments, TimesTaken with those that are `taken`.
        """
        practice = self.appointments.finder.published(wanted.counselor_id)
        if chosen.mode not in practice.profile.modes:
            raise ModeNotOffered(field="body.mode")
        plan = _planned(practice.availability, wanted, "body", now)
        slots = [_slot(practice.availability, start) for start in sorted(chosen.starts)]
        weeks = at_weeks_of([slot.start for slot in slots], plan, ZoneInfo(practice.availability.zone))
        apart(slots, practice.availability.buffer, "body.starts")
        self.appointments.within_measure(caller.id, now, len(slots))
        rules = _rules_of_each(practice.availability, plan, now)
        finder = self.appointments.finder
        if gone := [
            slot
            for slot, week in zip(slots, weeks, strict=True)
            if not is_offered(rules[week], slot, now) or finder.is_busy(practice, slot, now)
        ]:
            raise times_taken(gone)
        series = _series(practice, slots, caller.id, chosen, now)
        writes = [once(series), *map(self.appointments.store.put_new, series)]
        self.writing.commit([Replan(None, one) for one in series], writes)
        return series


def _planned(rules: Availability, wanted: Series, where: str, now: datetime) -> list[datetime]:
    if rules.repeats < 2:
        raise SeriesNotOffered("Please book a single appointment.", field=f"{where}.count")
    if not now < wanted.first < now + timedelta(days=rules.horizon):
        raise SlotNotOffered("Please begin with one of the open times.", field=f"{where}.first", next_slots=[])
    return planned(wanted.rule, wanted.first, rules, where)


def _rules_of_each(rules: Availability, plan: Sequence[datetime], now: datetime) -> list[Availability]:
    return [rules, *(rules.reaching(start + NEAR, now) for start in plan[1:])]


def _slot(rules: Availability, start: datetime) -> Slot:
    return Slot(start, start + timedelta(minutes=rules.length))


def _series(
    practice: Practice, slots: Sequence[Slot], client_id: str, chosen: Chosen, now: datetime
) -> list[Appointment]:
    series_id = new_id()
    ids = series_ids(series_id, len(slots))
    return [
        replace(
            booked(practice, client_id, slot, chosen.mode, chosen.zone, client_id, now),
            id=id_,
            series_id=series_id,
            series_position=position,
            series_length=len(slots),
        )
        for position, (id_, slot) in enumerate(zip(ids, slots, strict=True), 1)
    ]
