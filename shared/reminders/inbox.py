"""What people do with their notices, and how they decide about being reminded."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shared.errors import ChangedMeanwhile, Invalid
from shared.intents import Once
from shared.people.model import Person, Principal
from shared.reminders.channel import NoticeText
from shared.reminders.notice import Notice, NoticeKind
from shared.reminders.notice_store import AlreadyTold, NoticeStore
from shared.reminders.preferences import Preferences
from shared.reminders.reader import Reader
from shared.reminders.words import calendar_title, text_of
from shared.tables import commit

MOST_SHOWN = 50


@dataclass(frozen=True)
class Inbox:
    """Use cases of somebody and their own notices."""

    store: NoticeStore

    def latest(self, caller: Principal, now: datetime) -> tuple[list[Notice], datetime | None]:
        """The caller's notices of the last two weeks, latest first, at most fifty; and up to when they have read."""
        return self.store.of_person(caller.id, now)[:MOST_SHOWN], self.store.read_until(caller.id)

    def about(self, of: str, people: Iterable[str], now: datetime) -> list[Notice]:
        """What these people were told of one thing in the last two weeks, in order of time.

        Each one's notices of that time are read and those of other things left out: they are few, and lie together.
        Whoever asks has been let see the thing itself.
        """
        told = [notice for person in people for notice in self.store.of_person(person, now) if notice.of == of]
        return sorted(told, key=lambda notice: (notice.at, notice.id))

    def read(self, caller: Principal, until: datetime, once: Once, now: datetime) -> None:
        """Note up to when the caller has read. Raises Invalid for a time to come."""
        if until > now:
            raise Invalid("This is still to come.", field="body.until")
        try:
            commit(self.store.table.client, [once(None), self.store.read(caller.id, until)])
        except AlreadyTold:  # on another device they have read further
            commit(self.store.table.client, [once(None)])

    def preferences(self, caller: Principal) -> Preferences:
        """How the caller wants to be reminded."""
        return self.store.preferences(caller.id, caller.kind)

    def sample(self, caller: Principal, now: datetime) -> NoticeText:
        """What a reminder says to the caller, in our words: of something that begins tomorrow, on the hour."""
        tomorrow = (now + timedelta(days=1)).replace(minute=0, second=0)
        notice = Notice("sample", caller.id, NoticeKind.REMINDER, "sample", at=now, start=tomorrow)
        preferences = Preferences.usual(caller.id, caller.kind)
        return text_of(notice, Reader(caller.id, caller.kind, ZoneInfo(caller.zone), caller.language, preferences), "/")

    def calendar_title(self, person: Person) -> str:
        """What their calendar shows for each appointment."""
        return calendar_title(self.store.preferences(person.id, person.kind), person.language)

    def decide(self, caller: Principal, wanted: Preferences, once: Once, now: datetime) -> Preferences:
        """Replace the caller's preferences; `version` is the one they have seen. Raises Invalid, ChangedMeanwhile.

        Reminders that are planned already and no longer wanted stay silent; new ones are planned from the stream.
        """
        wanted.check()
        before = self.store.preferences(caller.id, caller.kind)
        if wanted.version > before.version:
            raise Invalid("There is no such version yet.", field="body.version")
        if wanted.version < before.version:
            raise ChangedMeanwhile
        after = replace(
            wanted,
            before=tuple(sorted(wanted.before, reverse=True)),
            version=before.version + 1,
            changed_at=now,
        )
        commit(self.store.table.client, [once(after), self.store.decide(before, after, now)])
        return after
