"""Appointments: what they are and how they change. Pure: no AWS, no clock, no environment."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shared.appointments.refusals import NotSoon, NotStarted, TooLate
from shared.errors import ChangedMeanwhile, Invalid
from shared.ids import derived_id

SECOND_THOUGHTS = timedelta(hours=1)
SOON = timedelta(hours=1)
SYSTEM = "system"
"""Who changed an appointment where nobody did: what became of it was seen from who came."""


class Mode(StrEnum):
    """How two people meet."""

    VIDEO = "video"
    AUDIO = "audio"
    PHONE = "phone"
    TEXT = "text"


class AppointmentStatus(StrEnum):
    """The part of FHIR's AppointmentStatus that is used here (hl7.org/fhir/R4/valueset-appointmentstatus.html)."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"
    NOSHOW = "noshow"


@dataclass(frozen=True, order=True)
class Slot:
    """A time that can be booked: two instants, in UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Block:
    """Time a counselor keeps free."""

    id: str
    counselor_id: str
    start: datetime
    end: datetime
    note: str = ""


@dataclass(frozen=True)
class Delay:
    """That one of the two comes about so many minutes after the start, as they said themselves."""

    minutes: int
    said_at: datetime


@dataclass(frozen=True)
class Appointment:
    """One meeting of a client and a counselor.

    `zone` is the client's, as they saw it when they booked, `counselor_zone` that of the counselor's hours. `buffer`
    (minutes after the end that stay free) and `change_notice` (hours before the start until which the client may move
    or cancel) are as they were at booking: a counselor who changes their rules does not change what was agreed.
    What one of the two says about being late changes nothing that was agreed either, so it makes no new version.

    Of a series booked at once it is the one at `series_position` (from 1) of `series_length`; these stay what they
    were, whatever becomes of the others. Any other appointment has no `series_id`.
    """

    id: str
    status: AppointmentStatus
    mode: Mode
    start: datetime
    end: datetime
    zone: str
    client_id: str
    counselor_id: str
    counselor_name: str
    counselor_zone: str
    buffer: int
    change_notice: int
    version: int
    booked_at: datetime
    changed_by: str
    changed_at: datetime
    cancelled_by: str = ""
    cancel_reason: str = ""
    series_id: str = ""
    series_position: int = 0
    series_length: int = 0
    client_delay: Delay | None = None
    counselor_delay: Delay | None = None

    @property
    def change_until(self) -> datetime:
        """Until when the client may move or cancel it: the notice agreed, and always an hour to think again."""
        noticed = self.start - timedelta(hours=self.change_notice)
        return max(noticed, min(self.booked_at + SECOND_THOUGHTS, self.start))

    @property
    def occupied_until(self) -> datetime:
        """Until when the counselor is taken."""
        return self.end + timedelta(minutes=self.buffer)

    def can_change(self, now: datetime) -> bool:
        """Whether the client may still move or cancel it."""
        return self.status is AppointmentStatus.BOOKED and now < self.change_until

    @property
    def stands(self) -> bool:
        """Whether it is agreed on: not called off, missed, or fulfilled already."""
        return self.status in (AppointmentStatus.BOOKED, AppointmentStatus.ARRIVED)

    @property
    def was_unattended(self) -> bool:
        """Whether its client came and its counselor did not."""
        return self.status is AppointmentStatus.CANCELLED and self.changed_by == SYSTEM

    def is_ahead(self, now: datetime) -> bool:
        """Whether it still takes place, or is taking place."""
        return self.stands and now < self.end

    def moved(self, start: datetime, by: str, version: int, now: datetime) -> "Appointment":
        """The same appointment at another time. Raises ChangedMeanwhile, TooLate."""
        self._changeable(version)
        self._in_time(by, now)
        end = start + (self.end - self.start)
        return replace(self._changed(by, now), start=start, end=end, client_delay=None, counselor_delay=None)

    def cancelled(self, by: str, reason: str, version: int, now: datetime) -> "Appointment":
        """The appointment, called off by its client or its counselor. Raises ChangedMeanwhile, TooLate.

        A counselor may do so when the client has come already: something may keep them from letting anybody in.
        """
        self._changeable(version, arrived_too=by == self.counselor_id)
        self._in_time(by, now)
        return replace(
            self._changed(by, now),
            status=AppointmentStatus.CANCELLED,
            cancelled_by="client" if by == self.client_id else "counselor",
            cancel_reason=reason,
        )

    def missed(self, by: str, version: int, now: datetime) -> "Appointment":
        """The appointment to which the client did not come. Raises ChangedMeanwhile, NotStarted."""
        self._changeable(version)
        if now < self.start:
            raise NotStarted
        return replace(self._changed(by, now), status=AppointmentStatus.NOSHOW)

    def arrived(self, now: datetime) -> "Appointment":
        """The appointment to which the client has come. Arriving again changes nothing."""
        if self.status is not AppointmentStatus.BOOKED:
            return self
        return replace(self._changed(self.client_id, now), status=AppointmentStatus.ARRIVED)

    def fulfilled(self, by: str, now: datetime) -> "Appointment":
        """The appointment at which the two have met. What was called off or fulfilled already stays as it is."""
        if not self.stands:
            return self
        return replace(self._changed(by, now), status=AppointmentStatus.FULFILLED)

    def unattended(self, now: datetime) -> "Appointment":
        """The appointment to which the client came and the counselor did not: it is the counselor who called it off."""
        if self.status is not AppointmentStatus.ARRIVED:
            return self
        status = AppointmentStatus.CANCELLED
        return replace(self._changed(SYSTEM, now), status=status, cancelled_by="counselor")

    def delayed(self, by: str, minutes: int, now: datetime) -> "Appointment":
        """The same, with word from one of the two that they come about so many minutes late. Raises NotSoon."""
        if not self.stands or not self.start - SOON <= now < self.end:
            raise NotSoon
        delay = Delay(minutes, now)
        return replace(self, client_delay=delay) if by == self.client_id else replace(self, counselor_delay=delay)

    def _changed(self, by: str, now: datetime) -> "Appointment":
        return replace(self, version=self.version + 1, changed_by=by, changed_at=now)

    def _in_time(self, by: str, now: datetime) -> None:
        """Clients may change it until the notice agreed at booking, counselors until it is over."""
        until = self.change_until if by == self.client_id else self.end
        if now >= until:
            raise TooLate("If you can't make it, please tell the organisation.", change_until=_text(until))

    def _changeable(self, version: int, *, arrived_too: bool = False) -> None:
        if version > self.version:
            raise Invalid("There is no such version yet.", field="body.version")
        open_in = {AppointmentStatus.BOOKED, *([AppointmentStatus.ARRIVED] if arrived_too else [])}
        if version != self.version or self.status not in open_in:
            raise ChangedMeanwhile


def series_ids(series_id: str, length: int) -> list[str]:
    """The ids of the appointments of a series, in the order in which they were booked.

    They follow from the id of the series: so all of one are found without an index and without an item of its own.
    """
    return [derived_id("appointment of a series", series_id, str(position)) for position in range(1, length + 1)]


def _text(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
