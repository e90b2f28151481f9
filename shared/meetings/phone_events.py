"""Events of the PSTN audio service, read: whatever arrives, this is what it says. Pure.

Their shapes: https://docs.aws.amazon.com/chime-sdk/latest/dg/pstn-invocations.html. What is missing or of another type
than documented is read as nothing: a call must be answered, or ended, whatever becomes of the event.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from shared.ids import derived_id
from shared.meetings.phone import PhoneSeat
from shared.meetings.phone_words import VOICES


class Stage(StrEnum):
    """How far a call has come."""

    CODE = "code"
    CONFIRM = "confirm"
    WAIT = "wait"
    JOIN = "join"
    IN = "in"
    END = "end"


@dataclass(frozen=True)
class State:
    """What is known of a call between its events. It travels with them as attributes: opaque ids and small numbers."""

    stage: Stage = Stage.CODE
    language: str = "en"
    appointment_id: str = ""
    seat: PhoneSeat | None = None
    tries: int = 0
    silences: int = 0
    failures: int = 0
    rounds: int = 0

    def but(self, **what: Any) -> "State":
        """The same with other values."""
        return replace(self, **what)

    def attributes(self) -> dict[str, str]:
        """As the service keeps it. Always all of them: other keys than before would replace what there was."""
        return {
            "stage": self.stage,
            "language": self.language,
            "appointment": self.appointment_id,
            "meeting": self.seat.meeting_id if self.seat else "",
            "seat": self.seat.seat_id if self.seat else "",
            "counts": f"{self.tries},{self.silences},{self.failures},{self.rounds}",
        }


@dataclass(frozen=True)
class Heard:
    """One event. `line` is the id of the call as we know it, `step` that of the event within it.

    `digits` and `caller` are never shown.
    """

    kind: str
    line: str
    step: str
    call_id: str
    state: State
    action: str
    leg: str
    connected: bool
    digits: str = field(repr=False)
    caller: str = field(repr=False)


def read(event: Any, languages: Sequence[str]) -> Heard:
    """What an event says. `languages` are the site's; a new call begins in the first of them."""
    call = _map(event, "CallDetails")
    did = _map(event, "ActionData")
    told = _map(did, "Parameters")
    kind, transaction = _text(event, "InvocationEventType"), _text(call, "TransactionId")
    line = derived_id("line", transaction)
    leg = _leg_a(call)
    state = _state(_map(call, "TransactionAttributes"), line, languages)
    if kind in ("NEW_OUTBOUND_CALL", "CALL_ANSWERED") and not state.appointment_id:
        state = _asked_for(_map(told, "Arguments"), state)
    return Heard(
        kind=kind,
        line=line,
        step=derived_id("step", str(_get(event, "Sequence")), kind),
        call_id=_text(leg, "CallId"),
        state=state,
        action=_text(did, "Type"),
        leg=_text(told, "ParticipantTag") or "LEG-A",
        connected=_text(leg, "Status") == "Connected",
        digits=_text(did, "ReceivedDigits").strip("#* "),
        caller=_text(leg, "From") if _text(leg, "From").startswith("+") else "",
    )


def _leg_a(call: Mapping[str, Any]) -> Mapping[str, Any]:
    """The leg of whoever called or was called. The other, if there is one, leads to the meeting."""
    legs = _get(call, "Participants")
    known = [leg for leg in legs if isinstance(leg, Mapping)] if isinstance(legs, list) else []
    return next((leg for leg in known if _text(leg, "ParticipantTag") == "LEG-A"), known[0] if known else {})


def _state(kept: Mapping[str, Any], line: str, languages: Sequence[str]) -> State:
    language = _known(_text(kept, "language"), languages[0])
    meeting_id, seat_id = _id(_text(kept, "meeting")), _id(_text(kept, "seat"))
    stage = next((stage for stage in Stage if stage == _text(kept, "stage")), Stage.CODE)
    counts = [int(n) if n.isascii() and n.isdigit() and len(n) < 5 else 0 for n in _text(kept, "counts").split(",")]
    tries, silences, failures, rounds, *_ = [*counts, 0, 0, 0, 0]
    return State(
        stage,
        language,
        _id(_text(kept, "appointment")),
        PhoneSeat(meeting_id, seat_id, line, language) if meeting_id and seat_id else None,
        tries,
        silences,
        failures,
        rounds,
    )


def _asked_for(arguments: Mapping[str, Any], state: State) -> State:
    appointment_id = _id(_text(arguments, "appointment"))
    language = _known(_text(arguments, "language"), state.language)
    return State(Stage.CONFIRM if appointment_id else Stage.END, language, appointment_id)


def _known(language: str, otherwise: str) -> str:
    return language if language in VOICES else otherwise


def _id(text: str) -> str:
    return text if len(text) == 32 and set(text) <= set("0123456789abcdef") else ""


def _get(given: Any, name: str) -> Any:
    return given.get(name) if isinstance(given, Mapping) else None


def _map(given: Any, name: str) -> Mapping[str, Any]:
    found = _get(given, name)
    return found if isinstance(found, Mapping) else {}


def _text(given: Any, name: str) -> str:
    found = _get(given, name)
    return found if isinstance(found, str) else ""
