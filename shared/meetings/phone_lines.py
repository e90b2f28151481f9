"""What is remembered of phone calls while they last: the last answer, and how often codes were tried.

LINE#<line>   LINE          the last event of a call, and what was answered: no number, no code, no join token
LINE#<line>   TRY#<step>    that a try was counted

The service asks again when five seconds brought no answer (https://docs.aws.amazon.com/chime-sdk/latest/dg/timeouts.html):
the same event is then given the same answer. One that joins a meeting holds a token and is not kept: it is worked out
again, and joining twice is joining once.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shared.clock import epoch
from shared.meetings.phone import Knock
from shared.people.limits import Limit, Limits
from shared.tables import Item, Table, commit

KEPT = timedelta(hours=12)

TRIES_PER_CALLER = Limit("phone-caller", 12, timedelta(minutes=30))
TRIES_WITHHELD = Limit("phone-withheld", 60, timedelta(minutes=30))  # everybody who shows no number, together
TRIES_IN_ALL = Limit("phone-all", 300, timedelta(minutes=30))


@dataclass(frozen=True)
class Lines:
    """The calls that are going on."""

    table: Table

    def recall(self, line: str, step: str) -> dict[str, Any] | None:
        """What this very event was answered, if that can be said again."""
        item = self._find(line)
        return json.loads(item["answer"]) if item and item["step"] == step and item["answer"] else None

    def attributes(self, line: str) -> dict[str, str] | None:
        """What was last known of a call: its guide says that answers to some events are ignored, and so lost."""
        item = self._find(line)
        return json.loads(item["attributes"]) if item else None

    def keep(self, line: str, step: str, answer: dict[str, Any], now: datetime) -> dict[str, Any]:
        """Remember an answer, and return it; or the other's, when the same event was answered meanwhile."""
        secret = any(action["Type"] == "JoinChimeMeeting" for action in answer["Actions"])
        item: Item = {
            "pk": f"LINE#{line}",
            "sk": "LINE",
            "step": step,
            "answer": "" if secret else json.dumps(answer),
            "attributes": json.dumps(answer["TransactionAttributes"]),
            "expires_at": epoch(now + KEPT),
        }
        first = self.table.put(item, when="#step <> :step", values={"step": step}, lost=_answered)
        try:
            commit(self.table.client, [first])
        except _AnsweredFirst as other:
            return other.answer or answer
        return answer

    def _find(self, line: str) -> Item | None:
        return self.table.get(f"LINE#{line}", "LINE")


@dataclass(frozen=True)
class Tries:
    """Counts tries at codes: by number, and in all, so that nobody can try them through from many numbers."""

    table: Table
    limits: Limits

    def spend(self, knock: Knock, now: datetime) -> None:
        """Count one try, once for each step of a call. Raises TooMany."""
        mark = f"LINE#{knock.line}", f"TRY#{knock.step}"
        if self.table.get(*mark):
            return
        self.limits.spend(TRIES_IN_ALL, "", now)
        if knock.caller:
            self.limits.spend(TRIES_PER_CALLER, knock.caller, now)
        else:
            self.limits.spend(TRIES_WITHHELD, "", now)
        item: Item = {"pk": mark[0], "sk": mark[1], "expires_at": epoch(now + KEPT)}
        commit(self.table.client, [self.table.put(item)])


class _AnsweredFirst(Exception):  # noqa: N818 - the same event came twice at once; the first answer counts
    def __init__(self, answer: dict[str, Any] | None) -> None:
        self.answer = answer


def _answered(old: Item | None) -> Exception:
    return _AnsweredFirst(json.loads(old["answer"]) if old and old["answer"] else None)
