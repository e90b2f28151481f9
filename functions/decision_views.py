"""How facilitators' decisions about members are shown."""

from datetime import datetime
from typing import Any

from functions.call import View
from shared.rooms.decisions import AppealOutcome, Decision, Step


class AppealView(View):
    """What the member said against it; without an outcome, nobody has decided yet."""

    text: str
    at: datetime
    outcome: AppealOutcome | None


class DecisionView(View):
    """Something a facilitator decided about a member, and what became of an appeal."""

    id: str
    step: Step
    reason: str
    at: datetime
    until: datetime | None
    seq: int | None
    appeal: AppealView | None

    @classmethod
    def of(cls, decision: Decision) -> "DecisionView":
        """The decision, to the member it is about."""
        return cls(**decision_fields(decision))


class DecisionsView(View):
    """Decisions, newest first."""

    decisions: list[DecisionView]


def decision_fields(decision: Decision) -> dict[str, Any]:
    """What a member is shown of a decision about them."""
    appeal = decision.appeal
    return {
        "id": decision.id,
        "step": decision.step,
        "reason": decision.reason,
        "at": decision.at,
        "until": decision.until,
        "seq": decision.seq or None,
        "appeal": AppealView(text=appeal.text, at=appeal.at, outcome=appeal.outcome) if appeal else None,
    }
