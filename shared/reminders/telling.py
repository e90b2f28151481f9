"""Running an errand: look whether it still holds, claim the notice, send it, note what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from shared.reminders.channel import Channel, Delivery, NoticeText, Sender, SendLater
from shared.reminders.errand import Errand
from shared.reminders.notice import HELD, Notice
from shared.reminders.notice_store import AlreadyTold, NoticeStore
from shared.reminders.reader import Reader
from shared.tables import commit

# A second text message costs money and confuses; a push replaces its double, and a mail is told from its double by the
# events that Amazon SES sends about it.
_AT_MOST_ONCE = frozenset({Channel.SMS})


@dataclass(frozen=True)
class Wanted:
    """What an errand asks for, as of now."""

    notice: Notice
    text: NoticeText
    reader: Reader


class Subject(Protocol):
    """One kind of errand."""

    def wanted(self, errand: Errand, now: datetime) -> Wanted | None:
        """What is to be told; None when the errand no longer holds. Everything is read anew."""


@dataclass(frozen=True)
class Telling:
    """Tells people things, each once. `senders` are the channels there are, `subjects` go by the kind of an errand."""

    notices: NoticeStore
    subjects: Mapping[str, Subject]
    senders: Mapping[Channel, Sender]

    def run(self, errand: Errand, now: datetime) -> Notice | None:
        """Run an errand; the notice, if this run told anything.

        The claim is one conditional write, so of any number of runs one tells it. Where its sender is lost, the next
        run after `HELD` goes on with the channels that still wait. Raises SendLater when a channel is busy: the same
        errand is to be run again.
        """
        wanted = self.subjects[errand.kind].wanted(errand, now)
        if wanted is None:
            self._give_up(errand, now)
            return None
        notice = self._claimed(errand, wanted, now)
        if notice is None:
            return None
        busy = [channel for channel in notice.waiting if not self._sent(channel, notice, wanted.text, now)]
        if busy:
            commit(self.notices.table.client, [self.notices.let_go(notice, now)])
            raise SendLater
        if notice.waiting:
            commit(self.notices.table.client, [self.notices.done(notice.id)])
        return notice

    def _claimed(self, errand: Errand, wanted: Wanted, now: datetime) -> Notice | None:
        """The notice with the channels that are ours to send now; None if it was told, or somebody is at it."""
        deliveries = dict.fromkeys(self._channels(wanted), Delivery.WAITING)
        fresh = replace(wanted.notice, deliveries=deliveries, held_until=now + HELD)
        client = self.notices.table.client
        try:
            commit(client, self.notices.claim(fresh, errand))
        except AlreadyTold:
            return self._taken_over(wanted.notice, now)
        return fresh

    def _taken_over(self, notice: Notice, now: datetime) -> Notice | None:
        there = self.notices.find(notice.person_id, notice.id)
        client = self.notices.table.client
        if there is None or not there.waiting:
            commit(client, [self.notices.done(notice.id)])
            return None
        try:
            commit(client, [self.notices.take_over(there, now + HELD, now)])
        except AlreadyTold:
            return None
        return there

    def _channels(self, wanted: Wanted) -> list[Channel]:
        chosen = wanted.reader.preferences.channels
        # What they did themselves is worth a line to keep, not a buzz.
        chosen = chosen & {Channel.EMAIL} if wanted.notice.own else chosen
        return [c for c in sorted(chosen) if c in self.senders and self.senders[c].usable(wanted.notice.person_id)]

    def _sent(self, channel: Channel, notice: Notice, text: NoticeText, now: datetime) -> bool:
        """Whether the channel is done with; False if it is busy."""
        if channel not in self.senders:
            self._mark(notice, channel, Delivery.FAILED)
            return True
        if channel in _AT_MOST_ONCE:
            self._mark(notice, channel, Delivery.SENT)
        try:
            delivery = self.senders[channel].send(notice.person_id, text, now)
        except SendLater:
            if channel in _AT_MOST_ONCE:
                self._mark(notice, channel, Delivery.WAITING)
            return False
        self._mark(notice, channel, delivery)
        return True

    def _mark(self, notice: Notice, channel: Channel, delivery: Delivery) -> None:
        try:
            commit(self.notices.table.client, [self.notices.mark(notice.person_id, notice.id, channel, delivery)])
        except AlreadyTold:  # news of it was faster, and says more
            return

    def _give_up(self, errand: Errand, now: datetime) -> None:
        """What waited for too long is not sent any more."""
        there = self.notices.find(errand.to, errand.id)
        if there is None or not there.waiting or (there.held_until and there.held_until > now):
            return
        for channel in there.waiting:
            self._mark(there, channel, Delivery.FAILED)
        commit(self.notices.table.client, [self.notices.done(there.id)])
