"""Adding to a room's log: the next number goes to whoever writes it first, and the others take the one after."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple

from shared.errors import Busy, ChangedMeanwhile
from shared.rooms.log import Change, Entry, Message, Position
from shared.rooms.log_store import LogStore, SeqTaken
from shared.rooms.model import Room
from shared.tables import Write, commit

_ATTEMPTS = 12


@dataclass(frozen=True)
class Addition:
    """Entries to add, the first at the next number, and what else is written in the same transaction."""

    entries: Sequence[Entry]
    writes: Sequence[Write]


class Changed(NamedTuple):
    """A message as it is now, and the entry that says it changed; None when it was like that before."""

    message: Message
    entry: Entry | None


@dataclass(frozen=True)
class LogWriter:
    """Writes to logs. There is no counter to fight over: the number is read from the log's own end."""

    log: LogStore

    def add(self, room: Room, make: Callable[[Position], Addition]) -> Addition:
        """Commit what `make` builds on the log's end, and again on its new end while others are faster.

        The other writes come first, so that a refusal of theirs explains the loss. Raises what they raise, or Busy.
        """
        for attempt in range(_ATTEMPTS):
            addition = make(self.log.tail(room))
            appended = [self.log.append(room.id, entry) for entry in addition.entries]
            try:
                commit(self.log.table.client, [*addition.writes, *appended])
            except SeqTaken:
                _pause(attempt)
                continue
            return addition
        raise Busy

    def change(
        self,
        room: Room,
        find: Callable[[], Message],
        change: Callable[[Message], tuple[Message, list[Write]]],
        now: datetime,
    ) -> "Changed":
        """Commit a changed message with the entry that says so, and what `change` wants written beside it.

        `find` is asked again, and `change` made anew, when somebody else changed the message meanwhile: one reaction is
        no reason to refuse another. A message left as it is takes no entry. Raises what both raise, or Busy.
        """
        for attempt in range(_ATTEMPTS):
            before = find()
            after, writes = change(before)
            if after == before:
                commit(self.log.table.client, writes)
                return Changed(after, None)
            replaced = self.log.replace(room.id, before, after, lost=lambda _old: _Overtaken())
            try:
                (entry,) = self.add(room, partial(_noted, after, [*writes, replaced], now)).entries
            except _Overtaken:
                _pause(attempt)
                continue
            return Changed(after, entry)
        raise Busy


class _Overtaken(ChangedMeanwhile):
    """Somebody else changed the message first."""


def _noted(message: Message, writes: list[Write], now: datetime, end: Position) -> Addition:
    return Addition([Change(end.seq + 1, end.ordinal, message.seq, now, message.gone_at)], writes)


def _pause(attempt: int) -> None:
    """Full jitter, up to 5 ms doubling to 160 ms: the winner of a number is done within a few milliseconds."""
    time.sleep(random.uniform(0, 0.005 * 2 ** min(attempt, 5)))  # noqa: S311 - no secret
