"""The PSTN audio service for tests: its documented events, a strict reader of answers, and a call that plays it.

Shapes are those of the developer guide: https://docs.aws.amazon.com/chime-sdk/latest/dg/pstn-invocations.html and
https://docs.aws.amazon.com/chime-sdk/latest/dg/specify-actions.html
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import botocore.session

from tests.support.clock import VirtualClock

LEG_A, LEG_B = "72cbec69-f098-45d8-9ad6-e26cb9af663a", "0a1b9c2e-1f4e-4f0e-9d6a-0d6f4f5f8a11"
OURS, ALICES = "+12065550100", "+14255550199"
TRANSACTION = "e88f4e49-dd21-4a3f-b538-bc84eae11505"

_POLLY = botocore.session.get_session().get_service_model("polly")
_VOICES = set(_POLLY.shape_for("VoiceId").enum)
_LANGUAGES = set(_POLLY.shape_for("LanguageCode").enum)


class AnswerRefused(Exception):  # noqa: N818 - says what would happen
    """The service would answer with INVALID_LAMBDA_RESPONSE."""


def event(
    kind: str,
    *,
    sequence: int = 3,
    attributes: dict[str, str] | None = None,
    action: dict[str, Any] | None = None,
    outbound: bool = False,
    status: str | None = "Connected",
    caller: str = ALICES,
    transaction: str = TRANSACTION,
    **more: Any,
) -> dict[str, Any]:
    """One event as documented."""
    leg = {
        "CallId": LEG_A,
        "ParticipantTag": "LEG-A",
        "To": caller if outbound else OURS,
        "From": OURS if outbound else caller,
        "Direction": "Outbound" if outbound else "Inbound",
        "StartTimeInMilliseconds": "1644540839987",
    }
    details: dict[str, Any] = {
        "TransactionId": transaction,
        "AwsAccountId": "111122223333",
        "AwsRegion": "us-east-1",
        "SipMediaApplicationId": "feedface-0000-4000-8000-00000000cafe",
        "Participants": [leg | ({"Status": status} if status else {})],
    }
    if not outbound:
        details["SipRuleId"] = "aafbd402-b7a2-4992-92f8-496b4563c492"
    if attributes is not None:
        details["TransactionAttributes"] = attributes
    said: dict[str, Any] = {
        "SchemaVersion": "1.0",
        "Sequence": sequence,
        "InvocationEventType": kind,
        "CallDetails": details,
    }
    return said | ({"ActionData": action} if action else {}) | more


def check(answer: Any) -> dict[str, Any]:
    """The answer, if the service would take it. Raises AnswerRefused."""
    _need(isinstance(answer, dict) and answer.keys() == {"SchemaVersion", "Actions", "TransactionAttributes"}, "shape")
    _need(answer["SchemaVersion"] == "1.0", "version")
    _need(isinstance(answer["Actions"], list) and len(answer["Actions"]) <= 10, "at most ten actions")
    kept = answer["TransactionAttributes"]
    _need(isinstance(kept, dict) and len(kept) <= 10, "at most ten attributes")
    _need(all(isinstance(part, str) for pair in kept.items() for part in pair), "attributes are text")
    _need(len(json.dumps(kept)) < 20_000, "attributes fit into 20 kB")
    for action in answer["Actions"]:
        _need(action.keys() == {"Type", "Parameters"}, "an action has a type and parameters")
        _ACTIONS[action["Type"]](dict(action["Parameters"]))
    ends = [number for number, action in enumerate(answer["Actions"], 1) if action["Type"] == "Hangup"]
    _need(ends in ([], [len(answer["Actions"])]), "nothing follows a hang-up")
    return dict(answer)


def _need(is_so: bool, what: str) -> None:
    if not is_so:
        raise AnswerRefused(what)


def _exactly(given: dict[str, Any], must: set[str], may: set[str] = frozenset()) -> None:  # type: ignore[assignment]
    _need(must <= given.keys() <= must | may, f"parameters {sorted(given)}")


def _call_id(given: dict[str, Any]) -> None:
    _need(isinstance(given["CallId"], str) and bool(given["CallId"]), "a call id")


def _speech(given: dict[str, Any]) -> None:
    _exactly(given, {"Text"}, {"Engine", "LanguageCode", "TextType", "VoiceId"})
    _need(0 < len(given["Text"]) <= 1000, "at most a thousand characters")
    _need(given.get("Engine", "standard") in ("standard", "neural"), "engine")
    _need(given.get("TextType", "text") in ("text", "ssml"), "text type")
    _need(given.get("VoiceId", "Joanna") in _VOICES and given.get("LanguageCode", "en-US") in _LANGUAGES, "voice")


def _speak(given: dict[str, Any]) -> None:
    _call_id(given)
    _speech({name: value for name, value in given.items() if name != "CallId"})


def _gather(given: dict[str, Any]) -> None:
    numbers = {"MinNumberOfDigits", "MaxNumberOfDigits", "InBetweenDigitsDurationInMilliseconds", "Repeat"}
    must = {"CallId", "SpeechParameters", "FailureSpeechParameters", "RepeatDurationInMilliseconds"}
    _exactly(given, must, numbers | {"TerminatorDigits", "InputDigitsRegex"})
    _call_id(given)
    _speech(given["SpeechParameters"])
    _speech(given["FailureSpeechParameters"])
    _need(all(isinstance(given[name], int) for name in numbers), "whole numbers")
    _need(given["MaxNumberOfDigits"] > given["MinNumberOfDigits"] >= 0, "more than the least number of digits")
    _need(all(given[name] > 0 for name in numbers - {"MinNumberOfDigits"}), "more than nothing")
    _need(all(digit in "0123456789#*" and len(digit) == 1 for digit in given["TerminatorDigits"]), "terminators")


def _pause(given: dict[str, Any]) -> None:
    _exactly(given, {"CallId", "DurationInMilliseconds"})
    _call_id(given)
    _need(given["DurationInMilliseconds"].isdigit() and int(given["DurationInMilliseconds"]) > 0, "a duration")


def _join(given: dict[str, Any]) -> None:
    _exactly(given, {"CallId", "JoinToken", "MeetingId"})  # the id is required of meetings of the SDK's own namespace
    _call_id(given)
    _need(bool(given["JoinToken"]) and bool(given["MeetingId"]), "a token and a meeting")


def _hang_up(given: dict[str, Any]) -> None:
    _need(("CallId" in given) != ("ParticipantTag" in given), "which leg")
    _exactly(given, {"SipResponseCode"}, {"CallId", "ParticipantTag"})
    _need(given["SipResponseCode"] in ("0", "480", "486"), "a code")


_ACTIONS: dict[str, Callable[[dict[str, Any]], None]] = {
    "Speak": _speak,
    "SpeakAndGetDigits": _gather,
    "Pause": _pause,
    "JoinChimeMeeting": _join,
    "Hangup": _hang_up,
}


@dataclass
class PhoneCall:
    """A call, played: what the service does with answers, and what somebody at the phone hears and presses.

    `after_each` runs the function after each action of a list instead of after the last. `forgets` loses the attributes
    of answers to events whose answers are documented to be ignored. `doubled` sends every event twice.
    """

    serve: Callable[[dict[str, Any]], dict[str, Any]]
    clock: VirtualClock = field(default_factory=VirtualClock)
    after_each: bool = False
    forgets: bool = False
    doubled: bool = False
    caller: str = ALICES
    transaction: str = TRANSACTION
    outbound: bool = False
    heard: list[str] = field(default_factory=list)
    voices: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    over: bool = False
    answers: list[dict[str, Any]] = field(default_factory=list)
    _sequence: int = 0
    _attributes: dict[str, str] | None = None
    _next: list[dict[str, Any]] = field(default_factory=list)

    def dials(self) -> "PhoneCall":
        """Somebody calls."""
        self._tell("NEW_INBOUND_CALL")
        return self.goes_on()

    def is_called(self, arguments: dict[str, str]) -> "PhoneCall":
        """Somebody is called; the phone rings."""
        self.outbound = True
        asked = {"Type": "CallRequest", "Parameters": {"Arguments": arguments}}
        self._tell("NEW_OUTBOUND_CALL", action=asked, status=None)
        self._tell("RINGING", status=None)
        return self

    def picks_up(self) -> "PhoneCall":
        """The phone that rang is answered."""
        self._tell("CALL_ANSWERED")
        return self.goes_on()

    def presses(self, digits: str) -> "PhoneCall":
        """Keys, where they are asked for."""
        asked = self._next.pop(0)
        assert asked["Type"] == "SpeakAndGetDigits", asked["Type"]
        self._tell("ACTION_SUCCESSFUL", action=asked | {"ReceivedDigits": digits})
        return self.goes_on()

    def is_silent(self) -> "PhoneCall":
        """No keys, where they are asked for, as often as that is said."""
        asked = self._next[0]
        assert asked["Type"] == "SpeakAndGetDigits", asked["Type"]
        for _ in range(asked["Parameters"]["Repeat"] - 1):
            self._say(asked["Parameters"]["FailureSpeechParameters"])
            self._say(asked["Parameters"]["SpeechParameters"])
        return self.fails()

    def fails(self) -> "PhoneCall":
        """What comes next cannot be done."""
        tried = self._next.pop(0)
        self._tell("ACTION_FAILED", action=tried | {"ErrorType": "SystemException", "ErrorMessage": "System error"})
        return self

    def hangs_up(self) -> "PhoneCall":
        """The receiver goes down."""
        self._hung_up("LEG-A")
        return self

    def loses_the_meeting(self) -> "PhoneCall":
        """The meeting's end of the line goes."""
        self._next.clear()
        self._hung_up("LEG-B")
        return self.goes_on()

    def goes_on(self, rounds: int = 1) -> "PhoneCall":
        """Do what was answered, until keys are waited for, a pause ends the `rounds`, or nothing is left."""
        while self._next and not self.over:
            action = self._next[0]
            told = action["Parameters"]
            if action["Type"] == "SpeakAndGetDigits":
                self._say(told["SpeechParameters"])
                return self
            if action["Type"] == "Pause":
                if rounds == 0:
                    return self
                rounds -= 1
                self.clock.now += timedelta(milliseconds=int(told["DurationInMilliseconds"]))
            self._next.pop(0)
            if action["Type"] == "Hangup":
                self._hung_up("LEG-A")
                return self
            if action["Type"] == "Speak":
                self._say(told)
            if action["Type"] == "JoinChimeMeeting":
                self.tokens.append(told["JoinToken"])
            if self.after_each or not self._next:
                self._tell("ACTION_SUCCESSFUL", action=action)
        return self

    def _say(self, speech: dict[str, Any]) -> None:
        self.heard.append(speech["Text"])
        self.voices.append(speech["VoiceId"])

    def _hung_up(self, leg: str) -> None:
        which = {"SipResponseCode": 0, "CallId": LEG_A if leg == "LEG-A" else LEG_B, "ParticipantTag": leg}
        self.over = self.over or leg == "LEG-A"
        self._tell(
            "HANGUP",
            action={"Type": "Hangup", "Parameters": which},
            status="Disconnected" if leg == "LEG-A" else "Connected",
        )

    def _tell(self, kind: str, *, action: dict[str, Any] | None = None, status: str | None = "Connected") -> None:
        self._sequence += 1
        said = event(
            kind,
            sequence=self._sequence,
            attributes=self._attributes,
            action=action,
            outbound=self.outbound,
            status=status,
            caller=self.caller,
            transaction=self.transaction,
        )
        answer = check(json.loads(json.dumps(self.serve(said))))
        if self.doubled:
            answer = check(json.loads(json.dumps(self.serve(said))))
        self.answers.append(answer)
        if self.over:
            return
        ignored = kind in ("NEW_OUTBOUND_CALL", "RINGING")
        if not (ignored and self.forgets):
            self._attributes = answer["TransactionAttributes"]
        if not ignored and (answer["Actions"] or not self._next):
            self._next = list(answer["Actions"])
