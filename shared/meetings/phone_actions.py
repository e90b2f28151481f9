"""Answers to the PSTN audio service: the few of its actions that are used here. Pure.

https://docs.aws.amazon.com/chime-sdk/latest/dg/specify-actions.html. At most ten actions an answer; it may keep a
hundred attributes of a call, of which an example of the same guide allows ten.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from shared.meetings.calls import ChimeCall
from shared.meetings.phone import PIN_DIGITS
from shared.meetings.phone_words import Say, voice, words

Action = dict[str, Any]

FOR_A_CODE = 12_000
FOR_A_KEY = 10_000
BETWEEN_KEYS = 6_000  # people read a code off a scrap of paper
AFTER_A_KEY = 2_000
BETWEEN_LOOKS = 8_000


def response(actions: Sequence[Action], attributes: Mapping[str, str]) -> dict[str, Any]:
    """What the function answers."""
    return {"SchemaVersion": "1.0", "Actions": list(actions), "TransactionAttributes": dict(attributes)}


def speak(call_id: str, what: Say, language: str) -> Action:
    """Say it."""
    return {"Type": "Speak", "Parameters": {"CallId": call_id, **_speech(what, language)}}


def ask_for_code(call_id: str, what: Say, language: str, otherwise: str) -> Action:
    """Say it and gather a code. To silence it is said again in the language `otherwise`, and then once more."""
    speeches = _speech(what, language), _speech(Say.CODE, otherwise)
    return _gather(call_id, *speeches, PIN_DIGITS, (FOR_A_CODE, BETWEEN_KEYS), 2)


def ask_for_key(call_id: str, what: Say, language: str) -> Action:
    """Say it and gather one key."""
    return _gather(call_id, _speech(what, language), _speech(what, language), 1, (FOR_A_KEY, AFTER_A_KEY), 1)


def pause(call_id: str) -> Action:
    """Say nothing for a while."""
    return {"Type": "Pause", "Parameters": {"CallId": call_id, "DurationInMilliseconds": str(BETWEEN_LOOKS)}}


def join(call_id: str, call: ChimeCall) -> Action:
    """Join the meeting."""
    told = {"JoinToken": str(call.attendee["JoinToken"]), "MeetingId": str(call.meeting["MeetingId"])}
    return {"Type": "JoinChimeMeeting", "Parameters": {"CallId": call_id, **told}}


def hang_up(call_id: str) -> Action:
    """End the call. Without an id, that of whoever called or was called."""
    leg = {"CallId": call_id} if call_id else {"ParticipantTag": "LEG-A"}
    return {"Type": "Hangup", "Parameters": {**leg, "SipResponseCode": "0"}}


def _speech(what: Say, language: str) -> Action:
    who = voice(language)
    return {
        "Text": words(what, language),
        "Engine": "standard",
        "LanguageCode": who.language,
        "TextType": "text",
        "VoiceId": who.name,
    }


def _gather(call_id: str, speech: Action, failure: Action, digits: int, waits: tuple[int, int], repeat: int) -> Action:
    told = {
        "CallId": call_id,
        "SpeechParameters": speech,
        "FailureSpeechParameters": failure,
        "MinNumberOfDigits": 1,
        "MaxNumberOfDigits": digits + 1,  # with the pound key; it has to be more than the least number
        "TerminatorDigits": ["#"],
        "InBetweenDigitsDurationInMilliseconds": waits[1],
        "Repeat": repeat,
        "RepeatDurationInMilliseconds": waits[0],
    }
    return {"Type": "SpeakAndGetDigits", "Parameters": told}
