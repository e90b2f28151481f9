"""Routes: how somebody wants to be reminded, and what they were told, for clients and staff alike."""

from datetime import datetime, time
from functools import partial
from typing import Annotated

from pydantic import Field, StringConstraints

from functions.api_app import ApiApp
from functions.call import Call, Input, Reply, View
from functions.inputs import Instant, SeenVersion
from functions.operation import operation
from shared.errors import ChangedMeanwhile
from shared.reminders.channel import Channel, NoticeText
from shared.reminders.notice import Notice, NoticeKind
from shared.reminders.preferences import LONGEST, MINUTES_PER_HOUR, MOST, SHORTEST, Preferences, Quiet

ClockTime = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day as `22:00`."""

Minutes = Annotated[int, Field(ge=SHORTEST, le=LONGEST)]


def _words(most: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, max_length=most)


class QuietInput(Input):
    """From one time of day to another in the caller's own zone; 22:00 to 07:00 goes past midnight."""

    start: ClockTime
    end: ClockTime


class PreferencesInput(Input):
    """All that somebody decides about being reminded, and the version they have seen.

    `before` are minutes before the start. Of `channels` those count that the caller has set up. The words are shown
    instead of ours where they are not empty.
    """

    before: Annotated[list[Minutes], Field(max_length=MOST)]
    channels: Annotated[list[Channel], Field(max_length=len(Channel))]
    quiet: QuietInput | None
    code_word: Annotated[str, _words(40)] = ""
    sender: Annotated[str, _words(40)] = ""
    calendar_title: Annotated[str, _words(60)] = ""
    version: SeenVersion

    def wanted_by(self, person_id: str) -> Preferences:
        """The preferences; the service checks them."""
        return Preferences(
            person_id=person_id,
            before=tuple(self.before),
            channels=frozenset(self.channels),
            quiet=Quiet(_minute(self.quiet.start), _minute(self.quiet.end)) if self.quiet else None,
            code_word=self.code_word,
            sender=self.sender,
            calendar_title=self.calendar_title,
            version=self.version,
        )


class ReadInput(Input):
    """Up to when the caller has read: the `at` of the latest notice they have seen."""

    until: Instant


class QuietView(View):
    """From one time of day to another in the caller's own zone."""

    start: str
    end: str

    @classmethod
    def of(cls, quiet: Quiet) -> "QuietView":
        """As clocks show them."""
        return cls(start=_clock(quiet.start), end=_clock(quiet.end))


class SampleView(View):
    """A reminder in our words. Whoever has a code word reads that as its title."""

    title: str
    body: str


class PreferencesView(View):
    """How somebody wants to be reminded. `version` is 0 for who has decided nothing: then these are the usual ones.

    `sample` is what they would read, in their language and zone, of something that begins tomorrow.
    """

    before: list[int]
    channels: list[Channel]
    quiet: QuietView | None
    code_word: str
    sender: str
    calendar_title: str
    version: int
    sample: SampleView

    @classmethod
    def of(cls, preferences: Preferences, sample: NoticeText) -> "PreferencesView":
        """All of them, the reminders longest before first."""
        return cls(
            before=list(preferences.before),
            channels=sorted(preferences.channels),
            quiet=QuietView.of(preferences.quiet) if preferences.quiet else None,
            code_word=preferences.code_word,
            sender=preferences.sender,
            calendar_title=preferences.calendar_title,
            version=preferences.version,
            sample=SampleView(title=sample.title, body=sample.body),
        )


class NoticeView(View):
    """What the caller was told. `of` is the appointment, offer or date it is about, `room` that of a date's room.

    `more` of its series changed with it. `minutes` are those of a delay, `until` is how long an offer stands. `own` is
    what they did themselves.
    """

    id: str
    kind: NoticeKind
    of: str
    room: str
    at: datetime
    start: datetime
    minutes: int
    more: int
    until: datetime | None
    own: bool
    unread: bool

    @classmethod
    def seen(cls, notice: Notice, read_until: datetime | None) -> "NoticeView":
        """As it looks to somebody who has read up to then."""
        return cls(
            id=notice.id,
            kind=notice.kind,
            of=notice.of,
            room=notice.room,
            at=notice.at,
            start=notice.start,
            minutes=notice.minutes,
            more=notice.more,
            until=notice.until,
            own=notice.own,
            unread=notice.is_news(read_until),
        )


class NoticesView(View):
    """The latest first, of two weeks and at most fifty, and how many of them are unread."""

    notices: list[NoticeView]
    unread: int


@operation({200: PreferencesView})
def show(app: ApiApp, call: Call) -> Reply:
    """How the caller wants to be reminded."""
    return Reply.of(_preferences(app, call)(app.inbox.preferences(call.caller)))


@operation({200: PreferencesView}, ChangedMeanwhile)
def decide(app: ApiApp, call: Call, body: PreferencesInput) -> Reply:
    """Replace how the caller wants to be reminded. Reminders of all appointments ahead follow it."""
    view = _preferences(app, call)
    wanted = body.wanted_by(call.caller.id)
    return Reply.of(view(app.inbox.decide(call.caller, wanted, call.once(view), call.now)))


@operation({200: NoticesView})
def notices(app: ApiApp, call: Call) -> Reply:
    """What the caller was told, whichever way it reached them."""
    told, read_until = app.inbox.latest(call.caller, call.now)
    shown = list(map(partial(NoticeView.seen, read_until=read_until), told))
    return Reply.of(NoticesView(notices=shown, unread=sum(view.unread for view in shown)))


@operation({204: None})
def read(app: ApiApp, call: Call, body: ReadInput) -> Reply:
    """Note up to when the caller has read. It never goes back."""
    app.inbox.read(call.caller, body.until, call.once(None, 204), call.now)
    return Reply(204)


def _preferences(app: ApiApp, call: Call) -> partial[PreferencesView]:
    return partial(PreferencesView.of, sample=app.inbox.sample(call.caller, call.now))


def _minute(clock: str) -> int:
    at = time.fromisoformat(clock)
    return at.hour * MINUTES_PER_HOUR + at.minute


def _clock(minute: int) -> str:
    return time(*divmod(minute, MINUTES_PER_HOUR)).isoformat("minutes")
