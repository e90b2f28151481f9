"""Routes: a counselor's profile and hours."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from functions.call import Call, Input, Reply, View
from functions.inputs import Day, Language, Name, SeenVersion, Zone
from functions.operation import operation
from functions.staff_api.app import StaffApp
from shared.appointments.availability import LONGEST_HORIZON, MOST_REPEATS, Availability, DayException, Hours
from shared.appointments.model import Mode
from shared.appointments.profile import Profile
from shared.errors import ChangedMeanwhile, NotAllowed
from shared.topics import Topic

Clock = Annotated[str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
"""A wall-clock time such as 09:30; 24:00 is the end of the day."""


class ProfileInput(Input):
    """What clients read. `version` is the one last seen, 0 before there is any."""

    name: Name
    about: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""
    languages: Annotated[frozenset[Language], Field(max_length=20)]
    topics: frozenset[Topic]
    modes: frozenset[Mode]
    published: bool
    version: SeenVersion = 0


class ProfileView(View):
    """A counselor's profile, to themselves."""

    name: str
    about: str
    languages: list[str]
    topics: list[Topic]
    modes: list[Mode]
    published: bool
    version: int

    @classmethod
    def of(cls, profile: Profile) -> "ProfileView":
        """The profile."""
        return cls(
            name=profile.name,
            about=profile.about,
            languages=sorted(profile.languages),
            topics=sorted(profile.topics),
            modes=sorted(profile.modes),
            published=profile.published,
            version=profile.version,
        )


class HoursInput(Input):
    """Open every week on this ISO weekday (Monday is 1)."""

    weekday: Annotated[int, Field(ge=1, le=7)]
    start: Clock
    end: Clock


class ExceptionInput(Input):
    """On this date, open or closed between two times; without times, the whole day."""

    on: Day
    open: bool
    start: Clock = "00:00"
    end: Clock = "24:00"


class AvailabilityInput(Input):
    """Hours on the wall clock of `zone`, and the rules of booking.

    `repeats` is how many appointments a client may book in a row; 1 means no series.
    """

    zone: Zone
    weekly: Annotated[list[HoursInput], Field(max_length=50)]
    exceptions: Annotated[list[ExceptionInput], Field(max_length=200, default_factory=list)]
    length_minutes: Annotated[int, Field(ge=15, le=180, multiple_of=5)] = 50
    buffer_minutes: Annotated[int, Field(ge=0, le=60, multiple_of=5)] = 10
    notice_hours: Annotated[int, Field(ge=0, le=336)] = 24
    horizon_days: Annotated[int, Field(ge=1, le=LONGEST_HORIZON)] = 60
    change_notice_hours: Annotated[int, Field(ge=0, le=336)] = 24
    repeats: Annotated[int, Field(ge=1, le=MOST_REPEATS)] = 12
    version: SeenVersion = 0


class HoursView(View):
    """Open every week on this ISO weekday."""

    weekday: int
    start: str
    end: str


class ExceptionView(View):
    """Open or closed on this date."""

    on: date
    open: bool
    start: str
    end: str


class AvailabilityView(View):
    """A counselor's hours and rules, to themselves."""

    zone: str
    weekly: list[HoursView]
    exceptions: list[ExceptionView]
    length_minutes: int
    buffer_minutes: int
    notice_hours: int
    horizon_days: int
    change_notice_hours: int
    repeats: int
    version: int

    @classmethod
    def of(cls, rules: Availability) -> "AvailabilityView":
        """The rules, with times as people write them."""
        return cls(
            zone=rules.zone,
            weekly=[HoursView(weekday=h.weekday, start=_clock(h.start), end=_clock(h.end)) for h in rules.weekly],
            exceptions=[
                ExceptionView(on=e.on, open=e.open, start=_clock(e.start), end=_clock(e.end)) for e in rules.exceptions
            ],
            length_minutes=rules.length,
            buffer_minutes=rules.buffer,
            notice_hours=rules.notice,
            horizon_days=rules.horizon,
            change_notice_hours=rules.change_notice,
            repeats=rules.repeats,
            version=rules.version,
        )


@operation({200: ProfileView}, NotAllowed)
def profile(app: StaffApp, call: Call) -> Reply:
    """The caller's profile."""
    own = app.practices.own(call.caller).profile
    return Reply.of(ProfileView.of(own))


@operation({200: ProfileView}, NotAllowed, ChangedMeanwhile)
def write_profile(app: StaffApp, call: Call, body: ProfileInput) -> Reply:
    """Replace the caller's profile."""
    wanted = Profile(body.name, body.about, body.languages, body.topics, body.modes, body.published, body.version)
    return Reply.of(ProfileView.of(app.practices.write_profile(call.caller, wanted, call.once(ProfileView.of))))


@operation({200: AvailabilityView}, NotAllowed)
def availability(app: StaffApp, call: Call) -> Reply:
    """The caller's hours and rules."""
    return Reply.of(AvailabilityView.of(app.practices.own(call.caller).availability))


@operation({200: AvailabilityView}, NotAllowed, ChangedMeanwhile)
def set_availability(app: StaffApp, call: Call, body: AvailabilityInput) -> Reply:
    """Replace the caller's hours and rules. What is booked stays booked."""
    rules = Availability(
        zone=body.zone,
        weekly=tuple(Hours(hours.weekday, _minutes(hours.start), _minutes(hours.end)) for hours in body.weekly),
        exceptions=tuple(DayException(e.on, e.open, _minutes(e.start), _minutes(e.end)) for e in body.exceptions),
        length=body.length_minutes,
        buffer=body.buffer_minutes,
        notice=body.notice_hours,
        horizon=body.horizon_days,
        change_notice=body.change_notice_hours,
        repeats=body.repeats,
        version=body.version,
    )
    kept = app.practices.set_availability(call.caller, rules, call.once(AvailabilityView.of))
    return Reply.of(AvailabilityView.of(kept))


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
