"""When reminders are due. Pure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shared.reminders.preferences import Preferences, Quiet

_MINUTE = timedelta(minutes=1)


def reminders_due(
    start: datetime, agreed_at: datetime, preferences: Preferences, zone: ZoneInfo
) -> dict[int, datetime]:
    """For each reminder of something that starts then, by minutes before it: the instant at which it is due.

    One that would fall into quiet hours comes when they begin. Of those that come to the same time one is left, the
    nearest to the start. One whose time was over when the two agreed, or when the person asked for it, is none: the
    news itself has told them. The nearest is last.
    """
    since = max(agreed_at, preferences.changed_at or agreed_at)
    by_time: dict[datetime, int] = {}
    for minutes in sorted(preferences.before, reverse=True):
        due = before_quiet(start - timedelta(minutes=minutes), preferences.quiet, zone)
        if due > since:
            by_time[due] = minutes
    return {minutes: due for due, minutes in sorted(by_time.items())}


def before_quiet(due: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    """The instant itself, or the minute in which the quiet hours begin that it falls into.

    Walked minute by minute, at most a day of them: so it is right whatever the clocks do in that night.
    """
    if quiet is None or not quiet.holds(due, zone):
        return due
    at = _minute(due)
    while quiet.holds(at - _MINUTE, zone):
        at -= _MINUTE
    return at


def after_quiet(due: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    """The instant itself, or the minute in which the quiet hours end that it falls into."""
    if quiet is None or not quiet.holds(due, zone):
        return due
    at = _minute(due)
    while quiet.holds(at, zone):
        at += _MINUTE
    return at


def _minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)
