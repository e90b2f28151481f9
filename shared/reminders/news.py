"""What follows from an appointment for each of its two people: what they are told, and when. Pure.

One list answers both questions: what has to be planned, and whether something that was planned still holds.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from shared.appointments.model import Appointment, AppointmentStatus
from shared.clock import epoch
from shared.people.model import Kind
from shared.reminders.errand import Due, Errand
from shared.reminders.notice import Notice, NoticeKind
from shared.reminders.reader import Reader
from shared.reminders.timing import after_quiet, reminders_due

NEWS = "news"
SERIES_NEWS = "series_news"
"""News of a series is one errand for all that changed at once: `of` is the series, `what` the news and the length."""
REMINDER = "reminder"
DELAY = "delay"
EARLY = timedelta(seconds=90)
STALE = timedelta(days=1)
_URGENT = timedelta(hours=1)
_AFTERWARDS = (NoticeKind.MISSED, NoticeKind.UNATTENDED)


def due_to(appointment: Appointment, reader: Reader) -> list[Due]:
    """All that this person is to be told of the appointment as it is now, past and to come, in order of time."""
    dues = [*_news(appointment, reader), *_reminders(appointment, reader), *_delays(appointment, reader)]
    return sorted(dues, key=lambda due: (due.at, due.errand.what))


def still_due(errand: Errand, appointment: Appointment, reader: Reader, now: datetime) -> Notice | None:
    """The notice this errand asks for, if it is to be told now; None when it no longer holds or not yet.

    A reminder is none once the start has come, or when a nearer one is due as well; news is none after a day, and how
    late somebody comes is none at the end.
    """
    dues = due_to(appointment, reader)
    found = next((due for due in dues if due.errand == errand), None)
    if found is None or found.at > now + EARLY:
        return None
    if errand.kind in (NEWS, SERIES_NEWS):
        kind = NoticeKind(errand.what.split()[0])
        return _notice(kind, errand, appointment, reader, now) if now < found.at + STALE else None
    if errand.kind == DELAY:
        late = _notice(NoticeKind.LATE, errand, appointment, reader, now)
        return replace(late, minutes=int(errand.what)) if now < appointment.end else None
    nearer = [due for due in dues if due.errand.kind == REMINDER and found.at < due.at <= now]
    if nearer or now >= appointment.start:
        return None
    return _notice(NoticeKind.REMINDER, errand, appointment, reader, now)


def _news(appointment: Appointment, reader: Reader) -> list[Due]:
    kind = _kind_of_news(appointment)
    own = _own(appointment, reader)
    # Whoever works here knows what they have just done; a client may want it in writing.
    if kind is None or (reader.kind is Kind.STAFF and (own or kind is NoticeKind.MISSED)):
        return []
    at = appointment.changed_at
    if not own:
        quiet_over = after_quiet(at, reader.preferences.quiet, reader.zone)
        at = quiet_over if quiet_over + _URGENT <= appointment.start or kind in _AFTERWARDS else at
    return [Due(_errand_of_news(kind, appointment, reader), at)]


def _errand_of_news(kind: NoticeKind, appointment: Appointment, reader: Reader) -> Errand:
    if not appointment.series_id:
        return Errand(NEWS, appointment.id, reader.person_id, appointment.version, kind)
    what = f"{kind} {appointment.series_length}"
    return Errand(SERIES_NEWS, appointment.series_id, reader.person_id, epoch(appointment.changed_at), what)


def _reminders(appointment: Appointment, reader: Reader) -> list[Due]:
    if appointment.status is not AppointmentStatus.BOOKED:
        return []
    dues = reminders_due(appointment.start, appointment.changed_at, reader.preferences, reader.zone)
    return [
        Due(Errand(REMINDER, appointment.id, reader.person_id, appointment.version, str(minutes)), at)
        for minutes, at in dues.items()
    ]


def _delays(appointment: Appointment, reader: Reader) -> list[Due]:
    """That the other one comes late, also in quiet hours: it is soon. Not of a client who has come already."""
    to_client = reader.person_id == appointment.client_id
    delay = appointment.counselor_delay if to_client else appointment.client_delay
    if delay is None or not (appointment.stands if to_client else appointment.status is AppointmentStatus.BOOKED):
        return []
    # Whoever says it anew says something new: the moment tells the two apart, as a version would.
    errand = Errand(DELAY, appointment.id, reader.person_id, epoch(delay.said_at), str(delay.minutes))
    return [Due(errand, delay.said_at)]


def _kind_of_news(appointment: Appointment) -> NoticeKind | None:
    """What the latest change was; none where it is no news to anybody, or came when the start was over."""
    if appointment.status is AppointmentStatus.NOSHOW:
        return NoticeKind.MISSED
    if appointment.was_unattended:
        return NoticeKind.UNATTENDED
    if appointment.changed_at >= appointment.start:
        return None
    if appointment.status is AppointmentStatus.CANCELLED:
        return NoticeKind.CANCELLED
    if appointment.status is AppointmentStatus.BOOKED:
        return NoticeKind.BOOKED if appointment.version == 1 else NoticeKind.MOVED
    return None


def _own(appointment: Appointment, reader: Reader) -> bool:
    return appointment.changed_by == reader.person_id


def _notice(kind: NoticeKind, errand: Errand, appointment: Appointment, reader: Reader, now: datetime) -> Notice:
    return Notice(
        id=errand.id,
        person_id=reader.person_id,
        kind=kind,
        of=appointment.id,
        at=now,
        start=appointment.start,
        version=appointment.version,
        own=errand.kind in (NEWS, SERIES_NEWS) and _own(appointment, reader),
    )
